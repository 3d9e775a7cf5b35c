//! The portal's answers in the contract's types, and what they weigh.

use crate::bindings::imports::dinh::content::types;
use crate::{Entry, EntryPage, HostError, Link};

pub(super) fn entry(entry: Entry) -> types::Entry {
    types::Entry {
        id: entry.id,
        key: entry.key,
        collection: entry.collection,
        site: entry.site,
        slug: entry.slug,
        url: entry.url,
        state: entry.state,
        revision: entry.revision,
        title: entry.title,
        body: entry.body,
    }
}

pub(super) fn page(page: EntryPage) -> types::EntryPage {
    types::EntryPage {
        entries: page.entries.into_iter().map(entry).collect(),
        next: page.next,
        total: page.total,
    }
}

pub(super) fn link(link: Link) -> types::Link {
    types::Link {
        of: link.of,
        field: link.field,
        kind: link.kind,
        outgoing: link.outgoing,
        entry: link.entry,
        key: link.key,
        label: link.label,
        url: link.url,
        facts: link.facts,
    }
}

pub(super) fn error(error: HostError) -> types::Error {
    match error {
        HostError::NotFound => types::Error::NotFound,
        HostError::Denied(why) => types::Error::Denied(why),
        HostError::Invalid(why) => types::Error::Invalid(why),
        HostError::Unavailable(why) => types::Error::Unavailable(why),
    }
}

/// The parts whose length a plugin or an editor chose.
pub(super) fn entry_bytes(entry: &types::Entry) -> usize {
    entry.title.len() + entry.body.len() + entry.url.len() + entry.slug.len()
}

pub(super) fn link_bytes(link: &types::Link) -> usize {
    link.label.len() + link.facts.len() + link.url.as_ref().map_or(0, String::len)
}
