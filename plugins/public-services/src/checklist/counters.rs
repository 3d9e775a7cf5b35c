//! Where a procedure is carried out.

use dinh_sdk::{Entry, Host};
use serde::Serialize;

use crate::procedure::{COUNTERS, PROCEDURES, rows, text};

/// A counter as the page shows it.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct Counter {
    pub(super) name: String,
    href: Option<String>,
    unit: String,
    address: String,
    phone: String,
    hours: Vec<Hours>,
}

#[derive(Debug, PartialEq, Eq, Serialize)]
struct Hours {
    days: String,
    morning: String,
    afternoon: String,
}

/// The counters that a procedure names.
pub(super) fn of(host: &impl Host, entry: &Entry) -> Result<Vec<Counter>, String> {
    let links = host.links(PROCEDURES, &[&entry.id], Some("counters"))?;
    let held = links.iter().filter(|it| it.outgoing);
    let ids: Vec<&str> = held.filter_map(|it| it.entry.as_deref()).collect();
    let found = host.get_many(COUNTERS, &ids)?;
    Ok(found.iter().map(counter).collect())
}

fn counter(entry: &Entry) -> Counter {
    let line = |field: &str| text(&entry.body, field).to_owned();
    let hours = rows(&entry.body, "hours").into_iter().map(|row| Hours {
        days: text(row, "days").to_owned(),
        morning: text(row, "morning").to_owned(),
        afternoon: text(row, "afternoon").to_owned(),
    });
    Counter {
        name: entry.title.clone(),
        href: Some(entry.url.clone()).filter(|it| !it.is_empty()),
        unit: line("unit"),
        address: line("address"),
        phone: line("phone"),
        hours: hours.collect(),
    }
}
