//! A dimension with more values than stand beside each other, or in an address one by one.

use std::collections::BTreeSet;

use dinh_domain::fault::Fault;
use dinh_domain::ids::{CollectionId, SiteId};
use dinh_portal::{Draft, Posted};
use dinh_tests::{TestPortal, Visited, body};
use serde_json::{Value, json};

const HOST: &str = "localhost";
/// What an address may have, in bytes.
const QUERY_BYTES: usize = 4 * 1024;
const PARAMS: usize = 100;
const TABLE: &str = "/thong-ke/ho-theo-thon/bang";

/// A release that has its parts, with a table.
pub(crate) async fn posted(
    portal: &TestPortal,
    name: &str,
    fields: Value,
) -> Result<Posted, Vec<Fault>> {
    let Value::Object(mut body) = json!({
        "name": name, "code": name, "topic": "living", "summary": "Tóm tắt", "certainty": "official",
        "report": "Báo cáo", "method": "Phương pháp", "analysis": "Phân tích",
        "surveyed_from": "2026-10-01", "surveyed_to": "2026-10-31", "collector": "Chi cục",
        "frequency": "year", "released_on": "2026-11-20", "revision": 1,
    }) else {
        unreachable!("an object");
    };
    body.extend(fields.as_object().unwrap().clone());
    let draft = Draft {
        site: SiteId::new("yen-the").unwrap(),
        collection: CollectionId::parse("statistics/release").unwrap(),
        import_key: Some(name.to_owned()),
        body,
        source: None,
        lifted: Vec::new(),
        files: Vec::new(),
        published_at: None,
        faults: Vec::new(),
    };
    let done = portal.portal().post("test", vec![draft]).await.unwrap();
    done.into_iter().next().unwrap()
}

pub(crate) fn figures(csv: &str, dimensions: Value) -> Value {
    let layout = json!({
        "heading_rows": 1, "name_columns": 1, "dimensions": dimensions, "mark": "comma", "unit": "hộ",
    });
    json!({"figures": {"csv": csv, "layout": layout}})
}

/// 2,000 hamlets by two years.
async fn hamlets() -> TestPortal {
    let portal = TestPortal::demo().await;
    let rows = (0..2_000).map(|at| format!("Thôn {at} xã Đồng Sơn;{at};{}\n", 2 * at));
    let csv = format!("Thôn;2014;2015\n{}", rows.collect::<String>());
    let dimensions = json!([["Thôn", "geo"], ["Năm", "time"]]);
    let done = posted(&portal, "Hộ theo thôn", figures(&csv, dimensions)).await;
    assert_eq!(done, Ok(Posted::Created));
    portal
}

async fn get(portal: &TestPortal, path: &str) -> Visited {
    portal.visitor().get(HOST, path).await
}

/// An attribute of a tag.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    rest.split_once('"').map(|(value, _)| value)
}

/// The fields of the form of the page, as a browser sends them, after a change of what is ticked.
fn fields(page: &Visited, tick: impl Fn(&str, bool) -> bool) -> Vec<(String, String)> {
    let text = page.text();
    let (_, form) = text.split_once("class=\"figure-chooser\"").unwrap();
    let mut fields: Vec<(String, String)> = Vec::new();
    let mut select = String::new();
    for tag in form.split('<') {
        let value = attribute(tag, "value").unwrap_or_default();
        if tag.starts_with("select ") {
            attribute(tag, "name").unwrap().clone_into(&mut select);
        } else if tag.starts_with("option ") && tag.contains(" selected") {
            fields.push((select.clone(), value.to_owned()));
        } else if tag.starts_with("input ") {
            let is_box = attribute(tag, "type") == Some("checkbox");
            if !is_box || tick(value, tag.contains(" checked")) {
                let name = attribute(tag, "name").unwrap();
                fields.push((name.to_owned(), value.to_owned()));
            }
        }
    }
    fields
}

fn query(fields: &[(String, String)]) -> String {
    let pairs: Vec<(&str, &str)> = fields
        .iter()
        .map(|(a, b)| (a.as_str(), b.as_str()))
        .collect();
    body(&pairs)
}

fn assert_fits(address: &str) {
    let query = address.split_once('?').map_or("", |(_, query)| query);
    assert!(
        query.len() <= QUERY_BYTES,
        "{} bytes: {address}",
        query.len()
    );
    let params = query.split('&').filter(|it| !it.is_empty()).count();
    assert!(params <= PARAMS, "{params} parameters: {address}");
}

fn names(page: &Visited) -> BTreeSet<String> {
    let text = page.text();
    let heads = text.split("<th scope=\"row\">").skip(1);
    let heads = heads.map(|it| it.split_once('<').unwrap().0.to_owned());
    heads.collect()
}

/// Sends the form, and follows it to the short address.
async fn sent(portal: &TestPortal, fields: &[(String, String)]) -> (String, Visited) {
    let address = format!("{TABLE}?{}", query(fields));
    assert_fits(&address);
    let moved = get(portal, &address).await.assert_status(303);
    let there = moved.header("location").to_owned();
    assert_fits(&there);
    let page = get(portal, &there).await.assert_status(200);
    (there, page)
}

