//! What stands inside a tag: paths, literals, calls.

use serde_json::Value;

use super::helper::{Dialect, Helper};

/// Calls inside calls; more is a mistake or an attack on the stack.
const MAX_CALL_DEPTH: usize = 4;

/// Positional and named arguments of a call.
type Arguments = (Vec<Expr>, Vec<(String, Expr)>);

#[derive(Debug, Clone)]
pub(crate) enum Expr {
    Literal(Value),
    Path(Path),
    Call {
        helper: Helper,
        args: Vec<Expr>,
        hash: Vec<(String, Expr)>,
    },
}

/// `../../a.b`, `@index`, `@root.a`, `this`.
#[derive(Debug, Clone)]
pub(crate) struct Path {
    /// As written, for messages.
    pub(crate) raw: String,
    pub(crate) base: Base,
    pub(crate) keys: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Base {
    /// From the scope so many blocks up; 0 also sees block names.
    Scope(usize),
    Root,
    Index,
    First,
    Last,
    Key,
}

#[derive(Debug, Clone, PartialEq)]
enum Token {
    Word(String),
    Text(String),
    Open,
    Close,
    Equals,
    Bar,
}

pub(crate) struct ExprParser {
    tokens: Vec<Token>,
    at: usize,
    dialect: Dialect,
    depth: usize,
}

impl ExprParser {
    pub(crate) fn new(source: &str, dialect: Dialect) -> Result<Self, String> {
        Ok(Self {
            tokens: tokens(source)?,
            at: 0,
            dialect,
            depth: 0,
        })
    }

    /// A path, a literal text, or a helper with its arguments.
    pub(crate) fn call_or_path(&mut self) -> Result<Expr, String> {
        let name = match self.peek() {
            Some(Token::Word(name)) => name.clone(),
            _ => return self.argument(),
        };
        let helper = Helper::from_name(&name, self.dialect);
        let alone = matches!(self.tokens.get(self.at + 1), None | Some(Token::Close));
        // Every helper needs an argument, so a field of the same name can still be written.
        match helper {
            _ if alone => self.argument(),
            None => Err(format!(
                "there is no helper {name:?}; the helpers are {}",
                Helper::names(self.dialect)
            )),
            Some(helper) => {
                self.at += 1;
                let (args, hash) = self.arguments()?;
                helper.check_call(&args, &hash)?;
                Ok(Expr::Call { helper, args, hash })
            }
        }
    }

    /// Positional and `key=value` arguments up to the end or a closing bracket.
    pub(crate) fn arguments(&mut self) -> Result<Arguments, String> {
        let mut args = Vec::new();
        let mut hash: Vec<(String, Expr)> = Vec::new();
        while !matches!(self.peek(), None | Some(Token::Close)) {
            let key = match (self.peek(), self.tokens.get(self.at + 1)) {
                (Some(Token::Word(key)), Some(Token::Equals)) => Some(key.clone()),
                _ => None,
            };
            match key {
                Some(key) if is_key(&key) => {
                    self.at += 2;
                    hash.push((key, self.argument()?));
                }
                Some(key) => return Err(format!("{key:?} cannot be the key of an argument")),
                None => args.push(self.argument()?),
            }
        }
        Ok((args, hash))
    }

    /// One argument: a literal, a path, or a call in round brackets.
    pub(crate) fn argument(&mut self) -> Result<Expr, String> {
        let token = self.peek().cloned();
        self.at += 1;
        match token {
            Some(Token::Text(text)) => Ok(Expr::Literal(Value::String(text))),
            Some(Token::Word(word)) => word_expr(&word),
            Some(Token::Open) => {
                self.depth += 1;
                if self.depth > MAX_CALL_DEPTH {
                    return Err(format!("calls are nested more than {MAX_CALL_DEPTH} deep"));
                }
                let expr = self.call_or_path()?;
                self.depth -= 1;
                if self.peek() != Some(&Token::Close) {
                    return Err("a `(` is not closed".into());
                }
                self.at += 1;
                Ok(expr)
            }
            Some(other) => Err(format!("{} where a value was expected", shown(&other))),
            None => Err("a value is missing at the end of the tag".into()),
        }
    }

