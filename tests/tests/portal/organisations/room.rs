//! Organisations in time: what stood on a day, what is recorded, and what an end moves.

use dinh::user::UserAct;
use dinh_portal::Room;
use dinh_tests::{Document, TestPortal};

use crate::people::person::{Browser, grant, joined, operate, portal, signed_in};

const TREE: &str = "/quan-tri/to-chuc";

async fn board(server: &TestPortal) -> Browser<'_> {
    Browser::signed_in(server, "truong-ban").await
}

/// Records a new unit below the district, from today on.
async fn found(head: &Browser<'_>, id: &str, name: &str, parent: &str) -> dinh_tests::Visited {
    let fields = [
        ("viec", "found"),
        ("ma", id),
        ("thuoc", parent),
        ("loai", "xã"),
        ("ten", name),
        ("lap-ngay", "2026-11-24"),
        ("lap-van-ban", "15/NQ-HĐND"),
    ];
    head.post(&format!("{TREE}/moi"), &fields).await
}

/// The day from which what makes no sense is to hold.
const ON: &str = "2026-11-25";
/// What is sent of `vung`, and what is told.
const SENSELESS: [(&[(&str, &str)], &str); 9] = [
    (
        &[
            ("viec", "parent"),
            ("cap-tren", "lang-a"),
            ("cap-tren-ngay", ON),
        ],
        "sẽ thuộc chính nó",
    ),
    (
        &[
            ("viec", "parent"),
            ("cap-tren", "vung"),
            ("cap-tren-ngay", ON),
        ],
        "sẽ thuộc chính nó",
    ),
    (
        &[("viec", "parent"), ("cap-tren", "lang-a")],
        "Hãy chọn ngày",
    ),
    (
        &[("viec", "end"), ("cach", "abolished"), ("cach-ngay", ON)],
        "không tồn tại vào ngày 25/11/2026",
    ),
    (
        &[("viec", "end"), ("cach", "merged"), ("cach-ngay", ON)],
        "đúng một đơn vị",
    ),
    (
        &[
            ("viec", "end"),
            ("cach", "split"),
            ("ke-tuc-1", "lang-a"),
            ("cach-ngay", ON),
        ],
        "đúng một đơn vị",
    ),
    (
        &[
            ("viec", "fact"),
            ("dieu", "code"),
            ("gia-tri", "07246"),
            ("dieu-ngay", ON),
        ],
        "Mã 07246",
    ),
    (
        &[
            ("viec", "fact"),
            ("dieu", "name"),
            ("gia-tri", " "),
            ("dieu-ngay", ON),
        ],
        "từ 1 đến 200",
    ),
    (
        &[
            ("viec", "fact"),
            ("dieu", "name"),
            ("gia-tri", "Hai"),
            ("dieu-ngay", "2020-01-01"),
        ],
        "chưa có vào ngày ấy",
    ),
];

/// A tree of its own beside the demo's, which had ended by the day of the tests.
async fn tree(head: &Browser<'_>) {
    for (id, name, parent) in [
        ("vung", "Vùng Một", ""),
        ("lang-a", "Làng A", "vung"),
        ("lang-b", "Làng B", "vung"),
    ] {
        found(head, id, name, parent).await.assert_status(303);
    }
}

#[tokio::test]
async fn any_day_shows_what_stood_then_and_codes_pass_on() {
    let server = portal().await;
    let officer = Browser::signed_in(&server, "can-bo").await;
    let at = async |day: &str| {
        let page = officer.get(&format!("{TREE}?ngay={day}")).await;
        page.assert_status(200)
    };
    let early = at("2014-06-01").await;
    let early = early
        .assert_contains("Ngày 01/06/2014 có 25 tổ chức.")
        .assert_contains("Xã Canh Nậu")
        .assert_contains("Hội Nông dân huyện Yên Thế");
    assert_eq!(early.text().matches("07246").count(), 1);
    at("2020-01-01")
        .await
        .assert_contains("có 23 tổ chức")
        .assert_contains("Thị trấn Phồn Xương");
    at("2025-03-01").await.assert_contains("có 21 tổ chức");
    let now = at("2026-11-24").await;
    now.assert_contains("có 6 tổ chức")
        .assert_contains("Giải thể, bãi bỏ");
    at("1900-01-01").await.assert_contains("có 0 tổ chức");
    let old = officer.get(&format!("{TREE}/canh-nau")).await;
    old.assert_status(200)
        .assert_contains("Sáp nhập")
        .assert_contains("Xã Xuân Lương")
        .assert_contains("Từ 01/07/2025: Đơn vị kế tục – Xã Xuân Lương, theo 1658/NQ-UBTVQH15.")
        .assert_lacks("<form class=\"plugin-form\" method=\"post\" action=\"/quan-tri/to-chuc");
    let new = officer.get(&format!("{TREE}/xuan-luong-2025")).await;
    new.assert_contains("Mã số: 07246")
        .assert_contains("Xã Đồng Tiến");
    officer.get(&format!("{TREE}/moi")).await.assert_status(404);
    for odd in ["?ngay=x", "?ngay=0000-00-00", "?ngay=9999-12-31"] {
        officer
            .get(&format!("{TREE}{odd}"))
            .await
            .assert_status(200);
    }
    for none in ["/khong-co", "/%2E", "/X"] {
        officer
            .get(&format!("{TREE}{none}"))
            .await
            .assert_status(404);
    }
    let stranger = Browser::at(&server, "192.0.2.9");
    stranger.assert_out(stranger.get(TREE).await);
}

