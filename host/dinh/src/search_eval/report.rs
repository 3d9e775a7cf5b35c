//! What is printed.

use std::{collections::BTreeMap, fmt::Write};

use serde_json::{Value, json};

use super::format::Format;
use super::measure::Measures;

/// A group of queries, and whether they were typed with marks; those with marks come first.
type GroupKey = (String, Option<std::cmp::Reverse<bool>>);

/// The quality over all queries.
pub(super) struct Report {
    format: Format,
    corpus: usize,
    /// Rows of queries.
    pub(super) queries: usize,
    /// Those with a right answer that the corpus does not have.
    pub(super) not_in_corpus: usize,
    /// Number of questions and the sum of their measures; those with marks come first.
    groups: BTreeMap<GroupKey, (usize, Measures)>,
}

impl Report {
    /// Nothing asked yet.
    pub(super) fn new(format: Format, corpus: usize) -> Self {
        Self {
            format,
            corpus,
            queries: 0,
            not_in_corpus: 0,
            groups: BTreeMap::new(),
        }
    }

    /// Counts one question.
    pub(super) fn add(&mut self, group: String, marks: Option<bool>, measured: Measures) {
        let key = (group, marks.map(std::cmp::Reverse));
        let (count, sum) = self.groups.entry(key).or_default();
        *count += 1;
        sum.add(measured);
    }

    /// For programs.
    pub(super) fn json(&self) -> Value {
        let groups = self.groups.iter().map(|((group, marks), (count, sum))| {
            let mean = |sum: f64| sum / *count as f64;
            match marks {
                None => {
                    let mut form = json!({
                        "form": group, "queries": count,
                        "first": mean(sum.first), "first_ten": mean(sum.first_ten),
                    });
                    if let Some(in_order) = sum.in_order {
                        form["in_order"] = json!(mean(in_order));
                    }
                    form
                }
                Some(marks) => json!({
                    "split": group, "marks": marks.0, "queries": count,
                    "ndcg_10": mean(sum.ndcg), "recall_10": mean(sum.recall),
                }),
            }
        });
        json!({
            "format": self.format.name(),
            "corpus": self.corpus,
            "queries": self.queries,
            "not_in_corpus": self.not_in_corpus,
            "results": groups.collect::<Vec<Value>>(),
        })
    }

    /// For people.
    pub(super) fn text(&self) -> String {
        let mut out = format!(
            "{}: {} in the corpus, {} queries\n",
            self.format.name(),
            self.corpus,
            self.queries
        );
        if self.not_in_corpus > 0 {
            let told = "queries have a right answer that the corpus does not have";
            let _ = writeln!(out, "{} {told}", self.not_in_corpus);
        }
        for ((group, marks), (count, sum)) in &self.groups {
            let mean = |sum: f64| sum / *count as f64;
            let (name, one, other) = match marks {
                None => (
                    group.clone(),
                    ("first", sum.first),
                    ("first ten", sum.first_ten),
                ),
                Some(marks) => {
                    let how = if marks.0 {
                        "with marks"
                    } else {
                        "without marks"
                    };
                    let name = format!("{group}, {how}");
                    (name, ("nDCG@10", sum.ndcg), ("recall@10", sum.recall))
                }
            };
            let in_order = sum
                .in_order
                .map_or_else(String::new, |sum| format!("  in order {:.3}", mean(sum)));
            let _ = writeln!(
                out,
                "{name:<32} {count:>6}  {} {:.3}  {} {:.3}{in_order}",
                one.0,
                mean(one.1),
                other.0,
                mean(other.1)
            );
        }
        out
    }
}
