//! Whom the operator trusts.

use dinh_package::PublicKeyFile;
use dinh_store::{KeyRole, TrustedKey};
use serde::Serialize;
use serde_json::json;

use crate::audit::Act;
use crate::failure::Failure;
use crate::portal::Portal;

/// A key as operators see it.
#[derive(Debug, Clone, Serialize)]
pub struct KeyLine {
    /// Its short name.
    pub key: String,
    /// Whose it is.
    pub name: String,
    /// `publisher` or `reviewer`.
    pub role: String,
    /// The first of the keys that follow one another.
    pub line: String,
    /// `trusted` or `revoked`.
    pub state: String,
    /// Why it was revoked.
    pub reason: String,
}

impl Portal {
    /// Takes in a key. One that follows a trusted key takes over its plugins.
    pub async fn trust_key(
        &self,
        file: &PublicKeyFile,
        role: KeyRole,
        by: &str,
    ) -> Result<String, Failure> {
        let _alone = self.alone().await?;
        let id = file.public.id().to_string();
        let keys = self.store().plugin_keys().await?;
        if let Some(known) = keys.iter().find(|it| it.id == id) {
            return again(known, role);
        }
        let line = match &file.follows {
            None => id.clone(),
            Some(before) => former(&keys, before.public.id().as_str(), role)?
                .line
                .clone(),
        };
        let key = TrustedKey {
            id: id.clone(),
            public_key: file.public.to_string(),
            name: file.name.clone(),
            role,
            line,
            trusted_at: self.now(),
            trusted_by: by.to_owned(),
            revoked: None,
        };
        let mut tx = self.store().begin_write().await?;
        tx.add_plugin_key(&key).await?;
        let act = Act {
            what: "key-trusted",
            kind: "key",
            subject: &id,
            before: None,
            after: Some(json!({
                "name": key.name,
                "role": role.as_str(),
                "line": key.line,
                "public_key": key.public_key,
            })),
        };
        tx.audit(self.act(by, act));
        tx.log_change(self.plugin_change("key-trusted", by, &id));
        self.commit(tx).await?;
        let role = role.as_str();
        Ok(format!("{id} of {} is trusted as a {role}", file.name))
    }

    /// All keys that were ever taken in or revoked.
    pub async fn keys(&self) -> Result<Vec<KeyLine>, Failure> {
        let keys = self.store().plugin_keys().await?;
        let lines = keys.into_iter().map(|it| KeyLine {
            key: it.id,
            name: it.name,
            role: it.role.as_str().to_owned(),
            line: it.line,
            state: if it.revoked.is_some() {
                "revoked"
            } else {
                "trusted"
            }
            .to_owned(),
            reason: it.revoked.map(|it| it.reason).unwrap_or_default(),
        });
        Ok(lines.collect())
    }
}

fn again(known: &TrustedKey, role: KeyRole) -> Result<String, Failure> {
    let id = &known.id;
    if let Some(revoked) = &known.revoked {
        let reason = &revoked.reason;
        return Err(Failure::Refused(format!(
            "{id} was revoked: {reason}; a revoked key is never trusted again, its owner makes a new one"
        )));
    }
    let known_role = known.role.as_str();
    if known.role != role {
        return Err(Failure::Refused(format!(
            "{id} is trusted as a {known_role}; one key has one role"
        )));
    }
    Ok(format!("{id} of {} is trusted already", known.name))
}

fn former<'a>(keys: &'a [TrustedKey], id: &str, role: KeyRole) -> Result<&'a TrustedKey, Failure> {
    let refused = |why: String| Err(Failure::Refused(why));
    match keys.iter().find(|it| it.id == id) {
        None => refused(format!(
            "the key follows {id}, which is not trusted here: trust that one first"
        )),
        Some(it) if it.revoked.is_some() => refused(format!(
            "the key follows {id}, which was revoked: whoever has a revoked key could have signed this"
        )),
        Some(it) if it.role != role => refused(format!(
            "the key follows {id}, which is trusted as a {}",
            it.role.as_str()
        )),
        Some(it) => Ok(it),
    }
}
