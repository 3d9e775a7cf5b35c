//! Subscriptions by mail: to a list of a site, as it is filtered, or to one entry. Nothing is sent before whoever has the
//! address confirms it, and each message leads to where it ends at once.

mod about;
mod ask;
mod hold;
mod news;

use dinh_package::Envelope;
use dinh_store::Subscription;
use serde::{Deserialize, Serialize};

use crate::failure::Failure;
use crate::portal::Portal;

pub use about::SubscriptionAbout;
pub use ask::SubscriptionRefusal;
pub use hold::{Subscribed, SubscriptionShown};

/// Path above the links that confirm; what stands behind it is a secret.
pub(crate) const CONFIRM_PATH: &str = "/nhan-tin/xac-nhan/";
/// Path above the links by which a subscription is looked at and ended; what stands behind it is a secret.
pub(crate) const END_PATH: &str = "/nhan-tin/bo/";
/// How long a link that confirms is good for, in hours.
pub(crate) const CONFIRM_WITHIN_H: i64 = 48;
/// Milliseconds of an hour.
const HOUR_MS: i64 = 60 * 60 * 1_000;
/// Who acts where a subscriber does.
const SUBSCRIBER: &str = "subscriber";

/// What is kept of a subscriber, sealed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Held {
    /// The address.
    pub(crate) address: String,
    /// The secret of the link by which it ends.
    pub(crate) end: String,
}

/// What the address of a subscription is sealed for.
pub(crate) fn sealed_for(id: &str) -> String {
    format!("subscription/{id}")
}

/// What a subscription is about, in a message.
pub(crate) struct SubscribedTo {
    /// In words: the list with its filter, or the entry.
    pub(crate) label: String,
    /// Where it is read.
    pub(crate) path: String,
}

impl Portal {
    /// What is kept of a subscriber, opened.
    pub(crate) fn subscriber(&self, it: &Subscription) -> Result<Held, Failure> {
        let envelope = Envelope {
            data_key: it.data_key.clone(),
            sealed: it.sealed.clone(),
        };
        let opened = self
            .seal_key()
            .open_envelope(&sealed_for(&it.id), &envelope)
            .map_err(Failure::internal)?;
        serde_json::from_str(&opened).map_err(Failure::internal)
    }
}
