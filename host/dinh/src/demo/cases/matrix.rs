//! Who may see what: an entry of each collection in each state, asked for on every path that could
//! show it. What is published is found on all of them, everything else on none.

mod draft;

use dinh_domain::declaration::{Collection, FieldKind, VERSIONS_WORD};
use dinh_domain::ids::{EntryId, PluginId};
use dinh_domain::site::Site;
use dinh_portal::Portal;
use serde_json::Value;

use super::stage::Stage;
use crate::demo::browse;

/// What an entry is in, while it is asked for.
const STATES: [(&str, bool); 5] = [
    (DRAFT, false),
    ("published", true),
    ("section off", false),
    ("section on", true),
    ("withdrawn", false),
];

/// Entries that are asked for their table.
const LOOKED_AT: u32 = 20;

/// The state of a text that somebody has begun: the same words in an entry of its own.
const DRAFT: &str = "draft";

/// How an entry is found in an answer.
#[derive(Clone, Copy)]
enum Look {
    /// The answer is about it alone.
    Own,
    /// Its address is among others.
    Among,
    /// Its address is in one of the parts that the answer names.
    Parts,
}

/// Something that could show it.
struct Way {
    name: &'static str,
    path: String,
    look: Look,
}

/// An entry that a visitor finds.
struct Entry {
    host: String,
    site: String,
    id: String,
    path: String,
    title: String,
}

/// Prints the matrix and gives what is wrong with it.
pub(super) async fn run(stage: &Stage, plugin: &str) -> Result<Vec<String>, String> {
    let portal = stage.portal();
    let id = PluginId::new(plugin).map_err(|error| error.to_string())?;
    let loaded = portal.plugins().get(&id).cloned();
    let loaded = loaded.ok_or_else(|| format!("the plugin `{plugin}` is not loaded"))?;
    let declaration = &loaded.declaration;
    let mut wrong = Vec::new();
    for name in declaration.collections.keys() {
        let collection = format!("{plugin}/{name}");
        let declared = declaration.collections.get(name);
        let wants_table = declared.is_some_and(has_table);
        let Some((entry, is_table)) = first(stage, &collection, wants_table).await? else {
            println!("{collection}: no entry in fixtures/, so nobody asked who sees one");
            continue;
        };
        let list = format!(
            "{}{}",
            declaration.manifest.mount,
            declaration.own_path(name)
        );
        if wants_table && !is_table {
            println!(
                "{collection}: no entry in fixtures/ has a table, so nobody asked who sees one"
            );
        }
        let place = (collection.as_str(), list.as_str());
        let ways = ways(&entry, place, (declared, is_table));
        if declared.is_some_and(|it| it.submission.is_some()) {
            println!("{collection}: citizens send its entries and nobody drafts one: not asked");
            continue;
        }
        let draft = draft::of(portal, &loaded, &entry, name).await?;
        let begun = self::ways(&draft, place, (declared, is_table));
        let mut columns = Vec::new();
        for (state, _) in STATES {
            put(portal, &entry, plugin, state).await?;
            let (entry, ways) = if state == DRAFT {
                (&draft, &begun)
            } else {
                (&entry, &ways)
            };
            let mut column = Vec::new();
            for way in ways {
                column.push(found(stage, entry, way).await?);
            }
            columns.push(column);
        }
        print!("{}", table(&collection, &ways, &columns));
        for (column, (state, wanted)) in columns.iter().zip(STATES) {
            for (way, found) in ways.iter().zip(column).filter(|(_, it)| **it != wanted) {
                let told = if *found { "is shown" } else { "is not shown" };
                wrong.push(format!(
                    "{collection}: an entry that is {state} {told} by {} ({})",
                    way.name, way.path
                ));
            }
        }
    }
    Ok(wrong)
}

async fn ask(stage: &Stage, host: &str, path: &str) -> Result<browse::Answer, String> {
    let answer = browse::get(stage.address(), host, path).await;
    answer.map_err(|error| format!("GET {path}: {error}"))
}

/// The first entry of a collection that a site of the demo lists, with a table where one is wanted and there is one.
async fn first(
    stage: &Stage,
    collection: &str,
    wants_table: bool,
) -> Result<Option<(Entry, bool)>, String> {
    let mut without = None;
    let sites = stage.portal().sites().await;
    for site in sites.map_err(|error| error.to_string())? {
        let path = format!("/api/v1/collections/{collection}?limit={LOOKED_AT}");
        let answer = ask(stage, &site.host, &path).await?;
        let told: Value = serde_json::from_slice(&answer.body)
            .map_err(|error| format!("GET {path} on {}: {error}", site.host))?;
        for item in told["items"].as_array().into_iter().flatten() {
            let entry = listed(item, &site, &path)?;
            let table = format!("{}/bang", entry.path);
            if wants_table && ask(stage, &entry.host, &table).await?.status == 200 {
                return Ok(Some((entry, true)));
            }
            without.get_or_insert(entry);
            if !wants_table {
                break;
            }
        }
        if !wants_table && without.is_some() {
            break;
        }
    }
    Ok(without.map(|entry| (entry, false)))
}

