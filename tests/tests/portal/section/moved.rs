//! A document whose address changed is found at the old one.

use dinh_tests::TestPortal;

#[tokio::test]
async fn a_former_address_leads_to_the_present_one_in_one_step() {
    let portal = TestPortal::demo().await;
    let visitor = portal.visitor();
    let list = visitor
        .get("localhost", "/van-ban?number=06/2014/Q%C4%90-UBND")
        .await
        .page();
    let first = list.rows().first().unwrap().address.clone();
    portal.move_slug("yen-the", &first, "quy-che-cong").await;
    portal
        .move_slug("yen-the", "/van-ban/quy-che-cong", "quy-che-hoat-dong")
        .await;
    let now = "/van-ban/quy-che-hoat-dong";
    for former in [first.as_str(), "/van-ban/quy-che-cong"] {
        let answer = visitor.get("localhost", former).await.assert_status(301);
        assert_eq!(answer.header("location"), now, "{former}");
    }
    visitor
        .get("localhost", now)
        .await
        .assert_status(200)
        .assert_contains("06/2014/QĐ-UBND");
    let found = visitor.search("localhost", "06/2014/QĐ-UBND").await.page();
    portal.portal().catch_up().await.unwrap();
    let again = visitor.search("localhost", "06/2014/QĐ-UBND").await.page();
    assert_eq!(
        again.rows().first().unwrap().address,
        now,
        "before: {:?}",
        found.rows().first()
    );
    visitor
        .get("dong-son.localhost", &first)
        .await
        .assert_status(404);
}
