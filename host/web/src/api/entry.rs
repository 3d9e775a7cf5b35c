use dinh_portal::shown::{DublinCore, FullEntry, FullFile, FullLink};
use serde_json::{Map, Value, json};

use super::list_address;
use crate::links;
use crate::percent;
use crate::present::{Setting, metadata};

/// Everything public of an entry.
pub(crate) fn told(setting: &Setting<'_>, full: &FullEntry) -> Value {
    let entry = &full.detail.entry;
    let url = links::absolute(setting.options, &setting.visit.site.host, &full.way);
    let list = list_address(setting, &full.collection);
    let (section, ends) = (&full.detail.section, &full.detail.ends);
    let json_ld = full.detail.json_ld.clone();
    json!({
        "id": entry.id,
        "key": entry.import_key,
        "collection": full.collection,
        "site": entry.site,
        "url": url,
        "self": format!("{list}/{}", entry.id),
        "title": entry.title,
        "summary": full.detail.summary,
        "language": entry.language,
        "author": entry.author,
        "source": entry.source,
        "published_at": full.detail.credit.posted,
        "updated_at": full.detail.credit.updated,
        "revision": entry.revision_number,
        "incomplete": entry.lifted_gates,
        "body": full.body,
        "relations": full.links.iter().map(|it| relation(setting, it)).collect::<Vec<Value>>(),
        "files": full.files.iter().map(|it| file(setting, it)).collect::<Vec<Value>>(),
        "metadata": {
            "dublin_core": dublin_core(&full.detail.dublin_core, entry.id.as_str(), &url),
            "json_ld": json_ld.map(|thing| metadata::thing(setting, thing, &url, section, ends)),
        },
    })
}

fn relation(setting: &Setting<'_>, link: &FullLink) -> Value {
    let way = link.way.as_ref();
    json!({
        "field": link.field,
        "kind": link.kind,
        "direction": if link.outgoing { "outgoing" } else { "incoming" },
        "label": link.label,
        "code": link.code,
        "title": link.title,
        "id": link.id,
        "collection": link.collection,
        "site": link.site,
        "url": way.map(|way| links::absolute(setting.options, &setting.visit.site.host, way)),
    })
}

fn file(setting: &Setting<'_>, file: &FullFile) -> Value {
    let path = file.path.split('/').map(percent::encode);
    let path: Vec<String> = path.collect();
    json!({
        "field": file.field,
        "label": file.label,
        "name": file.name,
        "media_type": file.media_type,
        "size_bytes": file.size_bytes,
        "sha256": file.sha256,
        "url": setting.absolute(&path.join("/")),
    })
}

fn dublin_core(record: &DublinCore, id: &str, url: &str) -> Map<String, Value> {
    let identifier = if record.identifier == id {
        url
    } else {
        &record.identifier
    };
    let obligatory = [
        ("title", record.title.as_str()),
        ("creator", &record.creator),
        ("date", &record.date),
        ("description", &record.description),
        ("publisher", &record.publisher),
        ("identifier", identifier),
    ];
    let more = record
        .more
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()));
    let told = obligatory.into_iter().chain(more);
    told.map(|(name, value)| (name.to_owned(), json!(value)))
        .collect()
}
