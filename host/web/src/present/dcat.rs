//! The catalogue of a site's open data as JSON-LD, in the words of DCAT 3 and the shape of DCAT-AP 3.

use dinh_portal::shown::{DatasetFacts, DatasetList, DatasetShown, DatasetsPage};
use serde_json::{Map, Value, json};

use super::setting::{Setting, path};
use crate::links::with_params;
use crate::routes::{DCAT, OPEN_API};

/// Parameter of a page: the entry behind which it begins.
pub(crate) const AFTER: &str = "sau";
/// What the catalogue follows.
const DCAT_AP: &str = "http://data.europa.eu/r5r/";
/// Above media types, as DCAT names them.
const MEDIA_TYPES: &str = "http://www.iana.org/assignments/media-types/";
/// A licence that asks to be named (ADMS).
const ATTRIBUTION: &str = "http://purl.org/adms/licencetype/Attribution";
/// Who the publisher is (ADMS).
const LOCAL_AUTHORITY: &str = "http://purl.org/adms/publishertype/LocalAuthority";

/// Forms of a table: ending, media type, what it follows.
const TABLE_FORMS: [(&str, &str, Option<&str>); 3] = [
    (
        "csv",
        "text/csv",
        Some("https://www.w3.org/TR/tabular-data-model/"),
    ),
    (
        "ods",
        "application/vnd.oasis.opendocument.spreadsheet",
        None,
    ),
    (
        "json",
        "application/json",
        Some("https://json-stat.org/full/"),
    ),
];

/// A page of the catalogue.
pub(crate) fn catalogue(setting: &Setting<'_>, page: &DatasetsPage, after: Option<&str>) -> Value {
    let visit = setting.visit;
    let home = setting.absolute("/");
    let lists = page.lists.iter().map(|it| list(setting, it));
    let tables = page.datasets.iter().map(|it| dataset(setting, it));
    let below = page.below.iter().map(|site| {
        let origin = setting.options.origin(&site.host);
        json!({
            "@id": format!("{origin}{DCAT}#catalog"),
            "@type": "dcat:Catalog",
            "dct:title": text(setting, &site.name),
            "dct:description": text(setting, &site.name),
            "dct:publisher": { "@id": format!("{origin}/#publisher"), "@type": "foaf:Agent", "foaf:name": text(setting, &site.name) },
        })
    });
    let services = page.lists.first().map(|_| service(setting));
    let mut catalog = json!({
        "@id": setting.absolute(&format!("{DCAT}#catalog")),
        "@type": "dcat:Catalog",
        "dct:title": text(setting, &setting.texts("dcat.title", &[("site", &visit.site.name)])),
        "dct:description": text(setting, &setting.texts("dcat.description", &[("site", &visit.site.name)])),
        "dct:publisher": publisher(setting),
        "dct:language": language(setting),
        "dct:license": licence(setting),
        "dct:conformsTo": { "@id": DCAT_AP, "@type": "dct:Standard" },
        "foaf:homepage": { "@id": home, "@type": "foaf:Document" },
        "dcat:dataset": lists.chain(tables).collect::<Vec<_>>(),
    });
    let below: Vec<Value> = below.collect();
    if !below.is_empty() {
        catalog["dcat:catalog"] = json!(below);
    }
    if let Some(service) = services {
        catalog["dcat:service"] = json!([service]);
    }
    let mut graph = vec![catalog];
    graph.push(view(setting, page, after));
    json!({ "@context": context(), "@graph": graph })
}

/// The page among the others, as harvesters turn them over (Hydra).
fn view(setting: &Setting<'_>, page: &DatasetsPage, after: Option<&str>) -> Value {
    let address = |after: Option<&str>| {
        let params = after.map(|id| (AFTER.to_owned(), id.to_owned()));
        setting.absolute(&with_params(DCAT, params.as_slice()))
    };
    let mut view = json!({
        "@id": address(after),
        "@type": "hydra:PartialCollectionView",
        "hydra:first": { "@id": address(None) },
    });
    if let Some(next) = &page.next {
        view["hydra:next"] = json!({ "@id": address(Some(next.as_str())) });
    }
    view
}

