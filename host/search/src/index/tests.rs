use std::fs;

use dinh_domain::ids::EntryId;
use tempfile::TempDir;

use crate::sample::{ask, document, found};
use crate::{Change, Index, Opened, SearchError};

fn put(id: &str, title: &str) -> Change {
    Change::Put(document(id, title))
}

#[test]
fn what_was_applied_is_there_after_a_restart_with_its_number() {
    let folder = TempDir::new().unwrap();
    let index = Index::open(folder.path()).unwrap();
    assert_eq!(*index.opened(), Opened::New);
    assert_eq!(index.number(), 0);
    index
        .apply(vec![put("one", "Lịch tiếp công dân")], 42)
        .unwrap();
    drop(index);

    let index = Index::open(folder.path()).unwrap();
    assert_eq!(*index.opened(), Opened::Existing);
    assert_eq!(index.number(), 42);
    assert_eq!(found(&index, "tiep cong dan"), ["one"]);
}

#[test]
fn changes_are_seen_when_apply_returns_and_count_in_their_order() {
    let index = Index::open_in_memory().unwrap();
    index
        .apply(vec![put("one", "cũ"), put("two", "cũ")], 1)
        .unwrap();
    assert_eq!(index.document_count(), 2);
    let away = |id: &str| Change::Delete(EntryId::new(id).unwrap());
    index
        .apply(
            vec![
                put("one", "mới"),
                away("two"),
                put("three", "x"),
                away("three"),
            ],
            2,
        )
        .unwrap();
    assert_eq!(found(&index, "mới"), ["one"]);
    assert!(found(&index, "cũ").is_empty());
    assert_eq!((index.document_count(), index.number()), (1, 2));
    index.apply(Vec::new(), 3).unwrap();
    assert_eq!(index.number(), 3);
}

#[test]
fn an_index_of_another_version_is_made_anew_and_says_so() {
    let folder = TempDir::new().unwrap();
    Index::open(folder.path())
        .unwrap()
        .apply(vec![put("one", "cũ")], 7)
        .unwrap();
    fs::write(folder.path().join("version"), "schema 0 analysis 9\n").unwrap();

    let index = Index::open(folder.path()).unwrap();
    assert_eq!((index.number(), index.document_count()), (0, 0));
    let Opened::Rebuilt { why } = index.opened() else {
        panic!("{:?}", index.opened())
    };
    assert!(why.contains("schema 0 analysis 9"), "{why}");
    drop(index);
    assert_eq!(
        *Index::open(folder.path()).unwrap().opened(),
        Opened::Existing
    );
}

#[test]
fn an_unreadable_or_unfinished_index_is_made_anew() {
    let folder = TempDir::new().unwrap();
    Index::open(folder.path())
        .unwrap()
        .apply(vec![put("one", "cũ")], 7)
        .unwrap();
    fs::write(folder.path().join("terms/meta.json"), "{").unwrap();
    assert!(matches!(
        Index::open(folder.path()).unwrap().opened(),
        Opened::Rebuilt { .. }
    ));

    fs::remove_file(folder.path().join("version")).unwrap();
    let index = Index::open(folder.path()).unwrap();
    assert!(matches!(index.opened(), Opened::Rebuilt { .. }));
    index.apply(vec![put("two", "mới")], 8).unwrap();
    assert_eq!(found(&index, "moi"), ["two"]);
}

#[test]
fn a_folder_in_use_or_unusable_is_refused_by_name() {
    let folder = TempDir::new().unwrap();
    let _first = Index::open(folder.path()).unwrap();
    let error = Index::open(folder.path()).unwrap_err();
    assert!(matches!(error, SearchError::Locked { .. }), "{error}");
    assert!(
        error
            .to_string()
            .contains(&folder.path().display().to_string())
    );

    let file = folder.path().join("a-file");
    fs::write(&file, "").unwrap();
    let error = Index::open(&file).unwrap_err();
    assert!(matches!(error, SearchError::Folder { .. }), "{error}");
}

