//! Drafts of code at the desk: found, corrected, sent, approved, and written again by their source.

use dinh_domain::workflow::Refusal;
use dinh_portal::{Room, Undone};
use dinh_tests::{staff, step};
use serde_json::{Value, json};

use super::bureau::{Bureau, HOST, NOTE, SITE, head, keyed, officer};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_form_drafted_waits_for_officers_and_is_public_when_they_say_so() {
    let bureau = Bureau::open().await;
    let told = keyed(
        "phieu/17",
        json!({"code": "17", "subject": "Họp thôn Đồng Chè"}),
    );
    bureau.send(&told).await.assert_status(303);
    assert_eq!(bureau.said_at(HOST).await, ["created"]);
    let (visitor, portal) = (bureau.portal.visitor(), &bureau.portal);
    visitor.get(HOST, "/scribe").await.assert_lacks("Đồng Chè");
    let open = bureau.only().await;
    assert_eq!((open.state.as_str(), open.is_writable), ("Bản nháp", true));
    let first = &open.history[0];
    let of = (first.actor.as_str(), first.action.as_str());
    assert_eq!(of, ("Phần mở rộng “Người chép”", "Tạo mới"));
    let offered: Vec<&str> = open.offers.iter().map(|it| it.id.as_str()).collect();
    assert!(offered.contains(&"submit"), "{offered:?}");
    // It waits for whoever may send it.
    let waiting = portal.room(&officer(), Room::Waiting).await;
    assert_eq!(waiting, ["17 Họp thôn Đồng Chè"]);
    // Who sends it stands for it: another person approves.
    let tam = staff("tam", "unit-head", SITE);
    let text = bureau.newest().await;
    portal.take(&tam, &text, "submit").await;
    let own = portal.step(&tam, step(&text, "approve")).await;
    let refused = Refusal::OwnWork("approve".to_owned());
    assert_eq!(own, Err(Undone::Refused(refused)));
    portal.take(&tam, &text, "recall").await;
    bureau.write(json!({"remark": "Đã gọi hỏi"})).await.unwrap();
    bureau.publish().await;
    let page = visitor.get(HOST, "/scribe/17").await.assert_status(200);
    page.assert_contains("Họp thôn Đồng Chè")
        .assert_contains("Đã gọi hỏi");
    let acts =
        "select actor_kind, actor, act from audit where actor_kind = 'plugin' order by number";
    let acts = portal.database().lines(acts).await;
    assert_eq!(acts, ["plugin | scribe | entry-created"]);
    portal.portal().verify_audit(None).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_source_that_tells_again_makes_no_second_entry() {
    let bureau = Bureau::open().await;
    let told = keyed("17", json!({"code": " 17 ", "subject": "Họp thôn"}));
    assert_eq!(bureau.told(&told).await, ["created"]);
    assert_eq!(bureau.told(&told).await, ["unchanged"]);
    let told = keyed("17", json!({"subject": "Họp xã", "day": "2026-11-30"}));
    assert_eq!(bureau.told(&told).await, ["revised"]);
    assert_eq!(bureau.field("code").await, "17");
    assert_eq!(bureau.field("subject").await, "Họp xã");
    let open = bureau.only().await;
    assert_eq!(open.revisions.len(), 2);
    // Twice in one call, and by the id that the first was answered with.
    let id = open.entry.working.entry.id.to_string();
    let told = json!({"save": [
        {"in": NOTE, "key": "17", "fields": {"day": null}},
        {"in": NOTE, "id": id, "fields": {"subject": "Họp huyện"}},
        {"in": NOTE, "key": "18", "fields": {"code": "18"}},
        {"in": NOTE, "key": "18", "fields": {"subject": "Tập huấn"}},
    ]});
    assert_eq!(
        bureau.told(&told).await,
        ["revised", "revised", "created", "created"]
    );
    let entries = bureau.entries().await;
    assert_eq!(entries.len(), 2);
    let open = bureau
        .portal
        .open(&head(), &open.entry.working.entry.id)
        .await
        .unwrap();
    let entry = open.entry.working.entry;
    assert_eq!(
        (entry.title.as_str(), entry.body.get("day")),
        ("17 Họp huyện", None)
    );
    assert_eq!(open.revisions.len(), 3);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_officers_corrected_stays_theirs_and_what_readers_see_stays_as_it_is() {
    let bureau = Bureau::open().await;
    let fields = |day: &str| json!({"code": "17", "subject": "Hop thon", "day": day});
    bureau.told(&keyed("17", fields("2026-11-28"))).await;
    bureau.write(json!({"subject": "Họp thôn"})).await.unwrap();
    bureau.publish().await;
    // The night's run says what it said before.
    let said = bureau.told(&keyed("17", fields("2026-11-28"))).await;
    assert_eq!(said, ["unchanged"]);
    let said = bureau.told(&keyed("17", fields("2026-11-29"))).await;
    assert_eq!(said, ["revised"]);
    let open = bureau.only().await;
    assert_eq!(open.state, "Bản nháp");
    assert_eq!(bureau.field("subject").await, "Họp thôn");
    assert_eq!(bureau.field("day").await, "2026-11-29");
    let visitor = bureau.portal.visitor();
    let page = visitor.get(HOST, "/scribe/17").await;
    page.assert_status(200)
        .assert_contains("28/11/2026")
        .assert_lacks("29/11/2026");
    let said = bureau.told(&keyed("17", fields("2026-11-30"))).await;
    assert_eq!(said, ["revised"]);
    assert_eq!(bureau.field("subject").await, "Họp thôn");
    bureau.publish().await;
    let page = visitor.get(HOST, "/scribe/17").await;
    page.assert_contains("30/11/2026")
        .assert_contains("Họp thôn");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_people_have_under_way_or_took_down_is_not_written_over() {
    let bureau = Bureau::open().await;
    let tell = async |day: &str| {
        let told = keyed("17", json!({"code": "17", "subject": "Họp", "day": day}));
        bureau.told(&told).await.concat()
    };
    tell("2026-11-28").await;
    bureau.write(json!({"remark": "Đang sửa"})).await.unwrap();
    let told = tell("2026-11-29").await;
    assert_eq!(told, "under way: an officer writes its next text");
    let text = bureau.newest().await;
    bureau.portal.take(&officer(), &text, "submit").await;
    let told = tell("2026-11-29").await;
    assert_eq!(told, "under way: it is in the state `submitted`");
    assert_eq!(tell("2026-11-28").await, "unchanged");
    let text = bureau.newest().await;
    bureau.portal.take(&head(), &text, "approve").await;
    let down = bureau
        .portal
        .take_with(&head(), &text, "take-down", ("Sai", None))
        .await;
    assert_eq!(down.unwrap(), "withdrawn");
    let told = tell("2026-11-29").await;
    assert_eq!(told, "closed: it is in the state `withdrawn`");
    assert_eq!(bureau.field("day").await, "2026-11-28");
    assert_eq!(bureau.field("remark").await, Value::from("Đang sửa"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_officer_who_writes_meanwhile_is_told_and_loses_nothing() {
    let bureau = Bureau::open().await;
    bureau.told(&keyed("17", json!({"code": "17"}))).await;
    let began = bureau.newest().await;
    bureau.told(&keyed("17", json!({"subject": "Mới"}))).await;
    // The text that was sent to be approved is the one that was seen.
    let sent = bureau.portal.step(&officer(), step(&began, "submit")).await;
    let Err(Undone::Changed { by, .. }) = sent else {
        panic!("{sent:?}");
    };
    assert_eq!(by, "plugin:scribe");
    // What is not whole is a draft, and is not sent.
    bureau.told(&keyed("17", json!({"subject": null}))).await;
    let text = bureau.newest().await;
    let sent = bureau.portal.step(&officer(), step(&text, "submit")).await;
    assert!(matches!(sent, Err(Undone::Faults(_))), "{sent:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_officers_discarded_stays_discarded_until_they_take_it_up() {
    let bureau = Bureau::open().await;
    let tell = async |day: &str| {
        let told = keyed("17", json!({"code": "17", "subject": "Họp", "day": day}));
        bureau.told(&told).await.concat()
    };
    let step = async |action: &str| {
        let text = bureau.newest().await;
        let why = ("Không thuộc chuyên mục", None);
        bureau
            .portal
            .take_with(&officer(), &text, action, why)
            .await
    };
    tell("2026-11-28").await;
    assert!(step("abandon").await.is_err(), "there is nothing public");
    assert_eq!(step("discard").await.unwrap(), "discarded");
    let told = tell("2026-11-29").await;
    assert_eq!(told, "closed: it is in the state `discarded`");
    assert_eq!(step("take-up").await.unwrap(), "draft");
    assert_eq!(tell("2026-11-29").await, "revised");
    bureau.publish().await;
    // Behind the public text: readers see nothing of it, and the source is not asked for the same again.
    assert_eq!(tell("2026-11-30").await, "revised");
    assert!(step("discard").await.is_err(), "readers see a text of it");
    assert_eq!(step("abandon").await.unwrap(), "published");
    assert_eq!(bureau.field("day").await, "2026-11-29");
    assert_eq!(tell("2026-11-30").await, "unchanged");
    let visitor = bureau.portal.visitor();
    let page = visitor.get(HOST, "/scribe/17").await;
    page.assert_status(200).assert_contains("29/11/2026");
    assert_eq!(tell("2026-12-01").await, "revised");
    bureau.publish().await;
    let page = visitor.get(HOST, "/scribe/17").await;
    page.assert_contains("01/12/2026");
    bureau.portal.portal().verify_audit(None).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_job_drafts_once_however_often_its_step_runs() {
    let bureau = Bureau::open().await;
    let mut told = keyed("17", json!({"code": "17", "subject": "Họp"}));
    told["enqueue"] = json!(true);
    for _ in 0..2 {
        bureau.deliver(HOST, &told).await.assert_status(200);
        bureau.portal.portal().work_off_jobs().await.unwrap();
    }
    assert_eq!(bureau.said_at(HOST).await, ["unchanged"]);
    assert_eq!(bureau.only().await.revisions.len(), 1);
}
