//! Who may bring rows in, and who may not any more.

use std::time::Duration;

use dinh::command::Command;
use dinh::site::{ModuleAct, ModuleWork};
use dinh_tests::{TestPortal, Visited};

use crate::desk::batch::{PAGE, Said, register, task, tasks, uploaded};
use crate::desk::form::{hidden, officer};
use crate::people::person::{Browser, portal};

/// Time for a batch to be read and to wait for its turn.
const WAITS_MS: u64 = 1_500;

/// A sheet with one task: the page that asks about its columns, what is said of them, and what she saw of it.
async fn looked_at(own: &Browser<'_>) -> (Visited, Said<'static>, String) {
    let sheet = register(&[task("KN-1", "01/02/2024")]);
    let shown = uploaded(own, PAGE, ("so.csv", sheet.as_bytes())).await;
    let said = Said::of(&shown);
    let seen = said.send(own, "xem", &[]).await;
    let seen = hidden(&seen, "da-xem");
    (shown, said, seen)
}

#[tokio::test]
async fn whoever_may_not_write_there_brings_nothing() {
    let portal = portal().await;
    let own = officer(&portal).await;
    let (shown, said, seen) = looked_at(&own).await;
    let agreed = [("da-xem", seen.as_str())];
    let inspector = Browser::signed_in(&portal, "thanh-tra").await;
    for page in [PAGE.to_owned(), format!("{PAGE}/mau.csv")] {
        inspector.get(&page).await.assert_status(403);
    }
    said.send(&inspector, "ghi", &agreed)
        .await
        .assert_status(403);
    // Nobody takes up what a colleague uploaded, or what is no upload at all.
    let head = Browser::signed_in(&portal, "thu-truong").await;
    said.send(&head, "ghi", &agreed).await.assert_status(404);
    let foreign = "select id from file where name like 'hien%' or name = 'figures.csv'";
    let foreign = portal.database().lines(foreign).await.remove(0);
    for file in [foreign.as_str(), "0190-made-up"] {
        let mut other = Said::of(&shown);
        other.file = file.to_owned();
        other.send(&own, "ghi", &agreed).await.assert_status(404);
    }
    // The officer of a commune does not write for the district, nor for a section that is not there.
    for (there, status) in [
        ("/quan-tri/nhap/yen-the/science-projects/project", 403),
        ("/quan-tri/nhap/xuan-luong/science-projects/project", 403),
        ("/quan-tri/nhap/dong-son/feedback/remark", 403),
        ("/quan-tri/nhap/dong-son/science-projects/nothing", 404),
        ("/quan-tri/nhap/nowhere/science-projects/project", 404),
    ] {
        let refused = own.get(there).await;
        assert_eq!(refused.status(), status, "{there}");
    }
    let signed_out = Browser::at(&portal, "192.0.2.9");
    assert_ne!(signed_out.get(PAGE).await.status(), 200);
    assert!(tasks(&portal).await.is_empty());
}

#[tokio::test]
async fn a_section_that_is_closed_meanwhile_takes_nothing() {
    let portal = portal().await;
    let own = officer(&portal).await;
    let room = "/quan-tri?ngan=cua-toi&loai=science-projects%2Fproject";
    own.get(room).await.assert_contains(PAGE);
    own.get("/quan-tri/soan").await.assert_contains(PAGE);
    let (_, said, seen) = looked_at(&own).await;
    close(&portal).await;
    said.send(&own, "ghi", &[("da-xem", &seen)])
        .await
        .assert_status(403);
    assert!(tasks(&portal).await.is_empty());
    own.get(room).await.assert_lacks(PAGE);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rights_that_are_taken_away_while_it_waits_to_be_written_are_gone() {
    let portal = portal().await;
    let own = officer(&portal).await;
    let (_, said, seen) = looked_at(&own).await;
    let held = portal.database().hold().await;
    let gone =
        "delete from role_grant where account_id in (select id from account where name = 'can-bo')";
    let agreed = [("da-xem", seen.as_str())];
    let (told, ()) = tokio::join!(said.send(&own, "ghi", &agreed), async {
        tokio::time::sleep(Duration::from_millis(WAITS_MS)).await;
        held.go_on_after(gone).await;
    });
    told.assert_status(403);
    assert!(tasks(&portal).await.is_empty());
}

async fn close(portal: &TestPortal) {
    let work = ModuleWork {
        site: "dong-son".to_owned(),
        plugin: "science-projects".to_owned(),
        by: "operator".to_owned(),
        act: ModuleAct::Disable("thử".to_owned()),
    };
    portal.command(Command::Module(work)).await.unwrap();
}
