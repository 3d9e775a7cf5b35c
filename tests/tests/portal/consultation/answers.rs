//! The office answers each opinion; a result waits for that.

use dinh_domain::ids::EntryId;
use dinh_domain::people::Staff;
use dinh_portal::{Undone, Written};
use dinh_tests::{TestPortal, staff, step};
use serde_json::json;

use super::citizen::{DRAFT, OPINIONS, WORDS, entries, sent, set, write};
use crate::people::person::{Browser, portal};

fn board() -> Staff {
    staff("binh", "board-head", "yen-the")
}

fn officer() -> Staff {
    staff("lan", "unit-officer", "yen-the")
}

/// Answers an opinion as it stands.
async fn answer(portal: &TestPortal, of: &Written) -> Result<Written, Undone> {
    let fields = json!({"disposition": "accepted", "reason": "Tiếp thu.", "shown_in": 3});
    write(portal, (&officer(), of), "opinion", fields).await
}

/// Publishes what was sent.
async fn published(portal: &TestPortal, entry: &EntryId) -> Written {
    let of = portal.newest(&board(), entry).await;
    assert_eq!(portal.take(&board(), &of, "approve").await, "published");
    portal.newest(&board(), entry).await
}

/// The consultation of the demo.
async fn draft(portal: &TestPortal) -> Written {
    let id = "select id from entry where slug like 'dat-ten-duong-pho%'";
    let id = EntryId::new(&portal.database().lines(id).await[0]).unwrap();
    portal.newest(&board(), &id).await
}

/// Writes the result and sends it to be approved.
async fn with_result(portal: &TestPortal) -> Written {
    let of = draft(portal).await;
    let fields = json!({"result": "Tiếp thu hai ý kiến.", "result_on": "2028-01-14"});
    let written = write(portal, (&officer(), &of), "consultation", fields).await;
    let written = written.unwrap();
    assert_eq!(
        portal.take(&officer(), &written, "submit").await,
        "submitted"
    );
    portal.newest(&officer(), &written.entry).await
}

fn told(undone: &Undone) -> Vec<(String, String)> {
    let Undone::Faults(faults) = undone else {
        panic!("{undone:?}");
    };
    let faults = faults.iter();
    faults
        .map(|it| (it.message_key.clone(), format!("{:?}", it.args)))
        .collect()
}

#[tokio::test]
async fn an_answer_is_public_after_another_person_and_leaves_the_senders_words_alone() {
    let portal = portal().await;
    let citizen = Browser::at(&portal, "192.0.2.7");
    let link = sent(&citizen, &[]).await;
    let entry = entries(&portal).await.remove(0);
    let unread = portal.newest(&officer(), &entry).await;
    let early = answer(&portal, &unread).await.unwrap_err();
    assert!(matches!(early, Undone::NotWritable { .. }), "{early:?}");
    let of = published(&portal, &entry).await;
    let bare = json!({"disposition": "declined", "words": "Khác hẳn"});
    let bare = write(&portal, (&officer(), &of), "opinion", bare).await;
    assert_eq!(told(&bare.unwrap_err())[0].0, "fault.missing");
    let changed = json!({
        "disposition": "accepted", "reason": "Bản sau có biển song ngữ.", "words": "Khác hẳn", "by": "Khác",
    });
    let written = write(&portal, (&officer(), &of), "opinion", changed)
        .await
        .unwrap();
    citizen.get(OPINIONS).await.assert_lacks("Bản sau có biển");
    let head = board();
    let back = portal.take_with(&head, &written, "return", ("Viết rõ hơn", None));
    assert_eq!(back.await.unwrap(), "answer-returned");
    let waiting = citizen.get(&link).await.assert_status(200);
    waiting
        .assert_contains("Đã đăng")
        .assert_lacks("Bản sau có biển")
        .assert_lacks("Viết rõ hơn")
        .assert_lacks("trả lại");
    let data = citizen.get(&format!("{link}/du-lieu.json")).await;
    data.assert_status(200).assert_lacks("Bản sau có biển");
    let again = portal.newest(&officer(), &entry).await;
    let fields = json!({"disposition": "accepted", "reason": "Bản sau có biển song ngữ."});
    let written = write(&portal, (&officer(), &again), "opinion", fields)
        .await
        .unwrap();
    let own = portal
        .step(&officer(), step(&written, "approve-answer"))
        .await;
    assert!(matches!(own, Err(Undone::Refused(_))), "{own:?}");
    assert_eq!(
        portal.take(&board(), &written, "approve-answer").await,
        "replied"
    );
    let list = citizen.get(OPINIONS).await.assert_status(200);
    list.assert_contains("Bản sau có biển song ngữ.")
        .assert_contains("Tiếp thu")
        .assert_contains("H.T.K.")
        .assert_lacks("Khác hẳn");
    citizen.get(DRAFT).await.assert_contains(WORDS);
    let followed = citizen.get(&link).await.assert_status(200);
    followed
        .assert_contains("Đã trả lời")
        .assert_contains("Bản sau có biển song ngữ.");
}

