//! Lists of the desk. Entries of few sites, and what is rare among many, are gathered and sorted; others are read in
//! the order of their last change until the page is full, and beyond a limit nobody is told how many there are.

use dinh_domain::ids::EntryId;
use dinh_domain::visibility::Scope;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use super::find::Asked;
use super::{DESK_COLUMNS, Desk, DeskFilter, DeskLine, DeskPage, read};
use crate::error::StoreError;
use crate::sql::{Columns, Sql};
use crate::store::Store;

/// How many entries behind the shown ones are still counted.
pub const DESK_COUNTED_MAX: u64 = 1_000;
/// On so many sites all entries are gathered: a commune has some hundred, and sorting them is quick.
const GATHERED_SITES_MAX: usize = 50;

/// What decides how a page is found; tests have smaller ones.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    pub(crate) counted: u64,
    pub(crate) gathered_sites: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            counted: DESK_COUNTED_MAX,
            gathered_sites: GATHERED_SITES_MAX,
        }
    }
}

impl Store {
    /// A page of the entries of a scope, what was changed last first. `page` begins with 1.
    pub async fn desk_page(
        &self,
        scope: &Scope,
        filter: &DeskFilter,
        page: (u32, u32),
    ) -> Result<DeskPage, StoreError> {
        self.desk_page_within(scope, filter, page, Limits::default())
            .await
    }

    pub(crate) async fn desk_page_within(
        &self,
        scope: &Scope,
        filter: &DeskFilter,
        (page, per_page): (u32, u32),
        limits: Limits,
    ) -> Result<DeskPage, StoreError> {
        let narrowed = filter.site.as_ref().map(|it| scope.only_site(it));
        let scope = narrowed.as_ref().unwrap_or(scope);
        let asked = Asked::new(scope, filter, (limits.gathered_sites, self.dialect()));
        let mut on = self.reader().await?;
        let before = (u64::from(page.max(1)) - 1) * u64::from(per_page);
        let most = before.saturating_add(limits.counted);
        let (counted, ids) = asked.page(&mut on, most, (before, per_page)).await?;
        Ok(DeskPage {
            lines: lines(&mut on, &ids).await?,
            total: counted.min(most),
            has_more: counted > most,
        })
    }
}

async fn lines(on: &mut AnyConnection, ids: &[EntryId]) -> Result<Vec<DeskLine>, StoreError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut sql = Sql::new(format!(
        "select e.id, e.site_id, e.collection, e.organisation_id, e.state, e.changed_at,
         e.published_revision, e.working_revision, e.withdrawn_at, r.title, r.made_by, {DESK_COLUMNS} from entry e
         left join desk d on d.entry_id = e.id
         join entry_revision r on r.id = e.working_revision where e.id in "
    ));
    sql.bind_all(ids);
    sql.push(" order by e.changed_at desc, e.id");
    let rows = sql.all(on).await?;
    rows.iter().map(line).collect()
}

fn line(row: &AnyRow) -> Result<DeskLine, StoreError> {
    let has_desk = row.text_or_none("author")?.is_some();
    let is_shown = row.text_or_none("published_revision")?.is_some();
    Ok(DeskLine {
        id: row.read("id")?,
        site: row.read("site_id")?,
        collection: row.read("collection")?,
        organisation: row.read("organisation_id")?,
        revision: row.read("working_revision")?,
        title: row.text("title")?,
        state: row.text("state")?,
        is_public: is_shown && row.integer_or_none("withdrawn_at")?.is_none(),
        changed_at: row.instant("changed_at")?,
        by: row.text("made_by")?,
        desk: if has_desk {
            read::desk(row)?
        } else {
            Desk::default()
        },
    })
}
