use indexmap::IndexMap;
use regex::Regex;
use schemars::JsonSchema;
use serde::Deserialize;

use super::sentence;
use crate::vietnamese::fold;

/// Group of an item that holds the other end's code.
const NUMBER: &str = "number";
/// Group of an item that holds the year in the code.
const YEAR: &str = "year";
/// Group of a lead or of what follows that holds what the entry calls itself.
const SELF: &str = "self";
/// Group of a lead or joint to which `unless` is put; the whole of it where there is none.
const BETWEEN: &str = "between";

/// How edges are read from texts: `[schema.<field>.proposals]`, its patterns compiled once.
#[derive(Debug, Clone, Deserialize)]
#[serde(try_from = "DeclaredProposals")]
pub struct ProposalGrammar {
    itself: Option<String>,
    not_after: Option<String>,
    opening_ends: Option<Regex>,
    begins: Option<Regex>,
    item: Regex,
    rules: Vec<Rule>,
}

/// As it is declared. `{{name}}` in a pattern stands for that one of `words`.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DeclaredProposals {
    /// Choice field whose value's name is what the entry calls itself.
    itself: Option<String>,
    /// Date field: what bears a later year cannot be meant.
    not_after: Option<String>,
    /// A line that ends the opening of a text.
    opening_ends: Option<String>,
    /// A line that begins a paragraph even where the one before it ends with a comma.
    begins: Option<String>,
    /// A code with the words that belong to it; group `number`.
    item: String,
    #[serde(default)]
    words: IndexMap<String, String>,
    rules: Vec<DeclaredRule>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct DeclaredRule {
    id: String,
    kind: String,
    from: Vec<String>,
    /// Only in the opening of the text.
    #[serde(default)]
    opening: bool,
    /// What stands right before the first item.
    lead: String,
    /// What may stand between items, for rules that read several.
    #[serde(default)]
    more: Vec<DeclaredJoint>,
    /// Must stand behind the last item, in the same sentence.
    after: Option<String>,
    /// Must not stand in the lead.
    unless: Option<String>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct DeclaredJoint {
    /// What stands between two items.
    joint: String,
    /// Must not stand in it.
    unless: Option<String>,
}

#[derive(Debug, Clone)]
struct Joint {
    with_item: Regex,
    unless: Option<Regex>,
}

#[derive(Debug, Clone)]
struct Rule {
    id: String,
    kind: String,
    from: Vec<String>,
    opening: bool,
    lead: Regex,
    more: Vec<Joint>,
    after: Option<Regex>,
    unless: Option<Regex>,
}

/// A declared pattern that is none.
#[derive(Debug, thiserror::Error)]
pub enum BadProposals {
    /// It is no regular expression.
    #[error("proposals, `{place}`: {cause}")]
    Pattern {
        /// Which pattern.
        place: String,
        /// What is wrong.
        cause: Box<regex::Error>,
    },
    /// An item without the group that names the target.
    #[error("proposals: `item` needs a group `number`")]
    NoNumber,
}

impl TryFrom<DeclaredProposals> for ProposalGrammar {
    type Error = BadProposals;

    fn try_from(declared: DeclaredProposals) -> Result<Self, BadProposals> {
        let mut words: Vec<(String, String)> = Vec::new();
        for (name, pattern) in &declared.words {
            let filled = filled(pattern, &words);
            words.push((format!("{{{{{name}}}}}"), filled));
        }
        let item = filled(&declared.item, &words);
        let compile = |place: &str, pattern: &str| compiled(place, &filled(pattern, &words));
        let optional = |place: &str, pattern: &Option<String>| {
            let compiled = pattern.as_ref().map(|it| compile(place, it));
            compiled.transpose()
        };
        let rules = declared.rules.into_iter().map(|rule| {
            let id = rule.id.as_str();
            let with_item = |pattern: &String| compile(id, &format!("{pattern}{item}"));
            let joint = |it: &DeclaredJoint| {
                Ok(Joint {
                    with_item: with_item(&it.joint)?,
                    unless: optional(id, &it.unless)?,
                })
            };
            Ok(Rule {
                lead: with_item(&rule.lead)?,
                more: rule
                    .more
                    .iter()
                    .map(joint)
                    .collect::<Result<_, BadProposals>>()?,
                after: optional(id, &rule.after)?,
                unless: optional(id, &rule.unless)?,
                kind: rule.kind,
                from: rule.from,
                opening: rule.opening,
                id: rule.id,
            })
        });
        let rules = rules.collect::<Result<_, BadProposals>>()?;
        let opening_ends = optional("opening_ends", &declared.opening_ends)?;
        let begins = optional("begins", &declared.begins)?;
        let item = compiled("item", &item)?;
        if !item.capture_names().any(|name| name == Some(NUMBER)) {
            return Err(BadProposals::NoNumber);
        }
        Ok(Self {
            itself: declared.itself,
            not_after: declared.not_after,
            opening_ends,
            begins,
            item,
            rules,
        })
    }
}

fn filled(pattern: &str, words: &[(String, String)]) -> String {
    let mut text = pattern.to_owned();
    for (name, with) in words {
        text = text.replace(name, with);
    }
    text
}

fn compiled(place: &str, pattern: &str) -> Result<Regex, BadProposals> {
    Regex::new(pattern).map_err(|cause| BadProposals::Pattern {
        place: place.to_owned(),
        cause: Box::new(cause),
    })
}

impl ProposalGrammar {
    /// The choice field whose value's name is what the entry calls itself.
    pub fn itself(&self) -> Option<&str> {
        self.itself.as_deref()
    }

    /// The date field beyond whose year nothing can be meant.
    pub fn not_after(&self) -> Option<&str> {
        self.not_after.as_deref()
    }

    /// The fields it reads, each once.
    pub fn fields(&self) -> Vec<&str> {
        let mut fields: Vec<&str> = Vec::new();
        for field in self.rules.iter().flat_map(|rule| &rule.from) {
            if !fields.contains(&field.as_str()) {
                fields.push(field);
            }
        }
        fields
    }

    /// The kinds of edge it proposes, by rule.
    pub fn kinds(&self) -> impl Iterator<Item = (&str, &str)> {
        let rules = self.rules.iter();
        rules.map(|rule| (rule.id.as_str(), rule.kind.as_str()))
    }
}

/// An edge as it was read.
pub(super) struct Mention {
    pub(super) kind: String,
    pub(super) target: String,
    pub(super) rule: String,
    pub(super) sentence: String,
    pub(super) place: String,
}

/// A grammar put to one body.
pub(super) struct Reader<'a> {
    pub(super) grammar: &'a ProposalGrammar,
    /// What the entry calls itself, folded.
    pub(super) itself: Option<String>,
    pub(super) last_year: Option<i16>,
}

