//! Published versions of a draft stay readable, and two of them are compared.

use dinh_domain::ids::{CollectionId, EntryId, SiteId};
use dinh_domain::people::Staff;
use dinh_portal::{NewFile, Text, Undone, Written};
use dinh_tests::{TestPortal, staff, step};
use serde_json::{Value, json};

use super::citizen::{DRAFT, write};
use crate::people::person::{Browser, portal};

/// Its text in the third version: Điều 3 says another number of days, Điều 4 has no second clause, Điều 5 is new.
const THIRD: &str = "Điều 1. Nguyên tắc đặt tên
1. Tên dễ đọc, dễ nhớ, gắn với lịch sử, đất và người Yên Thế.
2. Mỗi tên chỉ dùng cho một tuyến.
Điều 2. Danh sách tên dự kiến
1. Tuyến từ ngã tư Cầu Gồ đến đền Thề: đường Hoàng Hoa Thám.
2. Tuyến qua chợ thị trấn: phố Chợ Gồ.
3. Tuyến từ trường trung học phổ thông đến sông Sỏi: đường Thân Văn Phức.
Điều 3. Gắn biển tên
Ủy ban nhân dân thị trấn gắn biển trong 90 ngày kể từ ngày quyết định có hiệu lực.
Điều 4. Biển số nhà
1. Số chẵn bên phải, số lẻ bên trái, tính từ đầu đường.
Điều 5. Nhà trong ngõ
Số nhà trong ngõ ghi sau số của ngõ.";

fn board() -> Staff {
    staff("binh", "board-head", "yen-the")
}

fn officer() -> Staff {
    staff("lan", "unit-officer", "yen-the")
}

async fn draft(portal: &TestPortal) -> EntryId {
    let id = "select id from entry where slug like 'dat-ten-duong-pho%'";
    EntryId::new(&portal.database().lines(id).await[0]).unwrap()
}

/// Writes the draft and sends it to be approved.
async fn submitted(portal: &TestPortal, fields: Value) -> Written {
    let of = portal.newest(&officer(), &draft(portal).await).await;
    let written = write(portal, (&officer(), &of), "consultation", fields).await;
    let written = written.unwrap();
    assert_eq!(
        portal.take(&officer(), &written, "submit").await,
        "submitted"
    );
    portal.newest(&officer(), &written.entry).await
}

fn third() -> Value {
    json!({"version": 3, "version_note": "Thêm Điều 5 về nhà trong ngõ.", "text": THIRD})
}

#[tokio::test]
async fn each_published_version_is_read_at_its_own_address_and_a_draft_is_not() {
    let portal = portal().await;
    let reader = Browser::at(&portal, "192.0.2.7");
    let versions = format!("{DRAFT}/phien-ban");
    let alone = reader.get(DRAFT).await.assert_status(200);
    alone.assert_lacks("Các bản đã đăng");
    let only = reader.get(&versions).await.assert_status(200);
    only.assert_contains("Bản số 2")
        .assert_lacks("<form class=\"plugin-form");
    let waiting = submitted(&portal, third()).await;
    let secret = format!("{versions}/3");
    reader.get(&secret).await.assert_status(404);
    reader.get(&versions).await.assert_lacks("Bản số 3");
    assert_eq!(
        portal.take(&board(), &waiting, "approve").await,
        "published"
    );
    let page = reader.get(DRAFT).await.assert_status(200);
    page.assert_contains("Các bản đã đăng")
        .assert_contains("Bản số 2")
        .assert_contains("Bản số 3")
        .assert_contains("Thêm Điều 5 về nhà trong ngõ.")
        .assert_contains("Khác gì so với bản số 2");
    let former = reader
        .get(&format!("{versions}/2"))
        .await
        .assert_status(200);
    former
        .assert_contains("Đây là bản cũ")
        .assert_contains("Hộ gia đình không phải trả tiền")
        .assert_contains("noindex")
        .assert_lacks("Nhà trong ngõ")
        .assert_lacks("/gui-y-kien")
        .assert_lacks("Hết hạn nhận ý kiến");
    let current = reader.get(&secret).await.assert_status(200);
    current
        .assert_contains("bản đang đăng")
        .assert_contains("Nhà trong ngõ");
    for nowhere in ["1", "4", "02", "-2", "x", "2/3"] {
        let nowhere = format!("{versions}/{nowhere}");
        reader.get(&nowhere).await.assert_status(404);
    }
    reader
        .get("/van-ban/khong-co/phien-ban")
        .await
        .assert_status(404);
}

