//! The visibility rule in SQL: the second of the three compilers of [`Scope`].

use dinh_domain::ids::{CollectionId, SiteId};
use dinh_domain::visibility::{Clause, Face, Scope};

use crate::sql::Sql;

/// What makes an entry public, on the table `entry` named `e`.
pub(crate) const PUBLIC: &str =
    "e.published_revision is not null and e.withdrawn_at is null and e.deleted_at is null";

/// Adds the condition on the table `entry` named `e`.
pub(crate) fn on_entries(scope: &Scope, sql: &mut Sql) {
    condition(scope, ("e.collection", "e.site_id"), sql);
}

/// The same where entries are found by their sites, whatever their collection.
pub(crate) fn on_entries_of_sites(scope: &Scope, sql: &mut Sql) {
    condition(scope, ("e.collection || ''", "e.site_id"), sql);
}

/// The same where the entries are named by their ids already. SQLite would take the index of a site's
/// entries for it and walk through all of them; no index fits the columns written like this.
pub(crate) fn on_named_entries(scope: &Scope, sql: &mut Sql) {
    condition(scope, ("e.collection || ''", "e.site_id || ''"), sql);
}

fn condition(scope: &Scope, (collection, site): (&str, &str), sql: &mut Sql) {
    sql.push("(");
    for (at, (collections, clause)) in alike(scope).into_iter().enumerate() {
        if at > 0 {
            sql.push(" or ");
        }
        sql.push(&format!("({collection} in "))
            .bind_all(collections);
        sql.push(&format!(" and {site} in "))
            .bind_set(clause.sites.iter().map(|it| it.as_str()));
        match &clause.face {
            Face::Published => sql.push(" and ").push(PUBLIC),
            Face::Working { wrote: None } => sql.push(" and e.deleted_at is null"),
            Face::Working { wrote: Some(person) } => sql
                .push(" and e.deleted_at is null and exists (select 1 from desk d where d.entry_id = e.id")
                .push(" and d.author = ")
                .bind(person)
                .push(")"),
        };
        sql.push(")");
    }
    if scope.any.is_empty() {
        sql.push("1 = 0");
    }
    sql.push(")");
}

/// Clauses that differ by their collection alone, as one: a portal has a thousand sites, and says so once.
fn alike(scope: &Scope) -> Vec<(Vec<&CollectionId>, &Clause)> {
    let mut found: Vec<(Vec<&CollectionId>, &Clause)> = Vec::new();
    for clause in &scope.any {
        let same = |(_, it): &&mut (Vec<&CollectionId>, &Clause)| {
            it.face == clause.face && it.sites == clause.sites
        };
        match found.iter_mut().find(same) {
            Some((collections, _)) => collections.push(&clause.collection),
            None => found.push((vec![&clause.collection], clause)),
        }
    }
    found
}

/// Adds the condition that an entry, `e`, would be in the scope had it not been withdrawn.
pub(crate) fn on_withdrawn(scope: &Scope, sql: &mut Sql) {
    sql.push("(e.withdrawn_at is not null and e.deleted_at is null")
        .push(" and e.first_published_at is not null and (1 = 0");
    let public = scope.any.iter().filter(|it| it.face == Face::Published);
    for clause in public {
        sql.push(" or (e.collection = ").bind(&clause.collection);
        sql.push(" and e.site_id in ")
            .bind_set(clause.sites.iter().map(SiteId::as_str))
            .push(")");
    }
    sql.push("))");
}

/// Adds the condition on an index table named `i`, which holds published entries of one
/// collection and nothing else.
pub(crate) fn on_index(scope: &Scope, collection: &CollectionId, sql: &mut Sql) {
    let clauses = scope
        .any
        .iter()
        .filter(|clause| clause.collection == *collection);
    let public = clauses.filter(|clause| clause.face == Face::Published);
    let sites = public.flat_map(|clause| &clause.sites);
    sql.push("i.site_id in ")
        .bind_set(sites.map(|it| it.as_str()));
}
