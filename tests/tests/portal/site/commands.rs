//! What operators do to sites and their sections, on the running portal.

use dinh_tests::{Program, TestPortal};
use serde_json::Value;

use crate::program::running::Server;

/// What is refused of sites, once there are `a` and `yen-the`, and why.
const NONSENSE: [(&str, &str); 10] = [
    (
        "site add a --host b.localhost --organisation a --name B",
        "there is a site `a` already",
    ),
    (
        "site add b --host a.localhost --organisation a --name B",
        "a.localhost is a host of a",
    ),
    (
        "site add b --host B.localhost:80 --organisation a --name B",
        "is no host name",
    ),
    (
        "site add b --host b.localhost --organisation a --name B --time-zone Mars",
        "there is no time zone `Mars`",
    ),
    (
        "site add b --host b.localhost --organisation a",
        "name the site",
    ),
    (
        "site add b --host b.localhost --organisation c --organisation-name C --kind commune --below d --name B",
        "there is no organisation `d` above it",
    ),
    (
        "site add B! --host b.localhost --organisation a --name B",
        "B!",
    ),
    ("site set a", "say what"),
    (
        "site set a --time-zone Mars",
        "there is no time zone `Mars`",
    ),
    ("site show b", "there is no site `b`; there are: a, yen-the"),
];

fn run(program: &Program, line: &str) -> String {
    let words: Vec<&str> = line.split_whitespace().collect();
    program.run(&words).assert_code(0).out
}

fn refused(program: &Program, line: &str, why: &str) {
    let words: Vec<&str> = line.split_whitespace().collect();
    program.run(&words).assert_code(1).assert_told(why);
}

#[tokio::test]
async fn an_empty_portal_gets_its_first_site() {
    let program = Program::new().await;
    refused(
        &program,
        "site add yen-the --host localhost --organisation yen-the --name A",
        "there is no organisation `yen-the`",
    );
    let told = run(
        &program,
        "site add yen-the --host localhost --organisation yen-the --organisation-name UBND --kind district --name Cổng --responsible Lan",
    );
    assert!(
        told.contains("nobody sees it before `dinh site resume yen-the`"),
        "{told}"
    );
    let server = Server::start(&program, "serve");
    let visitor = server.visitor();
    visitor.get("localhost", "/").await.assert_status(404);
    run(&program, "site resume yen-the");
    visitor
        .get("localhost", "/")
        .await
        .assert_status(200)
        .assert_contains("Cổng");
    run(&program, "module enable legal-documents --site yen-the");
    visitor
        .get("localhost", "/van-ban")
        .await
        .assert_status(200);
    run(
        &program,
        "site add a --host a.localhost --organisation a --organisation-name Xã --kind commune --below yen-the --name Xã --live",
    );
    visitor.get("a.localhost", "/").await.assert_status(200);
    let shown: Value = serde_json::from_str(&run(&program, "site show a --json")).unwrap();
    assert_eq!(
        (&shown["state"], &shown["organisation_name"]),
        (&"live".into(), &"Xã".into())
    );
    for (line, why) in NONSENSE {
        refused(&program, line, why);
    }
    let audit = run(&program, "audit list");
    assert_eq!(audit.matches("site-put site a").count(), 1, "{audit}");
    program.run(&["audit", "verify"]).assert_code(0);
}

#[tokio::test]
async fn a_site_is_suspended_everywhere_closed_and_brought_back() {
    let program = Program::with_demo().await;
    let server = Server::start(&program, "serve");
    let visitor = server.visitor();
    let found = async || {
        let page = visitor.search("localhost", "48/QĐ-UBND").await.page();
        page.rows()
            .iter()
            .any(|hit| hit.words.contains("48/QĐ-UBND"))
    };
    // Kept by the cache from now on.
    visitor
        .get("dong-son.localhost", "/van-ban")
        .await
        .assert_status(200);
    assert!(found().await);
    let ended = program.run(&["site", "suspend", "dong-son"]);
    ended.assert_code(2).assert_told("--reason");
    refused(&program, "site suspend dong-son --reason=", "say why");
    run(&program, "site suspend dong-son --reason Hỏng --by An");
    visitor
        .get("dong-son.localhost", "/van-ban")
        .await
        .assert_status(503);
    assert!(!found().await);
    run(&program, "site close dong-son --reason Sáp-nhập");
    visitor
        .get("dong-son.localhost", "/van-ban")
        .await
        .assert_status(410);
    run(&program, "site resume dong-son");
    visitor
        .get("dong-son.localhost", "/van-ban")
        .await
        .assert_status(200);
    assert!(found().await);
    let audit = run(&program, "audit list");
    assert!(audit.contains("operator:An"), "{audit}");
    assert!(audit.contains("\"reason\":\"Hỏng\""), "{audit}");
    let told = run(&program, "site suspend yen-the --reason Thử");
    assert!(told.contains("people sign in there"), "{told}");
}

