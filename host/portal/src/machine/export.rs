//! A whole list, read piece by piece while somebody takes it: between two pieces it holds neither a
//! connection nor more than one piece.

use std::sync::Arc;

use dinh_domain::ids::{CollectionId, EntryId};
use dinh_domain::query::{Among, Place, Query};
use dinh_domain::visibility::Purpose;

use super::columns::{self, Cell, ColumnName};
use crate::ask;
use crate::failure::Failure;
use crate::plugins::LoadedPlugin;
use crate::portal::Portal;
use crate::section::Here;
use crate::shown::{Section, Way};
use crate::visit::Visit;

/// Entries in a piece: enough for the database to be busy with rows rather than with questions.
const PIECE: u32 = 100;

/// A list under way.
pub struct Export {
    portal: Portal,
    visit: Arc<Visit>,
    plugin: Arc<LoadedPlugin>,
    id: CollectionId,
    query: Query,
    at: At,
    /// The section.
    pub section: Section,
    /// Name of many entries.
    pub title: String,
    /// What the columns are called, in order.
    pub columns: Vec<ColumnName>,
    /// Rows, as they were counted at the beginning.
    pub total: u64,
}

/// Where the next piece begins.
enum At {
    Start,
    Place(Place),
    /// In the order of a search, which no column holds: so many are taken.
    Taken(usize),
    End,
}

impl Portal {
    /// Begins to read the list of a section as its page shows it, all pages of it; none where the
    /// site has no such section. What cannot be used of the parameters is refused: a file that holds
    /// more than was asked for is wrong where nobody sees it.
    pub async fn export(
        &self,
        visit: &Arc<Visit>,
        path: &str,
        given: &[(String, String)],
    ) -> Result<Option<Export>, Failure> {
        let Some(here) = self.list_here(visit, path) else {
            return Ok(None);
        };
        let query = self.whole_list(&here, given).await?;
        let scope = visit.scope(Purpose::List).only(&here.id);
        let total = self
            .store()
            .total(&scope, &here.id, here.collection, &query)
            .await?;
        let at = match &query.among {
            Some(Among::Ranked(_)) => At::Taken(0),
            _ => At::Start,
        };
        let language = &visit.language;
        Ok(Some(Export {
            portal: self.clone(),
            visit: visit.clone(),
            plugin: here.plugin.clone(),
            section: here.section.clone(),
            title: here.plugin.text(language, &here.collection.plural),
            columns: columns::names(here.plugin, here.collection, language),
            id: here.id,
            query,
            at,
            total,
        }))
    }

    /// The query of a list with all its words and filters, or a refusal in the reader's words.
    pub(super) async fn whole_list(
        &self,
        here: &Here<'_>,
        given: &[(String, String)],
    ) -> Result<Query, Failure> {
        let unpaged = |name: &str| name != "page" && name != "per_page";
        let given: Vec<_> = given
            .iter()
            .filter(|(name, _)| unpaged(name))
            .cloned()
            .collect();
        let mut asked = ask::list(here.collection, &given, here);
        if asked.complaints.is_empty() {
            let scope = here.visit.scope(Purpose::List).only(&here.id);
            asked.query.among = self.with_words(here, &scope, &mut asked).await?;
        }
        if asked.complaints.is_empty() {
            Ok(asked.query)
        } else {
            let detail = asked.complaints.join(" ");
            Err(Failure::BadRequest { detail })
        }
    }
}

impl Export {
    /// The next rows, each with a cell for every column; none at the end. `address` makes a way an
    /// absolute address.
    pub async fn next(
        &mut self,
        address: &(dyn Fn(&Way) -> String + Send + Sync),
    ) -> Result<Option<Vec<Vec<Cell>>>, Failure> {
        let plugin = self.plugin.clone();
        let Some(collection) = plugin.declaration.collection(self.id.name()) else {
            return Ok(None);
        };
        let scope = self.visit.scope(Purpose::List).only(&self.id);
        let ids = match std::mem::replace(&mut self.at, At::End) {
            At::End => return Ok(None),
            At::Taken(taken) => self.ranked(taken).await?,
            At::Start => self.sorted(None).await?,
            At::Place(place) => self.sorted(Some(place)).await?,
        };
        let fields = columns::fields(collection);
        // By-date rules look at other fields than the one that is shown.
        let dates = collection.schema.iter();
        let dates = dates.filter(|(_, field)| {
            use dinh_domain::declaration::FieldKind;
            matches!(field.kind, FieldKind::Date { .. } | FieldKind::Instant {})
        });
        let needed: Vec<&str> = dates.map(|(name, _)| name.as_str()).chain(fields).collect();
        let store = self.portal.store();
        let entries = store.parts_by_ids(&scope, &ids, &needed).await?;
        let visit = &self.visit;
        let rows = entries.iter().filter_map(|entry| {
            let slug = entry.slug.as_str();
            let way = visit.way(&entry.site, &entry.collection, slug, &entry.title)?;
            let address = address(&way);
            Some(columns::cells(&plugin, collection, entry, visit, address))
        });
        Ok(Some(rows.collect()))
    }

    async fn sorted(&mut self, place: Option<Place>) -> Result<Vec<EntryId>, Failure> {
        let Some(collection) = self.plugin.declaration.collection(self.id.name()) else {
            return Ok(Vec::new());
        };
        let scope = self.visit.scope(Purpose::List).only(&self.id);
        let read = (place.as_ref(), PIECE);
        let store = self.portal.store();
        let (ids, next) = store
            .ids_after(&scope, &self.id, collection, &self.query, read)
            .await?;
        self.at = next.map_or(At::End, At::Place);
        Ok(ids)
    }

    async fn ranked(&mut self, taken: usize) -> Result<Vec<EntryId>, Failure> {
        let ids = self.query.among.as_ref().map_or(&[][..], Among::ids);
        let piece: Vec<EntryId> = ids
            .iter()
            .skip(taken)
            .take(PIECE as usize)
            .cloned()
            .collect();
        let (Some(collection), false) = (
            self.plugin.declaration.collection(self.id.name()),
            piece.is_empty(),
        ) else {
            return Ok(Vec::new());
        };
        let next = taken + piece.len();
        let query = Query {
            among: Some(Among::Ranked(piece)),
            page: 1,
            per_page: PIECE,
            ..self.query.clone()
        };
        let scope = self.visit.scope(Purpose::List).only(&self.id);
        let store = self.portal.store();
        let page = store.list(&scope, &self.id, collection, &query).await?;
        self.at = At::Taken(next);
        Ok(page.entries.into_iter().map(|it| it.headline.id).collect())
    }
}
