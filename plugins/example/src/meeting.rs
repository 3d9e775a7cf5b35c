//! A meeting as pages show it.

use dinh_sdk::Entry;
use dinh_sdk::serde::Serialize;

/// The collection, as the host knows it.
pub const COLLECTION: &str = "example/meeting";

/// Fields that pages ask for.
pub const FIELDS: [&str; 3] = ["subject", "held_on", "place"];

/// One meeting in a list. Days are `YYYY-MM-DD`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(crate = "dinh_sdk::serde")]
pub struct Meeting {
    /// What it is about.
    pub subject: String,
    /// When.
    pub held_on: String,
    /// Where; empty where nobody said.
    pub place: String,
    /// The address of its page.
    pub href: String,
    /// It is the one that the page is about.
    pub current: bool,
    /// It is today.
    pub today: bool,
}

impl Meeting {
    /// Of an entry that was asked for with [`FIELDS`].
    pub fn of(entry: &Entry, today: &str) -> Self {
        let text = |field: &str| entry.text(field).unwrap_or_default().to_owned();
        Self {
            subject: text("subject"),
            held_on: text("held_on"),
            place: text("place"),
            href: entry.url.clone(),
            current: false,
            today: entry.text("held_on") == Some(today),
        }
    }
}
