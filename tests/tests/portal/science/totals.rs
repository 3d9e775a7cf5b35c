//! How many and how much, as the list is filtered and as far as the reader sees.

use dinh_tests::TestPortal;
use serde_json::json;

use super::task::{post, task};

async fn lines(portal: &TestPortal, host: &str, path: &str) -> Vec<String> {
    let file = portal.visitor().get(host, path).await.assert_status(200);
    let text = file.text();
    text.trim_start_matches('\u{feff}')
        .lines()
        .map(str::to_owned)
        .collect()
}

const FILE: &str = "/khoa-hoc/tong-hop.csv";

#[tokio::test]
async fn totals_are_those_of_the_list_with_what_stands_below_a_field() {
    let portal = TestPortal::demo().await;
    let list = portal.visitor().get("localhost", "/khoa-hoc").await;
    let total = list.page().total();
    let all = lines(&portal, "localhost", FILE).await;
    let whole = all.last().unwrap();
    assert!(
        whole.starts_with(&format!("Tổng cộng,,{total},")),
        "{whole}"
    );
    let field = "Lĩnh vực,Khoa học nông nghiệp,";
    let before = all.iter().find(|it| it.starts_with(field)).unwrap().clone();
    post(&portal, task("T7"), Vec::new()).await.unwrap();
    let after = lines(&portal, "localhost", FILE).await;
    let after = after.iter().find(|it| it.starts_with(field)).unwrap();
    let number = |line: &str, at: usize| {
        let cell = line.split(',').nth(at).unwrap();
        cell.parse::<i64>().unwrap()
    };
    assert_eq!(number(after, 2), number(&before, 2) + 1);
    assert_eq!(number(after, 3), number(&before, 3) + 100);
    for filter in ["field=4", "level=national", "year=2024", "status=stopped"] {
        let list = format!("/khoa-hoc?{filter}");
        let list = portal.visitor().get("localhost", &list).await;
        let total = list.page().total();
        let file = lines(&portal, "localhost", &format!("{FILE}?{filter}")).await;
        let whole = file.last().unwrap();
        let wanted = format!("Tổng cộng,,{total},");
        assert!(total > 0 && whole.starts_with(&wanted), "{filter}: {whole}");
    }
}

#[tokio::test]
async fn a_line_of_the_page_leads_to_as_many_entries_as_it_counts() {
    let portal = TestPortal::demo().await;
    let path = "/khoa-hoc/tong-hop?level=base";
    let page = portal.visitor().get("localhost", path).await;
    let page = page.assert_status(200);
    let links = page.page().links();
    let lines = links
        .iter()
        .filter(|it| it.address.starts_with("/khoa-hoc?"));
    let mut seen = 0;
    for line in lines.filter(|it| it.address.matches('=').count() == 2) {
        let list = portal.visitor().get("localhost", &line.address).await;
        let total = list.assert_status(200).page().total();
        assert!(total > 0, "{}", line.address);
        let words = page.page().words();
        let counted = format!("{} {total} ", line.words);
        assert!(words.contains(&counted), "{counted}");
        seen += 1;
    }
    assert!(seen > 5, "{seen}");
}

#[tokio::test]
async fn a_sum_is_exact_however_large_its_parts() {
    let portal = TestPortal::demo().await;
    for code in ["L1", "L2", "L3"] {
        let mut body = task(code);
        body.insert("budget".to_owned(), json!(i64::MAX));
        body.insert("level".to_owned(), json!("ministry"));
        post(&portal, body, Vec::new()).await.unwrap();
    }
    let mut body = task("L4");
    body.insert("budget".to_owned(), json!(-5));
    body.insert("level".to_owned(), json!("ministry"));
    post(&portal, body, Vec::new()).await.unwrap();
    let file = lines(&portal, "localhost", &format!("{FILE}?level=ministry")).await;
    let sum = i128::from(i64::MAX) * 3 - 5;
    assert_eq!(*file.last().unwrap(), format!("Tổng cộng,,4,{sum}"));
}

#[tokio::test]
async fn totals_say_nothing_of_what_is_not_seen() {
    let portal = TestPortal::demo().await;
    let own = lines(&portal, "dong-son.localhost", FILE).await;
    assert!(own.last().unwrap().starts_with("Tổng cộng,,1,"), "{own:?}");
    let count = async |portal: &TestPortal| {
        let all = lines(portal, "localhost", FILE).await;
        let whole = all.last().unwrap().split(',').nth(2).unwrap();
        whole.parse::<u64>().unwrap()
    };
    let before = count(&portal).await;
    let off = portal
        .portal()
        .set_module("dong-son", "science-projects", false);
    off.await.unwrap();
    assert_eq!(count(&portal).await, before - 1);
    for path in [FILE, "/khoa-hoc/tong-hop"] {
        let gone = portal.visitor().get("dong-son.localhost", path).await;
        gone.assert_status(404);
    }
    // A list that declares none has none.
    for path in [
        "/van-ban/tong-hop",
        "/van-ban/tong-hop.csv",
        "/khoa-hoc/chuong-trinh/tong-hop.csv",
    ] {
        let none = portal.visitor().get("localhost", path).await;
        none.assert_status(404);
    }
    let bad = format!("{FILE}?level=xa");
    let bad = portal.visitor().get("localhost", &bad).await;
    bad.assert_status(400);
}
