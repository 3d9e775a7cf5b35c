use serde::Serialize;

use crate::format;

/// A labelled fact about an entry: one line of a metadata table or of a list row.
#[derive(Debug, Clone, Serialize)]
pub struct Fact {
    /// What it is: `Cơ quan ban hành`.
    pub label: String,
    /// Its values, in order; never empty.
    pub values: Vec<FactValue>,
}

/// One value of a fact.
#[derive(Debug, Clone, Default, Serialize)]
pub struct FactValue {
    /// As people read it.
    pub text: String,
    /// What else is known of it, each with its label: the other cells of a row.
    pub notes: Vec<String>,
    /// Where it leads, for a reference or a value that is also a filter.
    pub href: Option<String>,
    /// Machine form of a date or time (`YYYY-MM-DD`, RFC 3339), for `<time datetime>`.
    pub datetime: Option<String>,
    /// How strongly it speaks, shown as a badge: for a state such as validity.
    pub badge: Option<super::Tone>,
}

impl Fact {
    /// A fact with one text.
    pub fn text(label: impl Into<String>, text: impl Into<String>) -> Self {
        Self::values(label, vec![FactValue::text(text)])
    }

    /// A fact with one date, given as `YYYY-MM-DD` and shown as `03/10/2014`; any other text is shown as it is.
    pub fn date(label: impl Into<String>, iso: &str) -> Self {
        Self::values(label, vec![FactValue::date(iso)])
    }

    /// A fact with several values.
    pub fn values(label: impl Into<String>, values: Vec<FactValue>) -> Self {
        Self {
            label: label.into(),
            values,
        }
    }
}

impl FactValue {
    /// A plain text.
    pub fn text(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            ..Self::default()
        }
    }

    /// A text that leads somewhere.
    pub fn link(text: impl Into<String>, href: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            href: Some(href.into()),
            ..Self::default()
        }
    }

    /// A state, shown as a badge.
    pub fn badge(text: impl Into<String>, tone: super::Tone) -> Self {
        Self {
            text: text.into(),
            badge: Some(tone),
            ..Self::default()
        }
    }

    /// A date given as `YYYY-MM-DD`; any other text is shown as it is, without `datetime`.
    pub fn date(iso: &str) -> Self {
        match format::date_short(iso) {
            Some(text) => Self {
                text,
                datetime: Some(iso.into()),
                ..Self::default()
            },
            None => Self::text(iso),
        }
    }

    /// A local time given as `YYYY-MM-DDTHH:MM…`; any other text is shown as it is, without `datetime`.
    pub fn time(iso: &str) -> Self {
        match format::time_short(iso) {
            Some(text) => Self {
                text,
                datetime: Some(iso.into()),
                ..Self::default()
            },
            None => Self::text(iso),
        }
    }
}
