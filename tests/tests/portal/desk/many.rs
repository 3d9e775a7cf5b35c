//! Rooms narrowed, and one step with many entries: what would become of each, and what became.

use dinh_portal::Written;
use dinh_tests::{Document, TestPortal, Visited, staff};

use crate::people::person::{Browser, portal};

const HOST: &str = "dong-son.localhost";
const MANY: &str = "/quan-tri/nhieu-muc";

/// Documents of Đông Sơn that an officer has sent to be approved.
async fn sent<const N: usize>(portal: &TestPortal, numbers: [&str; N]) -> Vec<Written> {
    let lan = staff("lan", "unit-officer", "dong-son");
    let mut all = Vec::new();
    for number in numbers {
        let text = Document::new(number).on("dong-son");
        let text = portal.write(&lan, text, None).await.unwrap();
        portal.take(&lan, &text, "submit").await;
        all.push(portal.newest(&lan, &text.entry).await);
    }
    all
}

/// What a page has to tick, in its order.
fn offered(page: &Visited) -> Vec<String> {
    let text = page.text();
    let parts = text.split("name=\"muc\" value=\"").skip(1);
    let parts = parts.map(|rest| rest.split('"').next().unwrap().to_owned());
    parts.collect()
}

fn form<'a>(
    step: &'a str,
    ticked: &'a [String],
    more: &[(&'a str, &'a str)],
) -> Vec<(&'a str, &'a str)> {
    let mut fields = vec![("viec", step)];
    fields.extend(ticked.iter().map(|it| ("muc", it.as_str())));
    fields.extend(more);
    fields
}

async fn is_public(portal: &TestPortal, number: &str) -> bool {
    let list = portal.visitor().get(HOST, "/van-ban").await;
    list.text().contains(number)
}

#[tokio::test]
async fn a_head_approves_what_is_ticked_and_nothing_else() {
    let portal = portal().await;
    let numbers = ["61/2026/QĐ-UBND", "62/2026/QĐ-UBND", "63/2026/QĐ-UBND"];
    sent(&portal, numbers).await;
    let head = Browser::signed_in(&portal, "thu-truong").await;
    let room = head.get("/quan-tri").await.assert_status(200);
    let room = room
        .assert_contains("Duyệt và đăng")
        .assert_contains("Trả lại");
    let ticked = offered(&room);
    assert_eq!(ticked.len(), 3);
    let two = &ticked[..2];
    let plan = head.post(MANY, &form("approve", two, &[])).await;
    plan.assert_status(200)
        .assert_contains("Duyệt và đăng: 2 mục");
    for number in numbers {
        assert!(!is_public(&portal, number).await, "a plan does nothing");
    }
    let sure = [("chac-chan", "1"), ("ve", "/quan-tri?ngan=cho-duyet")];
    let done = head.post(MANY, &form("approve", two, &sure)).await;
    done.assert_status(200)
        .assert_contains("Đã làm xong với 2 mục.")
        .assert_contains("href=\"/quan-tri?ngan=cho-duyet\"");
    let shown = [
        is_public(&portal, numbers[0]).await,
        is_public(&portal, numbers[1]).await,
        is_public(&portal, numbers[2]).await,
    ];
    assert_eq!(shown.iter().filter(|it| **it).count(), 2, "{shown:?}");
    // The same form again, by an impatient finger.
    let again = head.post(MANY, &form("approve", two, &sure)).await;
    again
        .assert_status(200)
        .assert_contains("không có mục nào được làm")
        .assert_contains("đã chuyển sang trạng thái khác");
}

