//! Lists of the desk.

use dinh_domain::visibility::Scope;
use sqlx::any::AnyRow;

use super::titled::titled;
use super::{DESK_COLUMNS, Desk, DeskFilter, DeskLine, DeskPage, Waiting, read};
use crate::error::StoreError;
use crate::scope;
use crate::sql::{Columns, Sql};
use crate::store::Store;

impl Store {
    /// A page of the entries of a scope, what was changed last first. `page` begins with 1.
    pub async fn desk_page(
        &self,
        scope: &Scope,
        filter: &DeskFilter,
        (page, per_page): (u32, u32),
    ) -> Result<DeskPage, StoreError> {
        let mut on = self.reader().await?;
        let from = " from entry e left join desk d on d.entry_id = e.id
             join entry_revision r on r.id = e.working_revision where ";
        let mut count = Sql::new(format!("select count(*) as n{from}"));
        narrow(scope, filter, &mut count);
        let total = count.optional(&mut on).await?;
        let total = total.map_or(Ok(0), |row| row.integer("n"))?;
        let mut sql = Sql::new(format!(
            "select e.id, e.site_id, e.collection, e.organisation_id, e.state, e.changed_at,
             e.published_revision, e.working_revision, e.withdrawn_at, r.title, {DESK_COLUMNS}{from}"
        ));
        narrow(scope, filter, &mut sql);
        sql.push(" order by e.changed_at desc, e.id")
            .limit(per_page);
        let before = (u64::from(page.max(1)) - 1) * u64::from(per_page);
        sql.push(&format!(" offset {before}"));
        let rows = sql.all(&mut on).await?;
        Ok(DeskPage {
            lines: rows.iter().map(line).collect::<Result<_, _>>()?,
            total: u64::try_from(total).unwrap_or_default(),
        })
    }
}

fn narrow(scope: &Scope, filter: &DeskFilter, sql: &mut Sql) {
    scope::on_entries(scope, sql);
    if let Some(person) = &filter.held_by {
        sql.push(" and (d.author = ").bind(person);
        sql.push(" or d.assignee = ").bind(person).push(")");
    }
    if let Some((person, any)) = &filter.waiting_for {
        sql.push(" and (d.assignee = ").bind(person);
        sql.push(" or (d.assignee is null and (d.author is null or d.author <> ");
        sql.bind(person).push(")");
        waiting(any, sql);
        sql.push("))");
    }
    if let Some(state) = &filter.state {
        sql.push(" and e.state = ").bind(state);
    }
    if let Some(site) = &filter.site {
        sql.push(" and e.site_id = ").bind(site);
    }
    if let Some(collection) = &filter.collection {
        sql.push(" and e.collection = ").bind(collection);
    }
    if let Some(words) = &filter.title {
        titled(words, sql);
    }
    if let Some(before) = filter.due_before {
        sql.push(" and d.due_at < ").bind(before);
    }
}

fn waiting(any: &[Waiting], sql: &mut Sql) {
    sql.push(" and (1 = 0");
    for one in any {
        sql.push(" or (e.collection = ").bind(&one.collection);
        sql.push(" and e.site_id in ").bind_all(&one.sites);
        sql.push(" and e.state in ").bind_all(&one.states).push(")");
    }
    sql.push(")");
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
        desk: if has_desk {
            read::desk(row)?
        } else {
            Desk::default()
        },
    })
}
