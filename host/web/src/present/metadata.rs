//! Metadata of home pages and entries (TT 24/2011/TT-BTTTT, điều 4 and 6).

use dinh_portal::shown;
use dinh_render::view::{DublinCore, DublinCoreElement};
use serde_json::{Value, json};

use super::setting::Setting;

/// Of an entry, as its collection maps it.
pub(super) fn of_entry(shown: &shown::DublinCore) -> DublinCore {
    let more = shown.more.iter().filter_map(|(name, value)| {
        DublinCoreElement::from_name(name).map(|element| (element, value.clone()))
    });
    DublinCore {
        title: shown.title.clone(),
        creator: shown.creator.clone(),
        date: shown.date.clone(),
        description: shown.description.clone(),
        publisher: shown.publisher.clone(),
        identifier: shown.identifier.clone(),
        more: more.collect(),
    }
}

/// Of a site's home page.
pub(super) fn of_home(setting: &Setting<'_>, canonical: &str) -> DublinCore {
    let visit = setting.visit;
    let name = &visit.site.name;
    let introduction = &visit.site.introduction;
    let described = if introduction.trim().is_empty() {
        name
    } else {
        introduction
    };
    DublinCore {
        title: name.clone(),
        creator: visit.organisation.name.clone(),
        date: visit.today.to_string(),
        description: described.clone(),
        publisher: visit.organisation.name.clone(),
        identifier: canonical.to_owned(),
        more: vec![(DublinCoreElement::Language, visit.language.clone())],
    }
}

/// The declared object with the address that only this layer knows.
pub(crate) fn with_address(json_ld: Value, canonical: &str) -> Value {
    match json_ld {
        Value::Object(mut object) => {
            object.insert("@id".to_owned(), json!(canonical));
            object.insert("url".to_owned(), json!(canonical));
            Value::Object(object)
        }
        other => other,
    }
}
