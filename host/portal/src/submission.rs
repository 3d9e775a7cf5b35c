//! What citizens send: a form that is made from a declaration, an entry that waits for a moderator, a code and a
//! secret link by which the sender follows it, and private fields that lie sealed and can be erased.

mod about;
mod code;
mod desk;
mod erase;
mod files;
mod letters;
mod note;
mod operator;
mod proof;
mod record;
mod send;
mod show;
mod track;

use dinh_domain::declaration::{Collection, Submission};
use dinh_domain::ids::{CollectionId, EntryId};
use dinh_store::SealedPrivate;
use serde::{Deserialize, Serialize};

use crate::failure::Failure;
use crate::plugins::LoadedPlugin;
use crate::portal::Portal;

pub(crate) use about::is_open;
pub use desk::{PrivateShown, SendingShown};
pub(crate) use files::DAY_MS;
pub use files::{PostedFile, PostedForm};
pub use letters::MAIL_SEAL;
pub use proof::Puzzle;
use proof::{PROOF_FIELD, VERSION_FIELD};
pub use record::{CHANNELS, RecordForm, Recording};
pub(crate) use send::SENDER;
pub use send::Taking;
pub use track::{OwnData, Tracked, TrackedBriefly, TrackedStep};

/// Parameter of a form's address that names a part of the entry that it is about.
pub(crate) const POINT: &str = "phan";

/// A form of a plugin at a path below its section.
pub(crate) struct FormAt<'a> {
    pub(crate) id: CollectionId,
    pub(crate) collection: &'a Collection,
    pub(crate) form: &'a Submission,
    /// The entry that the path names.
    pub(crate) slug: Option<&'a str>,
}

/// The form at a path below a section.
pub(crate) fn form_at<'a>(plugin: &'a LoadedPlugin, rest: &'a str) -> Option<FormAt<'a>> {
    let declaration = &plugin.declaration;
    declaration
        .collections
        .iter()
        .find_map(|(name, collection)| {
            let form = collection.submission.as_ref()?;
            let slug = match form.path.strip_prefix("{slug}/") {
                None if form.path == rest => None,
                Some(word) => Some(rest.strip_suffix(word)?.strip_suffix('/')?),
                None => return None,
            };
            if slug.is_some_and(|slug| slug.is_empty() || slug.contains('/')) {
                return None;
            }
            Some(FormAt {
                id: CollectionId::new(&declaration.manifest.id, name).ok()?,
                collection,
                form,
                slug,
            })
        })
}

/// What the private fields of an entry are sealed for.
pub(crate) fn sealed_for(entry: &EntryId) -> String {
    format!("entry-private/{entry}")
}

/// A private field as it lies sealed: with what was said of it when it was sent, which no later version of the plugin
/// makes less.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Kept {
    name: String,
    label: String,
    is_personal: bool,
    value: String,
}

impl Kept {
    fn line(&self) -> (String, String) {
        (self.label.clone(), self.value.clone())
    }
}

impl Portal {
    /// The private fields of an entry, opened; empty where there are none, or no more.
    async fn private_fields(&self, entry: &EntryId) -> Result<Vec<Kept>, Failure> {
        let Some(sealed) = self.store().private_of(entry).await? else {
            return Ok(Vec::new());
        };
        let SealedPrivate {
            data_key, sealed, ..
        } = sealed;
        let envelope = dinh_package::Envelope { data_key, sealed };
        let opened = self
            .seal_key()
            .open_envelope(&sealed_for(entry), &envelope)
            .map_err(Failure::internal)?;
        serde_json::from_str(&opened).map_err(Failure::internal)
    }
}
