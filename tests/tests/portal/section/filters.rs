//! The list of documents, narrowed by every filter it offers.

use dinh_tests::{TestPortal, Visited};

async fn list(portal: &TestPortal, query: &str) -> Visited {
    let path = format!("/van-ban?per_page=100&{query}");
    portal
        .visitor()
        .get("localhost", &path)
        .await
        .assert_status(200)
}

fn titles(list: &Visited) -> Vec<String> {
    list.page()
        .rows()
        .into_iter()
        .map(|row| row.words)
        .collect()
}

#[tokio::test]
async fn kind_year_field_and_validity_narrow_the_list() {
    let portal = TestPortal::demo().await;
    for (query, total) in [
        ("kind=quyet-dinh", 19),
        ("kind=chi-thi", 3),
        ("kind=chi-thi&kind=ke-hoach", 8),
        ("year=2014", 9),
        ("year=2014&year=2015", 14),
        ("year=2014&kind=quyet-dinh", 5),
        ("fields=L%C3%A2m%20nghi%E1%BB%87p", 3),
        ("fields=lam%20nghiep", 3),
        ("validity=unknown", 2),
        ("year=1990", 0),
        ("year=1990&kind=chi-thi", 0),
    ] {
        let found = list(&portal, query).await;
        assert_eq!(found.page().total(), total, "{query}");
        assert_eq!(titles(&found).len() as u64, total, "{query}");
    }
}

#[tokio::test]
async fn the_issuing_body_is_found_in_any_spelling() {
    let portal = TestPortal::demo().await;
    for spelling in [
        "H%E1%BB%99i%20%C4%91%E1%BB%93ng%20nh%C3%A2n%20d%C3%A2n%20huy%E1%BB%87n%20Y%C3%AAn%20Th%E1%BA%BF",
        "hoi%20dong%20nhan%20dan%20huyen%20yen%20the",
        "HO%CC%A3%CC%82I%20DONG%20NHAN%20DAN%20HUYEN%20YEN%20THE",
    ] {
        let found = list(&portal, &format!("issuer={spelling}")).await;
        assert_eq!(found.page().total(), 5, "{spelling}");
        found
            .assert_contains("38/NQ-HĐND")
            .assert_lacks("655/BC-UBND");
    }
}

#[tokio::test]
async fn a_number_is_found_in_any_spelling() {
    let portal = TestPortal::demo().await;
    for spelling in [
        "06/2014/Q%C4%90-UBND",
        "6/2014/qd-ubnd",
        "06%202014%20qd%20ubnd",
        "06/2014/Q%C4%90%E2%88%92UBND",
        "%EF%BC%90%EF%BC%96%EF%BC%8F2014%EF%BC%8FQ%C4%90-UBND",
    ] {
        let found = list(&portal, &format!("number={spelling}")).await;
        assert_eq!(titles(&found), ["Quyết định 06/2014/QĐ-UBND"], "{spelling}");
    }
}

#[tokio::test]
async fn dates_bound_the_list_at_both_ends() {
    let portal = TestPortal::demo().await;
    for (query, numbers) in [
        (
            "issued_on_from=2014-10-03&issued_on_to=2014-10-20",
            vec!["1186/QĐ-UBND", "06/2014/QĐ-UBND"],
        ),
        (
            "issued_on_from=03/10/2014&issued_on_to=03/10/2014",
            vec!["06/2014/QĐ-UBND"],
        ),
        ("issued_on_from=2025-01-01", vec!["01/2025/QĐ-UBND"]),
        ("issued_on_to=2014-01-09", vec!["01/2014/QĐ-UBND"]),
        ("issued_on_from=2015-01-01&issued_on_to=2014-01-01", vec![]),
    ] {
        let found = list(&portal, query).await;
        let shown = titles(&found);
        assert_eq!(shown.len(), numbers.len(), "{query}: {shown:?}");
        for (title, number) in shown.iter().zip(numbers) {
            assert!(title.ends_with(number), "{query}: {shown:?}");
        }
    }
}

#[tokio::test]
async fn what_cannot_be_a_filters_value_is_complained_of_in_words() {
    let portal = TestPortal::demo().await;
    for (query, complaint) in [
        ("issued_on_from=2015-02-30", "“2015-02-30” không hợp lệ"),
        ("year=hai-nghin", "“hai-nghin” không hợp lệ"),
        ("sort=-abstract", "“-abstract”"),
    ] {
        let found = list(&portal, query).await.assert_contains(complaint);
        assert_eq!(found.page().total(), 40, "{query}: the filter is left out");
    }
}

#[tokio::test]
async fn markup_in_a_parameter_stays_text() {
    let portal = TestPortal::demo().await;
    let found = list(
        &portal,
        "number=%3Cscript%3Ealert(1)%3C/script%3E&year=%22%3E%3Cb%3E",
    )
    .await;
    found.assert_lacks("<script>").assert_lacks("<b>");
}

#[tokio::test]
async fn unknown_parameters_change_nothing() {
    let portal = TestPortal::demo().await;
    let plain = portal
        .visitor()
        .get("localhost", "/van-ban?kind=chi-thi")
        .await;
    let path = "/van-ban?fbclid=IwAR0x&kind=chi-thi&utm_source=zalo&gclid=1&zarsrc=2";
    let followed = portal
        .visitor()
        .get("localhost", path)
        .await
        .assert_status(200);
    assert_eq!(followed.page().words(), plain.page().words());
    followed.assert_lacks("fbclid").assert_lacks("utm_source");
}

#[tokio::test]
async fn every_applied_filter_is_a_chip_that_takes_it_away() {
    let portal = TestPortal::demo().await;
    let found = list(&portal, "kind=quyet-dinh&year=2014").await;
    let chip = found
        .page()
        .links()
        .into_iter()
        .find(|link| link.words.contains("Năm ban hành: 2014"));
    let without = portal
        .visitor()
        .get("localhost", &chip.unwrap().address)
        .await
        .assert_status(200);
    assert_eq!(without.page().total(), 19);
    let clear = without.page().link("Bỏ tất cả điều kiện").address;
    let all = portal
        .visitor()
        .get("localhost", &clear)
        .await
        .assert_status(200);
    assert_eq!(all.page().total(), 40);
}
