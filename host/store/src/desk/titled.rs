//! Working texts by words of their titles, and what tells them from one another.

use std::collections::{BTreeMap, BTreeSet};

use dinh_domain::entry::Body;
use dinh_domain::ids::RevisionId;

use crate::entry::part;
use crate::error::StoreError;
use crate::sql::{Columns, Sql, damaged};
use crate::store::Store;

impl Store {
    /// Some fields of revisions; a long text that nobody asked for is not built.
    pub async fn revision_parts(
        &self,
        revisions: &[&RevisionId],
        fields: &[&str],
    ) -> Result<BTreeMap<RevisionId, Body>, StoreError> {
        if revisions.is_empty() || fields.is_empty() {
            return Ok(BTreeMap::new());
        }
        let mut on = self.reader().await?;
        let mut sql = Sql::new("select r.id, r.body from entry_revision r where r.id in ");
        sql.bind_all(revisions.iter().copied());
        let rows = sql.all(&mut on).await?;
        let read = rows.iter().map(|row| {
            let body = part::Only(fields).read(&row.text("body")?);
            Ok((
                row.read("id")?,
                body.map_err(|error| damaged("body", error))?,
            ))
        });
        read.collect()
    }
}

/// Of entries `e`, those whose working title has these words. One database folds the capitals of all letters, the other
/// of `a` to `z` alone: what was typed and the spellings that titles have are asked for one by one.
pub(super) fn titled(words: &str, sql: &mut Sql) {
    let low = words.to_lowercase();
    let spellings = BTreeSet::from([
        words.to_owned(),
        capital(words),
        capital(&low),
        capitals(&low),
        words.to_uppercase(),
        low,
    ]);
    sql.push(
        " and exists (select 1 from entry en join entry_revision r on r.id = en.working_revision
         where en.id = e.id and (1 = 0",
    );
    for spelling in spellings {
        let mut pattern = String::from("%");
        for letter in spelling.chars() {
            if matches!(letter, '%' | '_' | '!') {
                pattern.push('!');
            }
            pattern.push(letter);
        }
        pattern.push('%');
        sql.push(" or lower(r.title) like lower(")
            .bind(pattern)
            .push(") escape '!'");
    }
    sql.push("))");
}

/// The first letter of a text as a capital.
fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).collect()
}

/// The first letter of every word as a capital.
fn capitals(text: &str) -> String {
    let words: Vec<String> = text.split(' ').map(capital).collect();
    words.join(" ")
}
