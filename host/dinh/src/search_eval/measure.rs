//! The measures of one query.

use std::collections::BTreeSet;

use super::TOP;

/// How well one query was answered, or the sum over several; each part of one query is 0 to 1.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Measures {
    /// A right answer is the first hit.
    pub(super) first: f64,
    /// A right answer is among the first ten.
    pub(super) first_ten: f64,
    /// nDCG@10 with gain 1 for every right answer.
    pub(super) ndcg: f64,
    /// Share of the right answers that is among the first ten.
    pub(super) recall: f64,
}

impl Measures {
    /// Measures hits, in the order of the search, against the right answers; all of these count,
    /// found or not, in the corpus or not.
    pub(super) fn of(found: &[String], right: &BTreeSet<String>) -> Self {
        let ranks: Vec<usize> = found
            .iter()
            .take(TOP)
            .enumerate()
            .filter(|(_, key)| right.contains(*key))
            .map(|(rank, _)| rank)
            .collect();
        let share = |is: bool| if is { 1.0 } else { 0.0 };
        let ideal: f64 = (0..right.len().min(TOP)).map(gain).sum();
        let gained: f64 = ranks.iter().copied().map(gain).sum();
        Self {
            first: share(ranks.first() == Some(&0)),
            first_ten: share(!ranks.is_empty()),
            ndcg: gained / ideal,
            recall: ranks.len() as f64 / right.len() as f64,
        }
    }

    /// Adds the measures of another query.
    pub(super) fn add(&mut self, other: Self) {
        self.first += other.first;
        self.first_ten += other.first_ten;
        self.ndcg += other.ndcg;
        self.recall += other.recall;
    }
}

/// What a right answer is worth at a rank from 0.
fn gain(rank: usize) -> f64 {
    1.0 / (rank as f64 + 2.0).log2()
}