/// The list of a section as it is given out whole.
fn list(setting: &Setting<'_>, list: &DatasetList) -> Value {
    let page = path(&list.section);
    let (plugin, collection) = (list.collection.plugin().as_str(), list.collection.name());
    let api = format!("/api/v1/collections/{plugin}/{collection}");
    let forms = [
        (format!("{page}/export.csv"), "text/csv"),
        (
            format!("{page}/export.ods"),
            "application/vnd.oasis.opendocument.spreadsheet",
        ),
        (api, "application/json"),
    ];
    let title = format!("{}: {}", setting.visit.site.name, list.title);
    let described = match list.section.description.trim() {
        "" => title.as_str(),
        described => described,
    };
    let mut thing = common(setting, &page, (&title, described));
    thing.insert("dct:identifier".to_owned(), json!(setting.absolute(&page)));
    let forms = forms.map(|(address, media)| distribution(setting, (&page, &address), media, None));
    thing.insert("dcat:distribution".to_owned(), json!(forms));
    Value::Object(thing)
}

/// An entry with a table.
fn dataset(setting: &Setting<'_>, shown: &DatasetShown) -> Value {
    let core = &shown.dublin_core;
    let mut thing = common(setting, &shown.path, (&core.title, &core.description));
    let mut say = |name: &str, value: Value| thing.insert(name.to_owned(), value);
    say("dct:identifier", json!(core.identifier));
    say("dct:creator", agent(setting, &core.creator));
    say("dct:modified", time(&shown.modified));
    if let Some(issued) = &shown.issued {
        say("dct:issued", time(issued));
    }
    let measured = shown.measured.iter().map(|it| text(setting, it));
    say("dcat:keyword", json!(measured.collect::<Vec<_>>()));
    for (name, value) in facts(setting, &shown.facts) {
        say(name, value);
    }
    let below = format!("{}/bang", shown.path);
    let forms = TABLE_FORMS.map(|(ending, media, follows)| {
        let address = format!("{below}/so-lieu.{ending}");
        distribution(setting, (&below, &address), media, follows)
    });
    say("dcat:distribution", json!(forms));
    Value::Object(thing)
}

fn facts(setting: &Setting<'_>, facts: &DatasetFacts) -> Vec<(&'static str, Value)> {
    let mut all = Vec::new();
    if facts.begins.is_some() || facts.ends.is_some() {
        let mut period = json!({ "@type": "dct:PeriodOfTime" });
        let ends = [
            ("dcat:startDate", &facts.begins),
            ("dcat:endDate", &facts.ends),
        ];
        for (name, day) in ends {
            if let Some(day) = day {
                period[name] = json!({ "@value": day, "@type": "xsd:date" });
            }
        }
        all.push(("dct:temporal", period));
    }
    let place = facts
        .spatial
        .as_ref()
        .unwrap_or(&setting.visit.organisation.name);
    let label = text(setting, place);
    all.push((
        "dct:spatial",
        json!({ "@type": "dct:Location", "skos:prefLabel": label }),
    ));
    if let Some(theme) = &facts.theme {
        let label = text(setting, theme);
        all.push((
            "dcat:theme",
            json!({ "@type": "skos:Concept", "skos:prefLabel": label }),
        ));
    }
    if let Some(frequency) = &facts.frequency {
        let label = text(setting, frequency);
        all.push((
            "dct:accrualPeriodicity",
            json!({ "@type": "dct:Frequency", "rdfs:label": label }),
        ));
    }
    all
}

/// What every dataset has.
fn common(
    setting: &Setting<'_>,
    page: &str,
    (title, described): (&str, &str),
) -> Map<String, Value> {
    let address = setting.absolute(page);
    let mut thing = Map::new();
    let mut say = |name: &str, value: Value| thing.insert(name.to_owned(), value);
    say("@id", json!(format!("{address}#dataset")));
    say("@type", json!("dcat:Dataset"));
    say("dct:title", text(setting, title));
    say("dct:description", text(setting, described));
    say("dct:publisher", json!({ "@id": publisher_id(setting) }));
    say("dct:language", language(setting));
    say("dct:accessRights", access());
    say("dcat:contactPoint", contact(setting));
    let page = json!({ "@id": address, "@type": "foaf:Document" });
    say("dcat:landingPage", page);
    thing
}

