//! What can be said of a page's accessibility from its template alone (WCAG 2.1).

mod names;

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;

use html5ever::tokenizer::{Tag as Element, TagKind, Token, TokenSink, TokenSinkResult};

use self::names::{has_words, is_said, value_of};
use super::{Run, runs};
use crate::template::{Fault, Tag};

/// An element or block that is not closed yet.
struct Open {
    /// Name of the element; `{{each}}` and the like for blocks.
    name: String,
    line: u64,
    /// There is something in it for a reader.
    says: bool,
    caption: bool,
    header: bool,
    summary: bool,
}

/// Hears the markup and remembers what is wrong with it.
pub(super) struct Sink<'t> {
    tags: Vec<&'t Tag>,
    is_page: bool,
    open: RefCell<Vec<Open>>,
    /// Level of the heading before; the host's own is 1.
    heading: Cell<Option<u8>>,
    ids: RefCell<BTreeSet<String>>,
    faults: RefCell<Vec<Fault>>,
    text: RefCell<String>,
    text_line: Cell<u64>,
}

impl<'t> Sink<'t> {
    pub(super) fn new(tags: Vec<&'t Tag>, is_page: bool) -> Self {
        Self {
            tags,
            is_page,
            open: RefCell::default(),
            heading: Cell::new(is_page.then_some(1)),
            ids: RefCell::default(),
            faults: RefCell::default(),
            text: RefCell::default(),
            text_line: Cell::new(1),
        }
    }

    pub(super) fn into_faults(self) -> Vec<Fault> {
        self.faults.into_inner()
    }

    fn fault(&self, line: u64, message: impl Into<String>) {
        let line = u32::try_from(line).unwrap_or(u32::MAX);
        self.faults.borrow_mut().push(Fault::new(line, message));
    }

    fn says_something(&self) {
        for open in self.open.borrow_mut().iter_mut() {
            open.says = true;
        }
    }

    fn inside(&self, name: &str) -> bool {
        self.open.borrow().iter().any(|open| open.name == name)
    }

    fn flush_text(&self) {
        let text = self.text.take();
        let mut line = self.text_line.get();
        for run in runs(&text, &self.tags).unwrap_or_default() {
            match run {
                Run::Text(text) => {
                    if has_words(text) && !self.inside("code") && !self.inside("kbd") {
                        let before = text.len() - text.trim_start().len();
                        let at = line + text[..before].matches('\n').count() as u64;
                        self.fault(at, "words of a page stand in the locale files, or readers of the other language cannot read them: write {{t \"key\"}}");
                    }
                    if !text.trim().is_empty() {
                        self.says_something();
                    }
                    line += text.matches('\n').count() as u64;
                }
                Run::Tag(tag) => self.tag(tag, line),
            }
        }
    }

    fn tag(&self, tag: &Tag, line: u64) {
        match tag {
            Tag::Open(block) => self.push(&format!("{{{{{}}}}}", block.name), line),
            Tag::Close(_) => drop(self.open.borrow_mut().pop()),
            Tag::Value(_) | Tag::Partial { .. } => self.says_something(),
            Tag::Else(_) | Tag::Comment => {}
        }
    }

    fn push(&self, name: &str, line: u64) {
        self.open.borrow_mut().push(Open {
            name: name.to_owned(),
            line,
            says: false,
            caption: false,
            header: false,
            summary: false,
        });
    }