#[tokio::test]
async fn a_whole_page_is_returned_with_one_reason_and_without_it_nothing_is() {
    let portal = portal().await;
    let texts = sent(&portal, ["64/2026/QĐ-UBND", "65/2026/QĐ-UBND"]).await;
    let head = Browser::signed_in(&portal, "thu-truong").await;
    let listed = offered(&head.get("/quan-tri").await);
    let mut fields = vec![("viec", "return"), ("ca-trang", "1")];
    fields.extend(listed.iter().map(|it| ("trang-nay", it.as_str())));
    let plan = head.post(MANY, &fields).await.assert_status(200);
    let plan = plan
        .assert_contains("Trả lại: 2 mục")
        .assert_contains("Lý do");
    assert_eq!(offered(&plan).len(), 2, "the plan takes all of them on");
    fields.push(("chac-chan", "1"));
    let silent = [&fields[..], &[("ly-do", "  ")]].concat();
    let silent = head.post(MANY, &silent).await.assert_status(422);
    let silent = silent.assert_contains("Việc này cần ghi rõ lý do.");
    assert_eq!(offered(&silent).len(), 2, "what was ticked is kept");
    let reasoned = [&fields[..], &[("ly-do", "Thiếu căn cứ & nơi nhận")]].concat();
    let done = head.post(MANY, &reasoned).await.assert_status(200);
    done.assert_contains("Đã làm xong với 2 mục.");
    let lan = staff("lan", "unit-officer", "dong-son");
    for text in texts {
        let open = portal.open(&lan, &text.entry).await.unwrap();
        assert_eq!(open.entry.working.entry.state, "returned");
        let last = open.history.last().unwrap();
        assert_eq!(last.reason, "Thiếu căn cứ & nơi nhận");
    }
}

#[tokio::test]
async fn what_one_lacks_keeps_no_other_back() {
    let portal = portal().await;
    let texts = sent(&portal, ["66/2026/QĐ-UBND", "67/2026/QĐ-UBND"]).await;
    let head = Browser::signed_in(&portal, "thu-truong").await;
    let ticked = offered(&head.get("/quan-tri").await);
    // Meanwhile its writer takes one back and writes it anew; a third is what this head may not see.
    let lan = staff("lan", "unit-officer", "dong-son");
    portal.take(&lan, &texts[0], "recall").await;
    let other = staff("mai", "unit-officer", "yen-the");
    let hidden = Document::new("68/2026/QĐ-UBND").with("abstract", "Về việc riêng của huyện");
    let hidden = portal.write(&other, hidden, None).await.unwrap();
    let forged = format!("{}.{}", hidden.entry, hidden.revision);
    let all = [ticked, vec![forged, "x.y".to_owned(), "không".to_owned()]].concat();
    let plan = head.post(MANY, &form("approve", &all, &[])).await;
    plan.assert_status(200)
        .assert_contains("Duyệt và đăng: 1 mục")
        .assert_contains("Không làm với 1 mục")
        .assert_contains("đã chuyển sang trạng thái khác")
        .assert_lacks("riêng của huyện");
    let done = form("approve", &all, &[("chac-chan", "1")]);
    let done = head.post(MANY, &done).await.assert_status(200);
    done.assert_contains("Đã làm xong với 1 mục.")
        .assert_contains("Không làm với 1 mục")
        .assert_lacks("riêng của huyện");
    assert!(is_public(&portal, "67/2026/QĐ-UBND").await);
    assert!(!is_public(&portal, "66/2026/QĐ-UBND").await);
    let untouched = portal.open(&other, &hidden.entry).await.unwrap();
    assert_eq!(untouched.entry.working.entry.state, "draft");
}

#[tokio::test]
async fn who_ticks_nothing_or_chooses_nothing_is_told() {
    let portal = portal().await;
    let texts = sent(&portal, ["69/2026/QĐ-UBND"]).await;
    let head = Browser::signed_in(&portal, "thu-truong").await;
    let one = vec![format!("{}.{}", texts[0].entry, texts[0].revision)];
    let none = head.post(MANY, &form("approve", &[], &[])).await;
    none.assert_status(422).assert_contains("Chưa chọn mục nào");
    let none = head.post(MANY, &form("", &one, &[])).await;
    none.assert_status(422).assert_contains("Chưa chọn việc");
    let nonsense = form("no-such-step", &one, &[("chac-chan", "1")]);
    let nonsense = head.post(MANY, &nonsense).await.assert_status(200);
    nonsense.assert_contains("không có mục nào được làm");
    let many: Vec<String> = (0..51)
        .map(|it| format!("{}.r{it}", texts[0].entry))
        .collect();
    let many = head.post(MANY, &form("approve", &many, &[])).await;
    many.assert_status(422)
        .assert_contains("một trang danh sách");
    let outside = form("approve", &one, &[("ve", "//example.org/")]);
    let outside = head.post(MANY, &outside).await.assert_status(200);
    outside.assert_lacks("example.org");
    head.get(MANY).await.assert_status(303);
    let stranger = Browser::at(&portal, "192.0.2.9");
    stranger
        .post(MANY, &form("approve", &one, &[]))
        .await
        .assert_status(401);
}