    /// `as |item index|`, or nothing.
    pub(crate) fn block_names(&mut self) -> Result<Vec<String>, String> {
        if self.peek() != Some(&Token::Word("as".into())) {
            return Ok(Vec::new());
        }
        self.at += 1;
        if self.peek() != Some(&Token::Bar) {
            return Err("after `as` the names stand between bars: as |item index|".into());
        }
        self.at += 1;
        let mut names = Vec::new();
        loop {
            match self.peek().cloned() {
                Some(Token::Word(name)) if is_key(&name) => names.push(name),
                Some(Token::Bar) if !names.is_empty() => break,
                _ => return Err("after `as` the names stand between bars: as |item index|".into()),
            }
            self.at += 1;
        }
        self.at += 1;
        Ok(names)
    }

    pub(crate) fn end(&self) -> Result<(), String> {
        match self.peek() {
            None => Ok(()),
            Some(token) => Err(format!("{} is not expected here", shown(token))),
        }
    }

    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at)
    }
}

fn shown(token: &Token) -> String {
    match token {
        Token::Word(word) | Token::Text(word) => format!("{word:?}"),
        Token::Open => "`(`".into(),
        Token::Close => "`)`".into(),
        Token::Equals => "`=`".into(),
        Token::Bar => "`|`".into(),
    }
}

fn tokens(source: &str) -> Result<Vec<Token>, String> {
    let mut tokens = Vec::new();
    let mut rest = source.trim_start();
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '(' | ')' | '=' | '|' => {
                tokens.push(match first {
                    '(' => Token::Open,
                    ')' => Token::Close,
                    '=' => Token::Equals,
                    _ => Token::Bar,
                });
                1
            }
            '"' | '\'' => {
                let end = rest[1..]
                    .find(first)
                    .ok_or("a quoted text is never closed")?;
                tokens.push(Token::Text(rest[1..=end].to_owned()));
                end + 2
            }
            _ => {
                let end = rest.find(|c: char| !is_word(c)).unwrap_or(rest.len());
                if end == 0 {
                    return Err(format!("the character {first:?} is not allowed in a tag"));
                }
                tokens.push(Token::Word(rest[..end].to_owned()));
                end
            }
        };
        rest = rest[length..].trim_start();
    }
    Ok(tokens)
}

fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '@' | '.' | '/')
}

fn is_key(word: &str) -> bool {
    !word.is_empty()
        && word.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && word
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-')
        && !matches!(word, "this" | "else" | "as" | "true" | "false" | "null")
}

fn word_expr(word: &str) -> Result<Expr, String> {
    match word {
        "true" => return Ok(Expr::Literal(Value::Bool(true))),
        "false" => return Ok(Expr::Literal(Value::Bool(false))),
        "null" => return Ok(Expr::Literal(Value::Null)),
        _ => {}
    }
    if word.starts_with(|c: char| c.is_ascii_digit() || c == '-') {
        return word
            .parse::<i64>()
            .map(|number| Expr::Literal(number.into()))
            .map_err(|_| format!("{word:?} is not a whole number"));
    }
    path(word).map(Expr::Path)
}

fn path(raw: &str) -> Result<Path, String> {
    let bad = || {
        format!(
            "{raw:?} is not a path; write a.b, ../a, this, @root.a, @index, @first, @last or @key"
        )
    };
    let mut up = 0;
    let mut rest = raw;
    while let Some(parent) = rest.strip_prefix("../") {
        up += 1;
        rest = parent;
    }
    if rest == ".." {
        up += 1;
        rest = "this";
    }
    let (base, rest) = match rest {
        "@index" => (Base::Index, ""),
        "@first" => (Base::First, ""),
        "@last" => (Base::Last, ""),
        "@key" => (Base::Key, ""),
        "@root" => (Base::Root, ""),
        "this" | "." => (Base::Scope(up), ""),
        _ => match (rest.strip_prefix("@root."), rest.strip_prefix("this.")) {
            (Some(rest), _) => (Base::Root, rest),
            (None, Some(rest)) => (Base::Scope(up), rest),
            (None, None) => (Base::Scope(up), rest),
        },
    };
    if up > 0 && !matches!(base, Base::Scope(_)) {
        return Err(bad());
    }
    let keys: Vec<String> = match rest {
        "" => Vec::new(),
        _ => rest.split('.').map(str::to_owned).collect(),
    };
    let key = |key: &String| {
        !key.is_empty()
            && key
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-')
    };
    if !keys.iter().all(key) {
        return Err(bad());
    }
    Ok(Path {
        raw: raw.to_owned(),
        base,
        keys,
    })
}
