//! The totals of a list as it is filtered, from the declaration, without running code.

use std::sync::Arc;

use dinh_domain::declaration::{CodeList, IndexType, Totals};
use dinh_domain::visibility::{Purpose, Scope};
use dinh_store::Total;

use super::Here;
use super::below::tree_of;
use super::list::{chips, filters};
use crate::ask::{self, Asked, Names};
use crate::failure::Failure;
use crate::portal::Portal;
use crate::search::facet_label;
use crate::shown::{Answer, TotalLine, TotalsShown, TotalsTable};
use crate::visit::Visit;

impl Portal {
    pub(super) async fn totals(
        &self,
        here: &Here<'_>,
        given: &[(String, String)],
    ) -> Result<Answer, Failure> {
        let asked = ask::list(here.collection, given, here);
        Ok(match self.totals_of(here, asked).await? {
            Some(totals) => Answer::Totals(Box::new(totals)),
            None => Answer::NotFound,
        })
    }

    /// The same for a file; none where the site has no such list or it no totals. What cannot be used of the parameters
    /// is refused: nobody sees in a file that it holds more than was asked for.
    pub async fn totals_file(
        &self,
        visit: &Arc<Visit>,
        path: &str,
        given: &[(String, String)],
    ) -> Result<Option<TotalsShown>, Failure> {
        let Some(here) = self.list_here(visit, path) else {
            return Ok(None);
        };
        let asked = ask::list(here.collection, given, &here);
        let totals = self.totals_of(&here, asked).await?;
        match totals {
            Some(totals) if !totals.complaints.is_empty() => Err(Failure::BadRequest {
                detail: totals.complaints.join(" "),
            }),
            totals => Ok(totals),
        }
    }

    async fn totals_of(
        &self,
        here: &Here<'_>,
        mut asked: Asked,
    ) -> Result<Option<TotalsShown>, Failure> {
        let Some(declared) = &here.collection.view.totals else {
            return Ok(None);
        };
        asked
            .params
            .retain(|(name, _)| name != "sort" && name != "per_page");
        let scope = here.visit.scope(Purpose::List).only(&here.id);
        asked.query.among = self.with_words(here, &scope, &mut asked).await?;
        let whole = self.added(here, &scope, &asked, (None, declared)).await?;
        let whole = whole.into_iter().next();
        let mut tables = Vec::new();
        for by in &declared.by {
            let added = self
                .added(here, &scope, &asked, (Some(by), declared))
                .await?;
            tables.push(TotalsTable {
                label: here.label(by),
                index: by.clone(),
                is_tree: tree_of((here.plugin, here.collection), by).is_some(),
                rest: whole.as_ref().and_then(|whole| rest(whole, &added)),
                lines: lines(here, by, added),
            });
        }
        let filters = match asked.params.is_empty() {
            true => Vec::new(),
            false => filters(here, &asked, &self.counted(here, &scope, &asked).await?),
        };
        Ok(Some(TotalsShown {
            section: here.section.clone(),
            title: here.plugin.text(&here.visit.language, &declared.title),
            sums: declared.sum.iter().map(|it| here.label(it)).collect(),
            count: whole.as_ref().map_or(0, |it| it.count),
            added: whole.map(|it| it.sums).unwrap_or_default(),
            tables,
            chips: chips(here, &filters, &asked),
            asked: asked.params,
            complaints: asked.complaints,
        }))
    }

    async fn added(
        &self,
        here: &Here<'_>,
        scope: &Scope,
        asked: &Asked,
        (by, declared): (Option<&String>, &Totals),
    ) -> Result<Vec<Total>, Failure> {
        let asked_for = (by.map(String::as_str), declared.sum.as_slice());
        let place = (&here.id, here.collection);
        let added = self.store().totals(scope, place, &asked.query, asked_for);
        Ok(added.await?)
    }
}

/// Name of the page, where the list has one.
pub(super) fn title(here: &Here<'_>) -> Option<String> {
    let totals = here.collection.view.totals.as_ref()?;
    Some(here.plugin.text(&here.visit.language, &totals.title))
}

/// Years from the last; coded values in the order of their list, with those below each of them; others as they came.
fn lines(here: &Here<'_>, by: &str, added: Vec<Total>) -> Vec<TotalLine> {
    let kind = here.collection.index.get(by).map(|it| it.kind);
    let mut lines: Vec<TotalLine> = match here.list(by) {
        Some(list) => coded(here, (by, list), &added),
        None => added.iter().map(|it| plain(here, by, it)).collect(),
    };
    if kind == Some(IndexType::Year) {
        lines.sort_by(|a, b| b.value.cmp(&a.value));
    }
    lines
}

/// What is in the whole and in none of its parts: the database gives the most frequent values alone.
fn rest(whole: &Total, added: &[Total]) -> Option<TotalLine> {
    let named: u64 = added.iter().map(|it| it.count).sum();
    let count = whole.count.checked_sub(named).filter(|it| *it > 0)?;
    let sums = whole.sums.iter().enumerate().map(|(at, sum)| {
        let named = added.iter().filter_map(|it| it.sums.get(at));
        sum - named.sum::<i128>()
    });
    Some(TotalLine {
        label: None,
        value: None,
        depth: 0,
        count,
        sums: sums.collect(),
    })
}

fn plain(here: &Here<'_>, by: &str, total: &Total) -> TotalLine {
    let is_coded = here.list(by).is_some();
    let name = |(key, shown): &(String, String)| match is_coded {
        true => facet_label(here.plugin, here.collection, by, key, &here.visit.language),
        false => shown.clone(),
    };
    TotalLine {
        label: total.value.as_ref().map(name),
        value: total
            .value
            .as_ref()
            .map(|(key, shown)| if is_coded { key } else { shown }.clone()),
        depth: 0,
        count: total.count,
        sums: total.sums.clone(),
    }
}

fn coded(here: &Here<'_>, (by, list): (&str, &CodeList), added: &[Total]) -> Vec<TotalLine> {
    let key = |it: &Total| it.value.as_ref().map(|(key, _)| key.clone());
    let listed = list.values.iter().filter_map(|value| {
        let below = list.with_below(&value.id);
        let is_it = |it: &&Total| key(it).is_some_and(|key| below.contains(&key.as_str()));
        let mut of_value = added.iter().filter(is_it);
        let first = of_value.next()?;
        let whole = of_value.fold(first.clone(), |mut whole, it| {
            whole.count += it.count;
            let sums = whole.sums.iter_mut().zip(&it.sums);
            sums.for_each(|(sum, more)| *sum += more);
            whole
        });
        Some(TotalLine {
            label: Some(value.name(&here.visit.language).to_owned()),
            value: Some(value.id.clone()),
            depth: list.depth(&value.id).unwrap_or(0),
            ..plain(here, by, &whole)
        })
    });
    let is_unlisted = |it: &&Total| key(it).is_none_or(|key| list.get(&key).is_none());
    let unlisted = added.iter().filter(is_unlisted);
    listed
        .chain(unlisted.map(|it| plain(here, by, it)))
        .collect()
}

#[cfg(test)]
mod tests;
