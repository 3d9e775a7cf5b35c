//! How often one caller may send, and what a solved puzzle earns.

use dinh_tests::{TestPortal, Visited};
use sha2::{Digest, Sha256};

use super::citizen::{FORM, WORDS, open, with};
use crate::people::person::Browser;

/// An address whose sendings are counted.
const COUNTED: &str = "198.51.100.7";

/// Waits as long as the limit of forms a second asks for.
async fn send(browser: &Browser<'_>, changes: &[(&str, &str)]) -> Visited {
    let form = browser.get(FORM).await.assert_status(200);
    let version = crate::desk::form::hidden(&form, "bieu-mau");
    let mut fields = with(changes);
    fields.push(("bieu-mau", version.as_str()));
    for _ in 0..40 {
        let answer = browser.post(FORM, &fields).await;
        let is_too_fast = answer.status() == 429 && !answer.text().contains("name=\"words\"");
        if !is_too_fast {
            return answer;
        }
        tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    }
    panic!("forms are refused for ever");
}

async fn solution(portal: &TestPortal, host: &str) -> String {
    let told = portal.visitor().get(host, "/thu-thach").await.json();
    let (puzzle, bits) = (
        told["puzzle"].as_str().unwrap(),
        told["bits"].as_u64().unwrap(),
    );
    let solutions = (0_u64..50_000_000).map(|number| format!("{puzzle}:{number}"));
    let is_good = |text: &String| {
        let hash = Sha256::digest(text.as_bytes());
        let first = u32::from_be_bytes([hash[0], hash[1], hash[2], hash[3]]);
        u64::from(first.leading_zeros()) >= bits
    };
    solutions.into_iter().find(is_good).unwrap()
}

#[tokio::test]
async fn who_sends_too_often_waits_or_solves_a_puzzle() {
    let portal = open().await;
    let browser = Browser::at(&portal, COUNTED);
    for _ in 0..6 {
        send(&browser, &[]).await.assert_status(303);
    }
    let refused = send(&browser, &[]).await.assert_status(429);
    refused
        .assert_contains("xin gửi lại sau 60 phút")
        .assert_contains(WORDS);
    let forged = send(&browser, &[("bang-chung", "9999999999999.00.00:1")]).await;
    forged.assert_status(429);
    let of_another_site = solution(&portal, "dong-son.localhost").await;
    let refused = send(&browser, &[("bang-chung", &of_another_site)]).await;
    refused.assert_status(429);
    let solved = solution(&portal, "localhost").await;
    let taken = send(&browser, &[("bang-chung", &solved)]).await;
    taken.assert_status(303);
    let again = send(&browser, &[("bang-chung", &solved)])
        .await
        .assert_status(409);
    again
        .assert_contains("đã được gửi rồi")
        .assert_contains(WORDS);
    let proved = "select count(*) from submission where proof is not null";
    assert_eq!(portal.database().lines(proved).await, ["1"]);
    let other = Browser::at(&portal, "198.51.100.8");
    send(&other, &[]).await.assert_status(303);
    let late = solution(&portal, "localhost").await;
    portal.clock().advance(4 * crate::people::person::HOUR);
    let refused = send(&browser, &[("bang-chung", &late)]).await;
    refused.assert_status(429);
}
