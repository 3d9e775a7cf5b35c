//! The catalogue of a site's open data: every list and every table, and nothing that is not public.

use std::fmt::Write as _;

use dinh::command::Command;
use dinh::import::Import;
use dinh_domain::ids::EntryId;
use dinh_tests::TestPortal;
use serde_json::{Value, json};

use crate::import::rows::file;

const DCAT: &str = "/dcat.jsonld";
const LAND: &str = "/thong-ke/hien-trang-su-dung-dat";

async fn catalogue(portal: &TestPortal, host: &str, path: &str) -> Value {
    let got = portal.visitor().get(host, path).await.assert_status(200);
    assert_eq!(got.header("content-type"), "application/ld+json");
    got.json()
}

fn datasets(catalogue: &Value) -> Vec<&Value> {
    let all = catalogue["@graph"][0]["dcat:dataset"].as_array().unwrap();
    all.iter().collect()
}

fn with_page<'a>(all: &[&'a Value], page: &str) -> Option<&'a Value> {
    let ends = |it: &&&Value| {
        it["@id"]
            .as_str()
            .unwrap()
            .ends_with(&format!("{page}#dataset"))
    };
    all.iter().find(ends).copied()
}

#[tokio::test]
async fn every_list_and_every_table_is_named_with_files_that_are_there() {
    let portal = TestPortal::demo().await;
    let whole = catalogue(&portal, "localhost", DCAT).await;
    let all = datasets(&whole);
    let land = with_page(&all, LAND).expect("the table is named");
    assert_eq!(land["dct:temporal"]["@type"], "dct:PeriodOfTime");
    assert_eq!(land["dcat:theme"]["skos:prefLabel"]["@value"], "Đất đai");
    assert_eq!(land["dct:identifier"], "DD-2014");
    assert!(land["dct:issued"]["@value"].is_string(), "{land}");
    for page in ["/van-ban", "/thong-ke", "/thong-ke/chi-tieu", "/khoa-hoc"] {
        assert!(with_page(&all, page).is_some(), "{page}");
    }
    let mut files = 0;
    for dataset in &all {
        for form in dataset["dcat:distribution"].as_array().unwrap() {
            let address = form["dcat:downloadURL"]["@id"].as_str().unwrap();
            let path = address.split_once("localhost").unwrap().1;
            let path = &path[path.find('/').unwrap()..];
            let media = form["dcat:mediaType"]["@id"].as_str().unwrap();
            let got = portal
                .visitor()
                .get("localhost", path)
                .await
                .assert_status(200);
            let kind = got.header("content-type").to_owned();
            let media = media.split_once("media-types/").unwrap().1;
            assert!(kind.starts_with(media), "{path}: {kind}, not {media}");
            files += 1;
        }
    }
    assert!(files > 30, "{files}");
    let below = whole["@graph"][0]["dcat:catalog"].as_array().unwrap();
    assert!(
        below
            .iter()
            .any(|it| it["@id"].as_str().unwrap().contains("dong-son."))
    );
    let commune = catalogue(&portal, "dong-son.localhost", DCAT).await;
    assert!(with_page(&datasets(&commune), LAND).is_none());
}

#[tokio::test]
async fn what_is_withdrawn_is_gone_at_once() {
    let portal = TestPortal::demo().await;
    let whole = catalogue(&portal, "localhost", DCAT).await;
    assert!(with_page(&datasets(&whole), LAND).is_some());
    let id = "select id from entry where slug = 'hien-trang-su-dung-dat'";
    let entry = EntryId::new(&portal.database().lines(id).await[0]).unwrap();
    let board = dinh_tests::staff("binh", "board-head", "yen-the");
    let of = portal.newest(&board, &entry).await;
    let taken = portal.take_with(&board, &of, "take-down", ("Số liệu sai", None));
    taken.await.unwrap();
    let got = portal.visitor().get("localhost", DCAT).await;
    got.assert_status(200)
        .assert_lacks("hien-trang-su-dung-dat");
}

#[tokio::test]
async fn many_tables_are_read_page_by_page() {
    let portal = TestPortal::demo().await;
    let layout = json!({"heading_rows": 1, "name_columns": 1, "dimensions": [["Xã", "geo"], ["Năm", "time"]]});
    let mut rows = String::new();
    for number in 0..120 {
        let row = json!({
            "key": format!("T-{number}"), "code": format!("T-{number}"), "name": format!("Bảng số {number}"),
            "topic": "land", "summary": "Tóm tắt", "certainty": "official", "report": "Báo cáo",
            "method": "Cách làm", "analysis": "Phân tích", "surveyed_from": "2026-01-01",
            "surveyed_to": "2026-01-02", "collector": "Chi cục", "frequency": "year",
            "released_on": "2026-02-01", "revision": 1,
            "figures": {"csv": format!("Xã;2026\nĐông Sơn;{number}\n"), "layout": layout},
        });
        writeln!(rows, "{row}").unwrap();
    }
    let import = Import {
        collection: "statistics/release".to_owned(),
        file: file(portal.folder(), "rows.jsonl", rows.as_bytes()),
        site: "yen-the".to_owned(),
        map: None,
        format: None,
        dry_run: false,
        rejects: None,
        json: false,
    };
    portal.command(Command::Import(import)).await.unwrap();
    let mut path = DCAT.to_owned();
    let (mut tables, mut pages) = (0, 0);
    loop {
        let page = catalogue(&portal, "localhost", &path).await;
        let all = datasets(&page);
        let is_new = |it: &&&Value| it["dct:identifier"].as_str().unwrap().starts_with("T-");
        tables += all.iter().filter(is_new).count();
        pages += 1;
        assert_eq!(with_page(&all, "/van-ban").is_some(), pages == 1);
        let Some(next) = page["@graph"][1]["hydra:next"]["@id"].as_str() else {
            break;
        };
        path = next[next.find(DCAT).unwrap()..].to_owned();
    }
    assert_eq!((tables, pages), (120, 2));
    for odd in ["?sau=%3Cb%3E", "?sau=x"] {
        let got = portal
            .visitor()
            .get("localhost", &format!("{DCAT}{odd}"))
            .await;
        let status = got.status();
        assert!(status == 404 || status == 200, "{odd}: {status}");
    }
}

#[tokio::test]
async fn the_page_of_a_table_tells_search_engines_when_where_and_how() {
    let portal = TestPortal::demo().await;
    let page = portal.visitor().get("localhost", LAND).await.page();
    let thing = page.json_ld().unwrap().clone();
    assert_eq!(thing["@type"], "Dataset");
    assert_eq!(thing["distribution"].as_array().unwrap().len(), 3);
    assert!(
        thing["temporalCoverage"].as_str().unwrap().contains('/'),
        "{thing}"
    );
    assert_eq!(thing["spatialCoverage"]["@type"], "Place");
    assert!(
        thing["license"]
            .as_str()
            .unwrap()
            .ends_with("/dcat.jsonld#licence")
    );
    assert_eq!(thing["variableMeasured"][0]["@type"], "PropertyValue");
    let table = portal
        .visitor()
        .get("localhost", &format!("{LAND}/bang"))
        .await;
    table.assert_contains("href=\"/dcat.jsonld\"");
    let map = portal.visitor().get("localhost", "/so-do-cong").await;
    map.assert_contains("href=\"/dcat.jsonld\"");
}
