//! A site that is suspended, closed or not yet public, and a portal that has lost its database.

use dinh_domain::site::{Organisation, SiteState};
use dinh_tests::TestPortal;

const HOST: &str = "dong-son.localhost";

#[tokio::test]
async fn a_suspended_site_says_so_and_vanishes_from_the_district_at_once() {
    let portal = TestPortal::demo().await;
    portal
        .change_site("dong-son", |site| site.state = SiteState::Suspended)
        .await;
    for path in ["/", "/van-ban", "/khong-co"] {
        let answer = portal.visitor().get(HOST, path).await.assert_status(503);
        let answer = answer
            .assert_contains("tạm ngừng hoạt động")
            .assert_lacks("48/QĐ-UBND");
        assert!(answer.header("retry-after").parse::<u32>().is_ok());
    }
    let found = portal
        .visitor()
        .search("localhost", "48/QĐ-UBND")
        .await
        .assert_status(200);
    assert!(
        found
            .page()
            .rows()
            .iter()
            .all(|hit| !hit.words.contains("48/QĐ-UBND"))
    );
    portal
        .visitor()
        .get("localhost", "/so-do-cong")
        .await
        .assert_lacks("Đông Sơn");
    portal
        .change_site("dong-son", |site| site.state = SiteState::Live)
        .await;
    portal
        .visitor()
        .get(HOST, "/van-ban")
        .await
        .assert_status(200)
        .assert_contains("48/QĐ-UBND");
}

#[tokio::test]
async fn a_closed_site_is_gone_and_one_on_trial_unknown() {
    let portal = TestPortal::demo().await;
    portal
        .change_site("dong-son", |site| site.state = SiteState::Closed)
        .await;
    let gone = portal
        .visitor()
        .get(HOST, "/van-ban")
        .await
        .assert_status(410);
    gone.assert_contains("đã ngừng hoạt động");
    portal
        .change_site("dong-son", |site| site.state = SiteState::Trial)
        .await;
    let unknown = portal
        .visitor()
        .get(HOST, "/van-ban")
        .await
        .assert_status(404);
    unknown
        .assert_contains("Không có cổng nào ở tên miền này")
        .assert_lacks("Đông Sơn");
}

#[tokio::test]
async fn a_site_that_moved_to_another_host_is_found_at_the_old_one() {
    let portal = TestPortal::demo().await;
    portal
        .change_site("dong-son", |site| {
            site.aliases.push(site.host.clone());
            site.host = "dongson.localhost".to_owned();
        })
        .await;
    let moved = portal
        .visitor()
        .get(HOST, "/van-ban?page=1")
        .await
        .assert_status(301);
    let port = portal.visitor().port();
    assert_eq!(
        moved.header("location"),
        format!("http://dongson.localhost:{port}/van-ban?page=1")
    );
    portal
        .visitor()
        .get("dongson.localhost", "/van-ban")
        .await
        .assert_status(200);
    let found = portal
        .visitor()
        .search("localhost", "48/QĐ-UBND")
        .await
        .page();
    let first = found.rows().first().unwrap().address.clone();
    assert!(
        first.starts_with(&format!("http://dongson.localhost:{port}/van-ban/")),
        "{first}"
    );
}

#[tokio::test]
async fn a_portal_without_its_database_asks_for_patience_and_lives() {
    let portal = TestPortal::demo().await;
    portal.lose_database().await;
    for path in ["/", "/van-ban", "/tim-kiem?q=a", "/tep/x/y"] {
        let answer = portal
            .visitor()
            .get("localhost", path)
            .await
            .assert_status(503);
        let answer = answer.assert_contains("Cổng tạm thời chưa phục vụ được");
        assert!(answer.header("retry-after").parse::<u32>().is_ok());
        let html = answer.page().html().to_lowercase();
        for secret in ["sqlx", "pool", "sqlite", "postgres", "select "] {
            assert!(!html.contains(secret), "{path}: {secret}");
        }
    }
    portal
        .visitor()
        .get("localhost", "/healthz")
        .await
        .assert_status(200);
    portal
        .visitor()
        .get("localhost", "/readyz")
        .await
        .assert_status(503);
}

#[tokio::test]
async fn a_site_in_a_time_zone_that_does_not_exist_is_refused() {
    let portal = TestPortal::demo().await;
    let mut site = portal.portal().sites().await.unwrap().remove(0);
    site.time_zone = "Asia/Yen_The".to_owned();
    let organisation = Organisation {
        id: site.organisation.clone(),
        parent: None,
        kind: "district".to_owned(),
        name: "Ủy ban nhân dân huyện Yên Thế".to_owned(),
    };
    let told = portal.portal().put_site(&organisation, &site).await;
    let told = told.unwrap_err().to_string();
    assert_eq!(told, "there is no time zone `Asia/Yen_The`");
}
