//! The life of a document at the desk: written, returned, corrected, approved, taken down, let back.

use dinh_domain::workflow::Refusal;
use dinh_portal::{Room, Undone, Written};
use dinh_tests::{Document, TestPortal, staff};

const HOST: &str = "dong-son.localhost";
const NUMBER: &str = "31/2026/QĐ-UBND";
/// The address that the document gets from its number and abstract.
const PATH: &str = "/van-ban/31-2026-qd-ubnd-ve-viec-bao-ve-loai-kakapo";

fn document() -> Document {
    Document::new(NUMBER)
        .on("dong-son")
        .with("abstract", "Về việc bảo vệ loài kakapo")
}

/// A document as its officer corrected it after it was returned, approved by the head.
async fn approved(portal: &TestPortal) -> Written {
    let (lan, hai) = (
        staff("lan", "unit-officer", "dong-son"),
        staff("hai", "unit-head", "dong-son"),
    );
    let whole = portal.write(&lan, document(), None).await.unwrap();
    assert_eq!(portal.take(&lan, &whole, "submit").await, "submitted");
    assert_eq!(portal.room(&hai, Room::Waiting).await.len(), 1);
    let sent = portal.newest(&hai, &whole.entry).await;
    let silent = portal.step(&hai, dinh_tests::step(&sent, "return")).await;
    let missing = Refusal::ReasonMissing("return".to_owned());
    assert_eq!(silent, Err(Undone::Refused(missing)));
    let returned = portal
        .take_with(&hai, &sent, "return", ("Thiếu nơi nhận", None))
        .await;
    assert_eq!(returned.unwrap(), "returned");
    let open = portal.open(&lan, &whole.entry).await.unwrap();
    assert_eq!(open.history.last().unwrap().reason, "Thiếu nơi nhận");
    assert!(open.is_writable);
    let corrected = document().with("signer", "Nguyễn Văn Hải");
    let corrected = corrected.keeping_files_of(&open.entry.working.entry.body);
    let corrected = portal.write(&lan, corrected, Some(&sent)).await.unwrap();
    assert_eq!(portal.take(&lan, &corrected, "submit").await, "submitted");
    portal
        .visitor()
        .get(HOST, "/van-ban")
        .await
        .assert_lacks(NUMBER);
    let sent = portal.newest(&hai, &whole.entry).await;
    assert_eq!(portal.take(&hai, &sent, "approve").await, "published");
    sent
}

#[tokio::test]
async fn what_is_not_whole_is_kept_and_not_sent() {
    let portal = TestPortal::demo().await;
    let lan = staff("lan", "unit-officer", "dong-son");
    let unfinished = Document::new(NUMBER).on("dong-son");
    let unfinished = unfinished.without("files").without("abstract");
    let draft = portal.write(&lan, unfinished, None).await.unwrap();
    let submitted = portal.step(&lan, dinh_tests::step(&draft, "submit")).await;
    let Err(Undone::Faults(faults)) = submitted else {
        panic!("what is not whole is not sent: {submitted:?}");
    };
    let missing: Vec<&str> = faults.iter().map(|it| it.path.as_str()).collect();
    assert_eq!(missing, ["abstract", "files"], "all at once");
    portal.write(&lan, document(), Some(&draft)).await.unwrap();
    let whole = portal.newest(&lan, &draft.entry).await;
    assert_eq!(portal.take(&lan, &whole, "submit").await, "submitted");
}

#[tokio::test]
async fn a_document_goes_from_the_officer_over_the_head_to_the_reader() {
    let portal = TestPortal::demo().await;
    approved(&portal).await;
    let page = portal.visitor().document(HOST, NUMBER).await;
    page.assert_status(200).assert_contains("Nguyễn Văn Hải");
    let found = portal.visitor().search(HOST, "bao ve loai kakapo").await;
    assert_eq!(found.page().rows().len(), 1);
}