impl Reader<'_> {
    /// Reads one text of a field, line by line.
    pub(super) fn read(
        &self,
        field: &str,
        place: &str,
        text: &str,
        is_opening: &mut bool,
        found: &mut Vec<Mention>,
    ) {
        let begins = self.grammar.begins.as_ref();
        for line in sentence::whole_lines(text, begins) {
            let line = line.as_ref();
            let ends = self.grammar.opening_ends.as_ref();
            *is_opening &= !ends.is_some_and(|ends| ends.is_match(line));
            if !sentence::may_name_a_code(line) {
                continue;
            }
            for sentence in sentence::split(line) {
                if sentence::may_name_a_code(sentence) && self.grammar.item.is_match(sentence) {
                    let rules = self.grammar.rules.iter();
                    let rules = rules.filter(|rule| {
                        rule.from.iter().any(|it| it == field) && (*is_opening || !rule.opening)
                    });
                    for rule in rules {
                        self.put(rule, place, sentence, found);
                    }
                }
            }
        }
    }

    fn put(&self, rule: &Rule, place: &str, sentence: &str, found: &mut Vec<Mention>) {
        let Some(first) = rule.lead.captures(sentence) else {
            return;
        };
        let between = first.name(BETWEEN).or_else(|| first.get(0));
        let is_spoilt = |spoils: &Regex| between.is_some_and(|it| spoils.is_match(it.as_str()));
        if rule.unless.as_ref().is_some_and(is_spoilt) || !self.is_itself(&first) {
            return;
        }
        let mut items = vec![self.item(&first)];
        let mut end = first.get(0).map_or(sentence.len(), |all| all.end());
        while let Some(next) = next(rule, &sentence[end..]) {
            items.push(self.item(&next));
            end += next.get(0).map_or(0, |all| all.end());
        }
        if let Some(after) = &rule.after {
            let follows = after.captures(&sentence[end..]);
            if !follows.is_some_and(|it| self.is_itself(&it)) {
                return;
            }
        }
        for target in items.into_iter().flatten() {
            found.push(Mention {
                kind: rule.kind.clone(),
                rule: rule.id.clone(),
                sentence: sentence::kept(sentence, &target),
                place: place.to_owned(),
                target,
            });
        }
    }

    /// The code of an item; none where it bears a year that is still to come.
    fn item(&self, found: &regex::Captures<'_>) -> Option<String> {
        let year = found.name(YEAR).and_then(|it| it.as_str().parse().ok());
        let is_later = |year: i16| self.last_year.is_some_and(|last| year > last);
        let number = found.name(NUMBER)?.as_str();
        (!year.is_some_and(is_later)).then(|| number.trim().to_owned())
    }

    /// "Nghị định này" in a circular is somebody else's text.
    fn is_itself(&self, found: &regex::Captures<'_>) -> bool {
        match (found.name(SELF), &self.itself) {
            (Some(said), Some(itself)) => fold(said.as_str()) == *itself,
            _ => true,
        }
    }
}

fn next<'t>(rule: &Rule, rest: &'t str) -> Option<regex::Captures<'t>> {
    rule.more.iter().find_map(|more| {
        let found = more.with_item.captures(rest)?;
        let end = found.name(NUMBER)?.start();
        let between = found.name(BETWEEN).map_or(&rest[..end], |it| it.as_str());
        let is_spoilt = |spoils: &Regex| spoils.is_match(between);
        let spoilt = more.unless.as_ref().is_some_and(is_spoilt);
        (!spoilt).then_some(found)
    })
}
