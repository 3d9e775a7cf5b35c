//! What is kept, under which address, and in which forms it is given.

use std::io::Read;

use dinh_tests::{TestPortal, Visited};
use serde_json::Value;

const HIT: &str = "dinh; hit";
const MISS: &str = "dinh; fwd=miss";

async fn get(portal: &TestPortal, path: &str) -> Visited {
    let answer = portal.visitor().get("localhost", path).await;
    answer.assert_status(200)
}

fn source(answer: &Visited) -> &str {
    answer.header("cache-status")
}

#[tokio::test]
async fn a_page_is_made_once_and_given_again_byte_for_byte() {
    let portal = TestPortal::demo().await;
    let document = portal.visitor().document("localhost", "06/2014/QĐ-UBND");
    let document = document.await.page().canonical_path();
    for path in ["/", "/van-ban", "/tim-kiem?q=x", "/so-do-cong", &document] {
        let first = get(&portal, path).await;
        let again = get(&portal, path).await;
        assert_eq!(source(&again), HIT, "{path}");
        assert_eq!(first.answer().body, again.answer().body, "{path}");
        for name in [
            "etag",
            "content-type",
            "cache-control",
            "content-length",
            "vary",
        ] {
            assert_eq!(first.header(name), again.header(name), "{path} {name}");
        }
        assert_eq!(again.header("cache-control"), "no-cache");
        assert_ne!(first.header("x-request-id"), again.header("x-request-id"));
    }
}

#[tokio::test]
async fn parameters_that_no_page_has_make_no_page_of_their_own() {
    let portal = TestPortal::demo().await;
    let plain = get(&portal, "/van-ban").await;
    for path in [
        "/van-ban?fbclid=1",
        "/van-ban?utm_source=a&q=&page=",
        "/van-ban?nam=2020",
    ] {
        let answer = get(&portal, path).await;
        assert_eq!(source(&answer), HIT, "{path}");
        assert_eq!(answer.answer().body, plain.answer().body, "{path}");
    }
    let filtered = get(&portal, "/van-ban?kind=quyet-dinh&year=2014").await;
    assert_eq!(source(&filtered), MISS);
    let turned = get(&portal, "/van-ban?year=2014&gclid=9&kind=quyet-dinh").await;
    assert_eq!(source(&turned), HIT);
    assert_ne!(filtered.answer().body, plain.answer().body);
    // Values of one name keep their order: chips are shown in it.
    let two = get(&portal, "/van-ban?kind=quyet-dinh&kind=nghi-quyet").await;
    let other = get(&portal, "/van-ban?kind=nghi-quyet&kind=quyet-dinh").await;
    assert_eq!((source(&two), source(&other)), (MISS, MISS));
    // A computed page has the parameters that its plugin declares.
    let computed = get(&portal, "/van-ban/thay-the?nam=2020").await;
    computed.assert_contains("02/2020/QĐ-UBND");
    let again = get(&portal, "/van-ban/thay-the?x=1&nam=2020").await;
    assert_eq!(source(&again), HIT);
    let other = get(&portal, "/van-ban/thay-the?nam=2014").await;
    assert_eq!(source(&other), MISS);
}

#[tokio::test]
async fn the_first_request_of_a_portal_already_knows_its_parameters() {
    let portal = TestPortal::demo().await;
    let filtered = get(&portal, "/van-ban?number=06/2014/Q%C4%90-UBND").await;
    assert_eq!(filtered.page().rows().len(), 1);
    // And the first one after something changed.
    portal.set_module("dong-son", false).await;
    let filtered = get(&portal, "/van-ban?number=06/2014/Q%C4%90-UBND").await;
    assert_eq!((filtered.page().rows().len(), source(&filtered)), (1, MISS));
}

