//! A backup and a restoration that are killed at any moment.

use std::path::Path;
use std::time::{Duration, Instant};

use dinh_tests::Program;

use super::round::{assert_same, backup, filled, restore};

/// Moments at which each is killed, spread over its time.
const KILLS: u32 = 8;

/// Starts a command and kills it after a time; it may have ended before.
fn killed_after(program: &Program, arguments: &[&str], after: Duration) {
    let mut child = program.start(arguments);
    std::thread::sleep(after);
    let _killed = child.kill();
    child.wait().unwrap();
}

fn took(work: impl FnOnce()) -> Duration {
    let began = Instant::now();
    work();
    began.elapsed()
}

#[tokio::test]
async fn a_backup_killed_at_any_moment_is_whole_or_is_not_there() {
    let program = filled().await;
    let whole = took(|| drop(backup(&program, "first.tar.gz")));
    let (mut there, mut left) = (0, 0);
    for at in 0..KILLS {
        let file = program.folder().join(format!("{at}.tar.gz"));
        let name = file.to_str().unwrap();
        // The first half is the start of the program.
        let after = whole / 2 + whole * at * 7 / (KILLS * 10);
        killed_after(&program, &["backup", name], after);
        let unfinished = format!("{name}.unfinished");
        left += usize::from(Path::new(&unfinished).exists());
        if file.exists() {
            program.run(&["backup", "verify", name]).assert_code(0);
            there += 1;
            continue;
        }
        // What it left is in nobody's way.
        program.run(&["backup", name]).assert_code(0);
        assert!(!Path::new(&unfinished).exists());
    }
    println!("{there} were whole, {left} left something behind");
}

#[tokio::test]
async fn a_restoration_killed_at_any_moment_is_no_portal_until_it_is_run_again() {
    let program = filled().await;
    let before = program.database().everything().await;
    let file = backup(&program, "b.tar.gz");
    let name = file.to_str().unwrap();
    let first = Program::new().await;
    let whole = took(|| drop(restore(&first, &file).assert_code(0)));
    let (mut begun, mut empty, mut done) = (0, 0, 0);
    for at in 1..=KILLS {
        let place = Program::new().await;
        killed_after(&place, &["restore", name], whole * at / KILLS);
        let filled = place.database().everything().await;
        let rows = filled.get("entry").map_or(0, Vec::len);
        assert!(
            rows == 0 || rows == before["entry"].len(),
            "half of it is there"
        );
        if place.folder().join("restoring").exists() {
            for command in [["site", "list"].as_slice(), &["serve"]] {
                let told = place.run(command).assert_code(1);
                told.assert_told("run the same `dinh restore` again");
            }
            begun += 1;
        } else if rows == 0 {
            let list = place.run(&["site", "list"]).assert_code(0);
            assert_eq!(list.out.trim(), "", "a portal without rows has sites");
            empty += 1;
        } else {
            done += 1;
            assert_same(&before, &place.database().everything().await);
            continue;
        }
        restore(&place, &file).assert_code(0);
        assert_same(&before, &place.database().everything().await);
    }
    println!("{begun} were begun, {empty} had not begun, {done} were done");
    assert!(begun > 0, "no moment within was tried");
}

#[tokio::test]
async fn what_was_begun_is_ended_with_the_same_backup_only() {
    let program = filled().await;
    let (one, two) = (backup(&program, "1.tar.gz"), backup(&program, "2.tar.gz"));
    let place = Program::new().await;
    std::fs::write(place.folder().join("restoring"), "another").unwrap();
    for file in [&one, &two] {
        let told = restore(&place, file).assert_code(1);
        told.assert_told("another backup was begun to be restored here (another)");
    }
}