/// An item of a list of the API.
fn listed(item: &Value, site: &Site, path: &str) -> Result<Entry, String> {
    let text = |key: &str| {
        let told = item[key].as_str().map(str::to_owned);
        told.ok_or_else(|| format!("GET {path} on {}: an item without `{key}`", site.host))
    };
    let url = text("url")?;
    let own = url.split_once("://").map_or(url.as_str(), |(_, rest)| {
        rest.find('/').map_or("/", |at| &rest[at..])
    });
    Ok(Entry {
        path: own.to_owned(),
        id: text("id")?,
        title: text("title")?,
        site: site.id.to_string(),
        host: site.host.clone(),
    })
}

fn has_table(collection: &Collection) -> bool {
    let mut fields = collection.schema.values();
    fields.any(|it| matches!(it.kind, FieldKind::Table {}))
}

fn ways(
    entry: &Entry,
    (collection, list): (&str, &str),
    (declared, is_table): (Option<&Collection>, bool),
) -> Vec<Way> {
    let way = |name, look, path: String| Way { name, path, look };
    let (page, api) = (&entry.path, format!("/api/v1/collections/{collection}"));
    let asked = encoded(&entry.title);
    let has = |it: fn(&Collection) -> bool| declared.is_some_and(it);
    let versions = || way("versions", Look::Own, format!("{page}/{VERSIONS_WORD}"));
    let calendar = || way("calendar", Look::Among, format!("/{list}/calendar.ics"));
    let table = || way("table", Look::Own, format!("{page}/bang"));
    let file = || {
        way(
            "table as a file",
            Look::Own,
            format!("{page}/bang/so-lieu.csv"),
        )
    };
    let more = [
        is_table.then(table),
        is_table.then(file),
        has(|it| it.versions.is_some()).then(versions),
        has(|it| it.calendar.is_some()).then(calendar),
    ];
    let mut ways = vec![
        way("page", Look::Own, page.clone()),
        way("print view", Look::Own, format!("{page}/ban-in")),
        way("saved copy", Look::Own, format!("{page}/ban-luu")),
        way("search", Look::Among, format!("/tim-kiem?q={asked}")),
        way("sitemap", Look::Parts, "/sitemap.xml".to_owned()),
        way("API list", Look::Among, api.clone()),
        way("API entry", Look::Own, format!("{api}/{}", entry.id)),
        way(
            "API search",
            Look::Among,
            format!("/api/v1/search?q={asked}"),
        ),
        way("list", Look::Among, format!("/{list}")),
        way("feed", Look::Among, format!("/{list}/feed.atom")),
        way("export", Look::Among, format!("/{list}/export.csv")),
    ];
    ways.extend(more.into_iter().flatten());
    if declared.is_some_and(|it| it.view.citation.is_some()) {
        ways.push(way("BibTeX", Look::Own, format!("{page}/trich-dan.bib")));
        ways.push(way("RIS", Look::Own, format!("{page}/trich-dan.ris")));
    }
    ways
}

/// Brings it about; one state follows the other.
async fn put(portal: &Portal, entry: &Entry, plugin: &str, state: &str) -> Result<(), String> {
    let told = |failure: dinh_portal::Failure| failure.to_string();
    match state {
        "section off" => portal
            .set_module(&entry.site, plugin, false)
            .await
            .map_err(told),
        "section on" => portal
            .set_module(&entry.site, plugin, true)
            .await
            .map_err(told),
        "withdrawn" => {
            let id = EntryId::new(&entry.id).map_err(|error| error.to_string())?;
            portal
                .withdraw("test", &id, "test", None)
                .await
                .map_err(told)
        }
        _ => Ok(()),
    }
}

async fn found(stage: &Stage, entry: &Entry, way: &Way) -> Result<bool, String> {
    let answer = ask(stage, &entry.host, &way.path).await?;
    let good = answer.status == 200;
    // Lines of a calendar are folded.
    let unfolded = |answer: &browse::Answer| answer.text().replace("\r\n ", "");
    let names = |answer: &browse::Answer| unfolded(answer).contains(&entry.path);
    match way.look {
        Look::Own => Ok(good),
        // A search repeats what was asked for; the address it does not.
        Look::Among => Ok(good && names(&answer)),
        Look::Parts => {
            for part in 1..=answer.text().matches("<sitemap>").count() {
                let path = format!("{}?phan={part}", way.path);
                if names(&ask(stage, &entry.host, &path).await?) {
                    return Ok(true);
                }
            }
            Ok(false)
        }
    }
}

fn table(collection: &str, ways: &[Way], columns: &[Vec<bool>]) -> String {
    let mut text = format!("{collection:24}");
    for (state, _) in STATES {
        text.push_str(&format!(" {state:>12}"));
    }
    text.push('\n');
    for (row, way) in ways.iter().enumerate() {
        text.push_str(&format!("  {:22}", way.name));
        for column in columns {
            let shown = if column.get(row) == Some(&true) {
                "shown"
            } else {
                "-"
            };
            text.push_str(&format!(" {shown:>12}"));
        }
        text.push('\n');
    }
    text
}

/// A text in an address.
fn encoded(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}
