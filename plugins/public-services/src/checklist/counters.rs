//! Where a procedure is carried out.

use dinh_sdk::{Entry, Host, Link};
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
    let held: Vec<&Link> = links.iter().filter(|it| it.outgoing).collect();
    let ids: Vec<&str> = held.iter().filter_map(|it| it.entry.as_deref()).collect();
    let found = host.get_many(COUNTERS, &ids)?;
    let counters = held.iter().map(|link| {
        let mut all = found.iter();
        let entry = all.find(|it| Some(it.id.as_str()) == link.entry.as_deref());
        entry.map_or_else(|| elsewhere(link), counter)
    });
    Ok(counters.collect())
}

/// One of a site above, or one that is not on the portal: what the procedure's own page says of it.
fn elsewhere(link: &Link) -> Counter {
    let fact = |field| link.fact(field).unwrap_or_default().to_owned();
    let days = fact("hours_in_short");
    let hours = Hours {
        days,
        morning: String::new(),
        afternoon: String::new(),
    };
    Counter {
        name: link.label.clone(),
        href: link.url.clone().filter(|it| !it.is_empty()),
        unit: fact("unit"),
        address: String::new(),
        phone: fact("phone"),
        hours: Some(hours)
            .filter(|it| !it.days.is_empty())
            .into_iter()
            .collect(),
    }
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
