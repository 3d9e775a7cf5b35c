//! An entry on paper.

use dinh_tests::TestPortal;

#[tokio::test]
async fn the_print_view_holds_the_entry_and_nothing_of_the_site_around_it() {
    let portal = TestPortal::demo().await;
    let visitor = portal.visitor();
    let detail = visitor.document("localhost", "01/2014/QĐ-UBND").await;
    let link = detail.page().link("Bản in").address;
    assert!(link.ends_with("/ban-in"), "{link}");
    let print = visitor.get("localhost", &link).await.assert_status(200);
    let print = print
        .assert_contains("Ủy ban nhân dân huyện Yên Thế")
        .assert_contains("Quyết định 01/2014/QĐ-UBND")
        .assert_contains("Chương II")
        .assert_contains("Điều 4.")
        .assert_contains("Nguồn:")
        .assert_contains("Tác giả:")
        .assert_contains("<meta name=\"robots\" content=\"noindex\">")
        .assert_lacks("<form")
        .assert_lacks("class=\"menu\"");
    let address = format!(
        "http://localhost:{}{}",
        visitor.port(),
        link.trim_end_matches("/ban-in")
    );
    assert!(
        print
            .answer()
            .text()
            .contains(&format!("<link rel=\"canonical\" href=\"{address}\">"))
    );
    let print = print.assert_contains(&address);
    for (label, value) in detail.page().facts() {
        assert!(print.page().words().contains(&value), "{label}: {value}");
    }
    assert!(print.answer().text().contains("print.css"));
}

#[tokio::test]
async fn relations_are_printed_with_the_address_where_they_are_read() {
    let portal = TestPortal::demo().await;
    let visitor = portal.visitor();
    let detail = visitor
        .document("dong-son.localhost", "02/2014/QĐ-UBND")
        .await;
    let upper = detail
        .page()
        .links()
        .into_iter()
        .find(|link| link.address.contains("03-2014"));
    let upper = upper.unwrap().address;
    assert!(
        upper.starts_with("http://localhost:"),
        "it is on the district's site: {upper}"
    );
    let print = format!(
        "{}/ban-in",
        detail
            .page()
            .link("Bản in")
            .address
            .trim_end_matches("/ban-in")
    );
    visitor
        .get("dong-son.localhost", &print)
        .await
        .assert_contains(&upper);
}
