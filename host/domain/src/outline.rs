//! Structured text: a flat list of blocks, each with its level, number, heading and text.

#[cfg(test)]
mod tests;

use std::collections::HashMap;

use regex::Regex;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::declaration::Level;

/// Most blocks of one text: the longest laws have some 700 articles with their clauses and points.
pub const MAX_BLOCKS: usize = 20_000;

/// One block. Text before the first block has an empty level.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Block {
    /// Id of a declared level, or empty.
    pub level: String,
    /// "I", "4", "đ".
    #[serde(default)]
    pub number: String,
    /// Heading, may be empty.
    #[serde(default)]
    pub heading: String,
    /// Paragraphs, one a line; may be empty.
    #[serde(default)]
    pub text: String,
}

/// The levels of a field, from the outside in, with their patterns compiled once.
#[derive(Debug, Clone, Deserialize)]
#[serde(try_from = "Vec<Level>")]
pub struct Grammar {
    levels: Vec<(Level, Regex)>,
}

/// A level's pattern is no regular expression.
#[derive(Debug, thiserror::Error)]
#[error("level `{id}`: {cause}")]
pub struct BadLevel {
    id: String,
    cause: regex::Error,
}

impl TryFrom<Vec<Level>> for Grammar {
    type Error = BadLevel;

    fn try_from(levels: Vec<Level>) -> Result<Self, BadLevel> {
        let compiled = levels
            .into_iter()
            .map(|level| match Regex::new(&level.pattern) {
                Ok(pattern) => Ok((level, pattern)),
                Err(cause) => Err(BadLevel {
                    id: level.id,
                    cause,
                }),
            });
        Ok(Self {
            levels: compiled.collect::<Result<_, _>>()?,
        })
    }
}

impl Grammar {
    /// Reads plain text, line by line.
    pub fn read(&self, text: &str) -> Vec<Block> {
        let mut blocks: Vec<Block> = Vec::new();
        let mut open: Vec<usize> = Vec::new();
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
            match self.opens(line, &open) {
                Some((depth, block)) if blocks.len() < MAX_BLOCKS => {
                    open.retain(|&level| level < depth);
                    open.push(depth);
                    blocks.push(block);
                }
                _ if self.wants_heading(blocks.last()) => {
                    if let Some(last) = blocks.last_mut() {
                        line.clone_into(&mut last.heading);
                    }
                }
                _ => append(&mut blocks, line),
            }
        }
        blocks
    }

    /// The text of blocks as it is typed, so that [`Grammar::read`] finds the same blocks again;
    /// `name` is what people call a level: "Điều".
    pub fn write(&self, blocks: &[Block], name: &dyn Fn(&Level) -> String) -> String {
        let mut lines: Vec<String> = Vec::new();
        for block in blocks {
            let known = self.levels.iter().find(|(it, _)| it.id == block.level);
            match known {
                Some((level, pattern)) => {
                    let mut text = block.text.lines();
                    let first = match block.heading.as_str() {
                        "" => text.next().unwrap_or_default(),
                        heading => heading,
                    };
                    lines.push(opening(pattern, &name(level), block, first));
                    lines.extend(text.map(str::to_owned));
                }
                None => {
                    let kept = [&block.heading, &block.text].into_iter();
                    lines.extend(kept.filter(|it| !it.is_empty()).cloned());
                }
            }
        }
        lines.join("\n")
    }

    /// "Chương I" alone on its line: the next line is its heading.
    fn wants_heading(&self, last: Option<&Block>) -> bool {
        last.is_some_and(|block| {
            let outer = self
                .level(&block.level)
                .is_some_and(|level| level.inside.is_none());
            outer && block.heading.is_empty() && block.text.is_empty()
        })
    }

    fn opens(&self, line: &str, open: &[usize]) -> Option<(usize, Block)> {
        self.levels
            .iter()
            .enumerate()
            .find_map(|(depth, (level, pattern))| {
                let inside_holds = level
                    .inside
                    .as_ref()
                    .is_none_or(|wanted| open.iter().any(|&at| self.levels[at].0.id == *wanted));
                let found = pattern.captures(line).filter(|_| inside_holds)?;
                let group = |name| {
                    found
                        .name(name)
                        .map_or("", |part| part.as_str())
                        .trim()
                        .to_owned()
                };
                let rest = line[found.get(0)?.end()..].trim().to_owned();
                let block = Block {
                    level: level.id.clone(),
                    number: group("number"),
                    heading: group("heading"),
                    text: rest,
                };
                Some((depth, block))
            })
    }

    /// An anchor for each block, unique in the text and stable while the numbering is:
    /// `article-4`, `article-4-clause-1-point-a`.
    pub fn anchors(&self, blocks: &[Block]) -> Vec<String> {
        let mut path: Vec<(usize, String)> = Vec::new();
        let mut seen: HashMap<String, usize> = HashMap::new();
        let anchored = blocks.iter().enumerate().map(|(position, block)| {
            let depth = self.depth(&block.level);
            path.retain(|(level, _)| *level < depth);
            let number = crate::vietnamese::slugify(&block.number, 20);
            path.push((depth, format!("{}-{number}", block.level)));
            let from = path.iter().rposition(|(level, _)| {
                self.levels
                    .get(*level)
                    .is_some_and(|(level, _)| level.inside.is_none())
            });
            let start = from.unwrap_or(0);
            let parts: Vec<&str> = path[start..]
                .iter()
                .map(|(_, part)| part.as_str())
                .collect();
            let anchor = if block.level.is_empty() {
                format!("text-{position}")
            } else {
                parts.join("-")
            };
            let count = seen.entry(anchor.clone()).or_default();
            *count += 1;
            if *count == 1 {
                anchor
            } else {
                format!("{anchor}-{count}")
            }
        });
        anchored.collect()
    }

    /// How deep a level lies, from 0; the deepest for a block without level.
    pub fn depth(&self, level: &str) -> usize {
        let known = self.levels.iter().position(|(known, _)| known.id == level);
        known.unwrap_or(self.levels.len())
    }

    /// The ids of the levels, from the outside in.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.levels.iter().map(|(level, _)| level.id.as_str())
    }

    /// Whether a level is the innermost of those that stand for themselves: the articles of a document.
    pub fn is_unit(&self, level: &str) -> bool {
        let outer = self.levels.iter().rev();
        let mut outer = outer.filter(|(level, _)| level.inside.is_none());
        outer.next().is_some_and(|(it, _)| it.id == level)
    }

    /// A level by its id.
    pub fn level(&self, id: &str) -> Option<&Level> {
        self.levels
            .iter()
            .map(|(level, _)| level)
            .find(|level| level.id == id)
    }
}