#[tokio::test]
async fn what_makes_no_sense_is_told_beside_its_field_and_nothing_is_recorded() {
    let server = portal().await;
    let head = board(&server).await;
    tree(&head).await;
    let before = server.portal().acts(0, 10_000).await.unwrap().len();
    for (id, name, parent, told) in [
        ("Làng", "x", "vung", "chữ thường không dấu"),
        ("lang-a", "x", "vung", "Đã có tổ chức"),
        ("lang-c", "", "vung", "từ 1 đến 200 ký tự"),
        ("lang-c", "x", "yen-the", "Đơn vị cấp trên không tồn tại"),
        ("lang-c", "x", "canh-nau", "Đơn vị cấp trên không tồn tại"),
    ] {
        let wrong = found(&head, id, name, parent).await.assert_status(422);
        wrong
            .assert_contains(told)
            .assert_contains("class=\"field wrong\"");
    }
    let long = "x".repeat(50_000);
    found(&head, "lang-c", &long, "vung")
        .await
        .assert_status(422);
    let page = format!("{TREE}/vung");
    for (fields, told) in SENSELESS {
        let wrong = head.post(&page, fields).await.assert_status(422);
        wrong.assert_contains(told);
    }
    let fact = [
        ("viec", "fact"),
        ("dieu", "head"),
        ("gia-tri", "Nguyễn Văn <b>An</b>"),
        ("dieu-ngay", ON),
        ("dieu-van-ban", "16/QĐ-UBND"),
    ];
    let done = head.post(&page, &fact).await.assert_status(303);
    let shown = head.get(done.header("location")).await;
    shown
        .assert_contains("Đã ghi.")
        .assert_contains("Người đứng đầu: Nguyễn Văn &lt;b&gt;An&lt;/b&gt;.");
    let again = head.post(&page, &fact).await.assert_status(422);
    again.assert_contains("đã ghi một thay đổi về cùng điều này");
    // The day before, nobody was recorded.
    head.get(&format!("{page}?ngay=2026-11-24"))
        .await
        .assert_lacks("Người đứng đầu: ");
    let acts = server.portal().acts(0, 10_000).await.unwrap();
    assert_eq!(acts.len(), before + 1, "one act more");
}

#[tokio::test]
async fn the_sites_and_the_work_of_a_merged_unit_go_to_its_successor() {
    let server = portal().await;
    let officer = Browser::signed_in(&server, "can-bo").await;
    let writer = signed_in(&officer).await.staff;
    let text = Document::new("95/2026/QĐ-UBND").on("dong-son");
    let text = server.write(&writer, text, None).await.unwrap();
    server.take(&writer, &text, "submit").await;
    let head = board(&server).await;
    // The demo's district has ended; what begins now begins below nothing, and the portal serves it by its site.
    let new = dinh_domain::site::Organisation {
        id: dinh_domain::ids::OrganisationId::new("bo-ha-2025").unwrap(),
        parent: Some(dinh_domain::ids::OrganisationId::new("yen-the").unwrap()),
        kind: "commune".to_owned(),
        name: "Ủy ban nhân dân xã Bố Hạ".to_owned(),
    };
    let sites = server.portal().sites().await.unwrap();
    let mut site = sites
        .into_iter()
        .find(|it| it.id.as_str() == "xuan-luong")
        .unwrap();
    site.id = dinh_domain::ids::SiteId::new("bo-ha").unwrap();
    site.organisation = new.id.clone();
    site.host = "bo-ha.localhost".to_owned();
    site.aliases = Vec::new();
    server.portal().put_site(&new, &site).await.unwrap();
    // Đông Sơn was merged into it on 1 July 2025.
    assert_eq!(server.portal().look_after_organisations().await.unwrap(), 1);
    assert_eq!(server.portal().look_after_organisations().await.unwrap(), 0);
    let page = server.visitor().get("dong-son.localhost", "/").await;
    page.assert_status(200)
        .assert_contains("Ủy ban nhân dân xã Bố Hạ");
    // Who worked at the former unit finds nothing there any more; who works at the successor does.
    assert!(server.room(&writer, Room::All).await.is_empty());
    let (role, at) = ("unit-head", "bo-ha-2025");
    let heir = joined(&server, ("lan", "Phạm Thị Lan"), (role, at)).await;
    let heir = signed_in(&heir).await.staff;
    assert_eq!(server.room(&heir, Room::Waiting).await.len(), 1);
    let sent = server.newest(&heir, &text.entry).await;
    assert_eq!(server.take(&heir, &sent, "approve").await, "published");
    let acts = server.portal().acts(0, 10_000).await.unwrap();
    let act = acts
        .iter()
        .rfind(|it| it.act == "organisation-succeeded")
        .unwrap();
    let after = act.after.as_ref().unwrap();
    assert_eq!(
        (&after["under_way"], &after["to"]),
        (&1.into(), &"bo-ha-2025".into()),
        "{after}"
    );
    head.get(TREE).await.assert_status(200);
}

