//! What was backed up is what is restored, table by table, on both databases and from one to the other.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use dinh_tests::{Code, NOTICES, NOTICES_MOUNT, Program, Vendor};
use serde_json::Value;

use crate::program::running::Server;

/// Tables that are not in a backup, and are made anew or stay empty.
const LEFT_OUT: [&str; 6] = [
    "schema_migration",
    "index_pointer",
    "index_former",
    "index_behind",
    "session",
    "invitation",
];
/// Tables to which a restoration adds one line of its own.
const GROWING: [&str; 3] = ["audit", "audit_payload", "change_log"];
/// Tables of one row a thing, which those lines raise.
const RAISED: [&str; 2] = ["audit_head", "counter"];

/// A portal with something in most tables: an installed plugin, people, somebody signed in, rows that
/// refer to later rows of their own table.
pub(crate) async fn filled() -> Program {
    let program = Program::with_demo().await;
    let vendor = Vendor::new(&program);
    vendor.be_trusted(&program, "vendor.pub");
    let package = vendor.package(&program, "1.0.0", "first", Code::Quiet);
    program
        .run(&["plugin", "install", &package, "--grant-all"])
        .assert_code(0);
    program
        .run(&["module", "enable", NOTICES, "--site", "yen-the"])
        .assert_code(0);
    let invite = [
        "user",
        "invite",
        "lan",
        "--name",
        "Phạm Thị Lan",
        "--role",
        "unit-officer",
        "--at",
        "dong-son",
    ];
    program.run(&invite).assert_code(0);
    for statement in [
        "insert into session select 's1', 'hash', min(id), 1, 2, 3, 'agent', '127.0.0.1' from account",
        "update entry set translation_of = (select max(id) from entry) where id = (select min(id) from entry)",
        "insert into plugin_kv (plugin, site_id, key, value, bytes, step, updated_at) values ('notices', 'yen-the', 'k', 'Đồng “Sơn”\n', 9, 1, 5)",
    ] {
        program.database().run(statement).await;
    }
    program
}

/// A backup of a program at rest.
pub(crate) fn backup(program: &Program, name: &str) -> PathBuf {
    let file = program.folder().join(name);
    let told = program
        .run(&["backup", file.to_str().unwrap()])
        .assert_code(0);
    assert!(told.out.starts_with("made "), "{}", told.out);
    file
}

pub(crate) fn restore(program: &Program, file: &Path) -> dinh_tests::Ended {
    program.run(&["restore", file.to_str().unwrap()])
}

/// The rows are those of the original; what is derived was made anew.
pub(crate) fn assert_same(
    original: &BTreeMap<String, Vec<String>>,
    restored: &BTreeMap<String, Vec<String>>,
) {
    let is_derived = |name: &str| name.starts_with("ix_") || name.starts_with("iy_");
    let names = |all: &BTreeMap<String, Vec<String>>| {
        let names = all
            .keys()
            .filter(|it| !is_derived(it) && !it.starts_with("sqlite_"));
        names.cloned().collect::<Vec<_>>()
    };
    assert_eq!(names(original), names(restored));
    for (table, rows) in original {
        let name = table.as_str();
        if is_derived(name)
            || LEFT_OUT.contains(&name)
            || RAISED.contains(&name)
            || name.starts_with("sqlite_")
        {
            continue;
        }
        let mut there = restored[table].clone();
        if GROWING.contains(&name) {
            let more: Vec<&String> = there.iter().filter(|it| !rows.contains(it)).collect();
            assert_eq!(more.len(), 1, "{table}: {more:?}");
            there.retain(|it| rows.contains(it));
        }
        assert_eq!(&there, rows, "{table}");
    }
    for table in ["session", "invitation"] {
        assert_eq!(restored[table], Vec::<String>::new(), "{table}");
    }
    let count = |all: &BTreeMap<String, Vec<String>>| {
        let rows = all.iter().filter(|(name, _)| is_derived(name));
        rows.map(|(_, rows)| rows.len()).sum::<usize>()
    };
    assert_eq!(
        count(original),
        count(restored),
        "index tables are built anew"
    );
}

/// What readers are given, from the restored place.
async fn assert_serves(program: &Program) {
    let server = Server::start(program, "serve");
    let visitor = server.visitor();
    let found = visitor.search("localhost", "06/2014/QĐ-UBND").await;
    assert!(found.assert_status(200).page().total() > 0);
    let document = visitor.document("localhost", "06/2014/QĐ-UBND").await;
    let links = document.assert_status(200).page().links();
    let file = links
        .iter()
        .find(|link| link.address.starts_with("/tep/"))
        .unwrap();
    visitor
        .get("localhost", &file.address)
        .await
        .assert_status(200);
    let notices = visitor.get("localhost", NOTICES_MOUNT).await;
    notices.assert_status(200);
}

fn files(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => found.extend(files(&path)),
            false => found.push(path.file_name().unwrap().to_str().unwrap().to_owned()),
        }
    }
    found.sort();
    found
}

#[tokio::test]
async fn everything_comes_back_and_serves() {
    let program = filled().await;
    let before = program.database().everything().await;
    for table in [
        "entry",
        "entry_revision",
        "file",
        "plugin_version",
        "account",
        "session",
        "invitation",
        "plugin_kv",
        "audit",
    ] {
        assert!(!before[table].is_empty(), "{table} tries nothing");
    }
    let file = backup(&program, "b.tar.gz");
    let mode =
        std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(&file).unwrap().permissions());
    assert_eq!(mode & 0o777, 0o600);
    let told = program
        .run(&["backup", "verify", file.to_str().unwrap(), "--json"])
        .assert_code(0);
    let told: Value = serde_json::from_str(&told.out).unwrap();
    assert_eq!(
        told["tables"],
        (before.keys().filter(|it| !it.starts_with("i")).count() - 4) as u64
    );
    let other = Program::new().await;
    let told_there = restore(&other, &file).assert_code(0);
    assert!(
        told_there.out.contains("lines are whole"),
        "{}",
        told_there.out
    );
    assert_same(&before, &other.database().everything().await);
    let (had, has) = (
        files(&program.folder().join("files")),
        files(&other.folder().join("files")),
    );
    assert_eq!(had, has);
    assert!(told["files"].as_u64().unwrap() > 1);
    let acts = other.run(&["audit", "list"]).assert_code(0);
    assert!(acts.out.contains(&format!(
        "backup-restored backup {}",
        told["id"].as_str().unwrap()
    )));
    let acts = program.run(&["audit", "list"]).assert_code(0);
    assert!(acts.out.contains("backup-made backup"), "{}", acts.out);
    assert_serves(&other).await;
}

#[tokio::test]
async fn a_backup_goes_from_one_database_to_the_other_and_back() {
    let program = filled().await;
    let before = program.database().everything().await;
    let first = backup(&program, "b.tar.gz");
    let there = Program::on_sqlite();
    restore(&there, &first).assert_code(0);
    assert_same(&before, &there.database().everything().await);
    let between = there.database().everything().await;
    let second = backup(&there, "b.tar.gz");
    let back = Program::new().await;
    restore(&back, &second).assert_code(0);
    assert_same(&between, &back.database().everything().await);
    assert_serves(&back).await;
}