/// The first line of a block: the first of the usual ways that its level's pattern reads as it was.
fn opening(pattern: &Regex, name: &str, block: &Block, first: &str) -> String {
    let number = &block.number;
    let ways = [
        format!("{name} {number}. {first}"),
        format!("{number}. {first}"),
        format!("{number}) {first}"),
        format!("{name} {number}: {first}"),
        format!("{number} {first}"),
    ];
    let ways = ways.map(|way| way.trim().to_owned());
    let reads = |way: &&String| {
        pattern.captures(way).is_some_and(|found| {
            let part = |name| found.name(name).map_or("", |it| it.as_str()).trim();
            let rest = found.get(0).map_or("", |it| &way[it.end()..]).trim();
            let heading = part("heading");
            let told = if heading.is_empty() { rest } else { heading };
            part("number") == number && told == first.trim()
        })
    };
    let fits = ways.iter().find(reads).unwrap_or(&ways[0]);
    fits.clone()
}

fn append(blocks: &mut Vec<Block>, line: &str) {
    if blocks.is_empty() {
        blocks.push(Block::default());
    }
    if let Some(last) = blocks.last_mut() {
        if !last.text.is_empty() {
            last.text.push('\n');
        }
        last.text.push_str(line);
    }
}

/// The blocks of a stored value; none where it is no outline.
pub fn blocks(value: &Value) -> Vec<Block> {
    serde_json::from_value(value.clone()).unwrap_or_default()
}

/// The whole text without structure, for search and checks; one block or paragraph a line.
pub fn plain(value: &Value) -> String {
    let mut lines = Vec::new();
    for block in blocks(value) {
        let Block {
            number,
            heading,
            text,
            ..
        } = block;
        match (number.is_empty(), heading.is_empty()) {
            (true, _) => lines.extend([heading, text]),
            (false, true) => lines.push(format!("{number}. {text}")),
            (false, false) => lines.extend([format!("{number}. {heading}"), text]),
        }
    }
    lines.retain(|line| !line.is_empty());
    lines.join("\n")
}
