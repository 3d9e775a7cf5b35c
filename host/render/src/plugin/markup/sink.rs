//! What is done with each token.

use std::cell::{Cell, RefCell};

use html5ever::Attribute;
use html5ever::tokenizer::{Tag as Element, TagKind, Token, TokenSink, TokenSinkResult};

use super::super::allowed::{self, ValueRule};
use super::elements::Nesting;
use super::{Run, runs};
use crate::template::{Fault, Tag, is_safe_address};

/// Faults reported for one file; a file with more is wrong from the ground up.
const MAX_FAULTS: usize = 50;

pub(super) struct Sink<'t> {
    tags: Vec<&'t Tag>,
    nesting: RefCell<Nesting>,
    faults: RefCell<Vec<Fault>>,
    /// Text of adjacent character tokens, which may cut a marker in two.
    text: RefCell<String>,
    text_line: Cell<u64>,
}

impl<'t> Sink<'t> {
    pub(super) fn new(tags: Vec<&'t Tag>) -> Self {
        Self {
            tags,
            nesting: RefCell::default(),
            faults: RefCell::default(),
            text: RefCell::default(),
            text_line: Cell::new(1),
        }
    }

    pub(super) fn into_faults(self) -> Vec<Fault> {
        self.faults.into_inner()
    }

    fn fault(&self, line: u64, message: impl Into<String>) {
        let mut faults = self.faults.borrow_mut();
        if faults.len() < MAX_FAULTS {
            faults.push(Fault::new(u32::try_from(line).unwrap_or(u32::MAX), message));
        }
    }

    fn check<T>(&self, line: u64, result: Result<T, String>) {
        if let Err(message) = result {
            self.fault(line, message);
        }
    }

    fn flush_text(&self) {
        let text = self.text.take();
        let mut line = self.text_line.get();
        let Some(runs) = runs(&text, &self.tags) else {
            return self.fault(line, MISPLACED);
        };
        for run in runs {
            match run {
                Run::Text(text) => line += text.matches('\n').count() as u64,
                Run::Tag(tag) => self.check(line, self.nesting.borrow_mut().tag(tag)),
            }
        }
    }

    fn element(&self, element: &Element, line: u64) {
        let name = &*element.name;
        if !allowed::is_element(name) {
            let shown: String = name
                .chars()
                .take_while(|c| c.is_ascii_alphanumeric())
                .collect();
            return self.fault(line, format!("the element <{shown}> is not allowed; the host owns the page around the template"));
        }
        if element.kind == TagKind::EndTag {
            return self.check(line, self.nesting.borrow_mut().end(name));
        }
        if element.had_duplicate_attributes {
            self.fault(line, format!("<{name}> has an attribute twice"));
        }
        for attribute in &element.attrs {
            self.check(line, self.attribute(name, attribute));
        }
        if element.self_closing && !allowed::is_void(name) {
            self.fault(
                line,
                format!("<{name}/> does not close the element in HTML; write <{name}></{name}>"),
            );
        }
        if !allowed::is_void(name) {
            self.nesting.borrow_mut().start(name);
        }
    }

    fn attribute(&self, element: &str, attribute: &Attribute) -> Result<(), String> {
        let name = &*attribute.name.local;
        let is_name = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if !name.chars().all(is_name) {
            return Err(format!("in <{element}>: {MISPLACED}"));
        }
        let rule = allowed::attribute_rule(element, name)
            .ok_or_else(|| format!("the attribute {name:?} is not allowed on <{element}>"))?;
        let value = runs(&attribute.value, &self.tags)
            .ok_or_else(|| format!("{name:?} of <{element}>: {MISPLACED}"))?;
        check_whole_blocks(&value)
            .map_err(|message| format!("{name:?} of <{element}>: {message}"))?;
        match rule {
            ValueRule::Text => Ok(()),
            ValueRule::Address => check_address(&value, false),
            ValueRule::OwnAddress => check_address(&value, true),
        }
        .map_err(|message| format!("{name:?} of <{element}>: {message}"))
    }
}

const MISPLACED: &str = "a {{…}} may stand in text and in double-quoted attribute values only";

/// Blocks opened in a value are closed in it; partials are for text.
fn check_whole_blocks(value: &[Run<'_, '_>]) -> Result<(), String> {
    let mut depth = 0_usize;
    for run in value {
        match run {
            Run::Tag(Tag::Open(_)) => depth += 1,
            Run::Tag(Tag::Else(_)) if depth == 0 => {
                return Err("{{else}} of a block outside this value".into());
            }
            Run::Tag(Tag::Close(_)) => {
                depth = depth
                    .checked_sub(1)
                    .ok_or("a block is closed here that was opened outside this value")?;
            }
            Run::Tag(Tag::Partial { .. }) => {
                return Err("a partial cannot stand in an attribute".into());
            }
            _ => {}
        }
    }
    if depth > 0 {
        return Err("a block is opened here and not closed in the same value".into());
    }
    Ok(())
}

/// `{{url …}}` alone or before a plain `#fragment`; `#` and anything; or a plain address.
fn check_address(value: &[Run<'_, '_>], own: bool) -> Result<(), String> {
    match value {
        [] => Ok(()),
        [Run::Tag(tag)] if tag.is_address() => Ok(()),
        [Run::Tag(tag), Run::Text(fragment)] if tag.is_address() && fragment.starts_with('#') => Ok(()),
        [Run::Text(text)] if own && !is_own_address(text) => Err("must be on this site: write a path, or {{url path}}".into()),
        [Run::Text(text)] if is_safe_address(text) => Ok(()),
        [Run::Text(_)] => Err("not a safe address; allowed are https, http, mailto, tel and relative ones without spaces".into()),
        [Run::Text(text), ..] if !own && text.starts_with('#') => Ok(()),
        _ => Err("an address made of values must be written as {{url …}} alone, as in href=\"{{url path}}\"".into()),
    }
}

fn is_own_address(address: &str) -> bool {
    let end = address.find(['/', '?', '#']).unwrap_or(address.len());
    is_safe_address(address) && !address[..end].contains(':')
}

impl TokenSink for Sink<'_> {
    type Handle = ();

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<()> {
        if let Token::CharacterTokens(text) = &token {
            let mut buffer = self.text.borrow_mut();
            if buffer.is_empty() {
                let newlines = text.matches('\n').count() as u64;
                self.text_line.set(line.saturating_sub(newlines).max(1));
            }
            buffer.push_str(text);
            return TokenSinkResult::Continue;
        }
        if !matches!(token, Token::ParseError(_)) {
            self.flush_text();
        }
        match token {
            Token::TagToken(element) => self.element(&element, line),
            Token::ParseError(error) => self.fault(line, format!("not well-formed HTML: {error}")),
            Token::CommentToken(_) => {
                self.fault(line, "HTML comments are not allowed; write {{!-- … --}}")
            }
            Token::DoctypeToken(_) => {
                self.fault(line, "a doctype is not allowed; the host writes the page")
            }
            Token::NullCharacterToken => self.fault(line, "U+0000 is not allowed"),
            Token::EOFToken => self.check(line, self.nesting.borrow_mut().finish()),
            Token::CharacterTokens(_) => {}
        }
        TokenSinkResult::Continue
    }
}
