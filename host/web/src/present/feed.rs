//! A feed as Atom 1.0 (RFC 4287).

use std::fmt::Write as _;

use dinh_portal::{Feed, FeedEntry};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::setting::{Setting, path};
use crate::links;
use crate::xml::{element, text};

/// Name of a feed below its section.
pub(crate) const FEED: &str = "feed.atom";

/// The feed.
pub(crate) fn atom(setting: &Setting<'_>, feed: &Feed) -> String {
    let visit = setting.visit;
    let here = path(&feed.section);
    let list = setting.absolute(&links::with_params(&here, &feed.asked));
    let own = setting.absolute(&links::with_params(&format!("{here}/{FEED}"), &feed.asked));
    let title = setting.list_title(&feed.title, &feed.narrowed);
    let mut atom = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xml:lang=\"{}\">\n",
        text(&visit.language)
    );
    atom.push_str(&element("id", &feed_id(setting, feed)));
    atom.push_str(&element("title", &title));
    if !feed.section.description.is_empty() {
        atom.push_str(&element("subtitle", &feed.section.description));
    }
    atom.push_str(&element("updated", &feed.updated));
    atom.push_str(&author(&visit.organisation.name));
    atom.push_str(&element("rights", &rights(setting, &visit.site.name)));
    atom.push_str(&link("self", "application/atom+xml", &own));
    atom.push_str(&link("alternate", "text/html", &list));
    for shown in &feed.entries {
        atom.push_str(&entry(setting, &here, shown));
    }
    atom.push_str("</feed>\n");
    atom
}

fn entry(setting: &Setting<'_>, section: &str, shown: &FeedEntry) -> String {
    let mut entry = format!("<entry xml:lang=\"{}\">\n", text(&shown.language));
    entry.push_str(&element("id", &entry_id(shown.id.as_str())));
    entry.push_str(&element("title", &shown.title));
    let address = links::absolute(setting.options, &setting.visit.site.host, &shown.way);
    entry.push_str(&link("alternate", "text/html", &address));
    entry.push_str(&element("published", &shown.published));
    entry.push_str(&element("updated", &shown.updated));
    let host = &setting.visit.site.name;
    entry.push_str(&author(if shown.author.trim().is_empty() {
        host
    } else {
        &shown.author
    }));
    if !shown.source.trim().is_empty() {
        entry.push_str(&element("dc:source", &shown.source));
    }
    for category in &shown.categories {
        // The list and its filter: together with the term, what the list narrows by.
        let scheme = setting.absolute(&format!("{section}#{}", category.index));
        // Writing to a string cannot fail.
        let _ = writeln!(
            entry,
            "<category scheme=\"{}\" term=\"{}\" label=\"{}\"/>",
            text(&scheme),
            text(&category.term),
            text(&category.label)
        );
    }
    if let Some(summary) = &shown.summary {
        entry.push_str(&element("summary", summary));
    }
    let source = if shown.source.trim().is_empty() || shown.source == *host {
        host.clone()
    } else {
        format!("{} ({host})", shown.source)
    };
    entry.push_str(&element("rights", &rights(setting, &source)));
    entry.push_str("</entry>\n");
    entry
}

/// Whoever uses it again names the source (Đ15.2.a).
fn rights(setting: &Setting<'_>, source: &str) -> String {
    setting.texts("feed.rights", &[("source", source)])
}

fn author(name: &str) -> String {
    format!("<author><name>{}</name></author>\n", text(name))
}

fn link(relation: &str, media_type: &str, address: &str) -> String {
    format!(
        "<link rel=\"{relation}\" type=\"{media_type}\" href=\"{}\"/>\n",
        text(address)
    )
}

/// The same for ever, also when the site gets another host name or the section another path.
fn entry_id(id: &str) -> String {
    match Uuid::parse_str(id) {
        Ok(uuid) => format!("urn:uuid:{uuid}"),
        Err(_) => derived(&["entry", id]),
    }
}

/// One for each site, collection and narrowing.
fn feed_id(setting: &Setting<'_>, feed: &Feed) -> String {
    let narrowed = links::with_params("", &feed.asked);
    let site = setting.visit.site.id.as_str();
    derived(&["feed", site, &feed.collection.to_string(), &narrowed])
}

fn derived(parts: &[&str]) -> String {
    let digest = Sha256::digest(parts.join("\n").as_bytes());
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    format!(
        "urn:uuid:{}",
        uuid::Builder::from_custom_bytes(bytes).into_uuid()
    )
}
