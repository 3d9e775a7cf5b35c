//! What citizens sent: how they follow it, and what of it only the office reads.

mod private;
mod write;

use dinh_domain::dates::Instant;
use dinh_domain::ids::{EntryId, SiteId};
use sqlx::any::AnyRow;

use crate::error::StoreError;
use crate::sql::{Columns, Sql};
use crate::store::Store;

pub use private::{Erasure, SealedPrivate};

/// A sending.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Submission {
    /// The entry that it became.
    pub entry: EntryId,
    /// The site to which it was sent.
    pub site: SiteId,
    /// What its sender reads out at the counter.
    pub code: String,
    /// SHA-256 of the secret in its sender's link.
    pub token_hash: String,
    /// When.
    pub sent_at: Instant,
    /// Which form: the plugin's version, and a hash of what was asked and said.
    pub form: String,
    /// What the sender agreed to; empty where nothing was asked.
    pub consent: String,
    /// The puzzle that the sender's browser solved.
    pub proof: Option<String>,
    /// The entry that it is about.
    pub about: Option<EntryId>,
    /// How it came: [`ONLINE`], or what the officer says who took it down.
    pub channel: String,
    /// The account of that officer; none where its sender filled the form.
    pub recorded_by: Option<String>,
    /// What sendings of the same words have in common.
    pub alike: Option<String>,
    /// When the sender confirmed the address of mail that they gave.
    pub mail_confirmed_at: Option<Instant>,
}

/// Sent by its sender's own hand, by the form of the site.
pub const ONLINE: &str = "web";

/// Columns of the table, named `s`.
const COLUMNS: &str = "s.entry_id, s.site_id, s.code, s.token_hash, s.sent_at, s.form, s.consent,
    s.proof, s.about, s.channel, s.recorded_by, s.alike, s.mail_confirmed_at";

impl Store {
    /// The sending of a site with this secret.
    pub async fn submission_by_token(
        &self,
        site: &SiteId,
        hash: &str,
    ) -> Result<Option<Submission>, StoreError> {
        self.submission_where(("s.site_id", site.as_str()), ("s.token_hash", hash))
            .await
    }

    /// The sending of a site with this code.
    pub async fn submission_by_code(
        &self,
        site: &SiteId,
        code: &str,
    ) -> Result<Option<Submission>, StoreError> {
        self.submission_where(("s.site_id", site.as_str()), ("s.code", code))
            .await
    }

    /// How an entry was sent; none where it was not.
    pub async fn submission_of(&self, entry: &EntryId) -> Result<Option<Submission>, StoreError> {
        let id = entry.as_str();
        self.submission_where(("s.entry_id", id), ("s.entry_id", id))
            .await
    }

    /// How many other sendings about the same entry have the same words.
    pub async fn alike(&self, it: &Submission) -> Result<u64, StoreError> {
        let (Some(about), Some(alike)) = (&it.about, &it.alike) else {
            return Ok(0);
        };
        let row = Sql::new(
            "select count(*) as n from submission
             where about = $1 and alike = $2 and entry_id <> $3",
        )
        .with(about)
        .with(alike)
        .with(&it.entry)
        .optional(&mut *self.reader().await?)
        .await?;
        row.map_or(Ok(0), |row| Ok(row.integer("n")?.unsigned_abs()))
    }

    /// The others, as far as their entries are in one of these states, the first sent first; at most `limit`.
    pub async fn alike_in(
        &self,
        it: &Submission,
        states: &[&str],
        limit: u32,
    ) -> Result<Vec<EntryId>, StoreError> {
        let (Some(about), Some(alike)) = (&it.about, &it.alike) else {
            return Ok(Vec::new());
        };
        let mut sql = Sql::new(
            "select s.entry_id from submission s join entry e on e.id = s.entry_id where s.about = ",
        );
        sql.bind(about).push(" and s.alike = ").bind(alike);
        sql.push(" and s.entry_id <> ").bind(&it.entry);
        sql.push(" and e.state in ")
            .bind_all(states.iter().copied());
        sql.push(" order by s.sent_at, s.entry_id").limit(limit);
        let rows = sql.all(&mut *self.reader().await?).await?;
        rows.iter().map(|row| row.read("entry_id")).collect()
    }

    async fn submission_where(
        &self,
        one: (&str, &str),
        other: (&str, &str),
    ) -> Result<Option<Submission>, StoreError> {
        let (a, b) = (one.0, other.0);
        let row = Sql::new(format!(
            "select {COLUMNS} from submission s where {a} = $1 and {b} = $2"
        ))
        .with(one.1)
        .with(other.1)
        .optional(&mut *self.reader().await?)
        .await?;
        row.as_ref().map(submission).transpose()
    }
}

fn submission(row: &AnyRow) -> Result<Submission, StoreError> {
    Ok(Submission {
        entry: row.read("entry_id")?,
        site: row.read("site_id")?,
        code: row.text("code")?,
        token_hash: row.text("token_hash")?,
        sent_at: row.instant("sent_at")?,
        form: row.text("form")?,
        consent: row.text("consent")?,
        proof: row.text_or_none("proof")?,
        about: row.read_or_none("about")?,
        channel: row.text("channel")?,
        recorded_by: row.text_or_none("recorded_by")?,
        alike: row.text_or_none("alike")?,
        mail_confirmed_at: row.instant_or_none("mail_confirmed_at")?,
    })
}
