//! How the entries of a page of the desk are found: few by the index that fits, many in the order of their last
//! change.

use std::collections::BTreeSet;

use dinh_domain::ids::{EntryId, SiteId};
use dinh_domain::visibility::Scope;
use sqlx::AnyConnection;

use super::DeskFilter;
use super::titled::titled;
use super::waiting::{Group, groups, waiting};
use crate::dialect::Dialect;
use crate::error::StoreError;
use crate::scope;
use crate::sql::{Columns, Sql};

/// How the entries of a page are found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// By the index that fits what is asked, sorted afterwards; of what is overdue on many sites, so many.
    Gather { overdue: u64 },
    /// In the order of their last change, so many at once, passing over what is not asked for.
    Walk { window: u64 },
}

/// A page is looked for among so many entries first, and among more next. That a part of a query is
/// bounded is also what keeps PostgreSQL from reading all of a table: it knows no share of what passes a scope.
const WINDOW_MIN: u64 = 1_000;
/// Windows are up to this much larger one after the other,
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
pub(super) struct Asked<'a> {
    scope: &'a Scope,
    filter: &'a DeskFilter,
    /// Of what waits.
    groups: Vec<Group<'a>>,
    is_wide: bool,
    dialect: Dialect,
}

impl<'a> Asked<'a> {
    pub(super) fn new(
        scope: &'a Scope,
        filter: &'a DeskFilter,
        (gathered_sites, dialect): (usize, Dialect),
    ) -> Self {
        let sites: BTreeSet<&SiteId> = scope.any.iter().flat_map(|it| &it.sites).collect();
        Self {
            scope,
            filter,
            groups: groups(filter),
            is_wide: sites.len() > gathered_sites,
            dialect,
        }
    }

    /// The entries of a page, what was changed last first, and how many there are: one more than `most` where
    /// there are more.
    pub(super) async fn page(
        &self,
        on: &mut AnyConnection,
        most: u64,
        page: (u64, u32),
    ) -> Result<(u64, Vec<EntryId>), StoreError> {
        let (counted, overdue) = self.count(on, most + 1).await?;
        // What is rare among many was read to its end to be counted: a walk would do so once for each window.
        let is_gathered = !self.is_wide || self.filter.held_by.is_some() || counted <= most;
        let ids = match is_gathered {
            true => self.gathered(on, overdue, page).await?,
            false => self.walked(on, page).await?,
        };
        Ok((counted, ids))
    }

    fn parts(&self) -> Vec<Part> {
        let free = (0..self.groups.len()).map(Part::Free);
        match self.filter.waiting_for {
            Some(_) => std::iter::once(Part::Assigned).chain(free).collect(),
            None => vec![Part::Whole],
        }
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
            // As much further as what was found gives hope for, and once more.
            let found = rows.len().max(1) as u64;
            let step = (2 * u64::from(per_page) / found).clamp(2, WINDOW_STEP);
            window = window.saturating_mul(step);
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
            waiting(person, own, (groups, way, self.dialect), sql);
        }
        if let Some(state) = &filter.state {
            sql.push(" and e.state = ").bind(state);
        }
        if let Some(collection) = &filter.collection {
            sql.push(" and e.collection || '' = ").bind(collection);
        }
        if let Some(words) = &filter.title {
            titled(words, sql);
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

async fn counted_in(sql: Sql, on: &mut AnyConnection) -> Result<u64, StoreError> {
    let row = sql.optional(on).await?;
    let n = row.map_or(Ok(0), |row| row.integer("n"))?;
    Ok(u64::try_from(n).unwrap_or_default())
}
