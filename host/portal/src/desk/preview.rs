//! The page of an entry as readers will see it, for those who may see it on the desk.

use std::collections::HashMap;

use dinh_domain::declaration::Collection;
use dinh_domain::entry::{Entry, Link};
use dinh_domain::entry_form::{Typed, TypedField};
use dinh_domain::ids::{EntryId, FileId, SiteId};
use dinh_domain::people::Staff;
use dinh_domain::visibility::{Actor, Purpose};
use dinh_store::{FoundLink, StoredFile};

use crate::failure::Failure;
use crate::files::FileContent;
use crate::portal::Portal;
use crate::section::Here;
use crate::shown::TableShown;
use crate::shown::{Answer, Detail, FileFound, FileShown};
use crate::table;
use crate::visit::Visit;

impl Portal {
    /// The working text of an entry as its page will be, on its own site. None where it is not for this
    /// person, or where its section is switched off there.
    pub async fn preview(
        &self,
        staff: &Staff,
        id: &EntryId,
    ) -> Result<Option<(Visit, Box<Detail>)>, Failure> {
        let directory = self.directory().await?;
        let scope = self.desk_scope_at(staff, &directory, id).await?;
        let Some(known) = self.store().desk_entry(&scope, id).await? else {
            return Ok(None);
        };
        let entry = known.working.entry;
        let Some(site) = directory.site(&entry.site).cloned() else {
            return Ok(None);
        };
        let visit = self.visit(&directory, site, Actor::Staff(staff.clone()))?;
        visit.passing();
        let Some(here) = self.here_in(&visit, &entry.collection) else {
            return Ok(None);
        };
        let files = self.files_on_desk(here.collection, &entry).await?;
        let links = self.links_for_preview(&here, &entry).await?;
        let table = self.table_for_preview(&here, &entry).await?;
        let Answer::Detail(mut detail) = self.detail_of(&here, entry, &links, files) else {
            return Ok(None);
        };
        detail.table = table;
        Ok(Some((visit, detail)))
    }

    /// A file of any revision of an entry that somebody may see on the desk; of one site, or of all.
    pub async fn desk_file(
        &self,
        staff: &Staff,
        of: Option<&SiteId>,
        (entry, file): (&EntryId, &FileId),
    ) -> Result<Option<(FileFound, FileContent)>, Failure> {
        let directory = self.directory().await?;
        let mut scope = self.desk_scope_at(staff, &directory, entry).await?;
        if let Some(site) = of {
            scope = scope.only_site(site);
        }
        let file = self.store().desk_file(&scope, (entry, file)).await?;
        Ok(file.map(|file| self.content_of(file)))
    }

    async fn table_for_preview(
        &self,
        here: &Here<'_>,
        entry: &Entry,
    ) -> Result<Option<TableShown>, Failure> {
        let table = self
            .table_of(here.collection, &entry.id, &entry.body)
            .await?;
        Ok(table.map(|table| table::shown(table, &[])))
    }

    /// The files of a working text, at their addresses for who sees it on the desk.
    pub(super) async fn files_on_desk(
        &self,
        collection: &Collection,
        entry: &Entry,
    ) -> Result<Vec<FileShown>, Failure> {
        let typed = Typed::of(collection, &entry.body, &|_| String::new());
        let named = typed.0.into_values().filter_map(|field| match field {
            TypedField::Files(files) => Some(files),
            _ => None,
        });
        let named: Vec<_> = named.flatten().collect();
        let ids = named.iter().filter_map(|it| FileId::new(&it.file).ok());
        let known = self
            .store()
            .entry_files(&entry.id, &ids.collect::<Vec<_>>())
            .await?;
        let shown = named.into_iter().filter_map(|it| {
            let file: &StoredFile = known.iter().find(|file| file.id.as_str() == it.file)?;
            Some(FileShown {
                text: None,
                label: if it.label.is_empty() {
                    file.name.clone()
                } else {
                    it.label
                },
                path: format!("/quan-tri/muc/{}/tep/{}/{}", entry.id, file.id, file.name),
                media_type: file.media_type.clone(),
                size_bytes: u64::try_from(file.size_bytes).unwrap_or_default(),
                sha256: file.hash.clone(),
            })
        });
        Ok(shown.collect())
    }

    /// The edges of the text, with the ends that the public text has found already, and those that
    /// lead here.
    async fn links_for_preview(
        &self,
        here: &Here<'_>,
        entry: &Entry,
    ) -> Result<Vec<FoundLink>, Failure> {
        let scope = here.visit.scope(Purpose::Link);
        let public = self.store().links(&scope, &entry.id).await?;
        let outgoing = public.iter().filter(|it| it.link.outgoing);
        let found: HashMap<String, _> = outgoing
            .map(|it| {
                (
                    it.link.code.clone(),
                    (it.link.other.clone(), it.other.clone()),
                )
            })
            .collect();
        let typed = Typed::of(here.collection, &entry.body, &|_| String::new());
        let mut links = Vec::new();
        for (field, typed) in typed.0 {
            let TypedField::Edges(edges) = typed else {
                continue;
            };
            for edge in edges {
                let (other, headline) = found.get(&edge.target).cloned().unwrap_or_default();
                links.push(FoundLink {
                    link: Link {
                        field: field.clone(),
                        kind: edge.kind,
                        outgoing: true,
                        other,
                        code: edge.target,
                        label: edge.label,
                    },
                    other: headline,
                });
            }
        }
        links.extend(public.into_iter().filter(|it| !it.link.outgoing));
        Ok(links)
    }
}
