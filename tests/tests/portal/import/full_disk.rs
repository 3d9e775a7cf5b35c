//! A disk that fills up in mid-import: said clearly, nothing half-written, and after freeing space
//! the same command completes.

use std::path::{Path, PathBuf};
use std::process::Command;

use dinh_tests::{COLLECTION, Program, generated_row};

use crate::program::running::Server;

/// Size of the small disk, in MiB: the demo and then some.
const DISK_MIB: u64 = 160;
/// Room left on it, in KiB, when the import begins: for some hundred rows with their index.
const ROOM_KIB: u64 = 8 * 1024;
/// The same where the database lies elsewhere, and only the index fills the disk.
const INDEX_ROOM_KIB: u64 = 1024;
/// Rows that need more room than that.
const ROWS: u64 = 1_200;

/// A small file system of its own, gone with this value.
pub(crate) struct SmallDisk(PathBuf);

impl SmallDisk {
    /// None, with a note, where this user may not mount.
    pub(crate) fn over(folder: &Path, mib: u64) -> Option<Self> {
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", &format!("size={mib}m"), "tmpfs"])
            .arg(folder)
            .output();
        if mounted.is_ok_and(|it| it.status.success()) {
            return Some(Self(folder.to_owned()));
        }
        println!("NOTE: this user may not mount: full disks were not tried");
        None
    }

    fn free_kib(&self) -> u64 {
        let told = Command::new("stat")
            .args(["-f", "-c", "%a %S"])
            .arg(&self.0)
            .output()
            .unwrap();
        let told = String::from_utf8(told.stdout).unwrap();
        let mut parts = told.split_whitespace().map(|it| it.parse::<u64>().unwrap());
        parts.next().unwrap() * parts.next().unwrap() / 1024
    }

    /// Leaves so much room.
    pub(crate) fn fill(&self, room_kib: u64) -> PathBuf {
        let ballast = self.0.join("ballast");
        let size = (self.free_kib() - room_kib) * 1024;
        let size = usize::try_from(size).unwrap();
        std::fs::write(&ballast, vec![7; size]).unwrap();
        ballast
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _gone = Command::new("umount").arg("-l").arg(&self.0).status();
    }
}

fn import(file: &Path) -> Vec<String> {
    let file = file.to_str().unwrap();
    let words = [
        "import",
        COLLECTION,
        file,
        "--site",
        "yen-the",
        "--map",
        "phap-dien",
    ];
    words.map(str::to_owned).to_vec()
}

fn rows(path: &Path, spoil: bool) {
    let rows = (0..ROWS).map(|number| {
        let mut row = generated_row(number, 8_000);
        if spoil && number % 2 == 1 {
            row["loai"] = "Tuyên ngôn".into();
        }
        format!("{row}\n")
    });
    std::fs::write(path, rows.collect::<String>()).unwrap();
}

fn run(program: &Program, arguments: &[String]) -> dinh_tests::Ended {
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    program.run(&arguments)
}

#[tokio::test]
async fn a_disk_that_fills_up_is_named_and_the_same_run_completes_when_there_is_room() {
    let program = Program::with_demo().await;
    let elsewhere = tempfile::tempdir().unwrap();
    dinh_tests::copy_folder(program.folder(), &elsewhere.path().join("demo"));
    let Some(disk) = SmallDisk::over(program.folder(), DISK_MIB) else {
        return;
    };
    dinh_tests::copy_folder(&elsewhere.path().join("demo"), program.folder());
    let file = elsewhere.path().join("rows.jsonl");
    rows(&file, false);
    {
        let server = Server::start(&program, "serve");
        let is_here = program.database().url().starts_with("sqlite");
        let ballast = disk.fill(if is_here { ROOM_KIB } else { INDEX_ROOM_KIB });
        let ended = run(&program, &import(&file)).assert_code(1);
        let ended = ended.assert_told("the disk is full");
        assert!(
            ended.told.contains("the database") || ended.told.contains("the search index"),
            "{}",
            ended.told
        );
        // Readers are served all the same.
        let visitor = server.visitor();
        let list = visitor
            .get("localhost", "/van-ban")
            .await
            .assert_status(200);
        let total = list.page().total() - 40;
        assert!(
            (total < ROWS || !is_here) && total % 100 == 0,
            "{total} rows: whole transactions"
        );
        visitor
            .search("localhost", "6/2014/qd-ubnd")
            .await
            .assert_status(200)
            .assert_contains("Quyết định 06/2014/QĐ-UBND");
        std::fs::remove_file(ballast).unwrap();
        let ended = run(&program, &import(&file)).assert_code(0);
        let unchanged = format!("{} new, 0 changed, {total} unchanged", ROWS - total);
        assert!(ended.out.contains(&unchanged), "{}", ended.out);
        let last = generated_row(ROWS - 1, 8_000)["so_ky_hieu"].clone();
        let last = last.as_str().unwrap();
        let found = visitor.search("localhost", last).await.assert_status(200);
        assert!(found.page().rows()[0].words.ends_with(last));
        let list = visitor.get("localhost", "/van-ban").await;
        assert_eq!(list.page().total(), 40 + ROWS);
    }
    drop(disk);
}

#[tokio::test]
async fn a_list_of_rejected_rows_that_finds_no_room_is_named_and_not_left_half_written() {
    let program = Program::with_demo().await;
    let small = tempfile::tempdir().unwrap();
    let Some(disk) = SmallDisk::over(small.path(), 40) else {
        return;
    };
    let file = small.path().join("rows.jsonl");
    rows(&file, true);
    let ballast = disk.fill(500);
    let rejects = small.path().join("rows.jsonl.rejects.jsonl");
    let part = small.path().join("rows.jsonl.rejects.jsonl.part");
    let ended = run(&program, &import(&file)).assert_code(1);
    ended
        .assert_told("the disk is full: the list of rejected rows")
        .assert_told("--rejects");
    assert!(!rejects.exists() && !part.exists());

    let mut elsewhere = import(&file);
    let list = program.folder().join("list.jsonl");
    elsewhere.extend(["--rejects".to_owned(), list.to_str().unwrap().to_owned()]);
    run(&program, &elsewhere)
        .assert_code(1)
        .assert_told("list.jsonl");
    std::fs::remove_file(ballast).unwrap();
    run(&program, &import(&file))
        .assert_code(1)
        .assert_told("rejects.jsonl");
    let lines = |path: &Path| std::fs::read_to_string(path).unwrap();
    assert_eq!(lines(&rejects), lines(&list));
    assert_eq!(lines(&list).lines().count() as u64, ROWS / 2);
    drop(disk);
}