#[tokio::test]
async fn the_board_takes_down_and_lets_back_and_every_step_is_kept() {
    let portal = TestPortal::demo().await;
    let sent = approved(&portal).await;
    let board = staff("binh", "board-head", "yen-the");
    let down = portal
        .take_with(&board, &sent, "take-down", ("Đăng nhầm", None))
        .await;
    assert_eq!(down.unwrap(), "withdrawn");
    let gone = portal.visitor().get(HOST, PATH).await.assert_status(410);
    gone.assert_contains("Đăng nhầm");
    let back = portal
        .take_with(&board, &sent, "let-back", ("Đã kiểm tra", None))
        .await;
    assert_eq!(back.unwrap(), "published");
    let page = portal.visitor().get(HOST, PATH).await.assert_status(200);
    page.assert_contains(NUMBER);
    let open = portal.open(&board, &sent.entry).await.unwrap();
    let history = open.history.iter();
    let steps: Vec<(&str, &str)> = history
        .map(|it| (it.actor.as_str(), it.action.as_str()))
        .collect();
    let wanted = [
        ("lan", "Tạo mới"),
        ("lan", "Gửi duyệt"),
        ("hai", "Trả lại"),
        ("lan", "Gửi duyệt"),
        ("hai", "Duyệt và đăng"),
        ("binh", "Gỡ xuống"),
        ("binh", "Cho đăng lại"),
    ];
    assert_eq!(steps, wanted);
    portal.portal().verify_audit(None).await.unwrap();
}

#[tokio::test]
async fn nobody_approves_what_they_wrote_or_sent() {
    let portal = TestPortal::demo().await;
    let hai = staff("hai", "unit-head", "dong-son");
    let lan = staff("lan", "unit-officer", "dong-son");
    let own = portal.write(&hai, document(), None).await.unwrap();
    portal.take(&hai, &own, "submit").await;
    let own = portal.newest(&hai, &own.entry).await;
    let approved = portal.step(&hai, dinh_tests::step(&own, "approve")).await;
    assert_eq!(
        approved,
        Err(Undone::Refused(Refusal::OwnWork("approve".to_owned())))
    );
    let approved = portal.step(&lan, dinh_tests::step(&own, "approve")).await;
    assert_eq!(
        approved,
        Err(Undone::Refused(Refusal::NotAllowed("approve".to_owned())))
    );
    // A commune with one clerk borrows a reviewer from above.
    let board = staff("binh", "board-deputy", "yen-the");
    assert_eq!(portal.take(&board, &own, "approve").await, "published");
}

#[tokio::test]
async fn on_the_districts_portal_nothing_is_shown_without_the_board() {
    let portal = TestPortal::demo().await;
    let lan = staff("lan", "unit-officer", "yen-the");
    let text = Document::new("32/2026/QĐ-UBND");
    let text = portal.write(&lan, text, None).await.unwrap();
    portal.take(&lan, &text, "submit").await;
    let sent = portal.newest(&lan, &text.entry).await;
    for (name, role, organisation) in [
        ("hai", "unit-head", "yen-the"),
        ("nam", "board-member", "yen-the"),
        ("thu", "inspector", "yen-the"),
        ("son", "operator", "yen-the"),
    ] {
        let person = staff(name, role, organisation);
        let approved = portal
            .step(&person, dinh_tests::step(&sent, "approve"))
            .await;
        assert!(
            matches!(approved, Err(Undone::Refused(_) | Undone::NotFound)),
            "{role}: {approved:?}"
        );
    }
    portal
        .visitor()
        .get("localhost", "/van-ban?q=32/2026/QĐ-UBND")
        .await
        .assert_lacks("Về việc thử nghiệm số 32/2026");
    let board = staff("binh", "board-head", "yen-the");
    assert_eq!(portal.take(&board, &sent, "approve").await, "published");
    portal
        .visitor()
        .document("localhost", "32/2026/QĐ-UBND")
        .await
        .assert_status(200);
}

#[tokio::test]
async fn two_who_write_at_once_lose_nothing() {
    let portal = TestPortal::demo().await;
    let (lan, hoa) = (
        staff("lan", "unit-officer", "dong-son"),
        staff("hoa", "unit-officer", "dong-son"),
    );
    let first = portal.write(&lan, document(), None).await.unwrap();
    let kept = portal
        .open(&lan, &first.entry)
        .await
        .unwrap()
        .entry
        .working
        .entry
        .body;
    let text = |signer: &str| document().with("signer", signer).keeping_files_of(&kept);
    let second = portal.write(&hoa, text("Hoa"), Some(&first)).await.unwrap();
    let late = portal.write(&lan, text("Lan"), Some(&first)).await;
    let Err(Undone::Changed { revision, by }) = late else {
        panic!("an overwritten text: {late:?}");
    };
    assert_eq!((revision, by.as_str()), (second.revision.clone(), "hoa"));
    // What was sent is not written any more, and an approval is of the text that was seen.
    portal.take(&hoa, &second, "submit").await;
    let sent = portal.write(&lan, text("Lan"), Some(&second)).await;
    assert!(
        matches!(
            sent,
            Err(Undone::NotWritable { .. }) | Err(Undone::Changed { .. })
        ),
        "{sent:?}"
    );
    let hai = staff("hai", "unit-head", "dong-son");
    let stale = portal.step(&hai, dinh_tests::step(&first, "approve")).await;
    assert!(matches!(stale, Err(Undone::Changed { .. })), "{stale:?}");
}

