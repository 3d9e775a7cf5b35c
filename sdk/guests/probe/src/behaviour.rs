//! What a plugin should do: answer, read, count, follow links, log.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU32, Ordering};

use dinh_sdk::serde_json::json;
use dinh_sdk::{CountQuery, Host, Level, Outcome, Query, Request, Role, Slice, View};

/// Survives from one call to the next only if the host re-uses an instance.
static CALLS: AtomicU32 = AtomicU32::new(0);

/// The collection that the host's tests answer for.
pub(crate) const NOTES: &str = "probe/note";

pub(crate) fn page(request: &Request, host: &impl Host) -> Result<Outcome, String> {
    let model = match request.route.as_str() {
        "ok" => {
            json!({ "site": request.site, "slug": request.param("slug"), "on": request.asked("on") })
        }
        "residue" => json!({ "calls": CALLS.fetch_add(1, Ordering::Relaxed) + 1 }),
        "seed" => json!({ "length": HashMap::from([(1, 2)]).len() }),
        "clock" => json!({ "now": host.now_ms(), "today": host.today() }),
        "get" => {
            let entry = host.get(NOTES, request.asked("id").unwrap_or_default())?;
            json!({ "title": entry.title, "body": entry.body, "revision": entry.revision })
        }
        "many" => {
            let entries = host.get_many(NOTES, &["1", "2"])?;
            json!({ "titles": entries.iter().map(|entry| &entry.title).collect::<Vec<_>>() })
        }
        "query" => {
            let query = Query::new()
                .eq("kind", "notice")
                .any_of("year", [2024, 2025])
                .from("issued", "2024-01-01")
                .to("issued", "2025-12-31")
                .sort_descending("issued")
                .fields(["kind"])
                .limit(2);
            let page = host.query(NOTES, &query)?;
            let kinds = page.entries.iter().map(|entry| entry.text("kind"));
            json!({ "kinds": kinds.collect::<Vec<_>>(), "next": page.next, "total": page.total })
        }
        "count" => {
            let counts = host.count(NOTES, &CountQuery::new().eq("open", true).by("kind"))?;
            let kinds = counts.by.get("kind").into_iter().flatten();
            json!({ "total": counts.total, "kinds": kinds.map(|one| (&one.value, one.count)).collect::<Vec<_>>() })
        }
        "links" => {
            let links = host.links(NOTES, &["1", "2"], Some("relations"))?;
            let seen = links
                .iter()
                .map(|link| (&link.of, &link.kind, link.outgoing, link.fact("issued")));
            json!({ "links": seen.collect::<Vec<_>>() })
        }
        "table" => {
            let field = request.asked("field").unwrap_or("figures");
            let told = host.describe(NOTES, "1", field)?;
            let communes = told.by(Role::Geo).map_or(0, |it| it.codes.len());
            let cells = host.slice(NOTES, "1", field, &Slice::new().pick("commune", ["b", "a"]))?;
            let cells = cells.iter().map(|it| (&it.number, &it.sign));
            json!({ "unit": told.unit, "communes": communes, "cells": cells.collect::<Vec<_>>() })
        }
        "log" => {
            host.log(Level::Warn, "a line for the operator");
            json!({})
        }
        "fault" => return Err("nothing to show".into()),
        "redirect" => {
            return Ok(Outcome::Redirect(
                request.asked("to").unwrap_or_default().into(),
            ));
        }
        "missing" => return Ok(Outcome::NotFound),
        "data" => {
            return Ok(Outcome::Data {
                media_type: request.asked("type").unwrap_or_default().into(),
                bytes: b"a,b\n".to_vec(),
            });
        }
        other => return Err(format!("no such route: {other}")),
    };
    Ok(View::new("probe", &model)?.with_max_age_s(60).into())
}
