//! An import that is killed and run again leaves what one clean run leaves.

use std::io::{BufRead, BufReader};

use dinh_tests::{Ended, Program, TestPortal};

use super::rows::{Count, count, file, lines, listed, row};

/// Rows: enough for a line of progress in the middle.
const ROWS: usize = 620;

fn arguments(path: &str) -> [&str; 8] {
    [
        "import",
        "legal-documents/document",
        path,
        "--site",
        "yen-the",
        "--map",
        "phap-dien",
        "--json",
    ]
}

async fn result(program: Program) -> Vec<String> {
    let (folder, database) = program.data();
    let portal = TestPortal::of(folder, database).await;
    let found = portal
        .visitor()
        .search("localhost", "thử nghiệm")
        .await
        .assert_status(200);
    let mut listed = listed(&portal).await;
    listed.push(format!("{} are found", found.page().total()));
    listed
}

#[tokio::test]
async fn a_killed_import_run_again_equals_one_clean_run() {
    let rows: Vec<_> = (1..=ROWS).map(row).collect();
    let killed = Program::with_demo().await;
    let path = file(killed.folder(), "rows.jsonl", lines(&rows).as_bytes());
    let path = path.to_str().unwrap();
    let mut child = killed.start(&arguments(path));
    let mut told = BufReader::new(child.stderr.take().unwrap()).lines();
    let first = told.next().unwrap().unwrap();
    assert!(first.contains("500 rows"), "{first}");
    child.kill().unwrap();
    let ended = Ended::from(child.wait_with_output().unwrap());
    assert_eq!(ended.code, None, "it was killed, not finished: {ended:?}");

    let again = killed.run(&arguments(path));
    let rejects = std::fs::read_to_string(format!("{path}.rejects.jsonl"));
    assert_eq!(rejects.ok(), None, "every row is good");
    let again = again.assert_code(0);
    let Count {
        rows: read,
        created,
        updated,
        unchanged,
        rejected,
    } = count(again.out.trim());
    assert_eq!((read, updated, rejected), (ROWS as u64, 0, 0));
    assert_eq!(created + unchanged, ROWS as u64);
    assert!(
        unchanged >= 500,
        "what was told to be in is in: {unchanged}"
    );

    let clean = Program::with_demo().await;
    clean.run(&arguments(path)).assert_code(0);
    let (killed, clean) = (result(killed).await, result(clean).await);
    assert_eq!(killed.len(), 40 + ROWS + 1);
    assert_eq!(killed, clean);
}
