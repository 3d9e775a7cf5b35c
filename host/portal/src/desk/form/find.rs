//! Entries that an edge may lead to, by number or words.

use dinh_domain::declaration::{FieldKind, target_of};
use dinh_domain::entry_form::{Typed, TypedField};
use dinh_domain::ids::{EntryId, SiteId};
use dinh_domain::visibility::{Actor, Purpose};
use dinh_search::Request;

use super::{FoundTargets, Place};
use crate::failure::Failure;
use crate::portal::Portal;

/// Entries that are offered.
const OFFERED_MAX: usize = 8;
/// What is said of an entry beside its title, in characters.
const ABOUT_CHARS: usize = 140;
/// Hits that are looked at for them: some lie where no edge leads.
const LOOKED_AT_MAX: usize = 40;

impl Portal {
    /// What is public on the form's site or the one above, where edges lead, and fits the words of a
    /// row. None where the field has no such row.
    pub(super) async fn targets(
        &self,
        place: &Place<'_>,
        typed: &Typed,
        (name, row): (&str, usize),
    ) -> Result<Option<FoundTargets>, Failure> {
        let field = place.collection.schema.get(name).map(|it| &it.kind);
        let (
            Some(FieldKind::Relations {
                target,
                target_field,
                ..
            }),
            Some(TypedField::Edges(edges)),
        ) = (field, typed.0.get(name))
        else {
            return Ok(None);
        };
        let Some(edge) = edges.get(row) else {
            return Ok(None);
        };
        let words = format!("{} {}", edge.target, edge.label);
        let directory = self.directory().await?;
        let visit = self.visit(&directory, place.site.clone(), Actor::Visitor)?;
        let wanted = target_of(place.id.plugin(), target).map_err(Failure::internal)?;
        let declared = self.plugins().collection(&wanted);
        let summary = declared.and_then(|(_, it)| it.view.summary.as_ref());
        let scope = visit.scope(Purpose::Search).only(&wanted);
        let request = Request {
            q: words,
            collection: Some(wanted),
            limit: LOOKED_AT_MAX,
            ..Request::default()
        };
        let (index, within) = (self.index_for(&visit).clone(), scope.clone());
        let answer = tokio::task::spawn_blocking(move || index.search(&within, &request))
            .await
            .map_err(Failure::internal)?
            .map_err(Failure::internal)?;
        let upper = visit.organisation.parent.as_ref();
        let leads_to = |site: &SiteId| {
            let site = directory.site(site);
            site.is_some_and(|it| it.id == place.site.id || Some(&it.organisation) == upper)
        };
        let own = place.known.as_ref().map(|it| &it.working.entry.id);
        let hits = answer.hits.into_iter();
        let hits = hits.filter(|hit| leads_to(&hit.site) && Some(&hit.id) != own);
        let ids: Vec<EntryId> = hits.map(|hit| hit.id).take(OFFERED_MAX).collect();
        let entries = self.store().entries_by_ids(&scope, &ids).await?;
        let targets = entries.into_iter().filter_map(|entry| {
            let code = entry.body.get(target_field)?.as_str()?;
            let about = summary.and_then(|name| entry.body.get(name)?.as_str());
            let about: String = about
                .unwrap_or_default()
                .chars()
                .take(ABOUT_CHARS)
                .collect();
            let title = match about.as_str() {
                "" => entry.title,
                about => format!("{} – {about}", entry.title),
            };
            Some((code.to_owned(), title))
        });
        Ok(Some(FoundTargets {
            row,
            targets: targets.collect(),
        }))
    }
}
