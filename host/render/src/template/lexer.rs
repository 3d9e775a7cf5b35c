//! Cuts a template into text and tags.

use super::expr::{Expr, ExprParser};
use super::helper::Dialect;
use super::{Fault, Helper};

/// A piece of a template, with the line it starts on.
#[derive(Debug)]
pub(crate) struct Segment<'s> {
    pub(crate) line: u32,
    /// The piece exactly as written.
    pub(crate) source: &'s str,
    pub(crate) piece: Piece,
}

#[derive(Debug)]
pub(crate) enum Piece {
    Text,
    Tag {
        tag: Tag,
        /// `{{~`: white space before the tag is dropped.
        trim_before: bool,
        /// `~}}`: white space after the tag is dropped.
        trim_after: bool,
    },
}

/// What stands between the braces.
#[derive(Debug)]
pub(crate) enum Tag {
    Comment,
    Value(Expr),
    Open(BlockOpen),
    Else(Option<BlockOpen>),
    Close(String),
    Partial {
        name: String,
        context: Option<Expr>,
        hash: Vec<(String, Expr)>,
    },
}

/// `{{#each list as |item index|}}` without the braces.
#[derive(Debug)]
pub(crate) struct BlockOpen {
    pub(crate) name: String,
    pub(crate) argument: Expr,
    pub(crate) names: Vec<String>,
}

/// The blocks of the language.
pub(crate) const BLOCKS: [&str; 4] = ["if", "unless", "each", "with"];

/// Cuts `source`; stops at the first fault, because what follows a broken tag cannot be judged.
pub(crate) fn split(source: &str, dialect: Dialect) -> Result<Vec<Segment<'_>>, Fault> {
    let mut segments = Vec::new();
    let mut rest = source;
    let mut line = 1;
    while let Some(start) = rest.find("{{") {
        if rest[..start].ends_with('\\') {
            return Err(Fault::new(
                line + newlines(&rest[..start]),
                "`\\{{` is not allowed; write &#123;&#123; for two braces in the text",
            ));
        }
        push_text(&mut segments, line, &rest[..start]);
        line += newlines(&rest[..start]);
        let length = tag_length(&rest[start..]).map_err(|message| Fault::new(line, message))?;
        let tag_source = &rest[start..start + length];
        segments.push(Segment {
            line,
            source: tag_source,
            piece: read_tag(tag_source, line, dialect)?,
        });
        line += newlines(tag_source);
        rest = &rest[start + length..];
    }
    push_text(&mut segments, line, rest);
    Ok(segments)
}

fn push_text<'s>(segments: &mut Vec<Segment<'s>>, line: u32, source: &'s str) {
    if !source.is_empty() {
        segments.push(Segment {
            line,
            source,
            piece: Piece::Text,
        });
    }
}

fn newlines(text: &str) -> u32 {
    u32::try_from(text.bytes().filter(|byte| *byte == b'\n').count()).unwrap_or(u32::MAX)
}

/// Bytes of the tag that `source` starts with, braces included.
fn tag_length(source: &str) -> Result<usize, String> {
    let inner = &source[2..];
    let inner_start = inner.strip_prefix('~').unwrap_or(inner);
    if inner_start.starts_with('!') {
        let end = if inner_start.starts_with("!--") {
            inner
                .find("--}}")
                .map(|at| at + 4)
                .into_iter()
                .chain(inner.find("--~}}").map(|at| at + 5))
                .min()
        } else {
            inner.find("}}").map(|at| at + 2)
        };
        return end
            .map(|end| end + 2)
            .ok_or("this comment is never closed".into());
    }
    if inner_start.starts_with('{') {
        return Err("three or more braces write unescaped text or raw blocks, which is not allowed; use two".into());
    }
    let mut quote = None;
    for (at, byte) in inner.bytes().enumerate() {
        match quote {
            Some(open) if byte == open => quote = None,
            Some(_) => {}
            None if byte == b'"' || byte == b'\'' => quote = Some(byte),
            None if inner.as_bytes()[at..].starts_with(b"}}") => return Ok(at + 4),
            None if byte == b'{' => {
                return Err("a brace inside a tag; is the tag closed with `}}`?".into());
            }
            None => {}
        }
    }
    Err("this tag is never closed with `}}`".into())
}

