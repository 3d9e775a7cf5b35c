//! Akoma Ntoso and addresses of legislation.

use dinh_tests::{Document, TestPortal, Visited};

const ELI: &str = "/eli/vn/uy-ban-nhan-dan-huyen-yen-the/quyet-dinh/2014/06-2014-qd-ubnd";

async fn get(portal: &TestPortal, path: &str) -> Visited {
    portal.visitor().get("localhost", path).await
}

#[tokio::test]
async fn a_document_is_had_as_akoma_ntoso_with_identity_life_and_structure() {
    let portal = TestPortal::demo().await;
    let detail = portal
        .visitor()
        .document("localhost", "06/2014/QĐ-UBND")
        .await;
    let link = detail.page().link("Akoma Ntoso (XML)").address;
    let alternate = format!(
        "<link rel=\"alternate\" type=\"application/akn+xml\" title=\"Quyết định 06/2014/QĐ-UBND\" href=\"{link}\">"
    );
    assert!(detail.answer().text().contains(&alternate));
    let akn = get(&portal, &link).await.assert_status(200);
    assert!(
        akn.header("content-type")
            .starts_with("application/akn+xml")
    );
    let work = "/akn/vn/act/quyet-dinh/uy-ban-nhan-dan-huyen-yen-the/2014-10-03/06-2014-qd-ubnd";
    let akn = akn
        .assert_contains(&format!("<FRBRuri value=\"{work}\"/>"))
        .assert_contains(&format!("<FRBRuri value=\"{work}/vie@2014-10-03\"/>"))
        .assert_contains("<FRBRnumber value=\"06/2014/QĐ-UBND\"/>")
        .assert_contains("<eventRef eId=\"event_in_force\" date=\"2014-10-10\"")
        .assert_contains("<article eId=\"art_1\">")
        .assert_contains("<citation eId=\"cit_1\">")
        .assert_contains("<activeRef");
    let eli = format!(
        "<FRBRalias value=\"http://localhost:{}{ELI}\" name=\"eli\"/>",
        portal.visitor().port()
    );
    akn.assert_contains(&eli);
}

#[tokio::test]
async fn an_address_of_legislation_leads_to_the_document_in_every_form() {
    let portal = TestPortal::demo().await;
    let detail = portal
        .visitor()
        .document("localhost", "06/2014/QĐ-UBND")
        .await;
    let page = detail.page().link("Bản in").address.replace("/ban-in", "");
    for (more, to) in [
        ("", page.clone()),
        ("/vie", page.clone()),
        ("/html", page.clone()),
        ("/vie/html", page.clone()),
        ("/akn", format!("{page}/akn.xml")),
        ("/vie/akn", format!("{page}/akn.xml")),
    ] {
        let answer = get(&portal, &format!("{ELI}{more}"))
            .await
            .assert_status(303);
        assert_eq!(answer.header("location"), to, "{more}");
    }
    for unknown in ["/eng", "/vie/pdf", "/vie/akn/x", "0"] {
        get(&portal, &format!("{ELI}{unknown}"))
            .await
            .assert_status(404);
    }
    // Another site has no such document, and the head of the page names the address.
    portal
        .visitor()
        .get("dong-son.localhost", ELI)
        .await
        .assert_status(404);
    let resource = format!(
        "\"@id\":\"http://localhost:{}{ELI}\",\"@type\":\"eli:LegalResource\"",
        portal.visitor().port()
    );
    detail.assert_contains(&resource);
}

#[tokio::test]
async fn an_address_of_legislation_outlives_a_change_of_number_and_a_withdrawal() {
    let portal = TestPortal::demo().await;
    let document = |number: &str| Document::new(number).keyed("row");
    let eli =
        |number: &str| format!("/eli/vn/uy-ban-nhan-dan-huyen-yen-the/quyet-dinh/2026/{number}");
    portal.post(document("92/2026/QĐ-UBND")).await;
    portal.post(document("93/2026/QĐ-UBND")).await;
    let old = get(&portal, &eli("92-2026-qd-ubnd"))
        .await
        .assert_status(303);
    let new = get(&portal, &eli("93-2026-qd-ubnd"))
        .await
        .assert_status(303);
    let page = new.header("location").to_owned();
    assert_eq!(old.header("location"), page);
    let id = portal.entry_id("yen-the", &page).await;
    portal
        .portal()
        .withdraw("editor", &id, "Đăng nhầm", None)
        .await
        .unwrap();
    for number in ["92-2026-qd-ubnd", "93-2026-qd-ubnd"] {
        get(&portal, &eli(number))
            .await
            .assert_status(410)
            .assert_contains("Đăng nhầm");
    }
    portal.set_module("yen-the", false).await;
    get(&portal, &eli("93-2026-qd-ubnd"))
        .await
        .assert_status(404);
    get(&portal, ELI).await.assert_status(404);
}

#[tokio::test]
async fn one_number_used_twice_in_a_year_leads_to_the_search() {
    let portal = TestPortal::demo().await;
    portal.post(Document::new("92/2026/QĐ-UBND")).await;
    portal
        .post(Document::new("92/2026/QĐ-UBND").with("issued_on", "2026-11-03"))
        .await;
    let eli = "/eli/vn/uy-ban-nhan-dan-huyen-yen-the/quyet-dinh/2026/92-2026-qd-ubnd";
    let answer = get(&portal, eli).await.assert_status(303);
    let found = get(&portal, answer.header("location"))
        .await
        .assert_status(200);
    assert!(
        found
            .page()
            .rows()
            .iter()
            .filter(|row| row.words.contains("92/2026"))
            .count()
            >= 2
    );
}
