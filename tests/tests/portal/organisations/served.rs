//! What is recorded of organisations that the portal served before anything was recorded of them.

use dinh::user::UserAct;
use dinh_domain::dates::LocalDate;
use dinh_domain::ids::{OrganisationId, SiteId};
use dinh_domain::organisation::{Change, OrganisationFault};
use dinh_domain::site::Organisation;
use dinh_portal::{By, NewOrganisationChange, OrganisationRefusal};
use dinh_tests::TestPortal;

use crate::people::person::{Browser, grant, joined, operate, portal, signed_in};

const TREE: &str = "/quan-tri/to-chuc";
const CHANGES: &str = "Ghi thông tin mới";

/// An organisation with a site, as an operator puts it into the tree that the portal serves.
pub(crate) async fn serve(server: &TestPortal, id: &str, parent: Option<&str>) {
    serve_named(server, (id, id), parent).await;
}

/// The same, where the site has another name.
pub(crate) async fn serve_named(
    server: &TestPortal,
    (id, site_id): (&str, &str),
    parent: Option<&str>,
) {
    let organisation = Organisation {
        id: OrganisationId::new(id).unwrap(),
        parent: parent.map(|it| OrganisationId::new(it).unwrap()),
        kind: "village".to_owned(),
        name: format!("Ủy ban {id}"),
    };
    let sites = server.portal().sites().await.unwrap();
    let pattern = sites.into_iter().find(|it| it.id.as_str() == "xuan-luong");
    let mut site = pattern.unwrap();
    site.id = SiteId::new(site_id).unwrap();
    site.organisation = organisation.id.clone();
    site.host = format!("{site_id}.localhost");
    site.aliases = Vec::new();
    let put = server.portal().put_site(&organisation, &site);
    put.await.unwrap();
}

fn begun(parent: Option<&str>) -> Change {
    Change::Founded {
        name: "Một".to_owned(),
        kind: "làng".to_owned(),
        code: None,
        parent: parent.map(|it| OrganisationId::new(it).unwrap()),
    }
}

fn below(parent: Option<&str>) -> Change {
    Change::Parent(parent.map(|it| OrganisationId::new(it).unwrap()))
}

/// Records a change of today.
async fn record(who: &Browser<'_>, of: &str, change: Change) -> Result<(), OrganisationRefusal> {
    let new = NewOrganisationChange {
        of: OrganisationId::new(of).unwrap(),
        on: LocalDate::parse("2026-11-24").unwrap(),
        change,
        act: String::new(),
    };
    let who_is = signed_in(who).await;
    let portal = who.server.portal();
    let recorded = portal.record_organisation(By::Account(&who_is), &new).await;
    recorded.unwrap().map(|_| ())
}

#[tokio::test]
async fn to_say_when_it_began_takes_nothing_away_from_who_looks_after_it() {
    let server = portal().await;
    let board = Browser::signed_in(&server, "truong-ban").await;
    // What stands above is not there any more by what is recorded, or nothing is recorded of it.
    for (id, parent) in [
        ("lang-a", "yen-the"),
        ("lang-b", "lang-a"),
        ("lang-c", "lang-a"),
    ] {
        serve(&server, id, Some(parent)).await;
        let fields = [
            ("viec", "found"),
            ("ma", id),
            ("loai", "làng"),
            ("ten", id),
            ("lap-ngay", "2020-01-01"),
        ];
        let path = match id {
            "lang-c" => format!("{TREE}/moi"),
            _ => format!("{TREE}/{id}"),
        };
        let done = board.post(&path, &fields).await.assert_status(303);
        let shown = board.get(done.header("location")).await;
        shown.assert_status(200).assert_contains(CHANGES);
        server.portal().look_after_organisations().await.unwrap();
        let board = Browser::signed_in(&server, "truong-ban").await;
        let page = board.get(&format!("{TREE}/{id}")).await;
        page.assert_status(200).assert_contains(CHANGES);
    }
    for id in ["lang-b", "lang-c"] {
        let page = board.get(&format!("{TREE}/{id}")).await;
        page.assert_contains("Làng lang-a");
    }
}

#[tokio::test]
async fn nobody_takes_another_unit_by_saying_when_it_began_or_that_it_stands_alone() {
    let server = portal().await;
    let board = Browser::signed_in(&server, "truong-ban").await;
    for (id, parent) in [
        ("lang-a", "yen-the"),
        ("lang-b", "yen-the"),
        ("yen-xom", "lang-a"),
    ] {
        serve(&server, id, Some(parent)).await;
    }
    record(&board, "lang-a", begun(None)).await.unwrap();
    record(&board, "yen-xom", begun(None)).await.unwrap();
    let (role, at) = ("standing-office", "lang-a");
    let office = joined(&server, ("lan", "Phạm Thị Lan"), (role, at)).await;
    let own = Err(OrganisationRefusal::NotYours);
    let taken = record(&office, "lang-b", begun(Some("lang-a"))).await;
    assert_eq!(taken, own, "a unit beside one's own");
    assert_eq!(record(&office, "lang-b", begun(None)).await, own);
    // Out of the tree: only where one has the right at its top, too.
    assert_eq!(record(&office, "yen-xom", below(None)).await, own);
    assert_eq!(record(&office, "lang-a", below(None)).await, own);
    record(&board, "yen-xom", below(None)).await.unwrap();
    // Whoever has the right at all tops takes it back.
    let again = "2026-11-25";
    server.clock().set(again);
    let back = |who| NewOrganisationChange {
        of: OrganisationId::new("yen-xom").unwrap(),
        on: LocalDate::parse(again).unwrap(),
        change: below(Some("lang-a")),
        act: who,
    };
    let record_back = async |name: &str| {
        let board = Browser::signed_in(&server, name).await;
        let who = signed_in(&board).await;
        let new = back(name.to_owned());
        let portal = server.portal();
        let recorded = portal.record_organisation(By::Account(&who), &new).await;
        recorded.unwrap().map(|_| ())
    };
    assert_eq!(record_back("truong-ban").await, own);
    let give = UserAct::Grant {
        name: "truong-ban".to_owned(),
        grant: grant("operator", "yen-xom"),
        from: None,
        until: None,
    };
    operate(&server, give).await.unwrap();
    record_back("truong-ban").await.unwrap();
    let board = Browser::signed_in(&server, "truong-ban").await;
    let page = board.get(&format!("{TREE}/yen-xom")).await;
    page.assert_contains(CHANGES);
}

#[tokio::test]
async fn no_unit_stands_above_itself_by_way_of_one_that_only_the_portal_knows() {
    let server = portal().await;
    let board = Browser::signed_in(&server, "truong-ban").await;
    for (id, parent) in [("lang-a", "yen-the"), ("lang-b", "lang-a")] {
        serve(&server, id, Some(parent)).await;
    }
    // Below it stands, by what only the portal knows, the one that is to stand above it.
    record(&board, "lang-b", begun(None)).await.unwrap();
    let refused = record(&board, "lang-a", begun(Some("lang-b"))).await;
    let is_circle = matches!(
        &refused,
        Err(OrganisationRefusal::Fault(OrganisationFault::Circle { of, .. })) if of.as_str() == "lang-a"
    );
    assert!(is_circle, "{refused:?}");
    record(&board, "lang-a", begun(None)).await.unwrap();
    let refused = record(&board, "lang-a", below(Some("lang-b"))).await;
    assert!(
        matches!(refused, Err(OrganisationRefusal::Fault(_))),
        "{refused:?}"
    );
}
