//! One entry as programs read it: everything of it that is public.

use dinh_domain::declaration::FieldKind;
use dinh_domain::entry::{Body, Entry};
use dinh_domain::ids::EntryId;
use dinh_domain::index;
use dinh_domain::table::StoredTable;
use dinh_domain::visibility::Purpose;
use dinh_store::FoundLink;
use serde_json::{Value, json};

use crate::failure::Failure;
use crate::portal::Portal;
use crate::section::{Attached, Here};
use crate::shown::{Answer, FullEntry, FullFile, FullLink, OneEntry, Way};
use crate::visit::Visit;

impl Portal {
    /// An entry of the visited site by its id.
    pub async fn one_entry(
        &self,
        visit: &Visit,
        (plugin, name): (&str, &str),
        id: &str,
    ) -> Result<OneEntry, Failure> {
        let (Some(here), Ok(id)) = (self.here_of(visit, plugin, name), EntryId::new(id)) else {
            return Ok(OneEntry::NotFound);
        };
        let scope = visit.scope(Purpose::Read).only(&here.id);
        match self.store().entry_by_id(&scope, &id).await? {
            Some(entry) => Ok(OneEntry::Found(Box::new(self.full(&here, entry).await?))),
            None => self.gone(&here, &id).await,
        }
    }

    async fn gone(&self, here: &Here<'_>, id: &EntryId) -> Result<OneEntry, Failure> {
        let site = &here.visit.site.id;
        let Some(withdrawal) = self.store().withdrawn_by_id(site, &here.id, id).await? else {
            return Ok(OneEntry::NotFound);
        };
        let scope = here.visit.scope(Purpose::Read);
        let successor = withdrawal.successor.as_slice();
        let successor = self.store().headlines(&scope, successor).await?;
        let successor = successor.first();
        Ok(OneEntry::Withdrawn {
            reason: withdrawal.reason,
            successor: successor.and_then(|it| {
                here.visit
                    .way(&it.site, &it.collection, it.slug.as_str(), &it.title)
            }),
        })
    }

    async fn full(&self, here: &Here<'_>, entry: Entry) -> Result<FullEntry, Failure> {
        let visit = here.visit;
        let scope = visit.scope(Purpose::Link);
        let links = self.store().links(&scope, &entry.id).await?;
        let shown = links.iter().filter_map(|found| {
            let label = self.edge_name(here, found)?;
            Some(link(here, found, label))
        });
        let shown = shown.collect();
        let files = self.attached(here, &entry).await?;
        let files = files.into_iter().map(full_file).collect();
        let body = public_body(here, &entry);
        // Metadata is that of the entry's page.
        let Answer::Detail(detail) = self.detail(here, entry, &links).await? else {
            return Err(Failure::internal("an entry without a page"));
        };
        Ok(FullEntry {
            collection: here.id.clone(),
            way: Way {
                label: detail.entry.title.clone(),
                path: detail.path.clone(),
                host: None,
            },
            body,
            links: shown,
            files,
            detail,
        })
    }
}

fn full_file(attached: Attached) -> FullFile {
    let file = attached.file;
    FullFile {
        field: attached.field,
        label: attached.label,
        path: format!("/tep/{}/{}", file.id, file.name),
        name: file.name,
        media_type: file.media_type,
        size_bytes: u64::try_from(file.size_bytes).unwrap_or_default(),
        sha256: file.hash,
    }
}

/// The declared fields; choices as the calendar has them today. Edges and files are told apart from
/// it, and what no declaration names stays where it is.
fn public_body(here: &Here<'_>, entry: &Entry) -> Body {
    let mut body = Body::new();
    for (name, field) in &here.collection.schema {
        let value = match &field.kind {
            FieldKind::Relations { .. } | FieldKind::Files { .. } => None,
            FieldKind::Choice { .. } => {
                let now = here.visit.local;
                index::effective_choice(here.collection, &entry.body, name, now)
                    .0
                    .map(Value::String)
            }
            FieldKind::Table {} => entry.body.get(name).map(|value| table(here, entry, value)),
            FieldKind::Outline { .. } => {
                let value = entry.body.get(name);
                value.map(|value| json!(dinh_domain::outline::blocks(value)))
            }
            _ => entry.body.get(name).cloned(),
        };
        if let Some(value) = value {
            body.insert(name.clone(), value);
        }
    }
    body
}

fn link(here: &Here<'_>, found: &FoundLink, label: &str) -> FullLink {
    let link = &found.link;
    let other = found.other.as_ref();
    let way = other.and_then(|it| {
        here.visit
            .way(&it.site, &it.collection, it.slug.as_str(), &it.title)
    });
    FullLink {
        field: link.field.clone(),
        kind: link.kind.clone(),
        outgoing: link.outgoing,
        label: label.to_owned(),
        code: link.code.clone(),
        title: other.map_or(&link.label, |it| &it.title).clone(),
        id: way.as_ref().and(other).map(|it| it.id.clone()),
        collection: way.as_ref().and(other).map(|it| it.collection.clone()),
        site: way.as_ref().and(other).map(|it| it.site.clone()),
        way,
    }
}

/// What is said of a table, and where its figures are.
fn table(here: &Here<'_>, entry: &Entry, value: &Value) -> Value {
    let Some(stored) = StoredTable::of(value) else {
        return Value::Null;
    };
    json!({
        "unit": stored.unit,
        "cells": stored.cells,
        "dimensions": stored.dimensions,
        "sha256": stored.sha256,
        "path": format!("/{}/{}/bang", here.section.path, entry.slug),
    })
}
