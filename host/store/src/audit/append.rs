//! Adding to the chain, at the end of a transaction.

use sqlx::AnyConnection;

use super::hash::{of_line, of_payload};
use super::{NewAudit, Payload, Row};
use crate::dialect::Dialect;
use crate::error::StoreError;
use crate::ids::new_salt;
use crate::sql::{Columns, Sql, damaged, to_json};
use crate::write::WriteTx;

impl WriteTx {
    /// Records an act; it lasts when the transaction does.
    pub fn audit(&mut self, it: NewAudit) {
        self.audits.push(it);
    }
}

/// Adds acts behind the last line. The head's row is locked from here to the commit: there is one
/// chain, in the order of commits.
pub(crate) async fn append(
    on: &mut AnyConnection,
    dialect: Dialect,
    acts: &[NewAudit],
) -> Result<(), StoreError> {
    let lock = dialect.lock();
    let head = Sql::new(format!(
        "select number, hash from audit_head where id = 1{lock}"
    ));
    let head = head.optional(on).await?;
    let head = head.ok_or_else(|| damaged("audit_head", "the head of the audit is gone"))?;
    let (mut number, mut former) = (head.integer("number")?, head.text("hash")?);
    for act in acts {
        number += 1;
        let (row, payload) = made(act, number, former)?;
        insert(on, &row, &payload).await?;
        former = row.hash;
    }
    Sql::new("update audit_head set number = $1, hash = $2 where id = 1")
        .with(number)
        .with(&former)
        .run(on)
        .await?;
    tracing::info!(number, hash = former, "the audit goes on");
    Ok(())
}

fn made(it: &NewAudit, number: i64, former_hash: String) -> Result<(Row, Payload), StoreError> {
    let text = |value: &Option<serde_json::Value>| {
        let text = value.as_ref().map(|it| to_json("audit_payload", it));
        // No database changes what is in the payload after it was hashed.
        text.transpose().map(|text| text.map(storable))
    };
    let payload = Payload {
        salt: new_salt(),
        was: text(&it.before)?,
        became: text(&it.after)?,
    };
    let mut row = Row {
        number,
        at: it.at.0,
        actor_kind: it.actor_kind.as_str().to_owned(),
        actor: storable(it.actor.clone()),
        origin: storable(it.origin.clone()),
        act: storable(it.act.clone()),
        subject_kind: storable(it.subject_kind.clone()),
        subject: storable(it.subject.clone()),
        site: it.site.as_ref().map(ToString::to_string),
        payload_hash: of_payload(&payload),
        former_hash,
        hash: String::new(),
        payload: None,
    };
    row.hash = of_line(&row);
    Ok((row, payload))
}

/// As the database keeps it.
fn storable(text: String) -> String {
    crate::sql::storable(&text).into_owned()
}

async fn insert(on: &mut AnyConnection, it: &Row, payload: &Payload) -> Result<(), StoreError> {
    Sql::new(
        "insert into audit (number, at, actor_kind, actor, origin, act, subject_kind, subject,
         site_id, payload_hash, former_hash, hash)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
    )
    .with(it.number)
    .with(it.at)
    .with(&it.actor_kind)
    .with(&it.actor)
    .with(&it.origin)
    .with(&it.act)
    .with(&it.subject_kind)
    .with(&it.subject)
    .with(it.site.as_ref())
    .with(&it.payload_hash)
    .with(&it.former_hash)
    .with(&it.hash)
    .run(&mut *on)
    .await?;
    Sql::new("insert into audit_payload (number, salt, was, became) values ($1, $2, $3, $4)")
        .with(it.number)
        .with(&payload.salt)
        .with(payload.was.as_ref())
        .with(payload.became.as_ref())
        .run(on)
        .await?;
    Ok(())
}
