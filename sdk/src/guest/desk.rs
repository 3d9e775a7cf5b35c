//! Drafts of the real host.

use super::bindings::imports::dinh::content::write;
use super::text;
use crate::{DraftError, DraftFault, Effect, NewDraft, Saved, Target};

pub(super) fn save(draft: &NewDraft) -> Result<Saved, DraftError> {
    let target = match &draft.target {
        Target::Key(key) => write::Target::Key(key.clone()),
        Target::Id(id) => write::Target::Id(id.clone()),
    };
    let saved = write::save_draft(&draft.collection, &target, &text(&draft.fields));
    let saved = saved.map_err(error)?;
    Ok(Saved {
        id: saved.id,
        effect: match saved.effect {
            write::Effect::Created => Effect::Created,
            write::Effect::Revised => Effect::Revised,
            write::Effect::Unchanged => Effect::Unchanged,
        },
    })
}

fn error(error: write::Error) -> DraftError {
    match error {
        write::Error::ReadOnly => DraftError::ReadOnly,
        write::Error::Denied(why) => DraftError::Denied(why),
        write::Error::Invalid(why) => DraftError::Invalid(why),
        write::Error::Faults(faults) => {
            let faults = faults.into_iter().map(|it| DraftFault {
                path: it.path,
                message_key: it.message_key,
                message: it.message,
            });
            DraftError::Faults(faults.collect())
        }
        write::Error::NotFound => DraftError::NotFound,
        write::Error::UnderWay(why) => DraftError::UnderWay(why),
        write::Error::Closed(why) => DraftError::Closed(why),
        write::Error::TooLarge(why) => DraftError::TooLarge(why),
        write::Error::Quota(why) => DraftError::Quota(why),
        write::Error::Rate(why) => DraftError::Rate(why),
        write::Error::Unavailable(why) => DraftError::Unavailable(why),
    }
}
