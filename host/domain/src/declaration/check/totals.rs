//! What a table of totals counts and adds up.

use super::super::{Collection, IndexType, TOTALS_MAX};

pub(super) fn totals(collection: &Collection, fault: &mut impl FnMut(String)) {
    let Some(totals) = &collection.view.totals else {
        return;
    };
    let kind = |name: &String| collection.index.get(name).map(|it| it.kind);
    if !(1..=TOTALS_MAX).contains(&totals.by.len()) {
        fault(format!("view.totals.by: 1 to {TOTALS_MAX} indexes"));
    }
    for name in &totals.by {
        let is_filter = collection.view.list.filters.contains(name);
        let fits = matches!(
            kind(name),
            Some(IndexType::Choice | IndexType::Year | IndexType::Text)
        );
        if !fits || !is_filter {
            fault(format!(
                "view.totals.by: `{name}` is no filter of coded values, texts or years"
            ));
        }
    }
    for name in &totals.sum {
        if kind(name) != Some(IndexType::Integer) {
            fault(format!(
                "view.totals.sum: `{name}` is no index of whole numbers"
            ));
        }
    }
}