#[tokio::test]
async fn a_new_text_is_written_beside_the_public_one() {
    let portal = TestPortal::demo().await;
    let (lan, hai) = (
        staff("lan", "unit-officer", "dong-son"),
        staff("hai", "unit-head", "dong-son"),
    );
    let text = portal.write(&lan, document(), None).await.unwrap();
    portal.take(&lan, &text, "submit").await;
    let sent = portal.newest(&lan, &text.entry).await;
    portal.take(&hai, &sent, "approve").await;
    let kept = portal
        .open(&lan, &text.entry)
        .await
        .unwrap()
        .entry
        .working
        .entry
        .body;
    let next = document()
        .with("abstract", "Bản mới về loài takahe")
        .keeping_files_of(&kept);
    let next = portal.write(&lan, next, Some(&sent)).await.unwrap();
    let page = portal.visitor().document(HOST, NUMBER).await;
    page.assert_contains("kakapo").assert_lacks("takahe");
    let found = portal.visitor().search(HOST, "takahe").await;
    assert!(found.page().rows().is_empty());
    // What readers see is taken down while its next text is written, and that text is not lost.
    let down = portal
        .take_with(&hai, &next, "take-down", ("Nhầm", None))
        .await;
    assert_eq!(down.unwrap(), "withdrawn");
    portal
        .take_with(&hai, &next, "let-back", ("Đúng rồi", None))
        .await
        .unwrap();
    let page = portal.visitor().document(HOST, NUMBER).await;
    page.assert_contains("kakapo").assert_lacks("takahe");
    let open = portal.open(&lan, &text.entry).await.unwrap();
    assert_eq!(open.entry.working.entry.revision, next.revision);
    assert_eq!(
        open.state, "Bản nháp",
        "the text that is shown here is not public"
    );
}

#[tokio::test]
async fn an_import_does_not_bury_what_somebody_writes() {
    let portal = TestPortal::demo().await;
    let lan = staff("lan", "unit-officer", "dong-son");
    let imported = || document().keyed("so-31");
    portal.post(imported()).await;
    let entry = portal.entry_id("dong-son", PATH).await;
    let public = portal.newest(&lan, &entry).await;
    let kept = portal
        .open(&lan, &entry)
        .await
        .unwrap()
        .entry
        .working
        .entry
        .body;
    let next = document().with("signer", "Lan").keeping_files_of(&kept);
    let next = portal.write(&lan, next, Some(&public)).await.unwrap();
    let again = portal
        .try_post(imported().with("signer", "Người khác"))
        .await;
    assert_eq!(again, Err(vec![" fault.being-written".to_owned()]));
    assert_eq!(portal.newest(&lan, &entry).await, next);
}

#[tokio::test]
async fn what_is_let_back_meets_the_rules_of_what_is_approved() {
    let portal = TestPortal::demo().await;
    let sent = approved(&portal).await;
    let board = staff("binh", "board-head", "yen-the");
    let down = portal.take_with(&board, &sent, "take-down", ("Nhầm", None));
    down.await.unwrap();
    // Meanwhile another document has its number.
    portal.post(document()).await;
    let back = portal.take_with(&board, &sent, "let-back", ("Đúng rồi", None));
    let Err(Undone::Faults(faults)) = back.await else {
        panic!("two public documents with one number");
    };
    assert_eq!(faults[0].message_key, "fault.exists-already");

    portal.post(Document::new("37/2026/QĐ-UBND")).await;
    let path = "/van-ban/37-2026-qd-ubnd-ve-viec-thu-nghiem-so-37-2026-qd-ubnd";
    let entry = portal.entry_id("yen-the", path).await;
    let own = portal.newest(&board, &entry).await;
    let down = portal.take_with(&board, &own, "take-down", ("Nhầm", None));
    down.await.unwrap();
    let head = staff("hai", "unit-head", "yen-the");
    let back = portal.take_with(&head, &own, "let-back", ("Đúng rồi", None));
    let not_allowed = Refusal::NotAllowed("let-back".to_owned());
    assert_eq!(
        back.await,
        Err(Undone::Refused(not_allowed)),
        "not without the Board"
    );
}
