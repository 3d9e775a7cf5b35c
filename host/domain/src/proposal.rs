//! Edges that a text states in words (`thay thế Thông tư số 12/2010/TT-BTC`), read by the patterns
//! that a relations field declares. They are proposals: an editor confirms or rejects them. Pure.

mod grammar;
mod sentence;
#[cfg(test)]
mod tests;

use std::collections::HashSet;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::dates::LocalDate;
use crate::declaration::{Collection, Declaration, FieldKind};
use crate::entry::Body;
use crate::outline;
use crate::vietnamese::{code_key, fold};

pub(crate) use grammar::DeclaredProposals;
pub use grammar::{BadProposals, ProposalGrammar};
use grammar::{Mention, Reader};

/// Most proposals of one entry and field: what an editor can look through.
pub const MAX_PROPOSALS: usize = 200;
/// Longest sentence kept as evidence, in characters; it is cut around the number.
pub const MAX_SENTENCE_CHARS: usize = 1_000;

/// An edge read from a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// The relations field that would hold it.
    pub field: String,
    /// Kind of edge, a value of the field's list.
    pub kind: String,
    /// Code of the other end, as written there.
    pub target: String,
    /// The rule that read it: its declared id.
    pub rule: String,
    /// The sentence it was read from.
    pub sentence: String,
    /// Where that stands: the field, with `[n]` for the block of an outline.
    pub place: String,
}

/// Everything the declared rules read in a body, each edge once; what the body states already is
/// left out, and so is the entry itself.
pub fn read(declaration: &Declaration, collection: &Collection, body: &Body) -> Vec<Proposal> {
    let mut found = Vec::new();
    for (name, field) in &collection.schema {
        let FieldKind::Relations {
            target_field,
            proposals: Some(grammar),
            ..
        } = &field.kind
        else {
            continue;
        };
        let reader = Reader {
            grammar,
            itself: itself(declaration, collection, grammar, body),
            last_year: last_year(grammar, body),
        };
        let mut known = stated(body, name);
        let own = code_key(text(body, target_field));
        let mut count = 0;
        for mention in mentions(&reader, body) {
            let key = code_key(&mention.target);
            let is_new = key != own && known.insert((mention.kind.clone(), key));
            if is_new && count < MAX_PROPOSALS {
                count += 1;
                found.push(proposal(name, mention));
            }
        }
    }
    found
}

/// The edges a body states, as kind and key.
fn stated(body: &Body, field: &str) -> HashSet<(String, String)> {
    let edges = body.get(field).and_then(Value::as_array);
    let part = |edge: &Value, name: &str| {
        let part = edge.get(name).and_then(Value::as_str);
        part.unwrap_or_default().to_owned()
    };
    let edges = edges.into_iter().flatten();
    edges
        .map(|edge| (part(edge, "kind"), code_key(&part(edge, "target"))))
        .collect()
}

fn text<'a>(body: &'a Body, field: &str) -> &'a str {
    body.get(field).and_then(Value::as_str).unwrap_or_default()
}

/// What the entry calls itself ("Thông tư này"), folded.
fn itself(
    declaration: &Declaration,
    collection: &Collection,
    grammar: &ProposalGrammar,
    body: &Body,
) -> Option<String> {
    let name = grammar.itself()?;
    let list = declaration.list_of(collection.schema.get(name)?)?;
    Some(fold(&list.get(text(body, name))?.vi))
}

fn last_year(grammar: &ProposalGrammar, body: &Body) -> Option<i16> {
    let date = LocalDate::parse(text(body, grammar.not_after()?)).ok()?;
    Some(date.year())
}

fn mentions(reader: &Reader<'_>, body: &Body) -> Vec<Mention> {
    let mut found = Vec::new();
    for field in reader.grammar.fields() {
        match body.get(field) {
            Some(Value::String(text)) => {
                reader.read(field, field, text, &mut true, &mut found);
            }
            Some(value @ Value::Array(_)) => {
                // Only what stands before the first article is the opening of an outline.
                let mut is_opening = true;
                for (at, block) in outline::blocks(value).iter().enumerate() {
                    let place = format!("{field}[{at}]");
                    for part in [&block.heading, &block.text] {
                        reader.read(field, &place, part, &mut is_opening, &mut found);
                    }
                    is_opening = false;
                }
            }
            _ => {}
        }
    }
    found
}

fn proposal(field: &str, mention: Mention) -> Proposal {
    Proposal {
        field: field.to_owned(),
        kind: mention.kind,
        target: mention.target,
        rule: mention.rule,
        sentence: mention.sentence,
        place: mention.place,
    }
}

/// What became of a proposal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ProposalState {
    /// It waits for an editor.
    Proposed,
    /// The entry has the edge.
    Confirmed,
    /// It was refused, for ever.
    Rejected,
}

impl ProposalState {
    /// As it is stored and asked for.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::Confirmed => "confirmed",
            Self::Rejected => "rejected",
        }
    }
}

/// A word that is no state of a proposal.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no state of a proposal: there are proposed, confirmed, rejected")]
pub struct BadState(String);

impl TryFrom<String> for ProposalState {
    type Error = BadState;

    fn try_from(text: String) -> Result<Self, BadState> {
        let all = [Self::Proposed, Self::Confirmed, Self::Rejected];
        let found = all.into_iter().find(|state| state.as_str() == text);
        found.ok_or(BadState(text))
    }
}
