//! Questions of programs that cannot be answered: each refusal has a stable type and names what was
//! wrong.

use dinh_tests::{TestPortal, Visited};
use serde_json::Value;

const LIST: &str = "/api/v1/collections/legal-documents/document";

fn problem(answer: Visited, status: u16, name: &str) -> Value {
    let answer = answer
        .assert_status(status)
        .assert_header("content-type", "application/problem+json")
        .assert_header("access-control-allow-origin", "*");
    let told = answer.json();
    assert_eq!(told["type"], format!("urn:dinh:problem:{name}"), "{told}");
    assert_eq!(told["status"], status);
    assert!(
        told["title"].is_string() && told["detail"].is_string(),
        "{told}"
    );
    told
}

#[tokio::test]
async fn unknown_parameters_filters_and_sorts_are_refused_by_name() {
    let portal = TestPortal::demo().await;
    let get = async |path: &str| portal.visitor().get("localhost", path).await;
    let told = problem(
        get(&format!("{LIST}?colour=red")).await,
        400,
        "unknown-parameter",
    );
    assert_eq!(told["parameter"], "colour");
    let known = told["known"].as_array().unwrap();
    for name in ["kind", "issued_on_from", "sort", "limit", "cursor", "q"] {
        assert!(known.contains(&name.into()), "{known:?}");
    }
    // Declared, but not offered as a filter.
    problem(
        get(&format!("{LIST}?signer=A")).await,
        400,
        "unknown-parameter",
    );
    problem(
        get(&format!("{LIST}?page=2")).await,
        400,
        "unknown-parameter",
    );
    let told = problem(get(&format!("{LIST}?sort=signer")).await, 400, "bad-value");
    assert_eq!(told["parameter"], "sort");
    assert!(
        told["known"]
            .as_array()
            .unwrap()
            .contains(&"-number".into())
    );
    let told = problem(
        get(&format!("{LIST}?kind=quyet-d%C3%ACnh")).await,
        400,
        "bad-value",
    );
    assert!(
        told["detail"]
            .as_str()
            .unwrap()
            .starts_with("`kind` cannot be `quyet-dình`; known: ")
    );
    for path in [
        "/api/v1/sites?x=1",
        "/api/v1/collections?q=1",
        "/api/v1/openapi.json?x",
    ] {
        problem(get(path).await, 400, "unknown-parameter");
    }
    problem(
        get("/api/v1/search?q=a&kind=b").await,
        400,
        "unknown-parameter",
    );
}

#[tokio::test]
async fn impossible_values_are_refused_by_name() {
    let portal = TestPortal::demo().await;
    for (query, parameter) in [
        ("limit=0", "limit"),
        ("limit=101", "limit"),
        ("limit=-1", "limit"),
        ("limit=99999999999999999999", "limit"),
        ("issued_on_from=03%2F10%2F2014", "issued_on_from"),
        ("issued_on_to=2014-02-30", "issued_on_to"),
        ("year=14", "year"),
        ("number=", "number"),
        ("q=", "q"),
        ("q=%20%20", "q"),
    ] {
        let answer = portal
            .visitor()
            .get("localhost", &format!("{LIST}?{query}"))
            .await;
        let told = problem(answer, 400, "bad-value");
        assert_eq!(told["parameter"], parameter, "{query}");
    }
    for (path, name) in [
        (format!("{LIST}?limit=1&limit=2"), "repeated-parameter"),
        ("/api/v1/search".to_owned(), "missing-parameter"),
        (format!("/api/v1/search?q={}", "a".repeat(501)), "bad-value"),
        ("/api/v1/search?q=a&site=tam-hiep".to_owned(), "bad-value"),
        (
            "/api/v1/search?q=a&collection=news%2Farticle".to_owned(),
            "bad-value",
        ),
    ] {
        let answer = portal.visitor().get("localhost", &path).await;
        problem(answer, 400, name);
    }
}

#[tokio::test]
async fn hostile_words_are_searched_as_words() {
    let portal = TestPortal::demo().await;
    let words = [
        "title%3Ax%20OR%20%2A",
        "%5Ba-z%5D%2B%24",
        "a%7E99999",
        "AND%20OR%20NOT",
    ];
    let signs = [
        "%28%28%28",
        "%2B%2B%2B%2D%2D%2D",
        "%2F.%2A%2F",
        "%22%22%22",
        "%3F%3F%3F",
        "%25",
    ];
    let get = async |path: String| portal.visitor().get("localhost", &path).await;
    let of_programs = |words: &str| {
        [
            format!("/api/v1/search?q={words}"),
            format!("{LIST}?q={words}"),
            format!("{LIST}?number={words}"),
        ]
    };
    let of_lists = |words: &str| {
        [
            format!("/van-ban/export.csv?q={words}"),
            format!("/van-ban/feed.atom?q={words}"),
        ]
    };
    for words in words {
        for path in of_programs(words).into_iter().chain(of_lists(words)) {
            get(path).await.assert_status(200);
        }
    }
    for signs in signs {
        // No words at all: nothing has them. The list tells its reader so, and its outputs too.
        for path in of_programs(signs) {
            let answer = get(path).await.assert_status(200);
            assert_eq!(answer.json()["total"], 0);
        }
        for path in of_lists(signs) {
            get(path).await.assert_status(400);
        }
    }
}

#[tokio::test]
async fn what_is_not_there_and_what_is_not_allowed_is_a_problem_too() {
    let portal = TestPortal::demo().await;
    let get = async |path: &str| portal.visitor().get("localhost", path).await;
    for path in [
        "/api",
        "/api/v1",
        "/api/v2/sites",
        "/api/v1/nothing",
        "/api/v1/collections/legal-documents",
        "/api/v1/collections/news/article",
        "/api/v1/collections/legal-documents/nothing",
        "/api/v1/collections/legal-documents/document/no-such-entry",
        "/api/v1/collections/legal-documents/document/KHONG%2FCO",
        "/api/v1//sites",
    ] {
        problem(get(path).await, 404, "not-found");
    }
    for method in ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"] {
        let answer = portal.visitor().ask(method, "localhost", LIST, &[]).await;
        assert_eq!(answer.header("allow"), "GET, HEAD");
        problem(answer, 405, "method-not-allowed");
    }
    problem(
        get(&format!("{LIST}?q=%zz")).await,
        400,
        "malformed-request",
    );
    problem(
        get(&format!("{LIST}?q=%FF")).await,
        400,
        "malformed-request",
    );
    problem(
        get(&format!("{LIST}?q=a%00b")).await,
        400,
        "malformed-request",
    );
    let long = format!("{LIST}?q={}", "a".repeat(10_000));
    problem(get(&long).await, 414, "too-long");
    let answer = portal.visitor().get("nobody.localhost", LIST).await;
    problem(answer, 404, "not-found");
}

#[tokio::test]
async fn a_portal_that_lost_its_database_says_when_to_come_back() {
    let portal = TestPortal::demo().await;
    portal.lose_database().await;
    let answer = portal.visitor().get("localhost", LIST).await;
    assert!(answer.header("retry-after").parse::<u32>().is_ok());
    problem(answer, 503, "unavailable");
}
