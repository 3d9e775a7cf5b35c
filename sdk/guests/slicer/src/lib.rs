//! A plugin whose page shows the cells of a table that it is asked for. The host's tests load it; it is no example.

use dinh_sdk::serde_json::{Value, json};
use dinh_sdk::{ContentError, Host, Outcome, Pages, Request, Slice};

/// The plugin.
pub struct Slicer;

impl Pages for Slicer {
    fn page(request: &Request, host: &impl Host) -> Result<Outcome, String> {
        let told = cut(request, host);
        let told = told.unwrap_or_else(|error| json!({ "error": error.to_string() }));
        Ok(Outcome::Data {
            media_type: "application/json".into(),
            bytes: told.to_string().into_bytes(),
        })
    }
}

fn cut(request: &Request, host: &impl Host) -> Result<Value, ContentError> {
    let asked = |name| request.asked(name).unwrap_or_default();
    let (collection, id, field) = (asked("collection"), asked("id"), asked("field"));
    let table = host.describe(collection, id, field)?;
    let mut wanted = Slice::new();
    // `nam:2014,2013;gioi-tinh:nu`
    for pick in asked("pick").split_terminator(';') {
        let (dimension, codes) = pick.split_once(':').unwrap_or((pick, ""));
        wanted = wanted.pick(dimension, codes.split_terminator(','));
    }
    let cells = host.slice(collection, id, field, &wanted)?;
    let shown = cells.iter().take(100).map(|it| json!([it.number, it.sign]));
    let dimensions = table
        .dimensions
        .iter()
        .map(|it| json!([it.id, it.codes.len()]));
    Ok(json!({
        "unit": table.unit,
        "decimals": table.decimals,
        "version": table.version,
        "dimensions": dimensions.collect::<Vec<_>>(),
        "count": cells.len(),
        "cells": shown.collect::<Vec<_>>(),
    }))
}

dinh_sdk::export_pages!(Slicer);
