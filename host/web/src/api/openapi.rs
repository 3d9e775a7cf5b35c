//! The description of the interface (OpenAPI 3.1), made from the declarations of what the visited
//! site has: whoever generates a client from it gets the site's own fields and filters.

mod parameters;
mod schemas;

use dinh_portal::shown::{CollectionDescribed, Reach};
use serde_json::{Map, Value, json};

use super::BASE;
use crate::present::Setting;
use parameters::{of_list, of_search};
use schemas::{body_name, component, entry_name, items_name, reference};

/// Version of the interface; within 1 nothing is taken away.
const VERSION: &str = "1.0.0";

/// The description.
pub(crate) fn told(
    setting: &Setting<'_>,
    collections: &[CollectionDescribed],
    reach: &Reach,
) -> Value {
    let mut paths = Map::new();
    paths.insert(format!("{BASE}/sites"), sites());
    paths.insert(format!("{BASE}/collections"), list_of_collections());
    for it in collections {
        let path = format!("{BASE}/collections/{}", it.id);
        paths.insert(path.clone(), list(it));
        paths.insert(format!("{path}/{{id}}"), entry(it));
    }
    if !reach.collections.is_empty() {
        paths.insert(format!("{BASE}/search"), search(reach));
    }
    let mut components = schemas::common();
    for it in collections {
        components.insert(body_name(it), schemas::body(it));
        components.insert(entry_name(it), schemas::entry(it));
        components.insert(items_name(it), schemas::items(it));
    }
    let site = &setting.visit.site;
    let rights = setting.texts("feed.rights", &[("source", &site.name)]);
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": site.name,
            "version": VERSION,
            "description": format!(
                "Everything that this site publishes, for programs. Unknown parameters are refused by \
                 name; what a site has not enabled does not exist in it. {rights}"
            ),
        },
        "servers": [{ "url": setting.options.origin(&site.host) }],
        "paths": paths,
        "components": { "schemas": components },
    })
}

fn sites() -> Value {
    let answers = answers("The sites that answer.", &reference("Sites"), &[]);
    json!({ "get": {
        "operationId": "listSites",
        "summary": "The sites of the portal",
        "responses": answers,
    }})
}

fn list_of_collections() -> Value {
    let answers = answers("What the site has.", &reference("Collections"), &[]);
    json!({ "get": {
        "operationId": "listCollections",
        "summary": "The collections of this site, with their fields, filters and orders",
        "responses": answers,
    }})
}

fn list(it: &CollectionDescribed) -> Value {
    let mut answers = answers(
        "Some of the entries, and where to go on.",
        &reference(&items_name(it)),
        &["404"],
    );
    answers["200"]["headers"] = json!({ "Link": {
        "description": "Address of the next entries (`rel=\"next\"`); absent at the end.",
        "schema": { "type": "string" },
    }});
    answers["200"]["links"] = json!({ "entry": {
        "operationId": format!("get.{}", component(it)),
        "parameters": { "id": "$response.body#/items/0/id" },
    }});
    json!({ "get": {
        "operationId": format!("list.{}", component(it)),
        "summary": it.plural,
        "parameters": of_list(it),
        "responses": answers,
    }})
}

fn entry(it: &CollectionDescribed) -> Value {
    let answers = answers(
        "Everything public of the entry.",
        &reference(&entry_name(it)),
        &["404", "410"],
    );
    json!({ "get": {
        "operationId": format!("get.{}", component(it)),
        "summary": it.label,
        "parameters": [{
            "name": "id",
            "in": "path",
            "required": true,
            "schema": { "type": "string", "pattern": "^[a-z0-9-]{1,64}$" },
        }],
        "responses": answers,
    }})
}

fn search(reach: &Reach) -> Value {
    json!({ "get": {
        "operationId": "search",
        "summary": "The best entries for some words, on all sites that share with this one",
        "parameters": of_search(reach),
        "responses": answers("What was found.", &reference("Hits"), &[]),
    }})
}

/// The answers of an operation: what it is for, and the problems it may have.
fn answers(description: &str, schema: &Value, more: &[&str]) -> Value {
    let mut answers = Map::new();
    let good = json!({
        "description": description,
        "content": { "application/json": { "schema": schema } },
    });
    answers.insert("200".to_owned(), good);
    let same = json!({ "description": "What `If-None-Match` names is still the same." });
    answers.insert("304".to_owned(), same);
    let always = ["400", "414", "429", "500", "503"];
    for status in always.iter().chain(more) {
        let description = match *status {
            "400" => "A parameter cannot be used; `parameter` names it.",
            "404" => "There is no such thing that can be read.",
            "410" => "The entry was withdrawn.",
            "414" => "The address is too long.",
            "429" => "One caller asks too often; `Retry-After` says when to come back.",
            "503" => "The portal cannot answer now; `Retry-After` says when to come back.",
            _ => "The portal failed.",
        };
        let problem = json!({
            "description": description,
            "content": { "application/problem+json": { "schema": reference("Problem") } },
        });
        answers.insert((*status).to_owned(), problem);
    }
    Value::Object(answers)
}