#[tokio::test]
async fn a_room_is_narrowed_by_site_type_state_and_words() {
    let portal = portal().await;
    sent(&portal, ["71/2026/QĐ-UBND"]).await;
    let lan = staff("lan", "unit-officer", "dong-son");
    let draft = Document::new("72/2026/QĐ-UBND").on("dong-son");
    let draft = draft.with("abstract", "về việc đặt tên Đường Hoàng Hoa Thám");
    portal.write(&lan, draft, None).await.unwrap();
    let board = Browser::signed_in(&portal, "truong-ban").await;
    let room = async |filter: &str| {
        let path = format!("/quan-tri?ngan=tat-ca&{filter}");
        board.get(&path).await.assert_status(200)
    };
    let has = |page: &Visited, number: &str| page.text().contains(number);
    let state = room("trang-thai=submitted").await;
    assert!(has(&state, "71/2026") && !has(&state, "72/2026"));
    let site = room("trang=dong-son").await;
    assert!(has(&site, "71/2026") && has(&site, "72/2026"));
    assert!(!has(&room("trang=xuan-luong").await, "72/2026"));
    let kind = room("loai=legal-documents%2Fdocument").await;
    assert!(has(&kind, "72/2026"), "{}", kind.text());
    assert!(!has(&room("loai=feedback%2Fremark").await, "72/2026"));
    site.assert_contains("về việc đặt tên Đường Hoàng Hoa Thám");
    for words in ["quyết định 72", "QUYẾT ĐỊNH 72", "Quyết Định 72", "72/2026"] {
        let found = room(&format!("tim={}", dinh_tests::encoded(words))).await;
        assert!(has(&found, "72/2026") && !has(&found, "71/2026"), "{words}");
    }
    for words in ["%", "_", "72%2026", "quyet dinh 72"] {
        let found = room(&format!("tim={}", dinh_tests::encoded(words))).await;
        assert!(
            !has(&found, "72/2026/QĐ-UBND"),
            "{words} is no pattern, and marks matter"
        );
    }
    let both = room("trang-thai=submitted&tim=72%2F2026").await;
    both.assert_contains("Không có mục nào.")
        .assert_contains("Bỏ lọc, xem cả ngăn");
    for unknown in ["trang-thai=x", "loai=x", "trang=khong-co"] {
        room(unknown)
            .await
            .assert_contains("danh sách chưa được lọc");
    }
}

#[tokio::test]
async fn a_full_page_is_ticked_line_by_line_and_the_page_behind_the_last_is_the_last() {
    let portal = portal().await;
    let numbers: Vec<String> = (0..52)
        .map(|it| format!("{}/2026/TB-UBND", 300 + it))
        .collect();
    let lan = staff("lan", "unit-officer", "dong-son");
    for number in &numbers {
        let text = Document::new(number).on("dong-son");
        let text = portal.write(&lan, text, None).await.unwrap();
        portal.take(&lan, &text, "submit").await;
    }
    let head = Browser::signed_in(&portal, "thu-truong").await;
    let listed = offered(&head.get("/quan-tri").await);
    assert_eq!(listed.len(), 50);
    let mut fields = form("return", &listed, &[("ve", "/quan-tri"), ("ca-trang", "1")]);
    fields.extend(listed.iter().map(|it| ("trang-nay", it.as_str())));
    let plan = head.post(MANY, &fields).await.assert_status(200);
    assert_eq!(offered(&plan).len(), 50);
    let two = offered(&head.get("/quan-tri?page=2").await);
    assert_eq!(two.len(), 2);
    let reason = [("chac-chan", "1"), ("ly-do", "Thiếu\r\ncăn cứ")];
    let done = head.post(MANY, &form("return", &two, &reason)).await;
    done.assert_status(200)
        .assert_contains("Đã làm xong với 2 mục.");
    let back = head.get("/quan-tri?page=2").await.assert_status(200);
    assert_eq!(
        offered(&back).len(),
        50,
        "the page before is the last one now"
    );
    let long = "dài ".repeat(501);
    let reason = [("chac-chan", "1"), ("ly-do", long.as_str())];
    let long = head.post(MANY, &form("return", &listed, &reason)).await;
    let long = long
        .assert_status(422)
        .assert_contains("dài quá 2.000 ký tự");
    assert_eq!(offered(&long).len(), 50, "and what was typed stays");
    long.assert_contains("dài dài dài");
}