#[tokio::test]
async fn sites_do_not_share_their_pages() {
    let portal = TestPortal::demo().await;
    let district = get(&portal, "/van-ban").await;
    let commune = portal.visitor().get("dong-son.localhost", "/van-ban").await;
    assert_eq!(source(&commune), MISS);
    assert_ne!(district.answer().body, commune.answer().body);
    // Another way to write the host is the same site.
    let again = portal.visitor().get("LOCALHOST.:8080", "/van-ban").await;
    assert_eq!(source(&again), HIT);
    // An alias redirects with everything that was asked.
    let alias = portal
        .visitor()
        .get("yenthe.localhost", "/van-ban?fbclid=1");
    let location = alias.await.assert_status(301).header("location").to_owned();
    assert!(location.ends_with("/van-ban?fbclid=1"), "{location}");
}

#[tokio::test]
async fn a_head_is_the_same_answer_without_its_body() {
    let portal = TestPortal::demo().await;
    for path in ["/van-ban", "/so-do-cong"] {
        for headers in [&[][..], &[("Accept-Encoding", "gzip")]] {
            let head = portal
                .visitor()
                .ask("HEAD", "localhost", path, headers)
                .await;
            let get = portal.visitor().get_with("localhost", path, headers).await;
            assert_eq!(source(&get), HIT, "a HEAD makes the page too");
            assert!(head.answer().body.is_empty());
            let told = |answer: &Visited| {
                let mut told = answer.answer().headers.clone();
                told.retain(|(name, _)| {
                    !["date", "x-request-id", "cache-status"].contains(&name.as_str())
                });
                told.sort();
                told
            };
            assert_eq!(told(&head), told(&get), "{path}");
            assert_eq!(
                get.header("content-length"),
                get.answer().body.len().to_string()
            );
        }
    }
}

#[tokio::test]
async fn who_has_the_page_is_told_so_in_the_form_that_he_has() {
    let portal = TestPortal::demo().await;
    let visitor = portal.visitor();
    let mut tags = Vec::new();
    for accepted in ["identity", "gzip", "br"] {
        let headers = [("Accept-Encoding", accepted)];
        let first = visitor.get_with("localhost", "/van-ban", &headers).await;
        let tag = first.assert_status(200).header("etag").to_owned();
        assert!(tag.starts_with('"'), "strong: {tag}");
        let known = [("Accept-Encoding", accepted), ("If-None-Match", &tag)];
        let again = visitor.get_with("localhost", "/van-ban", &known).await;
        let again = again.assert_status(304);
        assert!(again.answer().body.is_empty());
        assert_eq!(again.header("etag"), tag);
        assert_eq!(again.header("vary"), "accept-encoding");
        assert_eq!(again.header("cache-control"), "no-cache");
        for name in ["content-length", "content-type", "content-encoding"] {
            assert_eq!(again.answer().header(name), None, "{name}");
        }
        tags.push(tag);
    }
    tags.dedup();
    assert_eq!(tags.len(), 3, "each form has a tag of its own: {tags:?}");
    let other = [("Accept-Encoding", "br"), ("If-None-Match", &tags[1])];
    let other = visitor.get_with("localhost", "/van-ban", &other).await;
    other.assert_status(200);
    let weak = format!("\"x\", W/{}", tags[0]);
    let weak = [("If-None-Match", weak.as_str())];
    visitor
        .get_with("localhost", "/van-ban", &weak)
        .await
        .assert_status(304);
}

