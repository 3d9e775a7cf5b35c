//! The district, two communes and the farmers' union: one portal, each with its own.

use dinh_tests::TestPortal;

#[tokio::test]
async fn each_site_lists_its_own_documents_and_no_others() {
    let portal = TestPortal::demo().await;
    for (host, total, own, other) in [
        ("localhost", 40, "655/BC-UBND", "48/QĐ-UBND"),
        ("dong-son.localhost", 10, "48/QĐ-UBND", "64/QĐ-UBND"),
        ("xuan-luong.localhost", 10, "64/QĐ-UBND", "655/BC-UBND"),
    ] {
        let list = portal
            .visitor()
            .get(host, "/van-ban?per_page=100")
            .await
            .assert_status(200);
        let list = list.assert_contains(own).assert_lacks(other);
        assert_eq!(list.page().total(), total, "{host}");
        assert_eq!(list.page().rows().len() as u64, total, "{host}");
    }
}

#[tokio::test]
async fn every_site_shows_its_own_name_contact_and_menu() {
    let portal = TestPortal::demo().await;
    for (host, name, phone) in [
        (
            "localhost",
            "Cổng Thông tin điện tử huyện Yên Thế",
            "0204 3876 000",
        ),
        (
            "dong-son.localhost",
            "Trang Thông tin điện tử xã Đông Sơn",
            "0204 3876 001",
        ),
        (
            "xuan-luong.localhost",
            "Trang Thông tin điện tử xã Xuân Lương",
            "0204 3876 002",
        ),
        (
            "hoi-nong-dan.localhost",
            "Trang Thông tin điện tử Hội Nông dân huyện Yên Thế",
            "0204 3876 003",
        ),
    ] {
        let home = portal.visitor().get(host, "/").await.assert_status(200);
        let home = home
            .assert_contains(&format!("<title>{name}</title>"))
            .assert_contains(phone);
        assert_eq!(home.page().html().matches("<h1").count(), 1, "{host}");
    }
}

#[tokio::test]
async fn a_site_without_the_module_shows_no_trace_of_it() {
    let portal = TestPortal::demo().await;
    let host = "hoi-nong-dan.localhost";
    for path in [
        "/van-ban",
        "/van-ban?q=a",
        "/van-ban/thay-the",
        "/van-ban/khong-co",
    ] {
        portal.visitor().get(host, path).await.assert_status(404);
    }
    for path in [
        "/",
        "/so-do-cong",
        "/tim-kiem",
        "/tim-kiem?q=quy%E1%BA%BFt%20%C4%91%E1%BB%8Bnh",
    ] {
        let page = portal.visitor().get(host, path).await.assert_status(200);
        page.assert_lacks("/van-ban")
            .assert_lacks("Hình thức văn bản");
    }
    let found = portal
        .visitor()
        .search(host, "06/2014/QĐ-UBND")
        .await
        .assert_status(200);
    assert_eq!(found.page().total(), 0);
}

#[tokio::test]
async fn a_document_of_one_site_is_not_at_that_path_of_another() {
    let portal = TestPortal::demo().await;
    let list = portal.visitor().get("dong-son.localhost", "/van-ban").await;
    let path = list.page().rows().first().unwrap().address.clone();
    portal
        .visitor()
        .get("dong-son.localhost", &path)
        .await
        .assert_status(200);
    for host in [
        "localhost",
        "xuan-luong.localhost",
        "hoi-nong-dan.localhost",
    ] {
        portal.visitor().get(host, &path).await.assert_status(404);
    }
}

#[tokio::test]
async fn the_home_page_shows_the_newest_documents_and_how_many_there_are() {
    let portal = TestPortal::demo().await;
    let home = portal
        .visitor()
        .get("localhost", "/")
        .await
        .assert_status(200);
    let page = home.page();
    let rows: Vec<String> = page.links().into_iter().map(|link| link.words).collect();
    let at = |words: &str| rows.iter().position(|row| row.contains(words));
    let (first, second) = (at("01/2025/QĐ-UBND"), at("1575/QĐ-UBND"));
    assert!(first.is_some() && first < second, "{rows:?}");
    assert!(
        rows.iter()
            .any(|row| row.contains("Xem tất cả Văn bản (40)")),
        "{rows:?}"
    );
}
