//! A module is switched on the running portal: everything shows it at once, or nothing does.

use dinh::command::Command;
use dinh::site::SiteWork;
use dinh_domain::site::Share;
use dinh_tests::{PLUGIN, TestPortal};

const HOST: &str = "dong-son.localhost";

/// What shows when the commune's module is on, address by address.
async fn traces(portal: &TestPortal, detail: &str, file: &str) -> Vec<(String, bool)> {
    let mut found = Vec::new();
    let asked = [
        (HOST, "/van-ban"),
        (HOST, detail),
        (HOST, file),
        (HOST, "/van-ban/thay-the"),
    ];
    for (host, path) in asked {
        let status = portal.visitor().get(host, path).await.status();
        assert!([200, 404].contains(&status), "{host}{path}: {status}");
        found.push((path.to_owned(), status == 200));
    }
    for (host, path) in [(HOST, "/"), (HOST, "/so-do-cong")] {
        let page = portal
            .visitor()
            .get(host, path)
            .await
            .assert_status(200)
            .page();
        let leads = page
            .links()
            .iter()
            .any(|link| link.address.starts_with("/van-ban"));
        found.push((path.to_owned(), leads));
    }
    for host in [HOST, "localhost"] {
        let search = portal
            .visitor()
            .search(host, "48/QĐ-UBND")
            .await
            .assert_status(200);
        let hits = search
            .page()
            .rows()
            .into_iter()
            .any(|hit| hit.words.contains("48/QĐ-UBND"));
        found.push((format!("search of {host}"), hits));
        let sites = search
            .page()
            .facets()
            .into_iter()
            .find(|facet| facet.label == "Nơi đăng");
        let sites = sites.map(|facet| facet.values).unwrap_or_default();
        let counted = sites.iter().any(|(site, _, _)| site.contains("Đông Sơn"));
        found.push((format!("site facet of {host}"), counted));
    }
    found
}

#[tokio::test]
async fn disabling_takes_effect_at_once_everywhere_and_enabling_brings_all_back() {
    let portal = TestPortal::demo().await;
    let document = portal.visitor().document(HOST, "48/QĐ-UBND").await;
    let files = document.page().links();
    let file = files
        .iter()
        .find(|link| link.address.starts_with("/tep/"))
        .unwrap()
        .address
        .clone();
    let list = portal
        .visitor()
        .get(HOST, "/van-ban?number=48/Q%C4%90-UBND")
        .await;
    let detail = list.page().rows().first().unwrap().address.clone();
    let all = |shown: bool, found: Vec<(String, bool)>| {
        let wrong: Vec<_> = found.into_iter().filter(|(_, is)| *is != shown).collect();
        assert_eq!(wrong, [], "shown should be {shown}");
    };
    all(true, traces(&portal, &detail, &file).await);
    portal.set_module("dong-son", false).await;
    all(false, traces(&portal, &detail, &file).await);
    portal.set_module("dong-son", true).await;
    all(true, traces(&portal, &detail, &file).await);
}

#[tokio::test]
async fn the_union_gets_the_section_by_one_command() {
    let portal = TestPortal::demo().await;
    portal
        .visitor()
        .get("hoi-nong-dan.localhost", "/van-ban")
        .await
        .assert_status(404);
    portal.set_module("hoi-nong-dan", true).await;
    let list = portal
        .visitor()
        .get("hoi-nong-dan.localhost", "/van-ban")
        .await
        .assert_status(200);
    assert_eq!(list.page().total(), 0);
    let home = portal
        .visitor()
        .get("hoi-nong-dan.localhost", "/")
        .await
        .assert_status(200);
    assert!(
        home.page()
            .links()
            .iter()
            .any(|link| link.address == "/van-ban")
    );
}

#[tokio::test]
async fn relations_from_a_disabled_sites_documents_are_not_shown() {
    let portal = TestPortal::demo().await;
    let shown = portal.visitor().document("localhost", "12/HD-UBND").await;
    shown.assert_contains("04/NQ-HĐND");
    portal.set_module("dong-son", false).await;
    let hidden = portal.visitor().document("localhost", "12/HD-UBND").await;
    hidden.assert_lacks("04/NQ-HĐND");
    let commune = portal
        .visitor()
        .document("xuan-luong.localhost", "64/QĐ-UBND")
        .await;
    commune.assert_contains("22/CTr-UBND");
}

#[tokio::test]
async fn a_module_that_shares_nothing_is_found_on_its_own_site_alone() {
    let portal = TestPortal::demo().await;
    portal.set_share("dong-son", Share::None).await;
    let district = portal
        .visitor()
        .search("localhost", "48/QĐ-UBND")
        .await
        .assert_status(200);
    let hits = district.page().rows();
    assert!(
        hits.iter().all(|hit| !hit.words.contains("48/QĐ-UBND")),
        "{hits:?}"
    );
    for facet in district.page().facets() {
        assert!(
            facet
                .values
                .iter()
                .all(|(value, _, _)| !value.contains("Đông Sơn")),
            "{facet:?}"
        );
    }
    let by_force = portal
        .visitor()
        .search_with("localhost", "48/QĐ-UBND", "&site=dong-son")
        .await;
    assert_eq!(by_force.assert_status(200).page().total(), 0);
    let own = portal
        .visitor()
        .search(HOST, "48/QĐ-UBND")
        .await
        .assert_status(200);
    assert!(
        own.page()
            .rows()
            .first()
            .unwrap()
            .words
            .contains("48/QĐ-UBND")
    );
    portal
        .visitor()
        .get(HOST, "/van-ban")
        .await
        .assert_status(200)
        .assert_contains("48/QĐ-UBND");
}

#[tokio::test]
async fn a_command_about_a_module_that_does_not_exist_names_what_there_is() {
    let portal = TestPortal::demo().await;
    let set = |site: &str, plugin: &str| Command::ModuleSet {
        site: site.to_owned(),
        plugin: plugin.to_owned(),
        enabled: true,
    };
    let told = portal.command(set("yen-the", "news")).await.unwrap_err();
    let known = "there is no plugin `news`; there are: ";
    assert!(told.starts_with(known) && told.contains(PLUGIN), "{told}");
    let told = portal.command(set("tam-hiep", PLUGIN)).await.unwrap_err();
    assert_eq!(
        told,
        "there is no site `tam-hiep`; there are: dong-son, hoi-nong-dan, xuan-luong, yen-the"
    );
}

#[tokio::test]
async fn the_lists_of_modules_and_sites_say_what_is_where() {
    let portal = TestPortal::demo().await;
    portal.set_module("xuan-luong", false).await;
    let told = portal
        .command(Command::ModuleList { json: true })
        .await
        .unwrap();
    let lines: serde_json::Value = serde_json::from_str(&told).unwrap();
    let line = |site: &str| {
        lines
            .as_array()
            .unwrap()
            .iter()
            .find(|it| it["site"] == site && it["plugin"] == "legal-documents")
            .cloned()
    };
    assert_eq!(line("xuan-luong").unwrap()["enabled"], false);
    assert_eq!(line("dong-son").unwrap()["enabled"], true);
    assert_eq!(line("dong-son").unwrap()["mount"], "van-ban");
    assert_eq!(line("hoi-nong-dan"), None);
    let told = portal
        .command(Command::Site(SiteWork::List { json: false }))
        .await
        .unwrap();
    assert_eq!(told.lines().count(), 4);
    assert!(told.contains("dong-son.localhost"), "{told}");
}
