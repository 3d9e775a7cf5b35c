//! What helps on where a question finds little: the nearest spelling, the readings of words typed
//! without marks, fewer words. Nothing is offered that only hidden documents hold: every word and
//! every pair of words is counted within the scope, and every question that is offered finds
//! something there.

mod edits;
mod marks;
mod seen;
mod spelling;
#[cfg(test)]
mod tests;

use dinh_domain::visibility::Scope;
use tantivy::collector::Count;
use tantivy::query::{BooleanQuery, Occur, Query};

use crate::error::SearchError;
use crate::index::Index;
use crate::query::{self, Asked};
use seen::Seen;
use spelling::Speller;

/// Words of a question that are looked at. Longer ones were pasted, not typed.
const WORDS_MAX: usize = 12;

/// Questions with fewer words that are offered.
const FEWER_MAX: usize = 3;

/// Words that are left out to try, one at a time.
const LEFT_OUT_MAX: usize = 8;

/// A question that may be meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asking {
    /// The question.
    pub text: String,
    /// Documents that it finds.
    pub total: u64,
}

/// What helps on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Help {
    /// The question in the nearest spelling that the documents have.
    pub spelled: Option<Asking>,
    /// What a question without marks may mean, where it may mean several things, with the documents
    /// that have those marks; the most frequent first.
    pub readings: Vec<Asking>,
    /// Words that no document has, as typed.
    pub unknown: Vec<String>,
    /// The question without some of its words, where it finds nothing as it is; most hits first.
    pub fewer: Vec<Asking>,
}

impl Index {
    /// Looks for what helps a reader on who asked `question` and was told of `total` documents.
    /// The work is bounded whatever the question is.
    pub fn help(&self, scope: &Scope, question: &str, total: u64) -> Result<Help, SearchError> {
        let asked = Asked::read(question, &self.wording());
        if scope.any.is_empty() || asked.words.is_empty() || asked.words.len() > WORDS_MAX {
            return Ok(Help::default());
        }
        let searcher = self.searcher();
        let seen = Seen::new(&searcher, &self.fields, self.visible(&searcher, scope)?);
        let speller = Speller::new(&asked, &seen);
        let mut help = Help {
            unknown: speller.unknown()?,
            ..Help::default()
        };
        if let Some(text) = speller.spelled()? {
            help.spelled = self.asking(scope, text)?;
        }
        if total > 0 && help.spelled.is_none() {
            help.readings = speller.readings()?;
        }
        if total == 0 {
            help.fewer = self.fewer(scope, &asked)?;
        }
        Ok(help)
    }

    /// None where it finds nothing.
    fn asking(&self, scope: &Scope, text: String) -> Result<Option<Asking>, SearchError> {
        let asked = Asked::read(&text, &self.wording());
        let Some(words) = query::compile(&asked, &self.fields) else {
            return Ok(None);
        };
        let searcher = self.searcher();
        let visible = self.visible(&searcher, scope)?;
        let both: Vec<(Occur, Box<dyn Query>)> =
            vec![(Occur::Must, Box::new(visible)), (Occur::Must, words)];
        let total = searcher.search(&BooleanQuery::new(both), &Count)? as u64;
        Ok((total > 0).then_some(Asking { text, total }))
    }

    fn fewer(&self, scope: &Scope, asked: &Asked) -> Result<Vec<Asking>, SearchError> {
        let mut fewer: Vec<Asking> = Vec::new();
        if asked.words.len() < 2 {
            return Ok(fewer);
        }
        for left_out in 0..asked.words.len().min(LEFT_OUT_MAX) {
            let kept = asked.words.iter().enumerate();
            let kept = kept.filter(|(at, _)| *at != left_out);
            let kept: Vec<&str> = kept.map(|(_, word)| asked.typed(word)).collect();
            let found = self.asking(scope, kept.join(" "))?;
            fewer.extend(found.filter(|new| fewer.iter().all(|known| known.text != new.text)));
        }
        fewer.sort_by_key(|asking| std::cmp::Reverse(asking.total));
        fewer.truncate(FEWER_MAX);
        Ok(fewer)
    }
}
