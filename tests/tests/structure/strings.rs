//! A small scanner for the string literals of a Rust file. It knows as much of the language as that takes:
//! comments (nested too), character literals beside lifetimes, escapes, raw strings.

use std::iter::Peekable;
use std::str::CharIndices;

/// A string literal as written between its quotes, and the line where it begins (the first is 1).
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Literal {
    pub(crate) line: usize,
    pub(crate) text: String,
}

/// The string literals of a source text, in order; comments and doc comments hold none.
pub(crate) fn literals(source: &str) -> Vec<Literal> {
    let mut scanner = Scanner {
        source,
        rest: source.char_indices().peekable(),
    };
    let mut found = Vec::new();
    while let Some((at, character)) = scanner.rest.next() {
        match character {
            '/' => scanner.skip_comment(),
            '\'' => scanner.skip_character(),
            '"' => found.push(scanner.quoted(at)),
            'r' if scanner.begins_word(at) => found.extend(scanner.raw(at)),
            _ => {}
        }
    }
    found
}

struct Scanner<'a> {
    source: &'a str,
    rest: Peekable<CharIndices<'a>>,
}

impl Scanner<'_> {
    fn skip_comment(&mut self) {
        if self.rest.next_if(|(_, next)| *next == '/').is_some() {
            while self.rest.next_if(|(_, next)| *next != '\n').is_some() {}
        } else if self.rest.next_if(|(_, next)| *next == '*').is_some() {
            let mut depth = 1;
            while depth > 0 {
                let Some((_, character)) = self.rest.next() else {
                    return;
                };
                let follows = self.rest.peek().map(|(_, next)| *next);
                match (character, follows) {
                    ('*', Some('/')) => depth -= 1,
                    ('/', Some('*')) => depth += 1,
                    _ => continue,
                }
                self.rest.next();
            }
        }
    }

    /// After a `'`: a character literal is skipped to its end, a lifetime is left alone.
    fn skip_character(&mut self) {
        let mut ahead = self.rest.clone();
        match ahead.next() {
            Some((_, '\\')) => {
                self.rest.next();
                self.rest.next();
                while self.rest.next_if(|(_, next)| *next != '\'').is_some() {}
                self.rest.next();
            }
            Some(_) if ahead.next().is_some_and(|(_, next)| next == '\'') => {
                self.rest.next();
                self.rest.next();
            }
            _ => {}
        }
    }

    /// After a `"`.
    fn quoted(&mut self, quote: usize) -> Literal {
        let mut end = self.source.len();
        while let Some((at, character)) = self.rest.next() {
            match character {
                '\\' => drop(self.rest.next()),
                '"' => {
                    end = at;
                    break;
                }
                _ => {}
            }
        }
        self.literal(quote, &self.source[quote + 1..end])
    }

    /// After an `r` that begins a word: a raw string, or none when the word is another.
    fn raw(&mut self, r: usize) -> Option<Literal> {
        let after = &self.source[r + 1..];
        let hashes = after.len() - after.trim_start_matches('#').len();
        let body = after[hashes..].strip_prefix('"')?;
        let closing = format!("\"{}", "#".repeat(hashes));
        let length = body.find(&closing).unwrap_or(body.len());
        let end = r + 1 + hashes + 1 + length + closing.len();
        while self.rest.next_if(|(at, _)| *at < end).is_some() {}
        Some(self.literal(r, &body[..length]))
    }

    /// Whether the character at `at` begins a word (`br"…"` and `cr"…"` are raw strings too).
    fn begins_word(&self, at: usize) -> bool {
        let before = self.source[..at].trim_end_matches(['b', 'c']);
        at - before.len() <= 1
            && !before.ends_with(|character: char| character.is_alphanumeric() || character == '_')
    }

    fn literal(&self, at: usize, text: &str) -> Literal {
        Literal {
            line: self.source[..at].matches('\n').count() + 1,
            text: text.to_owned(),
        }
    }
}

#[test]
fn literals_are_found_wherever_they_stand() {
    let texts = |source: &str| -> Vec<String> {
        literals(source)
            .into_iter()
            .map(|literal| literal.text)
            .collect()
    };
    assert_eq!(texts(r#"let a = "one"; call("two", b"three")"#).len(), 3);
    assert_eq!(texts(r#" "a \" b" "c\\" "d" "#), [r#"a \" b"#, r"c\\", "d"]);
    assert_eq!(
        texts(r##"r#"raw " inside"# r"plain" br"bytes""##),
        [r#"raw " inside"#, "plain", "bytes"]
    );
    assert_eq!(texts(r#"'"' 'a' '\'' '\u{1f}' "after""#), ["after"]);
    assert_eq!(texts(r#"fn f<'a>(x: &'a str) { "in" }"#), ["in"]);
    assert_eq!(texts(r#"let for_ = var; "word ending in r""#).len(), 1);
}

#[test]
fn comments_hold_no_literals() {
    let source =
        "// \"a\"\n/// \"b\"\n//! \"c\"\n/* \"d\" /* \"e\" */ \"f\" */\nlet x = \"g\"; // \"h\"\n";
    assert_eq!(
        literals(source),
        [Literal {
            line: 5,
            text: "g".to_owned()
        }]
    );
}
