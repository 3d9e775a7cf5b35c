//! Whom the operator trusts no longer.

use dinh_package::KeyId;
use dinh_store::{KeyRole, Revoked, TrustedKey};

use serde_json::json;

use crate::audit::Act;
use crate::failure::Failure;
use crate::portal::Portal;

/// Longest reason, in characters: it stands in one line of a list.
const REASON_CHARS_MAX: usize = 200;

impl Portal {
    /// Trusts keys no longer, for ever. Plugins that they signed stop at once; keys that nobody
    /// knows yet will not be taken in.
    pub async fn revoke_keys(&self, keys: &[(KeyId, String)], by: &str) -> Result<String, Failure> {
        let _alone = self.alone().await?;
        for (id, reason) in keys {
            let chars = reason.chars().count();
            if !(1..=REASON_CHARS_MAX).contains(&chars) || reason.chars().any(char::is_control) {
                return Err(Failure::Refused(format!(
                    "{id}: the reason is not 1 to {REASON_CHARS_MAX} characters of one line"
                )));
            }
        }
        let mut tx = self.store().begin_write().await?;
        for (id, reason) in keys {
            let revoked = Revoked {
                at: self.now(),
                reason: reason.clone(),
            };
            tx.add_plugin_key(&unknown(id, &revoked, by)).await?;
            tx.revoke_plugin_key(id.as_str(), &revoked).await?;
            let act = Act {
                what: "key-revoked",
                kind: "key",
                subject: id.as_str(),
                before: None,
                after: Some(json!({ "state": "revoked", "reason": reason })),
            };
            tx.audit(self.act(by, act));
            tx.log_change(self.plugin_change("key-revoked", by, &format!("{id}: {reason}")));
        }
        self.commit(tx).await?;
        let portal = self.follow_plugins_alone().await?;
        portal.directory().await?;
        let revoked = |key: &str| keys.iter().any(|(id, _)| id.as_str() == key);
        let stopped = portal.plugins().all().filter_map(|it| {
            let origin = it.origin.as_ref()?;
            revoked(&origin.publisher_key).then(|| it.declaration.manifest.id.to_string())
        });
        let stopped: Vec<String> = stopped.collect();
        let stopped = match stopped.as_slice() {
            [] => "no plugin was signed by them".to_owned(),
            some => format!("stopped: {}", some.join(", ")),
        };
        Ok(format!("{} keys revoked; {stopped}", keys.len()))
    }
}

fn unknown(id: &KeyId, revoked: &Revoked, by: &str) -> TrustedKey {
    TrustedKey {
        id: id.to_string(),
        public_key: String::new(),
        name: String::new(),
        role: KeyRole::Publisher,
        line: id.to_string(),
        trusted_at: revoked.at,
        trusted_by: by.to_owned(),
        revoked: Some(revoked.clone()),
    }
}