fn read_tag(source: &str, line: u32, dialect: Dialect) -> Result<Piece, Fault> {
    let inner = &source[2..source.len() - 2];
    let (trim_before, inner) = match inner.strip_prefix('~') {
        Some(inner) => (true, inner),
        None => (false, inner),
    };
    let (trim_after, inner) = match inner.strip_suffix('~') {
        Some(inner) => (true, inner),
        None => (false, inner),
    };
    let tag = tag_of(inner.trim(), dialect).map_err(|message| Fault::new(line, message))?;
    Ok(Piece::Tag {
        tag,
        trim_before,
        trim_after,
    })
}

fn tag_of(inner: &str, dialect: Dialect) -> Result<Tag, String> {
    let (first, rest) = match inner.chars().next() {
        Some(first) => (first, inner[first.len_utf8()..].trim_start()),
        None => return Err("an empty tag".into()),
    };
    match first {
        '!' => Ok(Tag::Comment),
        '&' => Err("`{{&` writes unescaped text, which is not allowed; leave the `&` out".into()),
        '*' => Err("decorators (`{{*`) are not allowed".into()),
        '^' => Err("`{{^` is not supported; write {{else}} or {{#unless}}".into()),
        '#' if rest.starts_with('*') => Err("inline partials and decorators (`{{#*`) are not allowed; put the partial into a file of its own".into()),
        '#' if rest.starts_with('>') => Err("partial blocks (`{{#>`) are not allowed; use {{> name}}".into()),
        '#' => Ok(Tag::Open(block_open(rest, dialect)?)),
        '/' => Ok(Tag::Close(rest.to_owned())),
        '>' => partial(rest, dialect),
        _ if inner == "else" => Ok(Tag::Else(None)),
        _ => match inner.strip_prefix("else").filter(|rest| rest.starts_with(char::is_whitespace)) {
            Some(rest) => Ok(Tag::Else(Some(block_open(rest.trim(), dialect)?))),
            None => value(inner, dialect),
        },
    }
}

fn value(inner: &str, dialect: Dialect) -> Result<Tag, String> {
    let mut parser = ExprParser::new(inner, dialect)?;
    let expr = parser.call_or_path()?;
    parser.end()?;
    Ok(Tag::Value(expr))
}

fn block_open(inner: &str, dialect: Dialect) -> Result<BlockOpen, String> {
    let name_length = inner
        .find(|c: char| c.is_whitespace() || c == '(')
        .unwrap_or(inner.len());
    let name = &inner[..name_length];
    if !BLOCKS.contains(&name) {
        return Err(format!(
            "there is no block {name:?}; the blocks are {}",
            BLOCKS.join(", ")
        ));
    }
    let mut parser = ExprParser::new(&inner[name_length..], dialect)?;
    let argument = parser.argument()?;
    let names = parser.block_names()?;
    parser.end()?;
    let most = match name {
        "each" => 2,
        "with" => 1,
        _ => 0,
    };
    if names.len() > most {
        return Err(format!(
            "{{{{#{name}}}}} gives at most {most} names after `as`"
        ));
    }
    Ok(BlockOpen {
        name: name.to_owned(),
        argument,
        names,
    })
}

fn partial(inner: &str, dialect: Dialect) -> Result<Tag, String> {
    let name_length = inner.find(char::is_whitespace).unwrap_or(inner.len());
    let name = &inner[..name_length];
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_';
    if name.is_empty()
        || !name
            .split('/')
            .all(|part| !part.is_empty() && part.chars().all(plain))
    {
        return Err(format!(
            "a partial is named by plain words (a-z, 0-9, `-`, `_`, `/`), not by {name:?}"
        ));
    }
    let mut parser = ExprParser::new(&inner[name_length..], dialect)?;
    let (mut arguments, hash) = parser.arguments()?;
    parser.end()?;
    if arguments.len() > 1 {
        return Err("a partial takes one context and any number of key=value".into());
    }
    Ok(Tag::Partial {
        name: name.to_owned(),
        context: arguments.pop(),
        hash,
    })
}

impl Tag {
    /// The tag writes an address that was checked.
    pub(crate) fn is_address(&self) -> bool {
        matches!(
            self,
            Self::Value(Expr::Call {
                helper: Helper::Url,
                ..
            })
        )
    }
}
