//! Reads a rendered page with a browser's tokenizer and holds it to the rules of the theme.

use std::cell::RefCell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};

/// What a page's markup is made of, and what is wrong with it.
#[derive(Debug, Default)]
pub(super) struct Outline {
    /// Levels of headings in order.
    pub(super) headings: Vec<u8>,
    pub(super) ids: Vec<String>,
    pub(super) fragments: Vec<String>,
    pub(super) text: String,
    pub(super) faults: Vec<String>,
    open: Vec<String>,
}

#[derive(Default)]
struct Sink(RefCell<Outline>);

const VOID: [&str; 7] = ["meta", "link", "img", "input", "br", "hr", "wbr"];

pub(super) fn read(html: &str) -> Outline {
    let input = BufferQueue::default();
    input.push_back(StrTendril::from_slice(html));
    let options = TokenizerOpts {
        exact_errors: true,
        ..TokenizerOpts::default()
    };
    let tokenizer = Tokenizer::new(Sink::default(), options);
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    let mut outline = tokenizer.sink.0.into_inner();
    for element in std::mem::take(&mut outline.open) {
        outline.faults.push(format!("<{element}> is not closed"));
    }
    let mut ids = outline.ids.clone();
    ids.sort();
    if let Some(pair) = ids.windows(2).find(|pair| pair[0] == pair[1]) {
        outline
            .faults
            .push(format!("the id {:?} occurs twice", pair[0]));
    }
    for fragment in &outline.fragments {
        if !outline.ids.contains(fragment) {
            outline
                .faults
                .push(format!("nothing has the id {fragment:?}"));
        }
    }
    if outline.headings.first() != Some(&1)
        || outline.headings.iter().filter(|level| **level == 1).count() != 1
    {
        outline
            .faults
            .push(format!("one h1 must come first: {:?}", outline.headings));
    }
    if let Some(jump) = outline
        .headings
        .windows(2)
        .find(|pair| pair[1] > pair[0] + 1)
    {
        outline.faults.push(format!("headings jump: {jump:?}"));
    }
    outline
}

impl Outline {
    fn start(&mut self, tag: &Tag) {
        let name = &*tag.name;
        if let Some(level) = name.strip_prefix('h').and_then(|level| level.parse().ok()) {
            self.headings.push(level);
        }
        let value = |key: &str| {
            let attribute = tag
                .attrs
                .iter()
                .find(|attribute| &*attribute.name.local == key);
            attribute.map(|attribute| attribute.value.to_string())
        };
        for attribute in &tag.attrs {
            let key = &*attribute.name.local;
            if key == "style" || key.starts_with("on") {
                self.faults.push(format!("<{name} {key}>"));
            }
        }
        if name == "style"
            || (name == "script"
                && value("src").is_none_or(|src| !src.ends_with("/proof.js"))
                && !matches!(
                    value("type").as_deref(),
                    Some("application/ld+json" | "application/json")
                ))
        {
            self.faults
                .push(format!("<{name}> with style or script in the page"));
        }
        if name == "img" && value("alt").is_none() {
            self.faults.push("<img> without alt".into());
        }
        self.ids.extend(value("id"));
        self.fragments
            .extend(value("href").and_then(|href| href.strip_prefix('#').map(str::to_owned)));
        self.fragments.extend(value("aria-labelledby"));
        if name == "label" {
            self.fragments.extend(value("for"));
        }
        if !VOID.contains(&name) {
            self.open.push(name.to_owned());
        }
    }
}

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<()> {
        let mut outline = self.0.borrow_mut();
        match token {
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => outline.start(&tag),
            Token::TagToken(tag) => {
                let open = outline.open.pop();
                if open.as_deref() != Some(&*tag.name) {
                    outline
                        .faults
                        .push(format!("line {line}: </{}> closes {open:?}", tag.name));
                }
            }
            Token::CharacterTokens(text) => outline.text.push_str(&text),
            Token::ParseError(error) => outline.faults.push(format!("line {line}: {error}")),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}
