//! The import that writes drafts for the desk.

use super::CallState;
use crate::bindings::imports::dinh::content::write;
use crate::draft::read;
use crate::{DraftEffect, DraftError, DraftTarget, SavedDraft};

impl write::Host for CallState {
    async fn save_draft(
        &mut self,
        collection: String,
        target: write::Target,
        body: String,
    ) -> wasmtime::Result<Result<write::Saved, write::Error>> {
        let began = self.begin()?;
        let target = match target {
            write::Target::Key(key) => DraftTarget::Key(key),
            write::Target::Id(id) => DraftTarget::Id(id),
        };
        let answer = match read(collection, target, &body) {
            Ok(draft) => self.host.save_draft(draft).await,
            Err(refusal) => Err(refusal),
        };
        self.worked(began);
        Ok(answer.map(saved).map_err(error))
    }
}

fn saved(saved: SavedDraft) -> write::Saved {
    write::Saved {
        id: saved.id,
        effect: match saved.effect {
            DraftEffect::Created => write::Effect::Created,
            DraftEffect::Revised => write::Effect::Revised,
            DraftEffect::Unchanged => write::Effect::Unchanged,
        },
    }
}

fn error(error: DraftError) -> write::Error {
    match error {
        DraftError::ReadOnly => write::Error::ReadOnly,
        DraftError::Denied(why) => write::Error::Denied(why),
        DraftError::Invalid(why) => write::Error::Invalid(why),
        DraftError::Faults(faults) => {
            let faults = faults.into_iter().map(|it| write::Fault {
                path: it.path,
                message_key: it.message_key,
                message: it.message,
            });
            write::Error::Faults(faults.collect())
        }
        DraftError::NotFound => write::Error::NotFound,
        DraftError::UnderWay(why) => write::Error::UnderWay(why),
        DraftError::Closed(why) => write::Error::Closed(why),
        DraftError::TooLarge(why) => write::Error::TooLarge(why),
        DraftError::Quota(why) => write::Error::Quota(why),
        DraftError::Rate(why) => write::Error::Rate(why),
        DraftError::Unavailable(why) => write::Error::Unavailable(why),
    }
}
