//! Somebody who is signed in on the admin host looks at another site as its host shows it. The session stays where it
//! is: the other host gets a token of its own, for a code that is used once, and it is worth nothing elsewhere.

use dinh_domain::dates::Instant;

use super::{SignedIn, SignedToken, secret};
use crate::failure::Failure;
use crate::portal::Portal;

/// How long a code waits to be handed in: a browser is led on at once.
const CODE_MS: i64 = 60_000;

impl Portal {
    /// A code with which a session is taken over on a site's host.
    pub async fn hand_over_to(&self, who: &SignedIn, host: &str) -> Result<String, Failure> {
        let now = self.now();
        let until = Instant(now.0.saturating_add(CODE_MS));
        let (code, hash) = secret::token()?;
        let mut tx = self.store().begin_write().await?;
        tx.add_code(&hash, (&who.session, host), (now, until))
            .await?;
        tx.commit().await?;
        Ok(code)
    }

    /// Takes a session over on a site's host; none for a code that is none, was for another host, waited too long or
    /// was handed in before.
    pub async fn take_over(&self, code: &str, host: &str) -> Result<Option<SignedToken>, Failure> {
        let Some(code) = secret::hash_of(code) else {
            return Ok(None);
        };
        // Anybody may ask: who has no code takes no turn among those who write.
        let now = self.now();
        if !self.store().has_code(&code, host, now).await? {
            return Ok(None);
        }
        let (token, hash) = secret::token()?;
        // Two previews that were opened at once do not end one another.
        let earlier = Instant(now.0.saturating_sub(CODE_MS));
        let mut tx = self.store().begin_write().await?;
        let is_taken = tx.hand_in((&code, host), &hash, (now, earlier)).await?;
        tx.commit().await?;
        Ok(is_taken.then_some(SignedToken(token)))
    }

    /// Who is signed in on a site's host that is not the admin host; as [`Portal::signed_in`] otherwise.
    pub async fn signed_in_at(
        &self,
        host: &str,
        token: &str,
        now: Instant,
    ) -> Result<Option<SignedIn>, Failure> {
        let Some(hash) = secret::hash_of(token) else {
            return Ok(None);
        };
        match self.store().session_elsewhere(&hash, host).await? {
            Some(row) => self.going_on(row, now).await,
            None => Ok(None),
        }
    }
}
