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

/// How the entries of a page are found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    /// By the index that fits what is asked, sorted afterwards.
    Gather,
    /// In the order of their last change, passing over what is not asked for.
    Walk,
}

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
        (page, per_page): (u32, u32),
    ) -> Result<DeskPage, StoreError> {
        let narrowed = filter.site.as_ref().map(|it| scope.only_site(it));
        let scope = narrowed.as_ref().unwrap_or(scope);
        let sites: BTreeSet<&SiteId> = scope.any.iter().flat_map(|it| &it.sites).collect();
        let asked = Asked {
            scope,
            filter,
            groups: groups(filter),
            is_wide: sites.len() > GATHERED_SITES_MAX,
        };
        let mut on = self.reader().await?;
        let before = (u64::from(page.max(1)) - 1) * u64::from(per_page);
        let most = before.saturating_add(DESK_COUNTED_MAX);
        let counted = asked.count(&mut on, most + 1).await?;
        let is_gathered = match asked.is_wide && filter.held_by.is_none() {
            true => asked.is_selective() && counted <= most,
            false => true,
        };
        let way = if is_gathered { Way::Gather } else { Way::Walk };
        let ids = asked.ids(&mut on, way, (before, per_page)).await?;
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

    /// How many there are, up to a limit.
    async fn count(&self, on: &mut AnyConnection, limit: u64) -> Result<u64, StoreError> {
        let mut counted = 0;
        for part in self.parts() {
            let mut sql = Sql::new("select count(*) as n from (select 1 as one");
            self.narrow(part, Way::Gather, &mut sql);
            sql.push(&format!(" limit {limit}) c"));
            let row = sql.optional(on).await?;
            let n = row.map_or(Ok(0), |row| row.integer("n"))?;
            counted += u64::try_from(n).unwrap_or_default();
        }
        Ok(counted.min(limit))
    }

    async fn ids(
        &self,
        on: &mut AnyConnection,
        way: Way,
        (before, per_page): (u64, u32),
    ) -> Result<Vec<EntryId>, StoreError> {
        let mut sql = Sql::new("");
        match way {
            Way::Walk => {
                sql.push("select e.id");
                self.narrow(Part::Whole, way, &mut sql);
                sql.push(" order by e.changed_at desc, e.id");
            }
            Way::Gather => {
                sql.push("select id from (");
                for (at, part) in self.parts().into_iter().enumerate() {
                    sql.push(if at > 0 { " union all " } else { "" });
                    // Not the column itself: its order is not to be walked.
                    sql.push("select e.id as id, e.changed_at + 0 as changed_at");
                    self.narrow(part, way, &mut sql);
                }
                sql.push(") found order by changed_at desc, id");
            }
        }
        sql.limit(per_page).push(&format!(" offset {before}"));
        let rows = sql.all(on).await?;
        rows.iter().map(|row| row.read("id")).collect()
    }

    fn narrow(&self, part: Part, way: Way, sql: &mut Sql) {
        let filter = self.filter;
        let is_in_desk = filter.due_before.is_some() || part == Part::Assigned;
        sql.push(" from entry e ");
        sql.push(if is_in_desk { "" } else { "left " });
        sql.push("join desk d on d.entry_id = e.id where ");
        // What drives the search is left alone, and everything else kept from doing so.
        let by_site = way == Way::Gather
            && !self.is_wide
            && filter.held_by.is_none()
            && part != Part::Assigned;
        match by_site {
            true => scope::on_entries_of_sites(self.scope, sql),
            false => scope::on_named_entries(self.scope, sql),
        }
        if let Some(person) = &filter.held_by {
            sql.push(" and e.id in (select h.entry_id from desk h where h.author = ");
            sql.bind(person).push(" or h.assignee = ").bind(person).push(")");
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
            sql.push(" and d.due_at < ").bind(before);
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
        Way::Gather => ("e.site_id", "e.state"),
        Way::Walk => ("e.site_id || ''", "e.state || ''"),
    };
    sql.push(" and (");
    let mut joint = "";
    if let Some(own) = own {
        sql.push("d.assignee = ").bind(own);
        joint = " or ";
    }
    for group in groups {
        sql.push(joint).push("(d.assignee is null and (d.author is null or d.author <> ");
        sql.bind(person).push(") and e.collection || '' in ");
        sql.bind_all(group.collections.iter().copied());
        sql.push(&format!(" and {site} in ")).bind_all(group.sites);
        sql.push(&format!(" and {state} in ")).bind_all(group.states);
        sql.push(")");
        joint = " or ";
    }
    sql.push(")");
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