#[tokio::test]
async fn every_link_of_a_page_with_two_thousand_values_fits_and_leads_somewhere() {
    let portal = hamlets().await;
    let page = get(&portal, TABLE).await.assert_status(200);
    page.assert_contains("100/2.000 giá trị");
    for choice in ["", "?chon=thon:*", "?hang=nam&cot=thon&chon=nam:2014"] {
        let page = get(&portal, &format!("{TABLE}{choice}"))
            .await
            .assert_status(200);
        let links = page.page().links();
        for link in links.iter().filter(|it| it.address.contains("/bang")) {
            let href = link.address.replace("&amp;", "&");
            assert_fits(&href);
            assert_eq!(get(&portal, &href).await.status(), 200, "{href}");
        }
    }
    let csv = get(&portal, &format!("{TABLE}/so-lieu.csv?chon=thon:*")).await;
    assert_eq!(csv.assert_status(200).text().lines().count(), 4_001);
}

#[tokio::test]
async fn the_form_reaches_every_value_by_pages_and_by_words_and_keeps_what_is_chosen_elsewhere() {
    let portal = hamlets().await;
    let page = get(&portal, TABLE).await;
    // The last page of values: every second of them, and nothing else.
    let mut form = fields(&page, |_, _| false);
    form.push(("trang".to_owned(), "1000".to_owned()));
    let (_, page) = sent(&portal, &form).await;
    let page = page.assert_contains("Thôn 1999 xã Đồng Sơn</span>");
    let odd = |value: &str, _: bool| value.ends_with("1999-xa-dong-son");
    let (_, page) = sent(&portal, &fields(&page, odd)).await;
    assert_eq!(
        names(&page),
        BTreeSet::from(["Thôn 1999 xã Đồng Sơn".to_owned()])
    );
    // By words, beside what is chosen already.
    let mut form = fields(&page, |_, ticked| ticked);
    form.retain(|(name, _)| name != "tim" && name != "trang");
    form.push(("tim".to_owned(), "thon 777".to_owned()));
    let (_, page) = sent(&portal, &form).await;
    let page = page.assert_contains("1 giá trị khác đang chọn");
    let also = |value: &str, ticked: bool| ticked || value == "thon-777-xa-dong-son";
    let (there, page) = sent(&portal, &fields(&page, also)).await;
    let both = ["Thôn 1999 xã Đồng Sơn", "Thôn 777 xã Đồng Sơn"].map(str::to_owned);
    assert_eq!(names(&page), BTreeSet::from(both));
    assert!(there.contains("thon-777-xa-dong-son"), "{there}");
}

#[tokio::test]
async fn a_thousand_scattered_values_have_a_short_address() {
    let portal = hamlets().await;
    let page = get(&portal, TABLE).await;
    let mut form = fields(&page, |_, _| false);
    // Every second value, page by page.
    for page in 1..=69 {
        let mut next = form.clone();
        next.retain(|(name, _)| name != "trang");
        next.push(("trang".to_owned(), page.to_string()));
        let (_, shown) = sent(&portal, &next).await;
        let even = |value: &str, ticked: bool| {
            let number = value
                .strip_prefix("thon-")
                .and_then(|it| it.split('-').next());
            let number = number.and_then(|it| it.parse::<u32>().ok());
            number.map_or(ticked && page > 1, |it| it % 2 == 0)
        };
        form = fields(&shown, even);
    }
    let (there, page) = sent(&portal, &form).await;
    assert!(there.len() < 800, "{there}");
    page.assert_contains("1.000/2.000 giá trị");
    let odd = format!("{TABLE}?chon=thon:~00000000.AAAA");
    get(&portal, &odd)
        .await
        .assert_status(200)
        .assert_contains("nên đã bỏ qua");
}

#[tokio::test]
async fn a_table_that_nobody_made_of_a_spreadsheet_is_refused() {
    let portal = TestPortal::demo().await;
    let body = "select body as b from entry_revision r join entry e on e.published_revision = r.id";
    let body = format!("{body} where e.slug = 'hien-trang-su-dung-dat'");
    let body = portal.database().lines(&body).await;
    let body: Value = serde_json::from_str(&body[0]).unwrap();
    // That of another entry, and one whose file there is not.
    let mut nowhere = body["figures"].clone();
    nowhere["file"] = json!("01900000-0000-7000-8000-000000000001");
    for made_up in [body["figures"].clone(), nowhere] {
        let refused = posted(&portal, "Bảng lạ", json!({"figures": made_up})).await;
        let faults = refused.unwrap_err();
        assert_eq!(faults[0].message_key, "fault.table-made-up", "{faults:?}");
    }
    get(&portal, "/thong-ke/bang-la").await.assert_status(404);
}

#[tokio::test]
async fn columns_of_a_described_file_have_names_of_their_own() {
    let portal = TestPortal::demo().await;
    let dimensions = json!([["Value", "other"], ["Sign", "other"]]);
    let done = posted(&portal, "Cột", figures("x;a\nc;\nb;1\n", dimensions)).await;
    assert_eq!(done, Ok(Posted::Created));
    let csvw = get(&portal, "/thong-ke/cot/bang/so-lieu.csv-metadata.json").await;
    let csvw = csvw.assert_status(200).json();
    let columns = csvw["tableSchema"]["columns"].as_array().unwrap();
    let names: Vec<&str> = columns
        .iter()
        .map(|it| it["name"].as_str().unwrap())
        .collect();
    assert_eq!(names, ["value", "sign", "value_2", "sign_2"]);
    assert_eq!(csvw["tableSchema"]["primaryKey"], json!(["value", "sign"]));
    // The row without a figure is there.
    let csv = get(&portal, "/thong-ke/cot/bang/so-lieu.csv").await;
    csv.assert_status(200).assert_contains("c,a,,\r\n");
}
