//! Counts hits by the values of columns, exactly.

use std::collections::BTreeMap;
use std::io;

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::StrColumn;
use tantivy::{DocId, Score, SegmentOrdinal, SegmentReader, TantivyError};

/// Hits for each value.
pub(crate) type ByValue = BTreeMap<String, u64>;

/// Hits for each value of text columns, all in one pass.
pub(crate) struct Counts<'a> {
    columns: &'a [&'static str],
}

impl<'a> Counts<'a> {
    pub(crate) fn of(columns: &'a [&'static str]) -> Self {
        Self { columns }
    }
}

/// Counts of one segment.
pub(crate) struct SegmentCounts {
    columns: Vec<ColumnCounts>,
}

/// Counts of one column, by the number of the value in the segment.
struct ColumnCounts {
    values: Option<StrColumn>,
    counts: Vec<u64>,
}

impl Collector for Counts<'_> {
    /// In the order of the columns.
    type Fruit = Vec<ByValue>;
    type Child = SegmentCounts;

    fn for_segment(
        &self,
        _: SegmentOrdinal,
        segment: &SegmentReader,
    ) -> tantivy::Result<SegmentCounts> {
        let columns = self.columns.iter().map(|column| {
            let values = segment.fast_fields().str(column)?;
            let counts = vec![0; values.as_ref().map_or(0, |values| values.num_terms())];
            Ok(ColumnCounts { values, counts })
        });
        Ok(SegmentCounts {
            columns: columns.collect::<tantivy::Result<_>>()?,
        })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(
        &self,
        segments: Vec<io::Result<Vec<ByValue>>>,
    ) -> tantivy::Result<Vec<ByValue>> {
        let mut merged = vec![ByValue::new(); self.columns.len()];
        for segment in segments {
            for (all, found) in merged.iter_mut().zip(segment.map_err(TantivyError::from)?) {
                for (value, count) in found {
                    *all.entry(value).or_insert(0) += count;
                }
            }
        }
        Ok(merged)
    }
}

impl SegmentCollector for SegmentCounts {
    type Fruit = io::Result<Vec<ByValue>>;

    fn collect(&mut self, document: DocId, _: Score) {
        for column in &mut self.columns {
            column.count(document);
        }
    }

    fn harvest(self) -> Self::Fruit {
        self.columns
            .into_iter()
            .map(ColumnCounts::by_value)
            .collect()
    }
}

impl ColumnCounts {
    fn count(&mut self, document: DocId) {
        let Some(values) = &self.values else {
            return;
        };
        for value in values.term_ords(document) {
            let slot = usize::try_from(value)
                .ok()
                .and_then(|at| self.counts.get_mut(at));
            if let Some(count) = slot {
                *count += 1;
            }
        }
    }

    fn by_value(self) -> io::Result<ByValue> {
        let mut named = ByValue::new();
        let Some(values) = self.values else {
            return Ok(named);
        };
        for (value, count) in (0_u64..).zip(self.counts).filter(|(_, count)| *count > 0) {
            let mut name = String::new();
            values.ord_to_str(value, &mut name)?;
            named.insert(name, count);
        }
        Ok(named)
    }
}
