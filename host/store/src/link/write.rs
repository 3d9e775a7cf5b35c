//! Keeping codes and edges as the published revisions have them, and finding who is meant.

use std::collections::{BTreeMap, BTreeSet};

use dinh_domain::declaration::{Collection, FieldKind, target_of};
use dinh_domain::entry::Body;
use dinh_domain::ids::{CollectionId, EntryId, SiteId};
use dinh_domain::vietnamese::code_key;
use serde_json::Value;

use crate::entry::PublicBody;
use crate::error::StoreError;
use crate::path::bounded;
use crate::sql::{Argument, Columns, ROWS_PER_STATEMENT, Sql, damaged};
use crate::write::WriteTx;

/// Who an edge means: an entry with that code on the edge's own site, else on the site of the
/// organisation above. Everybody else's same number is another document (ADR 0004).
const MEANT: &str = "coalesce(
    (select min(c.entry_id) from entry_code c
     where c.collection = entry_link.to_collection and c.field = entry_link.to_field
     and c.code_key = entry_link.to_key and c.entry_id <> entry_link.entry_id
     and c.site_id = entry_link.site_id),
    (select min(c.entry_id) from entry_code c
     where c.collection = entry_link.to_collection and c.field = entry_link.to_field
     and c.code_key = entry_link.to_key and c.entry_id <> entry_link.entry_id
     and c.site_id in (select upper.id from site own
        join organisation o on o.id = own.organisation_id
        join site upper on upper.organisation_id = o.parent_id
        where own.id = entry_link.site_id)))";

/// A code by which edges find an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Code {
    key: String,
    written: String,
}

/// A code of an entry that has none yet.
#[derive(Debug)]
pub(crate) struct NewCode {
    entry: EntryId,
    site: SiteId,
    collection: CollectionId,
    field: String,
    code: Code,
}

/// An edge of an entry that has none yet.
#[derive(Debug)]
pub(crate) struct NewEdge {
    entry: EntryId,
    place: usize,
    site: SiteId,
    field: String,
    kind: String,
    to_collection: CollectionId,
    to_field: String,
    to_key: String,
    to_code: String,
    label: String,
}

/// Writes codes and edges of a body that has just become public.
pub(crate) async fn replace(
    tx: &mut WriteTx,
    collection_id: &CollectionId,
    collection: &Collection,
    public: &PublicBody,
) -> Result<(), StoreError> {
    tx.write_later().await?;
    let now = codes(collection, &public.body);
    let before = stored_codes(tx, &public.id).await?;
    if before != now {
        delete_codes(tx, &public.id).await?;
        let codes = now.iter().map(|(field, code)| NewCode {
            entry: public.id.clone(),
            site: public.site.clone(),
            collection: collection_id.clone(),
            field: field.clone(),
            code: code.clone(),
        });
        insert_codes(tx, &codes.collect::<Vec<_>>()).await?;
    }
    replace_edges(tx, collection_id, collection, public).await?;
    for (field, code) in &before {
        if Some(code) != now.get(field) {
            resolve(tx, collection_id, field, &[&code.key]).await?;
        }
    }
    Ok(())
}

/// The same for an entry that has no codes and edges yet.
pub(crate) fn insert(
    tx: &mut WriteTx,
    collection_id: &CollectionId,
    collection: &Collection,
    public: &PublicBody,
) -> Result<(), StoreError> {
    let codes = codes(collection, &public.body).into_iter();
    let codes = codes.map(|(field, code)| NewCode {
        entry: public.id.clone(),
        site: public.site.clone(),
        collection: collection_id.clone(),
        field,
        code,
    });
    tx.later.codes.extend(codes);
    tx.later
        .edges
        .extend(edges(collection_id, collection, public)?);
    Ok(())
}

/// Keeps codes, and finds anew who is meant by the edges to them.
pub(crate) async fn insert_codes(tx: &mut WriteTx, codes: &[NewCode]) -> Result<(), StoreError> {
    let mut keys: BTreeMap<(&CollectionId, &String), BTreeSet<&String>> = BTreeMap::new();
    for some in codes.chunks(ROWS_PER_STATEMENT) {
        let mut sql = Sql::new(
            "insert into entry_code (entry_id, site_id, collection, field, code_key, code) values ",
        );
        sql.rows(some, |it| -> [Argument; 6] {
            [
                (&it.entry).into(),
                (&it.site).into(),
                (&it.collection).into(),
                (&it.field).into(),
                (&it.code.key).into(),
                (&it.code.written).into(),
            ]
        });
        sql.run(tx.on()).await?;
        for it in some {
            let place = keys.entry((&it.collection, &it.field)).or_default();
            place.insert(&it.code.key);
        }
    }
    for ((collection, field), keys) in keys {
        let keys: Vec<&String> = keys.into_iter().collect();
        for some in keys.chunks(ROWS_PER_STATEMENT) {
            resolve(tx, collection, field, some).await?;
        }
    }
    Ok(())
}

