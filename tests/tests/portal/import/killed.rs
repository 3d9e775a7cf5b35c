//! An import that is killed at any moment and run again leaves what one clean run leaves.

use std::path::Path;
use std::time::{Duration, Instant};

use dinh_tests::{Database, Program, TestPortal};
use serde_json::{Value, json};

use super::rows::{Count, count, file, lines, row};

/// Rows: some seconds of work for a test build.
const ROWS: usize = 700;
/// How often it is killed.
const KILLS: u64 = 10;
/// Numbers that demo documents refer to and the demo does not have: their edges find a target.
const REFERRED: [&str; 4] = [
    "24/2011/TT-BTTTT",
    "72/2013/NĐ-CP",
    "42/2010/NĐ-CP",
    "38/2015/NĐ-CP",
];

/// Rows that are good, that are rejected, that propose relations, that share an address.
fn rows() -> Vec<Value> {
    let mut rows: Vec<Value> = (1..=ROWS).map(row).collect();
    for (at, row) in rows.iter_mut().enumerate() {
        match at % 50 {
            7 => row["loai"] = json!("Tuyên ngôn"),
            13 => row["ngay_hieu_luc"] = json!("2026-01-01"),
            21 => {
                row["articles"][1]["text"] = json!(format!(
                    "Thông tư này thay thế Thông tư số {at}/2020/TT-BKHCN ngày 02 tháng 3 năm 2020."
                ));
            }
            _ => {}
        }
    }
    for (at, number) in REFERRED.iter().enumerate() {
        let row = &mut rows[at * 150 + 2];
        row["so_ky_hieu"] = json!(number);
        row["ngay_ban_hanh"] = json!(null);
        row["ngay_hieu_luc"] = json!(null);
    }
    rows
}

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

/// Everything that a database holds, without what differs from one run to the next: ids and times.
async fn held(database: &Database) -> Vec<String> {
    let key = "coalesce(e.import_key, e.slug)";
    let mut queries = vec![
        "select site_id, slug, import_key, state, clock_started_on, first_published_by from entry order by site_id, slug".to_owned(),
        format!("select {key} as key, r.number, r.title, r.author, r.source, r.lifted_gates, r.made_by, r.body from entry_revision r join entry e on e.id = r.entry_id where e.import_key is not null order by e.site_id, 1, 2"),
        format!("select {key} as key, c.field, c.code_key, c.code from entry_code c join entry e on e.id = c.entry_id order by e.site_id, 1, 2"),
        format!("select {key} as key, l.place, l.kind, l.to_code, t.slug as target from entry_link l join entry e on e.id = l.entry_id left join entry t on t.id = l.to_entry order by e.site_id, 1, 2"),
        format!("select {key} as key, p.kind, p.target, p.rule, p.sentence, p.place, p.state from relation_proposal p join entry e on e.id = p.entry_id order by e.site_id, 1, 2, 3"),
        "select kind, actor, count(*) as n from change_log group by kind, actor order by 1, 2".to_owned(),
        "select site_id, slug from slug_claim order by 1, 2".to_owned(),
    ];
    for table in database
        .lines("select table_name from index_pointer where collection = 'legal-documents/document'")
        .await
    {
        queries.push(format!(
            "select e.slug, i.* from {table} i join entry e on e.id = i.entry_id order by e.site_id, e.slug"
        ));
        queries.push(format!(
            "select e.slug, i.* from {table}_fields i join entry e on e.id = i.entry_id order by e.site_id, e.slug, i.place"
        ));
    }
    let mut held = Vec::new();
    for query in queries {
        held.push(query.clone());
        let mut lines = database.lines(&query).await;
        // Demo entries of several collections have one key: a database may give these as it likes.
        lines.sort_unstable();
        held.extend(lines);
    }
    held
}

/// What readers find.
async fn found(portal: &TestPortal) -> Vec<String> {
    let mut found = Vec::new();
    for words in [
        "thử nghiệm",
        "699/2026/TT-BKHCN",
        "24/2011/TT-BTTTT",
        "\"lần thứ 350\"",
    ] {
        let page = portal.visitor().search("localhost", words).await;
        let page = page.assert_status(200).page();
        found.push(format!("{words}: {}", page.total()));
        // Which of many equal hits comes first, nobody says.
        if page.total() <= 3 {
            found.extend(page.rows().into_iter().map(|hit| hit.words));
        }
    }
    found
}

/// All that a program has left: data, what is found, the rejected rows.
async fn result(program: Program, rejects: &Path) -> Vec<String> {
    let mut all = held(program.database()).await;
    let text = std::fs::read_to_string(rejects).unwrap();
    all.extend(text.lines().map(str::to_owned));
    let part = rejects.with_extension("jsonl.part");
    assert!(!part.exists(), "{} is left", part.display());
    let (folder, database) = program.data();
    let portal = TestPortal::of(folder, database).await;
    all.extend(found(&portal).await);
    all
}

fn assert_same(killed: &[String], clean: &[String]) {
    for (at, (killed, clean)) in killed.iter().zip(clean).enumerate() {
        assert_eq!(killed, clean, "line {at}");
    }
    assert_eq!(killed.len(), clean.len());
}

/// A number from 0 to 999 that looks like chance and is the same every time.
fn chance(of: u64) -> u64 {
    let mixed = of.wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    ((mixed ^ (mixed >> 29)).wrapping_mul(0xBF58_476D_1CE4_E5B9) >> 40) % 1_000
}

#[tokio::test]
async fn an_import_killed_at_ten_moments_and_run_again_equals_one_clean_run() {
    let content = lines(&rows());
    let clean = Program::with_demo().await;
    let path = file(clean.folder(), "rows.jsonl", content.as_bytes());
    let began = Instant::now();
    clean.run(&arguments(path.to_str().unwrap())).assert_code(1);
    let whole = began.elapsed();

    let killed = Program::with_demo().await;
    let path = file(killed.folder(), "rows.jsonl", content.as_bytes());
    let path = path.to_str().unwrap();
    let mut was_killed = 0;
    // What is in already is passed over quickly, so later runs are shorter.
    let mut reach = whole * 6 / 10;
    for kill in 0..KILLS {
        let mut child = killed.start(&arguments(path));
        let after = reach.as_millis() as u64 * (50 + chance(kill)) / 1_050;
        tokio::time::sleep(Duration::from_millis(after)).await;
        child.kill().unwrap();
        let ended = child.wait_with_output().unwrap();
        if ended.status.code().is_none() {
            was_killed += 1;
        } else {
            reach /= 2;
        }
    }
    assert!(
        was_killed >= 5,
        "only {was_killed} runs were killed before their end"
    );
    let again = killed.run(&arguments(path)).assert_code(1);
    let Count {
        rows,
        created,
        updated,
        unchanged,
        rejected,
    } = count(again.out.trim());
    assert_eq!((rows, updated), (ROWS as u64, 0));
    assert_eq!((created + unchanged, rejected), (ROWS as u64 - 28, 28));

    let rejects = |program: &Program| program.folder().join("rows.jsonl.rejects.jsonl");
    let (killed_rejects, clean_rejects) = (rejects(&killed), rejects(&clean));
    let killed = result(killed, &killed_rejects).await;
    let clean = result(clean, &clean_rejects).await;
    assert!(
        killed.len() > ROWS * 5,
        "{} lines are compared",
        killed.len()
    );
    assert_same(&killed, &clean);
}