#[tokio::test]
async fn a_result_waits_until_every_opinion_has_its_answer_and_then_none_changes() {
    let portal = portal().await;
    let citizen = Browser::at(&portal, "192.0.2.7");
    for words in ["Một.", "Hai.", "Ba.", "Bốn."] {
        sent(&citizen, &[("words", words)]).await;
    }
    let [one, two, three, four] = entries(&portal).await.try_into().unwrap();
    let (one, two) = (
        published(&portal, &one).await,
        published(&portal, &two).await,
    );
    let three = portal.newest(&board(), &three).await;
    let kept = portal
        .take_with(&board(), &three, "keep", ("Riêng", None))
        .await;
    assert_eq!(kept.unwrap(), "kept");
    set(&portal, "2028-01-14T09:00", 0);
    portal.portal().turn_the_day().await.unwrap();
    let result = with_result(&portal).await;
    let blocked = async |count: u64| {
        let done = portal.step(&board(), step(&result, "approve")).await;
        let told = told(&done.unwrap_err());
        assert_eq!(told[0].0, "fault.unanswered");
        assert!(told[0].1.contains(&format!("\"{count}\"")), "{told:?}");
    };
    blocked(4).await;
    let answered = answer(&portal, &one).await.unwrap();
    blocked(4).await;
    assert_eq!(
        portal.take(&board(), &answered, "approve-answer").await,
        "replied"
    );
    let answered = answer(&portal, &two).await.unwrap();
    assert_eq!(
        portal.take(&board(), &answered, "approve-answer").await,
        "replied"
    );
    blocked(2).await;
    // Who is not shown in public is answered without a second person.
    let three = portal.newest(&board(), &three.entry).await;
    answer(&portal, &three).await.unwrap();
    let four = portal.newest(&board(), &four).await;
    let mut refuse = step(&four, "refuse");
    refuse.reason_kind = Some("off-topic".to_owned());
    assert_eq!(portal.step(&board(), refuse).await.unwrap(), "refused");
    assert_eq!(portal.take(&board(), &result, "approve").await, "published");
    portal.portal().turn_the_day().await.unwrap();
    let page = citizen.get(DRAFT).await.assert_status(200);
    page.assert_contains("Đã có kết quả")
        .assert_contains("Tiếp thu hai ý kiến.");
    let late = portal.newest(&officer(), &one.entry).await;
    let late = answer(&portal, &late).await.unwrap_err();
    assert_eq!(told(&late)[0].0, "fault.result-published");
}

#[tokio::test]
async fn an_opinion_that_is_taken_back_while_it_is_answered_is_gone() {
    let portal = portal().await;
    let citizen = Browser::at(&portal, "192.0.2.7");
    let link = sent(&citizen, &[]).await;
    let entry = entries(&portal).await.remove(0);
    let of = published(&portal, &entry).await;
    let written = answer(&portal, &of).await.unwrap();
    citizen
        .post(&link, &[("viec", "rut")])
        .await
        .assert_status(303);
    let late = portal
        .step(&board(), step(&written, "approve-answer"))
        .await;
    assert!(late.is_err(), "{late:?}");
    citizen.get(OPINIONS).await.assert_lacks(WORDS);
    let again = answer(&portal, &written).await.unwrap_err();
    assert!(matches!(again, Undone::NotWritable { .. }), "{again:?}");
}

#[tokio::test]
async fn one_answer_is_given_to_all_with_the_same_words_and_each_is_approved_on_its_own() {
    let portal = portal().await;
    let citizen = Browser::at(&portal, "192.0.2.7");
    for words in [WORDS, WORDS, WORDS, WORDS, "Khác hẳn."] {
        sent(&citizen, &[("words", words)]).await;
    }
    let all: Vec<EntryId> = entries(&portal).await;
    // The fourth is not read yet; the third has an answer of its own.
    for entry in [&all[0], &all[1], &all[2], &all[4]] {
        published(&portal, entry).await;
    }
    let third = portal.newest(&officer(), &all[2]).await;
    let own = json!({"disposition": "declined", "reason": "Lời riêng."});
    write(&portal, (&officer(), &third), "opinion", own)
        .await
        .unwrap();
    let lan = officer();
    let waiting = portal.portal().alike_waiting(&lan, &all[0]);
    assert_eq!(waiting.await.unwrap(), 1);
    let first = portal.newest(&officer(), &all[0]).await;
    answer(&portal, &first).await.unwrap();
    let done = portal.portal().answer_alike(&lan, &all[0]);
    let done = done.await.unwrap();
    assert_eq!((done.done, done.left), (1, 0));
    let mut told = Vec::new();
    for entry in &all {
        let open = portal.open(&officer(), entry).await.unwrap();
        let body = &open.entry.working.entry.body;
        let reason = body.get("reason").and_then(|it| it.as_str());
        told.push((open.state.clone(), reason.unwrap_or_default().to_owned()));
        assert_eq!(
            body["words"].as_str().unwrap(),
            open.entry.working.entry.title
        );
    }
    let line = |state: &str, reason: &str| (state.to_owned(), reason.to_owned());
    assert_eq!(
        told,
        [
            line("Chờ duyệt trả lời", "Tiếp thu."),
            line("Chờ duyệt trả lời", "Tiếp thu."),
            line("Chờ duyệt trả lời", "Lời riêng."),
            line("Mới nhận", ""),
            line("Đã đăng", ""),
        ]
    );
    let acts = format!(
        "select act from audit where act = 'entry-written' and subject = '{}'",
        all[1]
    );
    assert_eq!(portal.database().lines(&acts).await, ["entry-written"]);
    let second = portal.newest(&officer(), &all[1]).await;
    let own = portal
        .step(&officer(), step(&second, "approve-answer"))
        .await;
    assert!(matches!(own, Err(Undone::Refused(_))), "{own:?}");
    assert_eq!(
        portal.take(&board(), &second, "approve-answer").await,
        "replied"
    );
    // Nobody else answers by it.
    let other = staff("mai", "unit-officer", "dong-son");
    let none = portal.portal().answer_alike(&other, &all[0]);
    assert_eq!(none.await.unwrap().done, 0);
}
