//! The helpers: pure functions from values to a value.

use serde_json::{Map, Value};

use super::address::{UNSAFE, encode, is_safe_address};
use super::expr::Expr;
use crate::format;
use crate::locales::Locales;

/// Who wrote the template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dialect {
    /// The host: may also write markup that the host made (`html`) and data blocks (`json`).
    Theme,
    /// A vendor.
    Plugin,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Helper {
    /// `{{t "key" name=value}}`: a text in the page's language.
    Text,
    /// `{{date value "short" | "long" | "time"}}`: a date or local time for people.
    Date,
    /// `{{url address segment… key=value…}}`: an address whose scheme was checked.
    Url,
    /// `(eq a b)`: two texts, numbers or truth values are the same; lists and objects never are.
    Equal,
    /// `(any a b …)`: one of them is there. Theme only.
    Any,
    /// `{{number n}}`: with separators. Theme only.
    Number,
    /// Markup of the host's own making. Theme only.
    Html,
    /// JSON for a data block. Theme only.
    Json,
}

const ALL: [(Helper, &str, Dialect); 8] = [
    (Helper::Text, "t", Dialect::Plugin),
    (Helper::Date, "date", Dialect::Plugin),
    (Helper::Url, "url", Dialect::Plugin),
    (Helper::Equal, "eq", Dialect::Plugin),
    (Helper::Any, "any", Dialect::Theme),
    (Helper::Number, "number", Dialect::Theme),
    (Helper::Html, "html", Dialect::Theme),
    (Helper::Json, "json", Dialect::Theme),
];

/// What helpers need to know besides their arguments.
pub(crate) struct Language<'a> {
    pub(crate) locales: &'a Locales,
    pub(crate) lang: &'a str,
}

impl Helper {
    pub(crate) fn from_name(name: &str, dialect: Dialect) -> Option<Self> {
        usable(dialect)
            .find(|(_, known)| *known == name)
            .map(|(helper, _)| helper)
    }

    pub(crate) fn names(dialect: Dialect) -> String {
        let names: Vec<&str> = usable(dialect).map(|(_, name)| name).collect();
        names.join(", ")
    }

    fn name(self) -> &'static str {
        ALL.into_iter()
            .find(|(helper, _, _)| *helper == self)
            .map_or("", |(_, name, _)| name)
    }

    /// What can be said of a call before there are values.
    pub(crate) fn check_call(self, args: &[Expr], hash: &[(String, Expr)]) -> Result<(), String> {
        let (least, most) = match self {
            Self::Text | Self::Number | Self::Html | Self::Json => (1, 1),
            Self::Date => (1, 2),
            Self::Url | Self::Any => (1, usize::MAX),
            Self::Equal => (2, 2),
        };
        if args.len() < least || args.len() > most {
            let name = self.name();
            return Err(format!(
                "`{name}` does not take {} arguments; see the list of helpers",
                args.len()
            ));
        }
        if !hash.is_empty() && !matches!(self, Self::Text | Self::Url) {
            return Err("this helper takes no key=value".into());
        }
        match (self, args) {
            (Self::Text, [Expr::Literal(Value::String(_))]) => Ok(()),
            (Self::Text, _) => Err(
                "the key of `t` is a quoted text, so that it can be checked at load: {{t \"key\"}}"
                    .into(),
            ),
            (Self::Date, [_, style]) => match style {
                Expr::Literal(Value::String(style))
                    if matches!(style.as_str(), "short" | "long" | "time") =>
                {
                    Ok(())
                }
                _ => Err("the second argument of `date` is \"short\", \"long\" or \"time\"".into()),
            },
            _ => Ok(()),
        }
    }

    /// The value of a call; none where an argument that must be there is missing. `room` bounds its length
    /// in bytes; a longer text is cut there, where the page is too long anyway.
    pub(crate) fn call(
        self,
        args: &[Option<&Value>],
        hash: &[(&str, Option<&Value>)],
        language: &Language<'_>,
        room: usize,
    ) -> Result<Value, String> {
        let first = args.first().copied().flatten();
        match self {
            Self::Equal => Ok(Value::Bool(match args {
                [Some(a), Some(b)] => !a.is_array() && !a.is_object() && a == b,
                _ => false,
            })),
            Self::Any => Ok(Value::Bool(
                args.iter().any(|value| value.is_some_and(is_truthy)),
            )),
            Self::Text => text(first, hash, language, room).map(Value::String),
            Self::Date => {
                let style = args.get(1).copied().flatten().and_then(Value::as_str);
                let written = plain(first, "date")?;
                let shown = match style {
                    Some("long") => format::date_long(&written),
                    Some("time") => format::time_short(&written),
                    _ => format::date_short(&written),
                };
                Ok(Value::String(shown.unwrap_or(written)))
            }
            Self::Url => address(args, hash).map(Value::String),
            Self::Number => match first.and_then(Value::as_u64) {
                Some(number) => Ok(Value::String(format::number(number))),
                None => Err("`number` needs a whole number".into()),
            },
            Self::Html => plain(first, "html").map(Value::String),
            Self::Json => Ok(first.cloned().unwrap_or(Value::Object(Map::new()))),
        }
    }
}

