//! A plugin's `fixtures/<site>.toml` as entries, each with an OpenDocument file made from it.

use dinh_domain::dates::{LocalDate, Zone};
use dinh_domain::declaration::{Collection, Declaration, FieldKind};
use dinh_domain::display;
use dinh_domain::entry::Body;
use dinh_domain::ids::{CollectionId, SiteId};
use dinh_domain::vietnamese;
use dinh_files::{Paragraph, write_odt};
use dinh_portal::{Draft, LoadedPlugin, NewFile, Portal, words_of_fault};
use serde::Deserialize;
use serde_json::Value;

/// Entries posted in one transaction.
const BATCH: usize = 20;
/// The file that is made for an entry: its `label`, and its `text` where that is not the entry's own.
pub(crate) const ATTACH: &str = "attach";
/// Minutes after midnight at which demo entries were posted: nine in the morning.
const POSTED_AT_MINUTES: i64 = 9 * 60;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Fixtures {
    entry: Vec<Body>,
}

/// The collection that an entry names by `collection`, else the first; takes the name away.
pub(crate) fn collection_of<'a>(
    declaration: &'a Declaration,
    body: &mut Body,
) -> Result<(&'a str, &'a Collection), String> {
    let named = body.shift_remove("collection");
    let found = match named.as_ref().and_then(Value::as_str) {
        Some(name) => declaration.collections.get_key_value(name),
        None => declaration.collections.first(),
    };
    let (name, collection) = found.ok_or_else(|| {
        let named = named.as_ref().map_or_else(String::new, Value::to_string);
        format!("there is no collection {named}: name one of collections/")
    })?;
    Ok((name, collection))
}

/// Posts what a plugin has for a site.
pub(super) async fn post(portal: &Portal, plugin: &LoadedPlugin, site: &str) -> Result<(), String> {
    let path = format!("fixtures/{site}.toml");
    let Some(bytes) = plugin.files.get(&path) else {
        return Ok(());
    };
    let text = std::str::from_utf8(bytes).map_err(|error| format!("{path}: {error}"))?;
    let fixtures: Fixtures = toml::from_str(text).map_err(|error| format!("{path}: {error}"))?;
    let mut drafts = Vec::new();
    for (at, body) in fixtures.entry.into_iter().enumerate() {
        drafts.push(draft(plugin, site, at, body).map_err(|error| format!("{path}: {error}"))?);
    }
    while !drafts.is_empty() {
        let batch: Vec<Draft> = drafts.drain(..drafts.len().min(BATCH)).collect();
        let keys: Vec<Option<String>> = batch.iter().map(|it| it.import_key.clone()).collect();
        let results = portal
            .post("demo", batch)
            .await
            .map_err(|error| error.to_string())?;
        for (key, result) in keys.into_iter().zip(results) {
            let key = key.unwrap_or_default();
            result.map_err(|faults| {
                let told = faults.iter();
                let told =
                    told.map(|it| format!("{}: {}", it.path, words_of_fault(Some(plugin), it)));
                format!("{path}: {key}: {}", told.collect::<Vec<_>>().join("; "))
            })?;
        }
    }
    Ok(())
}

fn draft(plugin: &LoadedPlugin, site: &str, at: usize, mut body: Body) -> Result<Draft, String> {
    let (name, declared) = collection_of(&plugin.declaration, &mut body)?;
    let collection = CollectionId::new(&plugin.declaration.manifest.id, name)
        .map_err(|error| format!("entry {at}: {error}"))?;
    let posted = body.shift_remove("posted_on");
    let posted = posted.as_ref().and_then(Value::as_str).unwrap_or_default();
    let posted = LocalDate::parse(posted).map_err(|error| format!("entry {at}: {error}"))?;
    let attached = body.shift_remove(ATTACH);
    let part = |name: &str| attached.as_ref()?.get(name)?.as_str().map(str::to_owned);
    let (attached, text) = (part("label"), part("text"));
    let start = Zone::default().start_of(posted);
    let published_at = dinh_domain::dates::Instant(start.0 + POSTED_AT_MINUTES * 60_000);
    let filled =
        |pattern: &str| display::pattern(&plugin.declaration, declared, &body, pattern, "vi");
    let title = filled(&declared.view.title);
    let field = declared
        .schema
        .iter()
        .find(|(_, it)| matches!(it.kind, FieldKind::Files { .. }));
    // An entry that must have a file has its own text; another one what it calls by `attach`.
    let full = format!("Toàn văn {title}");
    let label = match field {
        Some((_, it)) if !it.gate => attached,
        _ => Some(attached.unwrap_or(full)),
    };
    let of_file = match &text {
        Some(_) => label.clone().unwrap_or_default(),
        None => title,
    };
    let files = match field.zip(label) {
        None => Vec::new(),
        Some(((field, _), label)) => vec![NewFile {
            field: field.clone(),
            name: format!("{}.odt", vietnamese::slugify(&of_file, 60)),
            label,
            layout: None,
            content: file(
                &of_file,
                declared.view.summary.as_deref(),
                &body,
                text.as_deref(),
            )
            .map_err(|error| error.to_string())?
            .into(),
        }],
    };
    Ok(Draft {
        site: SiteId::new(site).map_err(|error| error.to_string())?,
        import_key: Some(format!("demo-{at}")),
        collection,
        body,
        source: None,
        lifted: Vec::new(),
        files,
        published_at: Some(published_at),
        faults: Vec::new(),
    })
}

/// The file of an entry: a text of its own, or the longest of the entry's below what sums it up.
fn file(
    title: &str,
    summary: Option<&str>,
    body: &Body,
    own: Option<&str>,
) -> std::io::Result<Vec<u8>> {
    let text = |field: &str| body.get(field).and_then(Value::as_str).unwrap_or_default();
    let mut paragraphs = vec![Paragraph::Title(title.to_uppercase())];
    if let (Some(summary), None) = (summary, own) {
        paragraphs.push(Paragraph::Heading(text(summary).to_owned()));
    }
    let texts = body.values().filter_map(Value::as_str);
    let longest = texts.max_by_key(|text| text.len());
    let lines = own.or(longest).unwrap_or_default().lines();
    let lines = lines.map(str::trim).filter(|line| !line.is_empty());
    paragraphs.extend(lines.map(|line| Paragraph::Text(line.to_owned())));
    write_odt(title, &paragraphs)
}
