//! Lists of the desk. What one costs does not depend on how many entries the portal has: few are gathered by an
//! index and sorted, many are read in the order of their last change until the page is full, and beyond a limit
//! nobody is told how many there are.

use std::collections::BTreeSet;

use dinh_domain::ids::{AccountId, CollectionId, EntryId, SiteId};
use dinh_domain::visibility::Scope;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use super::{DESK_COLUMNS, Desk, DeskFilter, DeskLine, DeskPage, read};
use crate::error::StoreError;
use crate::scope;
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

/// How the entries of a page are found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    /// By the index that fits what is asked, sorted afterwards; of what is overdue on many sites, so many.
    Gather { overdue: u64 },
    /// In the order of their last change, so many at once, passing over what is not asked for.
    Walk { window: u64 },
}

/// A page is looked for among so many entries first, and among ten times as many next. That a part of a query is
/// bounded is also what keeps PostgreSQL from reading all of a table: it knows no share of what passes a scope.
const WINDOW_MIN: u64 = 1_000;
/// Windows are this much larger one after the other,
const WINDOW_STEP: u64 = 10;
/// up to this many entries.
const WINDOW_MAX: u64 = 100_000_000;

/// What has no entry in common; together they are what a filter asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// Everything.
    Whole,
    /// Of what waits for somebody, what is assigned to them.
    Assigned,
    /// And what is assigned to nobody, of one group of collections.
    Free(usize),
}

/// What is asked for.
struct Asked<'a> {
    scope: &'a Scope,
    filter: &'a DeskFilter,
    /// Of what waits.
    groups: Vec<Group<'a>>,
    is_wide: bool,
}

/// Collections of which entries wait in the same states on the same sites.
struct Group<'a> {
    collections: Vec<&'a CollectionId>,
    sites: &'a [SiteId],
    states: &'a [String],
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
        let sites: BTreeSet<&SiteId> = scope.any.iter().flat_map(|it| &it.sites).collect();
        let asked = Asked {
            scope,
            filter,
            groups: groups(filter),
            is_wide: sites.len() > limits.gathered_sites,
        };
        let mut on = self.reader().await?;
        let before = (u64::from(page.max(1)) - 1) * u64::from(per_page);
        let most = before.saturating_add(limits.counted);
        let (counted, overdue) = asked.count(&mut on, most + 1).await?;
        let is_gathered = match asked.is_wide && filter.held_by.is_none() {
            true => asked.is_selective() && counted <= most,
            false => true,
        };
        let page = (before, per_page);
        let ids = match is_gathered {
            true => asked.gathered(&mut on, overdue, page).await?,
            false => asked.walked(&mut on, page).await?,
        };
        Ok(DeskPage {
            lines: lines(&mut on, &ids).await?,
            total: counted.min(most),
            has_more: counted > most,
        })
    }
}

