//! Rooms beside the desk show a page of their lines.

use super::rooms::filled;
use crate::people::person::Browser;

#[tokio::test]
async fn people_and_organisations_are_shown_page_by_page() {
    let portal = filled(110, 0).await;
    let head = Browser::signed_in(&portal, "truong-ban").await;
    let rows = |page: &str| page.matches("<article class=\"row\">").count();
    let people = head.get("/quan-tri/con-nguoi").await.assert_status(200);
    // Five at each commune, sixteen of the Board, and the demo's own four.
    people.assert_contains("Có 570 người.");
    let page = head.get("/quan-tri/con-nguoi?page=12").await;
    assert_eq!(rows(&page.text()), 20);
    let there = head.get("/quan-tri/con-nguoi?to-chuc=xa-0042").await;
    there
        .assert_contains("Có 5 người.")
        .assert_contains("xa-0042-unit-head");
    let named = head.get("/quan-tri/con-nguoi?tim=xa-0042-UNIT").await;
    named.assert_contains("Có 2 người.");
    let organisations = head.get("/quan-tri/to-chuc").await.assert_status(200);
    let organisations = organisations.text();
    assert_eq!(rows(&organisations), 100);
    assert!(organisations.contains("page=2"));
    let next = head
        .get("/quan-tri/to-chuc?page=2")
        .await
        .assert_status(200);
    assert!((1..100).contains(&rows(&next.text())));
    assert!(!next.text().contains("page=3"));
    for odd in ["?page=0", "?page=99999999999", "?page=4000000000"] {
        head.get(&format!("/quan-tri/to-chuc{odd}"))
            .await
            .assert_status(200);
    }
}