#[tokio::test]
async fn two_versions_are_compared_by_article_and_clause_in_words() {
    let portal = portal().await;
    let reader = Browser::at(&portal, "192.0.2.7");
    let waiting = submitted(&portal, third()).await;
    portal.take(&board(), &waiting, "approve").await;
    let address = |pair: &str| format!("{DRAFT}/phien-ban?{pair}");
    let compared = reader.get(&address("den=3&tu=2")).await.assert_status(200);
    compared
        .assert_contains("Bản số 3 khác gì so với bản số 2")
        .assert_contains("<h4>Điều 3 <span class=\"became\">Sửa</span></h4>")
        .assert_contains("<del>60</del><ins>90</ins>")
        .assert_contains("<h4>Điều 4, khoản 2 <span class=\"became\">Bỏ</span></h4>")
        .assert_contains("<h4>Điều 5 <span class=\"became\">Thêm</span></h4>")
        .assert_contains("Còn 9 phần giống nhau")
        .assert_lacks("<h4>Điều 1");
    let turned = reader.get(&address("den=2&tu=3")).await.assert_status(200);
    turned.assert_contains("Bản số 3 khác gì so với bản số 2");
    let same = reader.get(&address("den=3&tu=3")).await.assert_status(200);
    same.assert_contains("Hai bản không có chỗ nào khác.");
    for nowhere in ["den=9&tu=2", "den=3&tu=%3Cscript%3E"] {
        reader.get(&address(nowhere)).await.assert_status(404);
    }
    let half = reader.get(&address("tu=2")).await.assert_status(200);
    half.assert_lacks("khác gì so với bản số");
}

#[tokio::test]
async fn what_was_published_under_a_number_is_not_another_text_afterwards() {
    let portal = portal().await;
    let reader = Browser::at(&portal, "192.0.2.7");
    for (fields, fault) in [
        (json!({"text": THIRD}), "fault.version-changed"),
        (json!({"version": 1}), "fault.version-fell"),
    ] {
        let waiting = submitted(&portal, fields).await;
        let refused = portal.step(&board(), step(&waiting, "approve")).await;
        let Err(Undone::Faults(faults)) = refused else {
            panic!("{refused:?}");
        };
        assert_eq!(faults[0].message_key, fault);
        assert_eq!(portal.take(&officer(), &waiting, "recall").await, "draft");
        let of = portal.newest(&officer(), &waiting.entry).await;
        let back = json!({"version": 2, "text": portal.database().lines(
            "select r.body as b from entry e join entry_revision r on r.id = e.published_revision
             where e.slug like 'dat-ten-duong-pho%'",
        ).await.first().map(|it| serde_json::from_str::<Value>(it).unwrap()["text"].clone())});
        write(&portal, (&officer(), &of), "consultation", back)
            .await
            .unwrap();
    }
    // Another date is no other text.
    let of = portal.newest(&officer(), &draft(&portal).await).await;
    assert_eq!(portal.take(&officer(), &of, "submit").await, "submitted");
    let later = portal.newest(&officer(), &of.entry).await;
    assert_eq!(portal.take(&board(), &later, "approve").await, "published");
    reader.get(DRAFT).await.assert_lacks("Các bản đã đăng");
}

/// Approves what was sent with these fields; the entry.
async fn published(portal: &TestPortal, fields: Value) -> Written {
    let waiting = submitted(portal, fields).await;
    assert_eq!(
        portal.take(&board(), &waiting, "approve").await,
        "published"
    );
    portal.newest(&board(), &waiting.entry).await
}

/// Publishes the draft with one file more; its id.
async fn with_file(portal: &TestPortal, name: &str) -> String {
    let of = portal.newest(&officer(), &draft(portal).await).await;
    let open = portal.open(&officer(), &of.entry).await.unwrap();
    let text = Text {
        of: Some((of.entry.clone(), of.revision.clone())),
        site: SiteId::new("yen-the").unwrap(),
        collection: CollectionId::parse("consultations/consultation").unwrap(),
        body: open.entry.working.entry.body,
        source: None,
        files: vec![NewFile {
            field: "files".to_owned(),
            name: name.to_owned(),
            label: String::new(),
            content: format!("Tờ trình {name}. ").repeat(20).into_bytes().into(),
            layout: None,
        }],
    };
    portal
        .portal()
        .write_text(&officer(), text)
        .await
        .unwrap()
        .unwrap();
    published(portal, json!({})).await;
    let id = format!("select id from file where name = '{name}'");
    portal.database().lines(&id).await.remove(0)
}

#[tokio::test]
async fn a_former_version_shows_its_files_and_no_others_are_given_out() {
    let portal = portal().await;
    let reader = Browser::at(&portal, "192.0.2.7");
    let [early, late] = ["som.txt", "muon.txt"];
    let dropped = with_file(&portal, early).await;
    published(&portal, json!({"files": []})).await;
    let kept = with_file(&portal, late).await;
    let (early, late) = (
        format!("/tep/{dropped}/{early}"),
        format!("/tep/{kept}/{late}"),
    );
    reader.get(&late).await.assert_status(200);
    // The second version is the last text with its number, which never had the first file.
    reader.get(&early).await.assert_status(404);
    published(&portal, json!({"files": [], "version": 3, "text": THIRD})).await;
    let page = reader.get(DRAFT).await.assert_status(200);
    page.assert_lacks("muon.txt");
    let former = reader.get(&format!("{DRAFT}/phien-ban/2")).await;
    former
        .assert_status(200)
        .assert_contains("muon.txt")
        .assert_contains(&late)
        .assert_lacks("som.txt");
    reader.get(&late).await.assert_status(200);
    reader.get(&early).await.assert_status(404);
    let current = reader.get(&format!("{DRAFT}/phien-ban/3")).await;
    current.assert_lacks("muon.txt");
    let of = portal.newest(&board(), &draft(&portal).await).await;
    let head = board();
    let down = portal.take_with(&head, &of, "take-down", ("Sai căn cứ", None));
    assert_eq!(down.await.unwrap(), "withdrawn");
    reader.get(&late).await.assert_status(404);
}

