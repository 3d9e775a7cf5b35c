//! Metadata of home pages, sections and entries (TT 24/2011/TT-BTTTT, điều 4 and 6): Dublin Core, JSON-LD
//! in the words of schema.org and of the European Legislation Identifier, and the sharing card.

use dinh_domain::table::Role;
use dinh_portal::shown::{self, EliShown, End, Section, TableShown};
use dinh_render::view::{DublinCore, DublinCoreElement, Link, Share};
use serde_json::{Map, Value, json};

use super::setting::{Setting, path};
use crate::routes::{DCAT, ELI, SEARCH};

/// The vocabulary of legislation.
const ELI_ONTOLOGY: &str = "http://data.europa.eu/eli/ontology#";

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
    let site = &setting.visit.site;
    own(setting, &site.name, &site.introduction, canonical)
}

/// Of a section's list.
pub(super) fn of_section(setting: &Setting<'_>, section: &Section, canonical: &str) -> DublinCore {
    own(setting, &section.name, &section.description, canonical)
}

/// Of a page that the site itself makes; what it is not described by, its title describes.
fn own(setting: &Setting<'_>, title: &str, described: &str, canonical: &str) -> DublinCore {
    let visit = setting.visit;
    let described = if described.trim().is_empty() {
        title
    } else {
        described
    };
    DublinCore {
        title: title.to_owned(),
        creator: visit.organisation.name.clone(),
        date: visit.today.to_string(),
        description: described.to_owned(),
        publisher: visit.organisation.name.clone(),
        identifier: canonical.to_owned(),
        more: vec![(DublinCoreElement::Language, visit.language.clone())],
    }
}

/// The site as a thing of schema.org, with how it is searched.
pub(super) fn website(setting: &Setting<'_>) -> Value {
    let visit = setting.visit;
    let home = setting.absolute("/");
    let target = format!("{}?q={{search_term_string}}", setting.absolute(SEARCH));
    json!({
        "@context": "https://schema.org",
        "@type": "WebSite",
        "@id": home,
        "url": home,
        "name": visit.site.name,
        "inLanguage": visit.language,
        "publisher": organisation(setting),
        "potentialAction": {
            "@type": "SearchAction",
            "target": { "@type": "EntryPoint", "urlTemplate": target },
            "query-input": "required name=search_term_string",
        },
    })
}

fn organisation(setting: &Setting<'_>) -> Value {
    let (visit, contact) = (setting.visit, &setting.visit.site.contact);
    let mut thing = Map::new();
    let mut say = |name: &str, value: &str| {
        if !value.trim().is_empty() {
            thing.insert(name.to_owned(), json!(value));
        }
    };
    say("@type", "GovernmentOrganization");
    say("name", &visit.organisation.name);
    say("url", &setting.absolute("/"));
    say("address", &contact.address);
    say("telephone", &contact.phone);
    say("faxNumber", &contact.fax);
    say("email", &contact.email);
    if let Some(upper) = &visit.upper {
        let upper = json!({ "@type": "GovernmentOrganization", "name": upper.name });
        thing.insert("parentOrganization".to_owned(), upper);
    }
    Value::Object(thing)
}

/// A page of the site itself; `steps` lead to it from the home page.
pub(super) fn web_page(
    setting: &Setting<'_>,
    kind: &str,
    name: &str,
    address: &str,
    steps: &[Link],
) -> Value {
    let visit = setting.visit;
    json!({
        "@context": "https://schema.org",
        "@type": kind,
        "@id": address,
        "url": address,
        "name": name,
        "inLanguage": visit.language,
        "isPartOf": { "@type": "WebSite", "@id": setting.absolute("/"), "name": visit.site.name },
        "breadcrumb": breadcrumb(setting, steps, name),
    })
}

fn breadcrumb(setting: &Setting<'_>, steps: &[Link], last: &str) -> Value {
    let item = |at: usize, name: &str, item: Option<String>| {
        let mut thing = json!({ "@type": "ListItem", "position": at, "name": name });
        if let Some(item) = item {
            thing["item"] = json!(item);
        }
        thing
    };
    let home = setting.text("home");
    let mut items = vec![item(1, home, Some(setting.absolute("/")))];
    for step in steps {
        let address = setting.absolute(&step.href);
        items.push(item(items.len() + 1, &step.label, Some(address)));
    }
    items.push(item(items.len() + 1, last, None));
    json!({ "@type": "BreadcrumbList", "itemListElement": items })
}

/// The declared object with what only this layer knows: its own address, those of what it is related
/// to, its place on the site.
pub(crate) fn thing(
    setting: &Setting<'_>,
    declared: Value,
    canonical: &str,
    section: &Section,
    ends: &[End],
) -> Value {
    let Value::Object(mut object) = declared else {
        return declared;
    };
    object.insert("@id".to_owned(), json!(canonical));
    object.insert("url".to_owned(), json!(canonical));
    let kind = object.get("@type").cloned().unwrap_or_default();
    for end in ends {
        let Some(property) = &end.schema_org else {
            continue;
        };
        let mut other = json!({ "@type": kind, "name": end.label, "identifier": end.code });
        if let Some(address) = address(setting, end) {
            other["@id"] = json!(address);
            other["url"] = json!(address);
        }
        let known = object.entry(property.clone()).or_insert_with(|| json!([]));
        if let Some(known) = known.as_array_mut() {
            known.push(other);
        }
    }
    let name = object.get("name").and_then(Value::as_str);
    let name = name.unwrap_or_default().to_owned();
    let step = Link::new(&section.name, path(section));
    let mut page = web_page(setting, "WebPage", &name, canonical, &[step]);
    if let Some(page) = page.as_object_mut() {
        // The outer object has the context, and the entry the address as its name.
        page.shift_remove("@context");
        page.shift_remove("@id");
    }
    object.insert("mainEntityOfPage".to_owned(), page);
    Value::Object(object)
}

