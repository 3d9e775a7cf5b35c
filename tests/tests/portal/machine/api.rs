//! The interface for programs: what it tells.

use dinh_tests::{COLLECTION, Document, TestPortal, Visited, encoded};
use serde_json::{Value, json};

const LIST: &str = "/api/v1/collections/legal-documents/document";

async fn get(portal: &TestPortal, path: &str) -> Visited {
    let answer = portal.visitor().get("localhost", path).await;
    answer.assert_status(200)
}

fn ids(list: &Value) -> Vec<String> {
    let items = list["items"].as_array().unwrap().iter();
    items
        .map(|it| it["id"].as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn the_sites_that_answer_are_told_with_whose_they_are() {
    let portal = TestPortal::demo().await;
    let told = get(&portal, "/api/v1/sites").await.json();
    let sites = told["sites"].as_array().unwrap();
    assert_eq!(sites.len(), 4);
    let commune = sites.iter().find(|it| it["id"] == "dong-son").unwrap();
    let port = portal.visitor().port();
    assert_eq!(
        commune["api"],
        format!("http://dong-son.localhost:{port}/api/v1")
    );
    assert_eq!(commune["visited"], false);
    let district = sites.iter().find(|it| it["id"] == "yen-the").unwrap();
    assert_eq!(district["visited"], true);
    assert_eq!(
        commune["organisation"]["parent"],
        district["organisation"]["id"]
    );
}

#[tokio::test]
async fn the_collections_tell_their_fields_filters_and_orders() {
    let portal = TestPortal::demo().await;
    let told = get(&portal, "/api/v1/collections").await.json();
    let all = told["collections"].as_array().unwrap();
    let one = |id: &str| all.iter().find(|it| it["id"] == id).unwrap();
    let private = ["name", "email", "phone", "device"];
    let fields = one("feedback/remark")["fields"].as_array().unwrap().iter();
    let mut fields = fields.map(|it| it["name"].as_str().unwrap());
    assert!(!fields.any(|it| private.contains(&it)), "{told}");
    let collection = one(COLLECTION);
    assert_eq!(collection["default_sort"], "-issued_on");
    let filters = collection["filters"].as_array().unwrap().iter();
    let filters: Vec<&str> = filters
        .map(|it| it["parameter"].as_str().unwrap())
        .collect();
    assert_eq!(
        filters,
        [
            "kind",
            "issuer",
            "year",
            "fields",
            "validity",
            "number",
            "issued_on_from",
            "issued_on_to"
        ]
    );
    let kind = &collection["filters"][0];
    let values = kind["values"].as_array().unwrap();
    let decision = json!({ "id": "quyet-dinh", "name": "Quyết định" });
    assert!(values.contains(&decision), "{values:?}");
    for address in [
        "items",
        "section.feed",
        "section.csv",
        "section.ods",
        "section.url",
    ] {
        let address = format!("/{}", address.replace('.', "/"));
        let address = collection.pointer(&address).unwrap().as_str().unwrap();
        let (_, path) = address.split_once("localhost:").unwrap();
        let (_, path) = path.split_once('/').unwrap();
        get(&portal, &format!("/{path}")).await;
    }
}

#[tokio::test]
async fn a_list_has_the_same_entries_in_the_same_order_as_the_page() {
    let portal = TestPortal::demo().await;
    for query in [
        "",
        "kind=quyet-dinh",
        "year=2014&year=2015",
        "number=06%2F2014%2FQ%C4%90-UBND",
        "issued_on_from=2014-01-01&issued_on_to=2016-12-31&sort=number",
        "sort=-effective_on",
        "sort=-issued_on&q=c%C3%B4ng%20ch%E1%BB%A9c",
    ] {
        let list = get(&portal, &format!("{LIST}?limit=100&{query}"))
            .await
            .json();
        let page = portal
            .visitor()
            .get("localhost", &format!("/van-ban?per_page=100&{query}"))
            .await
            .assert_status(200)
            .page();
        let told = list["items"].as_array().unwrap().iter();
        let told: Vec<&str> = told.map(|it| it["title"].as_str().unwrap()).collect();
        let shown: Vec<String> = page.rows().into_iter().map(|row| row.words).collect();
        assert_eq!(told, shown, "{query}");
        assert!(!told.is_empty(), "{query}");
        assert_eq!(list["total"], page.total(), "{query}");
        assert_eq!(list["next"], Value::Null, "{query}");
    }
}

#[tokio::test]
async fn an_entry_is_told_in_full_with_both_ends_of_its_relations_and_its_files() {
    let portal = TestPortal::demo().await;
    let number = encoded("06/2014/QĐ-UBND");
    let list = get(&portal, &format!("{LIST}?number={number}"))
        .await
        .json();
    let item = &list["items"][0];
    let path = format!("{LIST}/{}", item["id"].as_str().unwrap());
    let told = get(&portal, &path).await;
    told.clone()
        .assert_header("content-type", "application/json")
        .assert_header("access-control-allow-origin", "*");
    let entry = told.json();
    assert_eq!(entry["title"], "Quyết định 06/2014/QĐ-UBND");
    assert_eq!(entry["body"]["number"], "06/2014/QĐ-UBND");
    assert_eq!(entry["body"]["kind"], "quyet-dinh");
    let blocks = entry["body"]["text"].as_array().unwrap();
    assert!(
        blocks.iter().any(|it| it["level"] == "article"),
        "{blocks:?}"
    );
    for apart in ["relations", "files"] {
        assert_eq!(entry["body"].get(apart), None, "told apart from the body");
    }
    let relations = entry["relations"].as_array().unwrap();
    for direction in ["outgoing", "incoming"] {
        let end = relations.iter().find(|it| it["direction"] == direction);
        let end = end.unwrap_or_else(|| panic!("{direction}: {relations:?}"));
        assert!(end["kind"].is_string() && end["code"].is_string(), "{end}");
    }
    let seen = relations.iter().find(|it| it["url"].is_string()).unwrap();
    assert!(seen["id"].is_string() && seen["site"].is_string(), "{seen}");
    let file = &entry["files"][0];
    assert_eq!(file["sha256"].as_str().unwrap().len(), 64);
    let (_, file) = file["url"].as_str().unwrap().split_once("/tep/").unwrap();
    let file = get(&portal, &format!("/tep/{file}")).await;
    let size = file.header("content-length").to_owned();
    assert_eq!(entry["files"][0]["size_bytes"].to_string(), size);
    assert_eq!(
        entry["metadata"]["dublin_core"]["identifier"],
        "06/2014/QĐ-UBND"
    );
    assert_eq!(entry["metadata"]["json_ld"]["@id"], entry["url"]);
    for member in ["author", "source", "published_at", "updated_at", "language"] {
        assert!(!entry[member].as_str().unwrap().is_empty(), "{member}");
    }
    let (_, page) = entry["url"]
        .as_str()
        .unwrap()
        .split_once("/van-ban/")
        .unwrap();
    get(&portal, &format!("/van-ban/{page}")).await;
}

#[tokio::test]
async fn an_unknown_field_of_a_body_stays_inside_and_a_state_is_that_of_today() {
    let portal = TestPortal::demo().await;
    let future = Document::new("95/2026/QĐ-UBND").with("effective_on", "2099-01-01");
    portal.post(future).await;
    let number = encoded("95/2026/QĐ-UBND");
    let list = get(&portal, &format!("{LIST}?number={number}"))
        .await
        .json();
    let path = format!("{LIST}/{}", ids(&list)[0]);
    let entry = get(&portal, &path).await.json();
    assert_eq!(entry["body"]["validity"], "not-yet");
    assert_eq!(list["items"][0]["values"]["validity"], "not-yet");
}

#[tokio::test]
async fn a_search_tells_what_was_found_and_where() {
    let portal = TestPortal::demo().await;
    let number = encoded("48/QĐ-UBND");
    let found = get(&portal, &format!("/api/v1/search?q={number}"))
        .await
        .json();
    let hit = &found["hits"][0];
    assert!(
        hit["title"].as_str().unwrap().contains("48/QĐ-UBND"),
        "{hit}"
    );
    assert_eq!(hit["site"], "dong-son");
    assert_eq!(hit["collection"], COLLECTION);
    let url = hit["url"].as_str().unwrap();
    assert!(url.starts_with("http://dong-son.localhost:"), "{url}");
    assert!(hit["score"].as_f64().unwrap() > 0.0);
    assert!(hit["snippet"].is_string());
    let words = encoded("quyết định");
    let path = format!("/api/v1/search?q={words}&site=yen-the&collection={COLLECTION}&limit=3");
    let found = get(&portal, &path).await.json();
    let hits = found["hits"].as_array().unwrap();
    assert_eq!(hits.len(), 3);
    assert!(hits.iter().all(|it| it["site"] == "yen-the"));
    assert!(found["total"].as_u64().unwrap() > 3);
}

#[tokio::test]
async fn what_is_still_the_same_is_not_sent_again() {
    let portal = TestPortal::demo().await;
    for path in [
        "/api/v1/sites",
        LIST,
        "/api/v1/openapi.json",
        "/opensearch.xml",
    ] {
        let tag = get(&portal, path).await.header("etag").to_owned();
        let again = [("If-None-Match", tag.as_str())];
        let same = portal.visitor().get_with("localhost", path, &again).await;
        assert_eq!(same.assert_status(304).text(), "", "{path}");
    }
    let before = get(&portal, LIST).await.header("etag").to_owned();
    portal.post(Document::new("96/2026/QĐ-UBND")).await;
    assert_ne!(get(&portal, LIST).await.header("etag"), before);
}

#[tokio::test]
async fn a_browser_is_told_where_to_search() {
    let portal = TestPortal::demo().await;
    let home = get(&portal, "/").await;
    home.assert_contains("<link rel=\"search\" type=\"application/opensearchdescription+xml\"");
    let told = get(&portal, "/opensearch.xml").await;
    let port = portal.visitor().port();
    told.assert_contains(&format!(
        "<Url type=\"text/html\" template=\"http://localhost:{port}/tim-kiem?q={{searchTerms}}\"/>"
    ));
}
