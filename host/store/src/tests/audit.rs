use dinh_domain::dates::Instant;
use serde_json::json;

use super::support::on_each;
use crate::sql::Sql;
use crate::{ActorKind, AuditHead, AuditVerdict, NewAudit, Store};

fn act(what: &str) -> NewAudit {
    NewAudit {
        at: Instant(1_000),
        actor_kind: ActorKind::Operator,
        actor: "an".to_owned(),
        origin: "command line, user 0".to_owned(),
        act: what.to_owned(),
        subject_kind: "plugin".to_owned(),
        subject: "town-notes".to_owned(),
        site: None,
        before: None,
        after: Some(json!({ "version": "1.0.0", "note": "a\u{0}b" })),
    }
}

async fn record(store: &Store, acts: &[&str]) {
    let mut tx = store.begin_write().await.unwrap();
    for one in acts {
        tx.audit(act(one));
    }
    tx.commit().await.unwrap();
}

async fn head(store: &Store) -> AuditHead {
    match store.verify_audit(None).await.unwrap() {
        AuditVerdict::Whole(head) => head,
        AuditVerdict::Broken(it) => panic!("{it:?}"),
    }
}

async fn broken(store: &Store, noted: Option<&AuditHead>) -> (i64, String) {
    match store.verify_audit(noted).await.unwrap() {
        AuditVerdict::Whole(head) => panic!("whole up to {head:?}"),
        AuditVerdict::Broken(it) => (it.number, it.why),
    }
}

/// As somebody does who owns the tables: past the triggers.
async fn tamper(store: &Store, statements: &[&str]) {
    let mut tx = store.begin_write().await.unwrap();
    let on_table = if store.database_name() == "SQLite" {
        ""
    } else {
        " on audit"
    };
    let on_head = on_table.replace("audit", "audit_head");
    for trigger in ["audit_stays", "audit_lasts"] {
        let drop = format!("drop trigger if exists {trigger}{on_table}");
        Sql::new(drop).run(tx.on()).await.unwrap();
    }
    let drop = format!("drop trigger if exists audit_head_stays{on_head}");
    Sql::new(drop).run(tx.on()).await.unwrap();
    for statement in statements {
        let changed = Sql::new(*statement).run(tx.on()).await.unwrap();
        assert!(changed > 0, "{statement}");
    }
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn what_was_recorded_is_read_in_order_and_is_whole() {
    on_each(async |store, _| {
        assert_eq!(head(&store).await.number, 0);
        record(&store, &["installed", "parked"]).await;
        record(&store, &["unparked"]).await;
        let lines = store.audit_lines(0, 10).await.unwrap();
        let acts: Vec<_> = lines.iter().map(|line| line.it.act.as_str()).collect();
        assert_eq!(acts, ["installed", "parked", "unparked"]);
        assert_eq!(lines[0].it.after.as_ref().unwrap()["version"], "1.0.0");
        let head = head(&store).await;
        assert_eq!((head.number, &head.hash), (3, &lines[2].hash));
        assert_eq!(store.audit_lines(1, 1).await.unwrap()[0].number, 2);
    })
    .await;
}

#[tokio::test]
async fn what_was_rolled_back_leaves_no_gap() {
    on_each(async |store, _| {
        record(&store, &["installed"]).await;
        let mut tx = store.begin_write().await.unwrap();
        tx.audit(act("never"));
        drop(tx);
        record(&store, &["parked"]).await;
        assert_eq!(head(&store).await.number, 2);
    })
    .await;
}

#[tokio::test]
async fn a_line_cannot_be_changed_or_removed() {
    on_each(async |store, _| {
        record(&store, &["installed", "parked"]).await;
        let mut statements = vec![
            "update audit set actor = 'nobody' where number = 1",
            "delete from audit where number = 2",
            "update audit_head set number = 1 where id = 1",
            "delete from audit_head",
        ];
        if store.database_name() == "SQLite" {
            statements.push("insert or replace into audit select * from audit where number = 1");
        } else {
            statements.push("truncate audit cascade");
        }
        for statement in statements {
            let mut tx = store.begin_write().await.unwrap();
            let told = Sql::new(statement).run(tx.on()).await.unwrap_err();
            assert!(
                told.to_string().contains("append-only"),
                "{statement}: {told}"
            );
        }
        assert_eq!(head(&store).await.number, 2);
    })
    .await;
}

#[tokio::test]
async fn tampering_is_found_at_the_first_broken_line() {
    let ways: [(&[&str], i64, &str); 9] = [
        (
            &["update audit set actor = 'x' where number = 2"],
            2,
            "has changed",
        ),
        (
            &["update audit set at = 5 where number = 3"],
            3,
            "has changed",
        ),
        (
            &["update audit set hash = 'x' where number = 2"],
            2,
            "has changed",
        ),
        (
            &["update audit_payload set became = '{}' where number = 2"],
            2,
            "before and after it has changed",
        ),
        (
            &["delete from audit_payload where number = 3"],
            3,
            "is gone",
        ),
        (
            &[
                "delete from audit_payload where number = 2",
                "delete from audit where number = 2",
            ],
            2,
            "it is gone; the next one is 3",
        ),
        (
            &[
                "delete from audit_payload where number > 2",
                "delete from audit where number > 2",
            ],
            3,
            "it is gone, with all up to 4",
        ),
        (
            &["update audit_head set number = 3 where id = 1"],
            3,
            "not the line that the head names",
        ),
        (
            &["update audit_head set number = 0, hash = '' where id = 1"],
            1,
            "the head does not know of it",
        ),
    ];
    for (statements, number, why) in ways {
        on_each(async |store, _| {
            record(&store, &["installed", "parked"]).await;
            record(&store, &["unparked", "removed"]).await;
            tamper(&store, statements).await;
            let (found, told) = broken(&store, None).await;
            assert_eq!(found, number, "{statements:?}: {told}");
            assert!(told.contains(why), "{statements:?}: {told}");
        })
        .await;
    }
}

#[tokio::test]
async fn a_chain_written_anew_is_found_by_a_head_that_was_noted() {
    on_each(async |store, _| {
        record(&store, &["installed"]).await;
        let first = head(&store).await;
        record(&store, &["parked"]).await;
        let second = head(&store).await;
        // The end is cut off, the head too: whole in itself.
        let cut = [
            "delete from audit_payload where number = 2",
            "delete from audit where number = 2",
            &format!(
                "update audit_head set number = 1, hash = '{}' where id = 1",
                first.hash
            ),
        ];
        tamper(&store, &cut).await;
        assert_eq!(head(&store).await, first);
        let (number, why) = broken(&store, Some(&second)).await;
        assert!(number == 2 && why.contains("noted"), "{number} {why}");
        record(&store, &["another"]).await;
        let (number, why) = broken(&store, Some(&second)).await;
        assert!(number == 2 && why.contains("anew"), "{number} {why}");
    })
    .await;
}

#[tokio::test]
async fn who_writes_at_the_same_time_keeps_one_chain() {
    on_each(async |store, _| {
        let writers = (0..8).map(|_| {
            let store = store.clone();
            tokio::spawn(async move {
                for _ in 0..5 {
                    record(&store, &["installed", "parked"]).await;
                }
            })
        });
        for writer in writers.collect::<Vec<_>>() {
            writer.await.unwrap();
        }
        assert_eq!(head(&store).await.number, 80);
    })
    .await;
}
