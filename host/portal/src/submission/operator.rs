//! What operators do with what is kept of a sender, by the code of their receipt.

use dinh_domain::ids::SiteId;
use dinh_store::{DeskEntry, Erasure, NewAudit, Submission};
use serde_json::json;

use super::OwnData;
use super::code::typed_code;
use crate::audit::Act;
use crate::failure::Failure;
use crate::portal::Portal;

impl Portal {
    /// Everything that is kept of a sender; the reading is recorded.
    pub async fn personal_data(
        &self,
        site: &str,
        code: &str,
        by: &str,
    ) -> Result<OwnData, Failure> {
        let (sending, entry) = self.sending_by_code(site, code).await?;
        let data = self.data_of(&sending, &entry).await?;
        let mut tx = self.store().begin_write().await?;
        tx.audit(self.sending_act(
            by,
            "personal-read",
            &sending,
            json!({"receipt": sending.code}),
        ));
        tx.commit().await?;
        Ok(data)
    }

    /// Erases what only the office reads, on a ground. Whether there was anything.
    pub async fn erase_personal(
        &self,
        site: &str,
        code: &str,
        (ground, by): (&str, &str),
    ) -> Result<bool, Failure> {
        let ground = ground.trim();
        if ground.is_empty() {
            let told = "say on what ground, such as the sender's request and its number";
            return Err(Failure::Refused(told.to_owned()));
        }
        let (sending, _) = self.sending_by_code(site, code).await?;
        let erasure = Erasure {
            entry: sending.entry.clone(),
            at: self.now(),
            actor: by.to_owned(),
            ground: ground.to_owned(),
            taken_back: false,
        };
        self.erase_private(erasure, |was_there| {
            let became = json!({"reason": ground, "erased": was_there, "receipt": sending.code});
            self.sending_act(by, "private-erased", &sending, became)
        })
        .await
    }

    fn sending_act(
        &self,
        by: &str,
        what: &str,
        sending: &Submission,
        became: serde_json::Value,
    ) -> NewAudit {
        let act = Act {
            what,
            kind: "entry",
            subject: sending.entry.as_str(),
            before: None,
            after: Some(became),
        };
        NewAudit {
            site: Some(sending.site.clone()),
            ..self.act(by, act)
        }
    }

    async fn sending_by_code(
        &self,
        site: &str,
        code: &str,
    ) -> Result<(Submission, DeskEntry), Failure> {
        let site: SiteId = self.known_site(site).await?;
        let unknown = || Failure::Refused(format!("nothing on {site} has the code `{code}`"));
        let typed = typed_code(code).ok_or_else(unknown)?;
        let sending = self.store().submission_by_code(&site, &typed).await?;
        let sending = sending.ok_or_else(unknown)?;
        let entry = self.entry_of(&sending).await?.ok_or_else(unknown)?;
        Ok((sending, entry))
    }
}
