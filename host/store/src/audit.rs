//! The audit: who did what, to what, when and from where, as one chain of hashes.
//!
//! Each line carries the hash of the line before it, so that a line changed, removed or slipped in
//! breaks the chain; the head says which line is the last. What was before and after an act lies in
//! a payload of its own, which the line names by its hash: a payload may be erased, the line stays.
//!
//! The chain has no key: who may write to the database and computes every hash anew, the head's too,
//! leaves a chain that is whole. Against that helps a head that was noted elsewhere.

mod append;
mod hash;
mod page;
mod verify;

use dinh_domain::dates::Instant;
use dinh_domain::ids::SiteId;
use serde_json::Value;
use sqlx::any::AnyRow;

use crate::error::StoreError;
use crate::sql::{Columns, Sql, damaged};
use crate::store::Store;

pub(crate) use append::append;
pub use page::AuditFilter;
pub use verify::{AuditHead, AuditVerdict, BrokenChain};

/// Who acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ActorKind {
    /// Somebody with the command line: a user of the machine.
    Operator,
    /// Somebody who signed in.
    Account,
    /// The program by itself.
    System,
    /// The code of a plugin.
    Plugin,
    /// Somebody without an account who sent something, or holds the link to it.
    Sender,
}

/// An act to record; its number and its hash come at commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAudit {
    /// When.
    pub at: Instant,
    /// What kind of actor.
    pub actor_kind: ActorKind,
    /// Who: a user's name, an account's id, a part of the program.
    pub actor: String,
    /// From where: the command line and its user's number, an address, a node.
    pub origin: String,
    /// What: a word of the use case, `plugin-installed`.
    pub act: String,
    /// What kind of thing: `plugin`, `key`, `site`, `entry`.
    pub subject_kind: String,
    /// Which one.
    pub subject: String,
    /// On which site.
    pub site: Option<SiteId>,
    /// How it was, without secrets; none where it was not there.
    pub before: Option<Value>,
    /// How it is, without secrets; none where it is gone.
    pub after: Option<Value>,
}

/// A recorded act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditLine {
    /// Its place, from 1, without a gap.
    pub number: i64,
    /// What was recorded; before and after are none where they were erased.
    pub it: NewAudit,
    /// SHA-256 of the line, hexadecimal; the next one carries it.
    pub hash: String,
}

/// A line as it is stored.
struct Row {
    number: i64,
    at: i64,
    actor_kind: String,
    actor: String,
    origin: String,
    act: String,
    subject_kind: String,
    subject: String,
    site: Option<String>,
    payload_hash: String,
    former_hash: String,
    hash: String,
    /// Its payload, where there still is one.
    payload: Option<Payload>,
}

struct Payload {
    salt: String,
    was: Option<String>,
    became: Option<String>,
}

impl ActorKind {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Operator => "operator",
            Self::Account => "account",
            Self::System => "system",
            Self::Plugin => "plugin",
            Self::Sender => "sender",
        }
    }
}

const SELECT: &str = "select a.number, a.at, a.actor_kind, a.actor, a.origin, a.act,
    a.subject_kind, a.subject, a.site_id, a.payload_hash, a.former_hash, a.hash, p.salt, p.was,
    p.became from audit a left join audit_payload p on p.number = a.number";

impl Store {
    /// Recorded acts behind a number, in order.
    pub async fn audit_lines(&self, after: i64, limit: u32) -> Result<Vec<AuditLine>, StoreError> {
        let rows = self.audit_rows(after, limit).await?;
        rows.into_iter().map(line).collect()
    }

    async fn audit_rows(&self, after: i64, limit: u32) -> Result<Vec<Row>, StoreError> {
        let mut on = self.reader().await?;
        let rows = Sql::new(format!(
            "{SELECT} where a.number > $1 order by a.number limit $2"
        ))
        .with(after)
        .with(i64::from(limit))
        .all(&mut on)
        .await?;
        rows.iter().map(read).collect()
    }
}

fn read(row: &AnyRow) -> Result<Row, StoreError> {
    let payload = row.text_or_none("salt")?.map(|salt| {
        Ok::<_, StoreError>(Payload {
            salt,
            was: row.text_or_none("was")?,
            became: row.text_or_none("became")?,
        })
    });
    Ok(Row {
        number: row.integer("number")?,
        at: row.integer("at")?,
        actor_kind: row.text("actor_kind")?,
        actor: row.text("actor")?,
        origin: row.text("origin")?,
        act: row.text("act")?,
        subject_kind: row.text("subject_kind")?,
        subject: row.text("subject")?,
        site: row.text_or_none("site_id")?,
        payload_hash: row.text("payload_hash")?,
        former_hash: row.text("former_hash")?,
        hash: row.text("hash")?,
        payload: payload.transpose()?,
    })
}

fn line(row: Row) -> Result<AuditLine, StoreError> {
    let actor_kind = match row.actor_kind.as_str() {
        "operator" => ActorKind::Operator,
        "account" => ActorKind::Account,
        "system" => ActorKind::System,
        "plugin" => ActorKind::Plugin,
        "sender" => ActorKind::Sender,
        other => return Err(damaged("audit.actor_kind", format!("`{other}`"))),
    };
    let value = |text: Option<String>| {
        let read = text.map(|text| serde_json::from_str(&text));
        read.transpose()
            .map_err(|error| damaged("audit_payload", error))
    };
    let (before, after) = match row.payload {
        Some(payload) => (value(payload.was)?, value(payload.became)?),
        None => (None, None),
    };
    let site = row.site.map(SiteId::try_from).transpose();
    Ok(AuditLine {
        number: row.number,
        it: NewAudit {
            at: Instant(row.at),
            actor_kind,
            actor: row.actor,
            origin: row.origin,
            act: row.act,
            subject_kind: row.subject_kind,
            subject: row.subject,
            site: site.map_err(|error| damaged("audit.site_id", error))?,
            before,
            after,
        },
        hash: row.hash,
    })
}