fn distribution(
    setting: &Setting<'_>,
    (page, address): (&str, &str),
    media: &str,
    follows: Option<&str>,
) -> Value {
    let address = setting.absolute(address);
    let media_type = format!("{MEDIA_TYPES}{media}");
    let mut thing = json!({
        "@id": address,
        "@type": "dcat:Distribution",
        "dct:title": text(setting, media),
        "dcat:accessURL": { "@id": setting.absolute(page) },
        "dcat:downloadURL": { "@id": address },
        "dcat:mediaType": { "@id": media_type, "@type": "dct:MediaType" },
        "dct:license": licence(setting),
    });
    if let Some(follows) = follows {
        thing["dct:conformsTo"] = json!({ "@id": follows, "@type": "dct:Standard" });
    }
    thing
}

/// The interface for programs.
fn service(setting: &Setting<'_>) -> Value {
    let described = json!({ "@id": setting.absolute(OPEN_API) });
    json!({
        "@id": setting.absolute("/api/v1#service"),
        "@type": "dcat:DataService",
        "dct:title": text(setting, setting.text("site_map.api")),
        "dcat:endpointURL": { "@id": setting.absolute("/api/v1/collections") },
        "dcat:endpointDescription": described,
        "dct:license": licence(setting),
    })
}

fn publisher_id(setting: &Setting<'_>) -> String {
    setting.absolute("/#publisher")
}

fn publisher(setting: &Setting<'_>) -> Value {
    json!({
        "@id": publisher_id(setting),
        "@type": "foaf:Agent",
        "foaf:name": text(setting, &setting.visit.organisation.name),
        "dct:type": { "@id": LOCAL_AUTHORITY, "@type": "skos:Concept" },
    })
}

fn agent(setting: &Setting<'_>, name: &str) -> Value {
    json!({ "@type": "foaf:Agent", "foaf:name": text(setting, name) })
}

/// Whom to ask, by vCard.
fn contact(setting: &Setting<'_>) -> Value {
    let contact = &setting.visit.site.contact;
    let mut card = json!({
        "@type": "vcard:Kind",
        "vcard:fn": setting.visit.organisation.name,
    });
    if contact.email.contains('@') && !contact.email.contains(char::is_whitespace) {
        card["vcard:hasEmail"] = json!({ "@id": format!("mailto:{}", contact.email) });
    }
    card
}

/// Whoever uses it again names author and source (Đ6.3, Đ15.2.a).
fn licence(setting: &Setting<'_>) -> Value {
    json!({
        "@id": setting.absolute(&format!("{DCAT}#licence")),
        "@type": "dct:LicenseDocument",
        "dct:title": text(setting, &setting.texts("feed.rights", &[("source", &setting.visit.organisation.name)])),
        "dct:type": { "@id": ATTRIBUTION, "@type": "skos:Concept" },
    })
}

fn access() -> Value {
    json!({
        "@id": "http://publications.europa.eu/resource/authority/access-right/PUBLIC",
        "@type": "dct:RightsStatement",
    })
}

fn language(setting: &Setting<'_>) -> Value {
    let code = match setting.visit.language.as_str() {
        "en" => "ENG",
        _ => "VIE",
    };
    json!({
        "@id": format!("http://publications.europa.eu/resource/authority/language/{code}"),
        "@type": "dct:LinguisticSystem",
    })
}

fn text(setting: &Setting<'_>, text: &str) -> Value {
    json!({ "@value": text, "@language": setting.visit.language })
}

fn time(time: &str) -> Value {
    json!({ "@value": time, "@type": "xsd:dateTime" })
}

/// Spelled out here, so that nobody needs another server to read the catalogue.
fn context() -> Value {
    json!({
        "dcat": "http://www.w3.org/ns/dcat#",
        "dct": "http://purl.org/dc/terms/",
        "foaf": "http://xmlns.com/foaf/0.1/",
        "hydra": "http://www.w3.org/ns/hydra/core#",
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
        "skos": "http://www.w3.org/2004/02/skos/core#",
        "vcard": "http://www.w3.org/2006/vcard/ns#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
    })
}
