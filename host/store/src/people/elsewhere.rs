//! Sessions of the admin host on other sites: codes that are handed in once, and what they are handed in for.

use dinh_domain::dates::Instant;

use super::SignedInRow;
use super::session::{COLUMNS, signed_in};
use crate::error::StoreError;
use crate::sql::Sql;
use crate::store::Store;
use crate::write::WriteTx;

impl Store {
    /// The session of a token on a site's host, by the token's SHA-256; a code is none.
    pub async fn session_elsewhere(
        &self,
        token_hash: &str,
        host: &str,
    ) -> Result<Option<SignedInRow>, StoreError> {
        let mut on = self.reader().await?;
        let row = Sql::new(format!(
            "select {COLUMNS}, a.full_name, a.state, a.totp_secret, a.password_changed_at
             from session_elsewhere o join session s on s.id = o.session_id
             join account a on a.id = s.account_id
             where o.token_hash = $1 and o.host = $2 and o.code_until is null"
        ));
        let row = row.with(token_hash).with(host).optional(&mut on).await?;
        row.as_ref().map(signed_in).transpose()
    }
}

impl Store {
    /// Whether a code waits to be handed in on a host.
    pub async fn has_code(
        &self,
        code_hash: &str,
        host: &str,
        now: Instant,
    ) -> Result<bool, StoreError> {
        let mut on = self.reader().await?;
        let good = good();
        let sql = Sql::new(format!(
            "select 1 as one from session_elsewhere where {good}"
        ));
        let found = sql.with(code_hash).with(host).with(now);
        Ok(found.optional(&mut on).await?.is_some())
    }
}

impl WriteTx {
    /// A code with which a session is taken over on a site's host until an instant, once.
    pub async fn add_code(
        &mut self,
        code_hash: &str,
        (session, host): (&str, &str),
        (now, until): (Instant, Instant),
    ) -> Result<(), StoreError> {
        let sql =
            Sql::new("delete from session_elsewhere where session_id = $1 and code_until <= $2");
        sql.with(session).with(now).run(self.on()).await?;
        let sql = Sql::new(
            "insert into session_elsewhere (token_hash, session_id, host, made_at, code_until)
             values ($1, $2, $3, $4, $5)",
        );
        let sql = sql.with(code_hash).with(session).with(host);
        sql.with(now).with(until).run(self.on()).await?;
        Ok(())
    }

    /// Hands a code in for a token; false where it is none, of another host, over, or was handed in before. Of a
    /// session there is one token on a host: those of codes from before `earlier` end.
    pub async fn hand_in(
        &mut self,
        (code_hash, host): (&str, &str),
        token_hash: &str,
        (now, earlier): (Instant, Instant),
    ) -> Result<bool, StoreError> {
        let good = good();
        let sql = Sql::new(format!(
            "update session_elsewhere set token_hash = $4, code_until = null
             where {good} and session_id in (select s.id from session s)"
        ));
        let sql = sql.with(code_hash).with(host).with(now).with(token_hash);
        if sql.run(self.on()).await? != 1 {
            return Ok(false);
        }
        let sql = Sql::new(
            "delete from session_elsewhere where code_until is null and token_hash <> $1 and host = $2
             and made_at < $3 and session_id = (select o.session_id from session_elsewhere o where o.token_hash = $1)",
        );
        let sql = sql.with(token_hash).with(host).with(earlier);
        sql.run(self.on()).await?;
        Ok(true)
    }
}

/// What makes a code, `$1`, one that may be handed in on a host, `$2`, at an instant, `$3`.
fn good() -> &'static str {
    "token_hash = $1 and host = $2 and code_until > $3"
}