fn usable(dialect: Dialect) -> impl Iterator<Item = (Helper, &'static str)> {
    ALL.into_iter()
        .filter(move |(_, _, least)| dialect == Dialect::Theme || *least == Dialect::Plugin)
        .map(|(helper, name, _)| (helper, name))
}

/// As Handlebars: null, false, 0, empty texts and empty lists do not count as there.
pub(crate) fn is_truthy(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(value) => *value,
        Value::Number(number) => number.as_f64() != Some(0.0),
        Value::String(text) => !text.is_empty(),
        Value::Array(items) => !items.is_empty(),
        Value::Object(_) => true,
    }
}

/// A value as it is written: texts, numbers and booleans; null is nothing.
pub(crate) fn written(value: &Value) -> Option<String> {
    match value {
        Value::Null => Some(String::new()),
        Value::Bool(value) => Some(value.to_string()),
        Value::Number(number) => Some(number.to_string()),
        Value::String(text) => Some(text.clone()),
        Value::Array(_) | Value::Object(_) => None,
    }
}

fn plain(value: Option<&Value>, helper: &str) -> Result<String, String> {
    let value = value.ok_or_else(|| format!("the argument of `{helper}` is not in the model"))?;
    written(value)
        .ok_or_else(|| format!("`{helper}` needs a text or a number, not a list or an object"))
}

fn text(
    key: Option<&Value>,
    hash: &[(&str, Option<&Value>)],
    language: &Language<'_>,
    room: usize,
) -> Result<String, String> {
    let key = key.and_then(Value::as_str).unwrap_or_default();
    let mut values = Vec::with_capacity(hash.len());
    for (name, value) in hash {
        values.push((*name, plain(*value, "t")?));
    }
    let values: Vec<(&str, &str)> = values
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    language
        .locales
        .format_within(language.lang, key, &values, room)
        .ok_or_else(|| format!("there is no text with the key {key:?} in locales/vi.toml"))
}

fn address(args: &[Option<&Value>], hash: &[(&str, Option<&Value>)]) -> Result<String, String> {
    let mut address = plain(args.first().copied().flatten(), "url")?;
    for segment in args.iter().skip(1) {
        if !address.ends_with('/') {
            address.push('/');
        }
        address.push_str(&encode(&plain(*segment, "url")?));
    }
    for (name, value) in hash {
        address.push(if address.contains('?') { '&' } else { '?' });
        address.push_str(&encode(name));
        address.push('=');
        address.push_str(&encode(&plain(*value, "url")?));
    }
    Ok(if is_safe_address(&address) {
        address
    } else {
        UNSAFE.to_owned()
    })
}