/// An entry that is no longer shown is no longer meant.
pub(crate) async fn forget_codes(tx: &mut WriteTx, entry: &EntryId) -> Result<(), StoreError> {
    let row = Sql::new("select collection from entry where id = $1")
        .with(entry)
        .optional(tx.on())
        .await?;
    let Some(row) = row else {
        return Ok(());
    };
    tx.write_later().await?;
    let collection: CollectionId = row.read("collection")?;
    let before = stored_codes(tx, entry).await?;
    delete_codes(tx, entry).await?;
    for (field, code) in &before {
        resolve(tx, &collection, field, &[&code.key]).await?;
    }
    Ok(())
}

fn codes(collection: &Collection, body: &Body) -> BTreeMap<String, Code> {
    let fields = collection.schema.iter();
    let codes = fields.filter(|(_, field)| matches!(field.kind, FieldKind::Code { .. }));
    let found = codes.filter_map(|(name, _)| {
        let written = body.get(name)?.as_str()?.to_owned();
        let key = bounded(&code_key(&written));
        (!key.is_empty()).then(|| (name.clone(), Code { key, written }))
    });
    found.collect()
}

async fn stored_codes(
    tx: &mut WriteTx,
    entry: &EntryId,
) -> Result<BTreeMap<String, Code>, StoreError> {
    let rows = Sql::new("select field, code_key, code from entry_code where entry_id = $1")
        .with(entry)
        .all(tx.on())
        .await?;
    let read = rows.iter().map(|row| {
        let code = Code {
            key: row.text("code_key")?,
            written: row.text("code")?,
        };
        Ok((row.text("field")?, code))
    });
    read.collect()
}

async fn delete_codes(tx: &mut WriteTx, entry: &EntryId) -> Result<(), StoreError> {
    Sql::new("delete from entry_code where entry_id = $1")
        .with(entry)
        .run(tx.on())
        .await?;
    Ok(())
}

async fn replace_edges(
    tx: &mut WriteTx,
    collection_id: &CollectionId,
    collection: &Collection,
    public: &PublicBody,
) -> Result<(), StoreError> {
    Sql::new("delete from entry_link where entry_id = $1")
        .with(&public.id)
        .run(tx.on())
        .await?;
    let edges = edges(collection_id, collection, public)?;
    insert_edges(tx, &edges).await
}

/// The edges that a body holds, in their order.
fn edges(
    collection_id: &CollectionId,
    collection: &Collection,
    public: &PublicBody,
) -> Result<Vec<NewEdge>, StoreError> {
    let mut found = Vec::new();
    for (name, field) in &collection.schema {
        let FieldKind::Relations {
            target,
            target_field,
            ..
        } = &field.kind
        else {
            continue;
        };
        let to = target_of(collection_id.plugin(), target)
            .map_err(|error| damaged("to_collection", error))?;
        let edges = public.body.get(name).and_then(Value::as_array);
        for edge in edges.into_iter().flatten() {
            let part = |name: &str| {
                let text = edge.get(name).and_then(Value::as_str);
                text.unwrap_or_default().to_owned()
            };
            found.push(NewEdge {
                entry: public.id.clone(),
                place: found.len(),
                site: public.site.clone(),
                field: name.clone(),
                kind: part("kind"),
                to_collection: to.clone(),
                to_field: target_field.clone(),
                to_key: bounded(&code_key(&part("target"))),
                to_code: part("target"),
                label: part("label"),
            });
        }
    }
    Ok(found)
}

/// Keeps edges of entries that have none yet, and finds who is meant by them.
pub(crate) async fn insert_edges(tx: &mut WriteTx, edges: &[NewEdge]) -> Result<(), StoreError> {
    for some in edges.chunks(ROWS_PER_STATEMENT) {
        let mut sql = Sql::new(
            "insert into entry_link (entry_id, place, site_id, field, kind, to_collection,
             to_field, to_key, to_code, label) values ",
        );
        sql.rows(some, |it| -> [Argument; 10] {
            [
                (&it.entry).into(),
                i64::try_from(it.place).unwrap_or(i64::MAX).into(),
                (&it.site).into(),
                (&it.field).into(),
                (&it.kind).into(),
                (&it.to_collection).into(),
                (&it.to_field).into(),
                (&it.to_key).into(),
                (&it.to_code).into(),
                (&it.label).into(),
            ]
        });
        sql.run(tx.on()).await?;
    }
    let holders: BTreeSet<&EntryId> = edges.iter().map(|it| &it.entry).collect();
    let holders: Vec<&EntryId> = holders.into_iter().collect();
    for some in holders.chunks(ROWS_PER_STATEMENT) {
        let mut sql = Sql::new(format!(
            "update entry_link set to_entry = {MEANT} where entry_id in "
        ));
        sql.bind_all(some.iter().copied());
        sql.run(tx.on()).await?;
    }
    Ok(())
}

/// Finds anew who is meant by the edges to some codes.
async fn resolve(
    tx: &mut WriteTx,
    collection: &CollectionId,
    field: &str,
    keys: &[&String],
) -> Result<(), StoreError> {
    let mut sql = Sql::new(format!(
        "update entry_link set to_entry = {MEANT} where to_collection = "
    ));
    sql.bind(collection).push(" and to_field = ").bind(field);
    sql.push(" and to_key in ").bind_all(keys.iter().copied());
    sql.run(tx.on()).await?;
    Ok(())
}