#[tokio::test]
async fn hosts_are_added_and_former_ones_lead_on() {
    let program = Program::with_demo().await;
    let server = Server::start(&program, "serve");
    let visitor = server.visitor();
    run(&program, "site host add dong-son ds.localhost");
    let moved = visitor
        .get("ds.localhost", "/van-ban?page=1")
        .await
        .assert_status(301);
    assert!(
        moved
            .header("location")
            .ends_with("dong-son.localhost/van-ban?page=1"),
        "{}",
        moved.header("location")
    );
    run(&program, "site host add dong-son new.localhost --canonical");
    visitor
        .get("new.localhost", "/van-ban")
        .await
        .assert_status(200);
    for former in ["ds.localhost", "dong-son.localhost"] {
        let moved = visitor.get(former, "/").await.assert_status(301);
        assert!(
            moved.header("location").contains("//new.localhost"),
            "no chain"
        );
    }
    refused(
        &program,
        "site host remove dong-son new.localhost",
        "make another one that first",
    );
    refused(
        &program,
        "site host add yen-the ds.localhost",
        "ds.localhost is a host of dong-son",
    );
    run(&program, "site host remove dong-son ds.localhost");
    visitor.get("ds.localhost", "/").await.assert_status(404);
    refused(
        &program,
        "site host remove dong-son ds.localhost",
        "is no host of dong-son",
    );
}

#[tokio::test]
async fn a_section_moves_and_what_was_linked_leads_on() {
    let portal = TestPortal::demo().await;
    let visitor = portal.visitor();
    let list = visitor
        .get("dong-son.localhost", "/van-ban?number=48/Q%C4%90-UBND")
        .await;
    let path = list.page().rows().first().unwrap().address.clone();
    let slug = path.strip_prefix("/van-ban/").unwrap().to_owned();
    mount(&portal, "cong-bao").await.unwrap();
    let there = async |from: &str| {
        let moved = visitor
            .get("dong-son.localhost", from)
            .await
            .assert_status(301);
        moved
            .header("location")
            .split_once(&format!(":{}", visitor.port()))
            .unwrap()
            .1
            .to_owned()
    };
    assert_eq!(there(&path).await, format!("/cong-bao/{slug}"));
    let moved = visitor.get("dong-son.localhost", &path).await;
    moved.assert_header("cache-control", "no-store");
    let sent = visitor.send("dong-son.localhost", &path, &[("a", "1")]);
    sent.await.assert_status(308);
    assert_eq!(there("/van-ban?page=1&q=a").await, "/cong-bao?page=1&q=a");
    assert_eq!(there("/van-ban/feed.atom").await, "/cong-bao/feed.atom");
    visitor
        .get("dong-son.localhost", "/cong-bao/feed.atom")
        .await
        .assert_status(200);
    visitor
        .get("localhost", "/van-ban")
        .await
        .assert_status(200);
    // Once more: no chain.
    mount(&portal, "van-thu").await.unwrap();
    assert_eq!(there(&path).await, format!("/van-thu/{slug}"));
    assert_eq!(
        there(&format!("/cong-bao/{slug}")).await,
        format!("/van-thu/{slug}")
    );
    for (bad, why) in [
        ("quan-tri", "is a word of the host"),
        ("moc", "is a word of the host"),
    ] {
        let told = mount(&portal, bad).await.unwrap_err();
        assert!(told.contains(why), "{told}");
    }
    // Back again: nothing leads away from it.
    mount(&portal, "van-ban").await.unwrap();
    visitor
        .get("dong-son.localhost", &path)
        .await
        .assert_status(200);
    assert_eq!(there(&format!("/van-thu/{slug}")).await, path);
    portal.set_module("dong-son", false).await;
    visitor
        .get("dong-son.localhost", "/van-thu")
        .await
        .assert_status(404);
}

async fn mount(portal: &TestPortal, to: &str) -> Result<String, String> {
    let work = dinh::site::ModuleWork {
        site: "dong-son".to_owned(),
        plugin: dinh_tests::PLUGIN.to_owned(),
        by: "operator".to_owned(),
        act: dinh::site::ModuleAct::Mount(dinh_domain::ids::Slug::new(to).unwrap()),
    };
    portal.command(dinh::command::Command::Module(work)).await
}

#[tokio::test]
async fn a_section_is_shared_and_placed_by_command() {
    let program = Program::with_demo().await;
    let server = Server::start(&program, "serve");
    let visitor = server.visitor();
    let found = async || {
        let page = visitor.search("localhost", "48/QĐ-UBND").await.page();
        page.rows()
            .iter()
            .any(|hit| hit.words.contains("48/QĐ-UBND"))
    };
    assert!(found().await);
    run(
        &program,
        "module share legal-documents --site dong-son none",
    );
    assert!(!found().await);
    run(
        &program,
        "module share legal-documents --site dong-son search",
    );
    assert!(found().await);
    run(&program, "module place legal-documents --site dong-son -3");
    let list = run(&program, "module list");
    assert!(
        list.lines().any(|it| it.starts_with("dong-son")
            && it.contains("shared search")
            && it.ends_with("place -3")),
        "{list}"
    );
    for (line, why) in [
        (
            "module share legal-documents --site dong-son all",
            "`all` is neither",
        ),
        (
            "module share legal-documents --site hoi-nong-dan none",
            "is not a module of hoi-nong-dan yet: enable it first",
        ),
        ("module mount legal-documents --site dong-son Xấu", "Xấu"),
        (
            "module disable legal-documents --site hoi-nong-dan",
            "is not a module of hoi-nong-dan yet",
        ),
    ] {
        refused(&program, line, why);
    }
    drop(server);
}
