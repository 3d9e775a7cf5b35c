//! Words that the search knows more about than their spelling: `search/vi.toml`, the portal's and
//! each plugin's.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::declaration::{DeclarationFault, one_file};
use crate::vietnamese::{fold, syllables};

#[cfg(test)]
mod tests;

/// Where the words lie, in a bundle, a plugin's folder and a data folder alike.
pub const SEARCH_WORDS_FILE: &str = "search/vi.toml";

/// Longest phrase, in words. The longest name of a body in the law's codification has twelve.
const PHRASE_WORDS_MAX: usize = 12;

/// Phrases of one file: looking one up costs the same with many, reading them does not.
const PHRASES_MAX: usize = 5_000;

/// What one file says.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct SearchWords {
    /// Phrases around a question that say nothing of its matter (`như thế nào`).
    pub questions: Vec<String>,
    /// Phrases of one meaning.
    pub synonyms: Vec<Vec<String>>,
    /// A short form, one word, and what it stands for.
    pub abbreviations: IndexMap<String, Vec<String>>,
}

impl SearchWords {
    /// Reads and checks a file; `file` names it in faults.
    pub fn parse(file: &str, bytes: &[u8]) -> Result<Self, Vec<DeclarationFault>> {
        let mut faults = Vec::new();
        let read: Option<Self> = one_file(file, bytes, &mut faults);
        if let Some(read) = &read {
            read.check(file, &mut faults);
        }
        match read {
            Some(read) if faults.is_empty() => Ok(read),
            _ => Err(faults),
        }
    }

    /// Takes in what another file says.
    pub fn extend(&mut self, other: Self) {
        self.questions.extend(other.questions);
        self.synonyms.extend(other.synonyms);
        for (short, long) in other.abbreviations {
            let known = self.abbreviations.entry(short).or_default();
            for phrase in long {
                if !known.contains(&phrase) {
                    known.push(phrase);
                }
            }
        }
    }

    /// Complains of everything that could never be found.
    pub(crate) fn check(&self, file: &str, faults: &mut Vec<DeclarationFault>) {
        let mut fault = |message: String| {
            faults.push(DeclarationFault {
                file: file.to_owned(),
                line: None,
                message,
            });
        };
        let long = self.abbreviations.values().flatten();
        let phrases = self.questions.iter().chain(self.synonyms.iter().flatten());
        let mut count = 0;
        for phrase in phrases.chain(long) {
            count += 1;
            match syllables(phrase).len() {
                0 => fault(format!("`{phrase}` has no word in it")),
                words if words > PHRASE_WORDS_MAX => fault(format!(
                    "`{phrase}` has {words} words; at most {PHRASE_WORDS_MAX} are looked for"
                )),
                _ => {}
            }
        }
        if count > PHRASES_MAX {
            fault(format!("{count} phrases; at most {PHRASES_MAX} are read"));
        }
        for group in self.synonyms.iter().filter(|group| group.len() < 2) {
            fault(format!("synonyms {group:?}: name two phrases or more"));
        }
        for (short, long) in &self.abbreviations {
            if syllables(short).len() != 1 {
                fault(format!(
                    "abbreviation `{short}` must be one word, without spaces or signs"
                ));
            }
            if long.is_empty() {
                fault(format!("abbreviation `{short}` stands for nothing"));
            }
            if long.iter().any(|phrase| fold(phrase) == fold(short)) {
                fault(format!("abbreviation `{short}` stands for itself"));
            }
        }
    }
}
