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
    /// Of a question that names kind, number and year: everything that fits comes first. None where
    /// it names nothing of the kind.
    pub(super) in_order: Option<f64>,
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
        let ideal: f64 = (0..right.len().min(TOP)).map(gain).sum();
        let gained: f64 = ranks.iter().copied().map(gain).sum();
        Self {
            first: share(ranks.first() == Some(&0)),
            first_ten: share(!ranks.is_empty()),
            ndcg: gained / ideal,
            recall: ranks.len() as f64 / right.len() as f64,
            in_order: None,
        }
    }

    /// Adds the measures of another query.
    pub(super) fn add(&mut self, other: Self) {
        self.first += other.first;
        self.first_ten += other.first_ten;
        self.ndcg += other.ndcg;
        self.recall += other.recall;
        if let Some(more) = other.in_order {
            *self.in_order.get_or_insert(0.0) += more;
        }
    }
}

/// What a right answer is worth at a rank from 0.
fn gain(rank: usize) -> f64 {
    1.0 / (rank as f64 + 2.0).log2()
}

/// Whether what fits fills the first places, as many as there are of it or are looked at.
pub(super) fn are_first(found: &[String], fitting: &BTreeSet<String>) -> bool {
    let places = fitting.len().min(TOP);
    found.len() >= places && found.iter().take(places).all(|key| fitting.contains(key))
}

/// Of one question.
pub(super) fn share(is: bool) -> f64 {
    if is { 1.0 } else { 0.0 }
}
