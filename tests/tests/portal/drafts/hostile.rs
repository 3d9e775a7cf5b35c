//! Drafts that code should not write: nothing of them is kept, and the code is told why.

use std::sync::Arc;

use dinh_tests::encoded;
use serde_json::json;
use tokio::task::JoinSet;

use super::bureau::{Bureau, FORM, HOST, NOTE, OTHER_HOST, OTHER_SITE, SITE, keyed};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_kept_of_a_call_that_ended_badly_behind_its_drafts() {
    let bureau = Bureau::open().await;
    for (then, form, webhook) in [("trap", 503, 503), ("loop", 503, 503), ("fail", 422, 422)] {
        let mut told = keyed("17", json!({"code": "17", "subject": "Họp"}));
        told["then"] = json!(then);
        bureau.send(&told).await.assert_status(form);
        bureau.deliver(HOST, &told).await.assert_status(webhook);
        told["enqueue"] = json!(true);
        bureau.deliver(HOST, &told).await.assert_status(200);
        bureau.portal.portal().work_off_jobs().await.unwrap();
        assert!(bureau.entries().await.is_empty(), "{then}");
        let lines = bureau
            .portal
            .database()
            .lines("select id from entry_revision where made_by = 'plugin:scribe'");
        assert!(lines.await.is_empty(), "{then}");
    }
    let acts = bureau
        .portal
        .database()
        .lines("select act from audit where actor_kind = 'plugin'");
    assert!(acts.await.is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_page_and_a_hook_write_nothing() {
    let bureau = Bureau::open().await;
    let told = keyed("17", json!({"code": "17"})).to_string();
    let path = format!("/scribe/da-noi?do={}", encoded(&told));
    let page = bureau.portal.visitor().get(HOST, &path).await;
    let said = page.assert_status(200).json();
    assert_eq!(said, json!(["this export may read and not write"]));
    assert!(bureau.entries().await.is_empty());
    let told = keyed("17", json!({"code": "17", "subject": "write in the hook"}));
    assert_eq!(bureau.told(&told).await, ["created"]);
    let text = bureau.newest().await;
    let sent = dinh_tests::step(&text, "submit");
    let sent = bureau.portal.step(&super::bureau::officer(), sent).await;
    let sent = format!("{sent:?}");
    assert!(sent.contains("may read and not write"), "{sent}");
    assert_eq!(bureau.entries().await.len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn other_collections_other_sites_and_a_section_that_is_off_are_refused() {
    let bureau = Bureau::open().await;
    let there = keyed("1", json!({"code": "1", "subject": "Nơi khác"}));
    bureau.told_at(OTHER_HOST, &there).await;
    let other = bureau.entries_at(OTHER_SITE).await;
    let law = bureau
        .portal
        .database()
        .lines("select id from entry where collection = 'legal-documents/document' and site_id = 'dong-son' order by id")
        .await;
    let told = json!({"save": [
        {"in": "scribe/shut", "key": "1", "fields": {"code": "1"}},
        {"in": "legal-documents/document", "key": "1", "fields": {"number": "1"}},
        {"in": "scribe/no-such", "key": "1"},
        {"in": NOTE, "id": other[0].as_str(), "fields": {"subject": "Của tôi"}},
        {"in": NOTE, "id": law[0], "fields": {"subject": "Của tôi"}},
        {"in": NOTE, "id": "../../etc", "fields": {}},
        // The same key on this site is another entry.
        {"in": NOTE, "key": "1", "fields": {"code": "1"}},
    ]});
    let said = bureau.told(&told).await;
    assert!(
        said[0].contains("`scribe/shut` is not among `writes`"),
        "{said:?}"
    );
    assert!(
        said[1].contains("is no collection of this plugin"),
        "{said:?}"
    );
    assert!(
        said[2].contains("is no collection of this plugin"),
        "{said:?}"
    );
    assert_eq!(
        said[3..6],
        ["no such entry", "no such entry", "no such entry"]
    );
    assert_eq!(said[6], "created");
    bureau.set(SITE, false).await;
    bureau.deliver(HOST, &told).await.assert_status(404);
    assert_eq!(bureau.entries_at(OTHER_SITE).await.len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_wrong_is_named_field_by_field_and_what_is_missing_is_no_fault() {
    let bureau = Bureau::open().await;
    let told = json!({"save": [
        {"in": NOTE, "key": "1", "fields": {"day": "30/11/2026", "price": 5, "subject": ["x"]}},
        {"in": NOTE, "key": "1", "fields": {"papers": [{"file": "f", "name": "a.pdf"}]}},
        {"in": NOTE, "key": "1", "long": 300},
        {"in": NOTE, "key": "", "fields": {}},
        {"in": NOTE, "key": " 1", "fields": {}},
        {"in": NOTE, "key": "1", "fields": {"subject": "a\u{0}b"}},
        {"in": NOTE, "key": "1", "fields": {}},
    ]});
    let said = bureau.told(&told).await;
    for part in ["YYYY-MM-DD", "price: ", "subject: "] {
        assert!(said[0].contains(part), "{part}: {said:?}");
    }
    assert!(
        said[1].starts_with("papers: tệp và bảng số liệu do cán bộ"),
        "{said:?}"
    );
    assert!(said[2].starts_with("subject: dài 300 ký tự"), "{said:?}");
    assert!(said[3].contains("1 to 1000 bytes"), "{said:?}");
    assert!(said[4].contains("no space at its ends"), "{said:?}");
    assert!(said[5].contains("no NUL"), "{said:?}");
    assert_eq!(said[6], "created");
    // What readers see already is not drafted a second time.
    bureau
        .told(&keyed("1", json!({"code": "07", "subject": "Họp"})))
        .await;
    bureau.publish().await;
    let said = bureau.told(&keyed("2", json!({"code": "07"}))).await;
    assert!(said[0].starts_with("code: đã có mục khác"), "{said:?}");
    assert_eq!(bureau.entries().await.len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn too_many_and_too_large_are_refused_and_the_rest_is_kept() {
    let bureau = Bureau::open().await;
    let many = json!({"save": [
        {"in": NOTE, "key": "k{}", "fields": {"code": "1"}, "times": 52},
        {"in": NOTE, "key": "k0", "fields": {"code": "2"}},
    ]});
    let said = bureau.told(&many).await;
    assert_eq!(said[49], "created");
    assert_eq!(said[50], "too many drafts: at most 50 drafts a call");
    assert_eq!(said[52], "created", "one that is drafted already");
    assert_eq!(bureau.entries().await.len(), 50);
    let large = json!({"save": [{"in": NOTE, "key": "l", "long": 300_000}]});
    let said = bureau.told(&large).await;
    assert!(said[0].contains("at most 262144 bytes"), "{said:?}");
    // A minute's bytes, of which nothing is kept.
    let flood = json!({"save": [{"in": NOTE, "key": "l", "long": 200_000, "times": 40}]});
    let said = bureau.told(&flood).await;
    assert!(said[0].starts_with("subject: dài"), "{said:?}");
    assert!(
        said[39].contains("4194304 bytes of drafts a minute"),
        "{said:?}"
    );
    bureau.portal.clock().advance(60_000);
    let said = bureau.told(&keyed("l", json!({"code": "9"}))).await;
    assert_eq!(said, ["created"]);
    let lines = bureau.portal.portal().plugin_lines().await.unwrap();
    let line = lines.iter().find(|it| it.plugin == "scribe").unwrap();
    let refused: Vec<&str> = line.refusals.iter().map(|it| it.limit.as_str()).collect();
    assert_eq!(refused, ["more than 4194304 bytes of drafts a minute"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn drafts_wait_up_to_a_number_and_go_on_when_officers_have_looked() {
    let bureau = Bureau::open().await;
    for at in 0..40 {
        let key = format!("{at}/{{}}");
        let many = json!({"quiet": true, "save": [
            {"in": NOTE, "key": key, "fields": {"code": "1"}, "times": 50},
        ]});
        bureau.deliver(HOST, &many).await.assert_status(200);
        bureau.portal.clock().advance(10_000);
    }
    let said = bureau.told(&keyed("one", json!({"code": "1"}))).await;
    let told = "over quota: more than 2000 drafts that wait for officers";
    assert_eq!(said, [told]);
    // Its own may be corrected, and another site has room of its own.
    let said = bureau.told(&keyed("0/0", json!({"code": "2"}))).await;
    assert_eq!(said, ["revised"]);
    let told = keyed("one", json!({"code": "1"}));
    assert_eq!(bureau.told_at(OTHER_HOST, &told).await, ["created"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_calls_at_the_same_time_one_makes_the_entry_and_the_others_find_it() {
    let bureau = Arc::new(Bureau::open().await);
    let told = |subject: &str| {
        let mut told = keyed("17", json!({"code": "17", "subject": subject}));
        told["quiet"] = json!(true);
        told
    };
    let subjects: Vec<String> = (0..8).map(|at| format!("Bản {at}")).collect();
    let mut sending = JoinSet::new();
    for subject in &subjects {
        let (bureau, told) = (bureau.clone(), told(subject));
        sending.spawn(async move { bureau.deliver(HOST, &told).await.status() });
    }
    let statuses = sending.join_all().await;
    assert!(statuses.contains(&200), "{statuses:?}");
    let odd = statuses.iter().filter(|it| ![200, 503].contains(*it));
    assert_eq!(odd.count(), 0, "{statuses:?}");
    let taken = statuses.iter().filter(|it| **it == 200).count();
    let open = bureau.only().await;
    assert_eq!(open.revisions.len(), taken);
    let subject = bureau.field("subject").await;
    assert!(subjects.iter().any(|it| subject == it.as_str()));
    let page = bureau.portal.visitor().get(HOST, FORM).await;
    page.assert_status(200);
}
