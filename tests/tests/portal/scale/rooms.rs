//! Lists of a portal with more sites, people and entries than one page takes: each shows a page, and what it reads
//! does not grow with the rest.

use std::collections::BTreeSet;

use dinh_portal::{Room, RoomQuery};
use dinh_store::{Store, StoreOptions};
use dinh_tests::scale::{Scale, commune};
use dinh_tests::{TestPortal, staff};

use crate::people::person::{Browser, portal};

/// More than are gathered one by one.
const SITES: usize = 60;
/// A round of states: more than are counted in all.
const ENTRIES: usize = 20;

/// A portal with so many communes, the demo's own sites beside them.
pub(crate) async fn filled(sites: usize, entries: usize) -> TestPortal {
    let portal = portal().await;
    let scale = Scale {
        sites,
        entries,
        at: portal.portal().now(),
        only: None,
    };
    let options = StoreOptions::new(portal.database().url());
    let store = Store::open(&options).await.unwrap();
    scale.fill(&store).await;
    store.close().await;
    portal.portal().follow().await.unwrap();
    portal
}

/// Ids and total of all pages of a room.
async fn all_pages(portal: &TestPortal, who: (&str, &str), room: Room) -> (BTreeSet<String>, u64) {
    let staff = staff("lan", who.0, who.1);
    let mut found = BTreeSet::new();
    let mut last = None;
    for page in 1.. {
        let query = RoomQuery {
            room,
            page,
            ..RoomQuery::default()
        };
        let shown = portal.portal().room(&staff, &query).await.unwrap();
        for line in &shown.lines {
            assert!(
                last.is_none_or(|last| line.changed_at <= last),
                "{}",
                line.title
            );
            last = Some(line.changed_at);
            assert!(found.insert(line.id.to_string()), "{} twice", line.title);
        }
        if shown.lines.is_empty() || (!shown.has_more && found.len() as u64 >= shown.total) {
            return (found, shown.total);
        }
    }
    unreachable!("pages end")
}

#[tokio::test]
async fn the_board_turns_the_pages_of_everything_and_finds_what_waits_and_is_late_on_all_sites() {
    let portal = filled(SITES, ENTRIES).await;
    let board = ("board-head", "yen-the");
    let first = RoomQuery {
        room: Room::All,
        ..RoomQuery::default()
    };
    let lan = staff("lan", board.0, board.1);
    let shown = portal.portal().room(&lan, &first).await.unwrap();
    assert!(shown.has_more && shown.total == 1_000, "{}", shown.total);
    let (all, total) = all_pages(&portal, board, Room::All).await;
    assert_eq!(all.len() as u64, total);
    assert!(
        all.len() > SITES * ENTRIES,
        "those of the demo are among them"
    );
    // Of each commune: what was sent and is overdue, and what a citizen told.
    let (waiting, total) = all_pages(&portal, board, Room::Waiting).await;
    assert_eq!((waiting.len(), total as usize), (2 * SITES, 2 * SITES));
    let (late, total) = all_pages(&portal, board, Room::Late).await;
    assert_eq!((late.len(), total as usize), (SITES, SITES));
    let own = commune(7);
    for (room, count) in [(Room::All, ENTRIES), (Room::Waiting, 2), (Room::Late, 1)] {
        let (found, total) = all_pages(&portal, ("unit-head", &own), room).await;
        assert_eq!((found.len(), total as usize), (count, count), "{room:?}");
    }
    let head = Browser::signed_in(&portal, "truong-ban").await;
    let page = head.get("/quan-tri?ngan=tat-ca").await.assert_status(200);
    page.assert_contains("Có hơn 1.000 kết quả, đang xem từ 1 đến 50.");
}
