//! A backup that is made while others write is of one instant.

use std::path::Path;

use dinh_tests::{Program, generated_row};
use serde_json::Value;

use super::round::restore;
use crate::program::running::Server;

/// Rows of the import that runs meanwhile; it writes them by the hundred.
const ROWS: u64 = 1_000;
/// An import's transaction.
const BATCH: usize = 100;
/// Most backups that are made meanwhile.
const BACKUPS_MAX: usize = 40;
/// Those of them that are restored.
const RESTORED: usize = 3;
/// Rows by which they are larger than the first one: it was made before anything was imported.
const GROWN: u64 = 200;
/// Fewest of them that must have seen the import half done.
const AMID_MIN: usize = 2;

/// Of one instant: what one transaction writes is all there, in all tables.
async fn assert_consistent(file: &Path) -> usize {
    let place = Program::new().await;
    restore(&place, file).assert_code(0);
    let number = async |query: &str| {
        let lines = place.database().lines(query).await;
        lines[0].parse::<usize>().unwrap()
    };
    let imported = number("select count(*) as n from entry where import_key is not null").await;
    let first = number("select count(*) as n from entry_revision r join entry e on e.id = r.entry_id where r.number = 1 and e.import_key is not null").await;
    assert_eq!(imported, first);
    let without = number("select count(*) as n from entry e where not exists (select 1 from entry_revision r where r.id = e.working_revision)").await;
    assert_eq!(without, 0);
    let logged = number("select max(number) as n from change_log").await;
    assert_eq!(
        logged,
        number("select value as n from counter where name = 'change'").await
    );
    let unlogged = number("select count(*) as n from entry e where e.import_key is not null and not exists (select 1 from change_log c where c.entry_id = e.id)").await;
    assert_eq!(unlogged, 0);
    let heads = place
        .database()
        .lines("select number, hash from audit_head")
        .await;
    let last = place
        .database()
        .lines("select number, hash from audit order by number desc limit 1")
        .await;
    assert_eq!(heads, last);
    imported
}

#[tokio::test]
async fn a_backup_during_an_import_holds_whole_transactions_only() {
    let program = Program::with_demo().await;
    let _server = Server::start(&program, "serve");
    let count = "select count(*) as n from entry where import_key is not null";
    let demo: usize = program.database().lines(count).await[0].parse().unwrap();
    let rows = program.folder().join("rows.jsonl");
    let lines = (0..ROWS).map(|at| format!("{}\n", generated_row(at, 2_000)));
    std::fs::write(&rows, lines.collect::<String>()).unwrap();
    let import = [
        "import",
        "legal-documents/document",
        rows.to_str().unwrap(),
        "--site",
        "yen-the",
        "--map",
        "phap-dien",
        "--json",
    ];
    let mut importing = program.start(&import);
    let mut files = Vec::new();
    let mut first = None;
    for at in 0..BACKUPS_MAX {
        let file = program.folder().join(format!("{at}.tar.gz"));
        let made = program.run(&["backup", file.to_str().unwrap(), "--json"]);
        let made: Value = serde_json::from_str(&made.assert_code(0).out).unwrap();
        let rows = made["rows"].as_u64().unwrap();
        if rows > *first.get_or_insert(rows) + GROWN {
            files.push(file);
        }
        let verb = if at % 2 == 0 { "disable" } else { "enable" };
        let module = ["module", verb, "legal-documents", "--site", "dong-son"];
        program.run(&module).assert_code(0);
        if files.len() == RESTORED || importing.try_wait().unwrap().is_some() {
            break;
        }
    }
    let _killed = importing.kill();
    let _ended = importing.wait();
    let mut amid = 0;
    for file in &files {
        let imported = assert_consistent(file).await - demo;
        println!("{imported} imported");
        let is_amid = imported > 0 && imported < usize::try_from(ROWS).unwrap();
        assert!(!is_amid || imported.is_multiple_of(BATCH), "{imported}");
        amid += usize::from(is_amid);
    }
    assert!(amid >= AMID_MIN, "nothing was written meanwhile");
}