#[tokio::test]
async fn an_end_through_the_form_says_what_went_and_waits_for_its_day() {
    let server = portal().await;
    let head = board(&server).await;
    tree(&head).await;
    // Two units of the portal with a site each.
    let sites = server.portal().sites().await.unwrap();
    let pattern = sites
        .into_iter()
        .find(|it| it.id.as_str() == "xuan-luong")
        .unwrap();
    for id in ["lang-a", "lang-b"] {
        let organisation = dinh_domain::site::Organisation {
            id: dinh_domain::ids::OrganisationId::new(id).unwrap(),
            parent: Some(dinh_domain::ids::OrganisationId::new("yen-the").unwrap()),
            kind: "village".to_owned(),
            name: format!("Ủy ban {id}"),
        };
        let mut site = pattern.clone();
        site.id = dinh_domain::ids::SiteId::new(id).unwrap();
        site.organisation = organisation.id.clone();
        site.host = format!("{id}.localhost");
        site.aliases = Vec::new();
        server
            .portal()
            .put_site(&organisation, &site)
            .await
            .unwrap();
    }
    let end = [
        ("viec", "end"),
        ("cach", "merged"),
        ("ke-tuc-1", "lang-b"),
        ("cach-ngay", "2026-11-26"),
        ("cach-van-ban", "17/NQ-HĐND"),
    ];
    let done = head.post(&format!("{TREE}/lang-a"), &end).await;
    done.assert_status(303);
    let upper = async |host: &str| {
        let page = server.visitor().get(host, "/").await.assert_status(200);
        page.text().contains("Ủy ban lang-a")
    };
    assert!(upper("lang-a.localhost").await, "not before its day");
    assert_eq!(server.portal().look_after_organisations().await.unwrap(), 0);
    server.clock().set("2026-11-26");
    assert_eq!(server.portal().look_after_organisations().await.unwrap(), 1);
    assert!(!upper("lang-a.localhost").await);
    let head = board(&server).await;
    let after = head.post(&format!("{TREE}/lang-a"), &end).await;
    after
        .assert_status(422)
        .assert_contains("Tổ chức đã kết thúc");
    let child = found(&head, "xom", "Xóm", "lang-a").await;
    child.assert_status(422);
}

#[tokio::test]
async fn who_has_no_right_there_records_nothing() {
    let server = portal().await;
    let head = board(&server).await;
    tree(&head).await;
    let officer = Browser::signed_in(&server, "can-bo").await;
    let fact = [
        ("viec", "fact"),
        ("dieu", "head"),
        ("gia-tri", "Tôi"),
        ("dieu-ngay", "2026-11-24"),
    ];
    let page = format!("{TREE}/lang-a");
    officer.get(&page).await.assert_lacks("Ghi thông tin mới");
    let refused = officer.post(&page, &fact).await.assert_status(403);
    refused.assert_contains("không có quyền");
    head.get(&page).await.assert_contains("Ghi thông tin mới");
    // Withdrawn in mid-form.
    let (role, at) = ("standing-office", "yen-the");
    let office = joined(&server, ("lan", "Phạm Thị Lan"), (role, at)).await;
    office.get(&page).await.assert_contains("Ghi thông tin mới");
    let revoke = UserAct::Revoke {
        name: "lan".to_owned(),
        grant: grant(role, at),
    };
    operate(&server, revoke).await.unwrap();
    office.post(&page, &fact).await.assert_status(403);
    // Two at once: one records it, the other is told.
    let (one, two) = tokio::join!(head.post(&page, &fact), head.post(&page, &fact));
    let mut statuses = [one.status(), two.status()];
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 422]);
}