#[test]
fn an_emptied_index_begins_again() {
    let index = Index::open_in_memory().unwrap();
    index.apply(vec![put("one", "cũ")], 5).unwrap();
    index.empty().unwrap();
    assert_eq!((index.number(), index.document_count()), (0, 0));
    assert_eq!(ask(&index, "cũ").total, 0);
}

#[test]
fn a_document_of_megabytes_with_any_values_goes_in() {
    let index = Index::open_in_memory().unwrap();
    let mut big = document("big", "Bộ luật");
    big.body = vec![
        "quy hoạch sử dụng đất ".repeat(40_000),
        "điều khoản cuối cùng".to_owned(),
    ];
    big.facets = vec![
        ("kind".to_owned(), "x\u{1f}y".repeat(40_000)),
        (String::new(), String::new()),
    ];
    big.codes = vec!["1/".repeat(100_000)];
    big.key = Some("k".repeat(100_000));
    index.apply(vec![Change::Put(big)], 1).unwrap();
    assert_eq!(found(&index, "dieu khoan cuoi cung"), ["big"]);
}

#[test]
fn an_index_made_from_something_else_is_emptied_once() {
    let folder = TempDir::new().unwrap();
    let index = Index::open(folder.path()).unwrap();
    assert!(index.bind("database one").unwrap());
    index.apply(vec![put("one", "cũ")], 7).unwrap();
    assert!(!index.bind("database one").unwrap());
    drop(index);

    let index = Index::open(folder.path()).unwrap();
    assert!(!index.bind("database one").unwrap());
    assert_eq!((index.number(), index.document_count()), (7, 1));
    assert!(index.bind("database two").unwrap());
    assert_eq!((index.number(), index.document_count()), (0, 0));
}

#[test]
fn an_index_that_is_made_anew_is_searched_as_it_was_until_all_is_there() {
    let folder = TempDir::new().unwrap();
    let index = Index::open(folder.path()).unwrap();
    index
        .apply(vec![put("one", "cũ"), put("two", "cũ")], 7)
        .unwrap();
    index.begin_anew().unwrap();
    index.take(vec![put("one", "mới")]).unwrap();
    index.take(vec![put("three", "mới")]).unwrap();
    assert_eq!(found(&index, "cũ").len(), 2);
    assert_eq!((index.document_count(), index.number()), (2, 7));
    index.finish_anew(9).unwrap();
    assert!(found(&index, "cũ").is_empty());
    assert_eq!((index.document_count(), index.number()), (2, 9));

    // The process ends half-way.
    index.begin_anew().unwrap();
    index.take(vec![put("four", "nửa chừng")]).unwrap();
    drop(index);
    let index = Index::open(folder.path()).unwrap();
    assert_eq!((index.document_count(), index.number()), (2, 9));
    assert!(found(&index, "nửa chừng").is_empty());
}

#[test]
fn a_change_between_forgets_what_was_gathered_and_a_second_beginning_too() {
    let index = Index::open_in_memory().unwrap();
    index.apply(vec![put("one", "cũ")], 1).unwrap();
    index.begin_anew().unwrap();
    index.take(vec![put("two", "nửa chừng")]).unwrap();
    index.apply(vec![put("three", "cũ")], 2).unwrap();
    assert!(matches!(index.finish_anew(3), Err(SearchError::Forgotten)));
    assert_eq!((found(&index, "cũ").len(), index.number()), (2, 2));
    index.begin_anew().unwrap();
    index.take(vec![put("four", "nửa chừng")]).unwrap();
    index.begin_anew().unwrap();
    index.take(vec![put("five", "mới")]).unwrap();
    index.finish_anew(4).unwrap();
    assert_eq!(index.document_count(), 1);
    assert_eq!(found(&index, "mới"), ["five"]);
}