#[tokio::test]
async fn the_compressed_forms_hold_the_same_page() {
    let portal = TestPortal::demo().await;
    let plain = get(&portal, "/van-ban").await.answer().body.clone();
    let visitor = portal.visitor();
    let mut gzip = None;
    for _ in 0..2 {
        let headers = [("Accept-Encoding", "deflate, gzip;q=1.0, *;q=0")];
        let answer = visitor.get_with("localhost", "/van-ban", &headers).await;
        assert_eq!(answer.header("content-encoding"), "gzip");
        let mut back = Vec::new();
        flate2::read::GzDecoder::new(&*answer.answer().body)
            .read_to_end(&mut back)
            .unwrap();
        assert_eq!(back, plain);
        let again = gzip.replace(answer.answer().body.clone());
        assert!(
            again.is_none_or(|it| it == answer.answer().body),
            "made once"
        );
    }
    let headers = [("Accept-Encoding", "gzip, br")];
    let brotli = visitor.get_with("localhost", "/van-ban", &headers).await;
    assert_eq!(brotli.header("content-encoding"), "br");
    assert!(brotli.answer().body.len() < gzip.unwrap().len());
    // A file is sent as it is.
    let document = visitor.document("localhost", "06/2014/QĐ-UBND").await;
    let links = document.page().links();
    let file = links.iter().find(|it| it.address.starts_with("/tep/"));
    let file = file.unwrap().address.clone();
    let file = visitor.get_with("localhost", &file, &headers).await;
    assert_eq!(
        file.assert_status(200).answer().header("content-encoding"),
        None
    );
}

#[tokio::test]
async fn what_is_not_there_takes_no_place() {
    let portal = TestPortal::demo().await;
    get(&portal, "/van-ban").await;
    let pages = |report: &Value| report["page_cache"]["pages"].as_u64().unwrap();
    let before = pages(&readiness(&portal).await);
    for number in 0..50 {
        let path = format!("/van-ban/khong-co-{number}?page=2");
        portal
            .visitor()
            .get("localhost", &path)
            .await
            .assert_status(404);
        let path = format!("/van-ban?page={}", 1_000 + number);
        portal
            .visitor()
            .get("localhost", &path)
            .await
            .assert_status(404);
    }
    let report = readiness(&portal).await;
    assert_eq!(pages(&report), before);
    assert_eq!(source(&get(&portal, "/van-ban").await), HIT);
    let cache = &readiness(&portal).await["page_cache"];
    assert_eq!(cache["hits"], 1);
    assert!(cache["bytes"].as_u64().unwrap() > 10_000);
    assert_eq!(cache["budget_bytes"], 64 * 1024 * 1024);
}

async fn readiness(portal: &TestPortal) -> Value {
    let answer = get(portal, "/readyz").await;
    serde_json::from_slice(&answer.answer().body).unwrap()
}

#[tokio::test]
async fn many_who_ask_for_the_same_at_once_have_it_made_once() {
    let portal = TestPortal::demo().await;
    let visitor = portal.visitor();
    let asking: Vec<_> = (0..40)
        .map(|_| tokio::spawn(async move { visitor.get("localhost", "/tim-kiem?q=quyet").await }))
        .collect();
    let mut bodies = Vec::new();
    for asked in asking {
        bodies.push(
            asked
                .await
                .unwrap()
                .assert_status(200)
                .answer()
                .body
                .clone(),
        );
    }
    bodies.dedup();
    assert_eq!(bodies.len(), 1);
    let cache = &readiness(&portal).await["page_cache"];
    assert_eq!(cache["misses"], 1, "{cache}");
    let others = cache["hits"].as_u64().unwrap() + cache["collapsed"].as_u64().unwrap();
    assert_eq!(others, 39, "{cache}");
}

#[tokio::test]
async fn with_a_budget_of_nothing_every_page_is_made_anew() {
    let portal = TestPortal::demo_with(|options| options.page_cache_bytes = 0).await;
    for _ in 0..2 {
        let page = get(&portal, "/van-ban?fbclid=1").await;
        assert_eq!(page.answer().header("cache-status"), None);
        let known = [("If-None-Match", page.header("etag"))];
        let again = portal.visitor().get_with("localhost", "/van-ban", &known);
        again.await.assert_status(304);
    }
    assert_eq!(readiness(&portal).await["page_cache"]["hits"], 0);
}

#[tokio::test]
async fn operators_decide_whether_answers_say_where_they_come_from() {
    let portal = TestPortal::demo_with(|_| ()).await;
    for _ in 0..2 {
        let page = get(&portal, "/van-ban").await;
        assert_eq!(page.answer().header("cache-status"), None);
    }
}