/// A thing with a table of figures has it as its downloads (schema.org `Dataset`), with when and where it is about.
pub(crate) fn with_table(
    setting: &Setting<'_>,
    thing: &mut Value,
    detail: &shown::Detail,
    shown: &TableShown,
) {
    let forms = [
        ("csv", "text/csv"),
        ("json", "application/json"),
        ("ods", "application/vnd.oasis.opendocument.spreadsheet"),
    ];
    let downloads = forms.map(|(ending, media)| {
        let address = setting.absolute(&format!("{}/bang/so-lieu.{ending}", detail.path));
        json!({ "@type": "DataDownload", "encodingFormat": media, "contentUrl": address })
    });
    let (visit, facts) = (setting.visit, &detail.dataset);
    let measured = shown.table.dimensions().iter().map(|it| {
        let unit = Some(shown.table.unit.as_str()).filter(|unit| !unit.is_empty());
        let mut property = json!({ "@type": "PropertyValue", "name": it.label });
        if let Some(unit) = unit.filter(|_| it.role == Role::Metric) {
            property["unitText"] = json!(unit);
        }
        property
    });
    thing["distribution"] = json!(downloads);
    thing["variableMeasured"] = json!(measured.collect::<Vec<_>>());
    thing["isAccessibleForFree"] = json!(true);
    let place = facts.spatial.as_ref().unwrap_or(&visit.organisation.name);
    thing["spatialCoverage"] = json!({ "@type": "Place", "name": place });
    if let Some(begins) = &facts.begins {
        // An interval of ISO 8601; `..` where its end is open.
        let ends = facts.ends.as_deref().unwrap_or("..");
        thing["temporalCoverage"] = json!(format!("{begins}/{ends}"));
    }
    thing["dateModified"] = json!(detail.credit.updated);
    thing["publisher"] = organisation(setting);
    thing["license"] = json!(setting.absolute(&format!("{DCAT}#licence")));
    let catalogue = setting.absolute(&format!("{DCAT}#catalog"));
    thing["includedInDataCatalog"] =
        json!({ "@type": "DataCatalog", "@id": catalogue, "name": visit.site.name });
}

/// The absolute address of the other end, where the reader may see it.
pub(super) fn address(setting: &Setting<'_>, end: &End) -> Option<String> {
    let href = setting.href(end.way.as_ref()?);
    Some(if href.starts_with('/') {
        setting.absolute(&href)
    } else {
        href
    })
}

/// The entry as a legal resource, its expression in a language, and the forms that it can be had in.
pub(super) fn legislation(
    setting: &Setting<'_>,
    eli: &EliShown,
    title: &str,
    forms: &[(&str, String)],
    ends: &[End],
) -> Value {
    let resource = eli_address(setting, &eli.local);
    let expression = format!("{resource}/{}", eli.language);
    let mut thing = Map::new();
    let context = json!({ "eli": ELI_ONTOLOGY, "xsd": "http://www.w3.org/2001/XMLSchema#" });
    thing.insert("@context".to_owned(), context);
    thing.insert("@id".to_owned(), json!(resource));
    thing.insert("@type".to_owned(), json!("eli:LegalResource"));
    for (name, value, is_date) in &eli.properties {
        let value = if *is_date {
            json!({ "@value": value, "@type": "xsd:date" })
        } else {
            json!(value)
        };
        thing.insert(format!("eli:{name}"), value);
    }
    for end in ends {
        let (Some(property), Some(address)) = (&end.eli, address(setting, end)) else {
            continue;
        };
        let known = thing
            .entry(format!("eli:{property}"))
            .or_insert_with(|| json!([]));
        if let Some(known) = known.as_array_mut() {
            known.push(json!({ "@id": address }));
        }
    }
    let forms = forms.iter().map(|(media_type, address)| {
        let format = format!("http://www.iana.org/assignments/media-types/{media_type}");
        json!({ "@id": address, "@type": "eli:Format", "eli:format": { "@id": format } })
    });
    let language = format!(
        "http://publications.europa.eu/resource/authority/language/{}",
        eli.language.to_uppercase()
    );
    let realized = json!({
        "@id": expression,
        "@type": "eli:LegalExpression",
        "eli:title": { "@value": title, "@language": setting.visit.language },
        "eli:language": { "@id": language },
        "eli:is_embodied_by": forms.collect::<Vec<_>>(),
    });
    thing.insert("eli:is_realized_by".to_owned(), realized);
    Value::Object(thing)
}

/// The absolute address of legislation.
pub(super) fn eli_address(setting: &Setting<'_>, local: &str) -> String {
    setting.absolute(&format!("{ELI}/{local}"))
}

/// What is shown where the address of a page is shared.
pub(super) fn share(setting: &Setting<'_>, kind: &'static str) -> Share {
    let card = format!("{}/card.png", setting.theme.asset_base());
    Share {
        kind,
        locale: match setting.visit.language.as_str() {
            "en" => "en_GB",
            _ => "vi_VN",
        },
        image: setting.absolute(&card),
        published: None,
        modified: None,
    }
}