    fn start(&self, element: &Element, line: u64) {
        let name = &*element.name;
        let value = |attribute: &str| value_of(element, attribute, &self.tags);
        match name {
            "img" => match value("alt") {
                None => self.fault(line, "<img> has no alt: say in it what the picture shows, or write alt=\"\" where it only adorns"),
                Some(alt) if !alt.is_empty() => self.says_something(),
                Some(_) => {}
            },
            "h2" | "h3" | "h4" | "h5" | "h6" => self.heading(name, line),
            "th" if value("scope").is_none() => {
                self.fault(line, "<th> has no scope: write scope=\"col\" or scope=\"row\", so that a screen reader knows what it heads");
            }
            "time" if value("datetime").is_none() => {
                self.fault(line, "<time> has no datetime: write datetime=\"{{the day as YYYY-MM-DD}}\"");
            }
            "progress" | "meter" if !is_said(element, &self.tags) => {
                self.fault(line, format!("<{name}> has no name: write aria-label or aria-labelledby"));
            }
            "li" => self.needs_parent(name, &["ul", "ol"], line),
            "dt" | "dd" => self.needs_parent(name, &["dl", "div"], line),
            _ => {}
        }
        for attribute in ["alt", "title", "aria-label"] {
            let Some(written) = value(attribute) else {
                continue;
            };
            let plain = written
                .iter()
                .any(|run| matches!(run, Run::Text(text) if has_words(text)));
            if plain {
                self.fault(line, format!("the words of {attribute:?} stand in the locale files: write {attribute}=\"{{{{t \"key\"}}}}\""));
            }
        }
        self.id(element, line);
        let mut open = self.open.borrow_mut();
        for table in open
            .iter_mut()
            .rev()
            .filter(|it| it.name == "table" || it.name == "details")
            .take(1)
        {
            table.caption |= name == "caption";
            table.header |= name == "th";
            table.summary |= name == "summary";
        }
        drop(open);
        if !super::super::allowed::is_void(name) && !element.self_closing {
            self.push(name, line);
            if is_said(element, &self.tags) {
                self.says_something();
            }
        }
    }

    fn end(&self, name: &str, line: u64) {
        let mut stack = self.open.borrow_mut();
        let Some(at) = stack.iter().rposition(|open| open.name == name) else {
            return;
        };
        let open = stack.split_off(at).into_iter().next();
        drop(stack);
        let Some(open) = open else {
            return;
        };
        match name {
            "a" if !open.says => self.fault(
                open.line,
                "a link without words cannot be heard: write what it leads to between <a> and </a>",
            ),
            "h2" | "h3" | "h4" | "h5" | "h6" if !open.says => self.fault(
                line,
                format!("<{name}> is empty: write what follows it, or leave it out"),
            ),
            "table" if !open.caption => self.fault(
                open.line,
                "<table> has no <caption>: say in one what it shows",
            ),
            "table" if !open.header => self.fault(
                open.line,
                "<table> has no <th>: head its columns or rows with <th scope=\"…\">",
            ),
            "details" if !open.summary => self.fault(
                open.line,
                "<details> has no <summary>: say in one what it holds",
            ),
            _ => {}
        }
    }

    fn heading(&self, name: &str, line: u64) {
        let level = name.bytes().last().map_or(2, |digit| digit - b'0');
        if let Some(before) = self.heading.get()
            && level > before + 1
        {
            let wanted = before + 1;
            self.fault(line, format!("<{name}> skips a level of headings: it follows a heading of level {before}, so write <h{wanted}>"));
        }
        self.heading.set(Some(level));
    }

    fn needs_parent(&self, name: &str, parents: &[&str], line: u64) {
        let open = self.open.borrow();
        let parent = open.iter().rev().find(|open| !open.name.starts_with('{'));
        // What a part stands in is the page's.
        let wrong = match parent {
            Some(parent) => !parents.contains(&parent.name.as_str()),
            None => self.is_page,
        };
        if wrong {
            let wanted = parents.join("> or <");
            drop(open);
            self.fault(line, format!("<{name}> stands outside of a <{wanted}>"));
        }
    }

    /// An id that would be there twice.
    fn id(&self, element: &Element, line: u64) {
        let Some(runs) = value_of(element, "id", &self.tags) else {
            return;
        };
        let [Run::Text(id)] = runs.as_slice() else {
            return;
        };
        if self.inside("{{each}}") {
            self.fault(
                line,
                format!(
                    "the id {id:?} is repeated by {{{{#each}}}}: put a value of the row into it"
                ),
            );
        } else if !self.ids.borrow_mut().insert((*id).to_owned()) {
            self.fault(
                line,
                format!("the id {id:?} is there twice: an id names one element of a page"),
            );
        }
    }
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
        if let Token::TagToken(element) = &token {
            match element.kind {
                TagKind::StartTag => self.start(element, line),
                TagKind::EndTag => self.end(&element.name, line),
            }
        }
        TokenSinkResult::Continue
    }
}
