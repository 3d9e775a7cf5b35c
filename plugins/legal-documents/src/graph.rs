//! Edges between documents as the pages need them: who changed whom, and from which day.

#[cfg(test)]
pub(crate) mod tests;

use std::collections::{BTreeMap, BTreeSet};

use dinh_sdk::{ContentError, Host, Link};

use crate::dates::Day;
use crate::document::COLLECTION;
use crate::relations::is_acting;

/// Most documents asked about in one call.
pub const IDS_PER_CALL: usize = 100;
/// Longest chain of successors followed: one call each, of the 32 that a page has.
const MAX_SUCCESSORS: usize = 8;

/// An edge that changes a document, seen from one end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Act {
    /// `amends`, `replaces`, `repeals` or `corrects`, named from the acting document.
    pub kind: String,
    /// The document at the other end, where the portal has it.
    pub id: Option<String>,
    /// Its title, or the number by which the edge names it.
    pub label: String,
    /// Its address.
    pub url: Option<String>,
    /// The day the acting document starts to apply; the day of its issue where that is all there
    /// is, and none where neither is known.
    pub from: Option<Day>,
    /// `from` is a day of issue.
    pub by_issue: bool,
    /// The acting document ended, by this one, before it started: it never acted.
    pub void_by: Option<String>,
}

/// Everything that changed a document and everything that it changed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Graph {
    /// Documents that act on it, in the order of their days.
    pub incoming: Vec<Act>,
    /// Documents on which it acts.
    pub outgoing: Vec<Act>,
    /// What replaced it, what replaced that, and so on.
    pub successors: Vec<Act>,
}

/// Loads the graph of one document: two calls, and one for each further successor.
pub fn load(id: &str, own_start: Option<Day>, host: &impl Host) -> Result<Graph, ContentError> {
    let links = host.links(COLLECTION, &[id], Some("relations"))?;
    let acting = |outgoing: bool| {
        let chosen = links
            .iter()
            .filter(move |link| link.outgoing == outgoing && is_acting(&link.kind));
        chosen.map(Act::of).collect::<Vec<Act>>()
    };
    let mut incoming = acting(false);
    let mut outgoing = acting(true);
    for act in &mut outgoing {
        act.from = own_start;
        act.by_issue = false;
    }
    incoming.sort_by_key(|act| (act.from.is_none(), act.from));
    let second = acts_on(incoming.iter().filter_map(|act| act.id.as_deref()), host)?;
    for act in &mut incoming {
        act.void_by = act.id.as_ref().and_then(|id| voided(act, second.get(id)?));
    }
    let successors = successors(&incoming, second, host)?;
    Ok(Graph {
        incoming,
        outgoing,
        successors,
    })
}

impl Act {
    /// The other end of an edge; its days are those of the other document.
    pub fn of(link: &Link) -> Self {
        let day = |field| link.fact(field).and_then(Day::parse);
        let effective = day("effective_on");
        let label = if link.label.is_empty() {
            link.key.clone().unwrap_or_default()
        } else {
            link.label.clone()
        };
        Self {
            kind: link.kind.clone(),
            id: link.entry.clone(),
            label,
            url: link.url.clone(),
            from: effective.or_else(|| day("issued_on")),
            by_issue: effective.is_none(),
            void_by: None,
        }
    }

    /// It ends the other document.
    pub fn ends(&self) -> bool {
        matches!(self.kind.as_str(), "replaces" | "repeals")
    }

    /// It acts on that day.
    pub fn acts_on(&self, on: Day) -> bool {
        self.void_by.is_none() && self.from.is_some_and(|from| from <= on)
    }
}

/// What acts on each of these documents, by id.
fn acts_on<'a>(
    ids: impl Iterator<Item = &'a str>,
    host: &impl Host,
) -> Result<BTreeMap<String, Vec<Act>>, ContentError> {
    let ids: BTreeSet<&str> = ids.collect();
    let ids: Vec<&str> = ids.into_iter().take(IDS_PER_CALL).collect();
    let mut by_id: BTreeMap<String, Vec<Act>> = BTreeMap::new();
    if ids.is_empty() {
        return Ok(by_id);
    }
    for link in host.links(COLLECTION, &ids, Some("relations"))? {
        if !link.outgoing && is_acting(&link.kind) {
            by_id
                .entry(link.of.clone())
                .or_default()
                .push(Act::of(&link));
        }
    }
    Ok(by_id)
}

/// The document that ended an acting document before, or on the day that, it would have started.
fn voided(act: &Act, on_it: &[Act]) -> Option<String> {
    let start = act.from?;
    let ending = on_it
        .iter()
        .find(|other| other.ends() && other.from.is_some_and(|from| from <= start));
    ending.map(|other| other.label.clone())
}

fn successors(
    incoming: &[Act],
    mut on: BTreeMap<String, Vec<Act>>,
    host: &impl Host,
) -> Result<Vec<Act>, ContentError> {
    let mut chain: Vec<Act> = Vec::new();
    let mut seen = BTreeSet::new();
    let mut next = replacement(incoming);
    while let Some(act) = next {
        let Some(id) = act.id.clone() else {
            chain.push(act);
            break;
        };
        let known_circle = !seen.insert(id.clone());
        if known_circle {
            break;
        }
        chain.push(act);
        if chain.len() == MAX_SUCCESSORS {
            break;
        }
        if !on.contains_key(&id) && chain.len() > 1 {
            on = acts_on([id.as_str()].into_iter(), host)?;
        }
        next = on.get(&id).and_then(|acts| replacement(acts));
    }
    Ok(chain)
}

/// The first document that replaced another and was not itself void.
fn replacement(acts: &[Act]) -> Option<Act> {
    let replacing = acts
        .iter()
        .filter(|act| act.kind == "replaces" && act.void_by.is_none() && act.from.is_some());
    replacing.min_by_key(|act| act.from).cloned()
}