#[tokio::test]
async fn what_was_published_twice_under_its_number_and_taken_down_is_no_version() {
    let portal = portal().await;
    let reader = Browser::at(&portal, "192.0.2.7");
    published(&portal, third()).await;
    let second = published(
        &portal,
        json!({"extended_because": "Theo đề nghị của nhân dân."}),
    )
    .await;
    let fourth = json!({"version": 4, "text": format!("{THIRD} Không thu tiền.")});
    published(&portal, fourth).await;
    let both = reader.get(&format!("{DRAFT}/phien-ban?den=4&tu=3")).await;
    both.assert_status(200);
    // As it is after the second of them was taken down: by hand there is no way to a later text that is public meanwhile.
    let taken_down = "update publication set withdrawn_at = 1 where revision_id =";
    let taken_down = format!("{taken_down} '{}'", second.revision);
    portal.sql(&taken_down).await;
    let versions = format!("{DRAFT}/phien-ban");
    reader
        .get(&versions)
        .await
        .assert_status(200)
        .assert_contains("Bản số 4")
        .assert_contains("Bản số 2")
        .assert_lacks("Bản số 3");
    let gone = reader.get(&format!("{versions}/3")).await;
    gone.assert_status(404);
    let compared = reader.get(&format!("{versions}?den=3&tu=2")).await;
    compared.assert_status(404);
}

#[tokio::test]
async fn what_is_let_back_meets_holds_and_gates_again() {
    let portal = portal().await;
    let reader = Browser::at(&portal, "192.0.2.7");
    super::citizen::sent(&reader, &[]).await;
    let opinion = super::citizen::entries(&portal).await.remove(0);
    let of = portal.newest(&board(), &opinion).await;
    let mut refused = step(&of, "refuse");
    refused.reason_kind = Some("other".to_owned());
    assert_eq!(portal.step(&board(), refused).await.unwrap(), "refused");
    super::citizen::set(&portal, "2028-01-14T09:00", 0);
    let result = json!({"result": "Không có ý kiến.", "result_on": "2028-01-14"});
    let of = published(&portal, result).await;
    let head = board();
    let down = portal.take_with(&head, &of, "take-down", ("Sai căn cứ", None));
    assert_eq!(down.await.unwrap(), "withdrawn");
    let back = async || {
        let of = portal.newest(&head, &of.entry).await;
        let why = ("Đã sửa căn cứ", None);
        match portal.take_with(&head, &of, "let-back", why).await {
            Err(Undone::Faults(faults)) => faults[0].message_key.clone(),
            other => format!("{other:?}"),
        }
    };
    let waits = |state: &str| format!("update entry set state = '{state}' where id = '{opinion}'");
    portal.sql(&waits("received")).await;
    assert_eq!(back().await, "fault.unanswered");
    portal.sql(&waits("refused")).await;
    let lacks = format!(
        "update entry_revision set body = replace(body, '\"drafter\":', '\"no_drafter\":') where entry_id = '{}'",
        of.entry
    );
    portal.sql(&lacks).await;
    assert_eq!(back().await, "fault.required");
    portal
        .sql(&lacks.replace(
            "'\"drafter\":', '\"no_drafter\":'",
            "'\"no_drafter\":', '\"drafter\":'",
        ))
        .await;
    assert_eq!(back().await, "Ok(\"published\")");
}

#[tokio::test]
async fn what_is_taken_down_has_no_versions_until_it_is_let_back() {
    let portal = portal().await;
    let reader = Browser::at(&portal, "192.0.2.7");
    let waiting = submitted(&portal, third()).await;
    portal.take(&board(), &waiting, "approve").await;
    let versions = format!("{DRAFT}/phien-ban");
    let all = [
        versions.clone(),
        format!("{versions}/2"),
        format!("{versions}/3"),
        format!("{versions}?den=3&tu=2"),
    ];
    for way in &all {
        reader.get(way).await.assert_status(200);
    }
    let of = portal.newest(&board(), &waiting.entry).await;
    let head = board();
    let down = portal.take_with(&head, &of, "take-down", ("Sai căn cứ", None));
    assert_eq!(down.await.unwrap(), "withdrawn");
    for way in &all {
        let gone = reader.get(way).await.assert_status(410);
        gone.assert_lacks("Gắn biển tên");
    }
    let of = portal.newest(&board(), &waiting.entry).await;
    let back = portal.take_with(&head, &of, "let-back", ("Đã sửa căn cứ", None));
    assert_eq!(back.await.unwrap(), "published");
    for way in &all {
        reader.get(way).await.assert_status(200);
    }
}