impl Asked<'_> {
    fn parts(&self) -> Vec<Part> {
        let free = (0..self.groups.len()).map(Part::Free);
        match self.filter.waiting_for {
            Some(_) => std::iter::once(Part::Assigned).chain(free).collect(),
            None => vec![Part::Whole],
        }
    }

    /// Whether an index finds what is asked for, whatever the scope.
    fn is_selective(&self) -> bool {
        self.filter.waiting_for.is_some() || self.filter.due_before.is_some()
    }

    /// How many there are, up to a limit; and among how many that are overdue they were found.
    async fn count(&self, on: &mut AnyConnection, limit: u64) -> Result<(u64, u64), StoreError> {
        let mut overdue = limit;
        loop {
            let mut counted = 0;
            for part in self.parts() {
                let mut sql = Sql::new("select count(*) as n from (select 1 as one");
                self.narrow(part, Way::Gather { overdue }, &mut sql);
                sql.push(&format!(" limit {limit}) c"));
                counted += counted_in(sql, on).await?;
            }
            let is_whole = counted >= limit || !self.is_more_overdue(on, overdue).await?;
            if is_whole || overdue >= WINDOW_MAX {
                return Ok((counted.min(limit), overdue));
            }
            overdue *= WINDOW_STEP;
        }
    }

    /// Whether more is overdue than so much, where that is what the list is read from.
    async fn is_more_overdue(&self, on: &mut AnyConnection, than: u64) -> Result<bool, StoreError> {
        let Some(before) = self.filter.due_before.filter(|_| self.is_wide) else {
            return Ok(false);
        };
        let mut sql =
            Sql::new("select count(*) as n from (select 1 as one from desk x where x.due_at < ");
        sql.bind(before);
        sql.push(&format!(" limit {}) c", than + 1));
        Ok(counted_in(sql, on).await? > than)
    }

    async fn gathered(
        &self,
        on: &mut AnyConnection,
        overdue: u64,
        (before, per_page): (u64, u32),
    ) -> Result<Vec<EntryId>, StoreError> {
        let mut sql = Sql::new("select id from (");
        for (at, part) in self.parts().into_iter().enumerate() {
            sql.push(if at > 0 { " union all " } else { "" });
            // Not the column itself: its order is not to be walked.
            sql.push("select e.id as id, e.changed_at + 0 as changed_at");
            self.narrow(part, Way::Gather { overdue }, &mut sql);
        }
        sql.push(") found order by changed_at desc, id");
        sql.limit(per_page).push(&format!(" offset {before}"));
        let rows = sql.all(on).await?;
        rows.iter().map(|row| row.read("id")).collect()
    }

    async fn walked(
        &self,
        on: &mut AnyConnection,
        (before, per_page): (u64, u32),
    ) -> Result<Vec<EntryId>, StoreError> {
        let mut window = WINDOW_MIN.max(before.saturating_mul(2));
        loop {
            let mut sql = Sql::new("select e.id");
            self.narrow(Part::Whole, Way::Walk { window }, &mut sql);
            sql.push(" order by e.changed_at desc, e.id");
            sql.limit(per_page).push(&format!(" offset {before}"));
            let rows = sql.all(on).await?;
            if rows.len() >= per_page as usize || window >= WINDOW_MAX {
                return rows.iter().map(|row| row.read("id")).collect();
            }
            window = window.saturating_mul(WINDOW_STEP);
        }
    }

    fn narrow(&self, part: Part, way: Way, sql: &mut Sql) {
        let filter = self.filter;
        // What drives the search is left alone, and everything else kept from doing so.
        let is_gathered = matches!(way, Way::Gather { .. });
        let by_site =
            is_gathered && !self.is_wide && filter.held_by.is_none() && part != Part::Assigned;
        match way {
            Way::Gather { .. } => sql.push(" from entry e "),
            Way::Walk { window } => sql.push(&format!(
                " from (select w.id, w.site_id, w.collection, w.state, w.changed_at, w.deleted_at,
                 w.published_revision, w.withdrawn_at from entry w
                 order by w.changed_at desc, w.id limit {window}) e "
            )),
        };
        match (way, filter.due_before) {
            (Way::Gather { overdue }, Some(before)) if self.is_wide => {
                sql.push("join (select x.entry_id, x.author, x.assignee, x.due_at from desk x where x.due_at < ");
                sql.bind(before);
                sql.push(&format!(
                    " order by x.due_at, x.entry_id limit {overdue}) d"
                ))
            }
            (Way::Gather { .. }, Some(_)) => sql.push("join desk d"),
            _ if part == Part::Assigned => sql.push("join desk d"),
            _ => sql.push("left join desk d"),
        };
        sql.push(" on d.entry_id = e.id where ");
        match by_site {
            true => scope::on_entries_of_sites(self.scope, sql),
            false => scope::on_named_entries(self.scope, sql),
        }
        if let Some(person) = &filter.held_by {
            sql.push(" and e.id in (select h.entry_id from desk h where h.author = ");
            sql.bind(person)
                .push(" or h.assignee = ")
                .bind(person)
                .push(")");
        }
        if let Some((person, _)) = &filter.waiting_for {
            let groups = match part {
                Part::Whole => self.groups.as_slice(),
                Part::Free(at) => self.groups.get(at..=at).unwrap_or_default(),
                Part::Assigned => &[],
            };
            let own = matches!(part, Part::Whole | Part::Assigned).then_some(person);
            waiting(person, own, (groups, way), sql);
        }
        if let Some(state) = &filter.state {
            sql.push(" and e.state = ").bind(state);
        }
        if let Some(collection) = &filter.collection {
            sql.push(" and e.collection || '' = ").bind(collection);
        }
        if let Some(before) = filter.due_before {
            let due = match way {
                Way::Gather { .. } => "d.due_at",
                Way::Walk { .. } => "d.due_at + 0",
            };
            sql.push(&format!(" and {due} < ")).bind(before);
        }
    }
}

fn groups(filter: &DeskFilter) -> Vec<Group<'_>> {
    let mut groups: Vec<Group<'_>> = Vec::new();
    for one in filter.waiting_for.iter().flat_map(|(_, any)| any) {
        let same = |it: &&mut Group<'_>| it.sites == one.sites && it.states == one.states;
        match groups.iter_mut().find(same) {
            Some(known) => known.collections.push(&one.collection),
            None => groups.push(Group {
                collections: vec![&one.collection],
                sites: &one.sites,
                states: &one.states,
            }),
        }
    }
    groups
}

/// What is assigned to `own`, or to nobody and made by somebody else than `person` and in one of the groups.
fn waiting(
    person: &AccountId,
    own: Option<&AccountId>,
    (groups, way): (&[Group<'_>], Way),
    sql: &mut Sql,
) {
    // The index of sites and states finds them; a walk is not to be kept from its order by it.
    let (site, state) = match way {
        Way::Gather { .. } => ("e.site_id", "e.state"),
        Way::Walk { .. } => ("e.site_id || ''", "e.state || ''"),
    };
    sql.push(" and (");
    let mut joint = "";
    if let Some(own) = own {
        sql.push("d.assignee = ").bind(own);
        joint = " or ";
    }
    for group in groups {
        sql.push(joint)
            .push("(d.assignee is null and (d.author is null or d.author <> ");
        sql.bind(person).push(") and e.collection || '' in ");
        sql.bind_all(group.collections.iter().copied());
        sql.push(&format!(" and {site} in ")).bind_all(group.sites);
        sql.push(&format!(" and {state} in "))
            .bind_all(group.states);
        sql.push(")");
        joint = " or ";
    }
    sql.push(")");
}

async fn counted_in(sql: Sql, on: &mut AnyConnection) -> Result<u64, StoreError> {
    let row = sql.optional(on).await?;
    let n = row.map_or(Ok(0), |row| row.integer("n"))?;
    Ok(u64::try_from(n).unwrap_or_default())
}

async fn lines(on: &mut AnyConnection, ids: &[EntryId]) -> Result<Vec<DeskLine>, StoreError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut sql = Sql::new(format!(
        "select e.id, e.site_id, e.collection, e.organisation_id, e.state, e.changed_at,
         e.published_revision, e.withdrawn_at, r.title, {DESK_COLUMNS} from entry e
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
        title: row.text("title")?,
        state: row.text("state")?,
        is_public: is_shown && row.integer_or_none("withdrawn_at")?.is_none(),
        changed_at: row.instant("changed_at")?,
        desk: if has_desk {
            read::desk(row)?
        } else {
            Desk::default()
        },
    })
}
