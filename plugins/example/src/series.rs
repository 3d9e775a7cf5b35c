//! The page `{slug}/chuoi-hop`: a meeting with those that it continues and that continue it.

use dinh_sdk::serde::Serialize;
use dinh_sdk::{ContentError, Host, Outcome, Request, View};

use crate::meeting::{COLLECTION, Meeting};

/// What the template `series` shows.
#[derive(Serialize)]
#[serde(crate = "dinh_sdk::serde")]
struct Model {
    /// By day; empty where the meeting stands alone.
    meetings: Vec<Meeting>,
}

/// Answers with the neighbours of one entry.
pub fn page(request: &Request, host: &impl Host) -> Result<Outcome, String> {
    // The host found the entry before it called, and passes its id.
    let Some(id) = request.param("id") else {
        return Ok(Outcome::NotFound);
    };
    let entry = match host.get(COLLECTION, id) {
        Ok(entry) => entry,
        Err(ContentError::NotFound) => return Ok(Outcome::NotFound),
        Err(error) => return Err(error.into()),
    };
    let links = host.links(COLLECTION, &[id], Some("relations"))?;
    // The other end may be missing: not in the portal, or not for this reader.
    let others: Vec<&str> = links
        .iter()
        .filter_map(|link| link.entry.as_deref())
        .collect();
    let mut meetings = Vec::new();
    if !others.is_empty() {
        let today = host.today();
        meetings.extend(
            host.get_many(COLLECTION, &others)?
                .iter()
                .map(|other| Meeting::of(other, &today)),
        );
        meetings.push(Meeting {
            current: true,
            ..Meeting::of(&entry, &today)
        });
        meetings.sort_by(|a, b| a.held_on.cmp(&b.held_on));
    }
    Ok(View::new("series", &Model { meetings })?.into())
}
