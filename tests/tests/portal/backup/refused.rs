//! A backup goes into an empty place only, and where it is not taken nothing is changed.

use dinh_tests::{Database, Program};

use super::round::{backup, filled, restore};
use crate::import::full_disk::SmallDisk;
use crate::program::running::Server;

/// Size of a disk that a backup of the demo does not fit, in MiB.
const SMALL_MIB: u64 = 1;

#[tokio::test]
async fn a_place_that_holds_something_is_left_as_it_is() {
    let program = filled().await;
    let file = backup(&program, "b.tar.gz");
    let full = Program::with_demo().await;
    let before = full.database().everything().await;
    restore(&full, &file)
        .assert_code(1)
        .assert_told("a backup is restored into an empty");
    let elsewhere = full.beside();
    let told = restore(&elsewhere, &file).assert_code(1);
    told.assert_told("the database holds a portal: there are rows in");
    assert!(!elsewhere.folder().join("restoring").exists());
    assert_eq!(full.database().everything().await, before);

    let strange = Program::new().await;
    strange
        .database()
        .run("create table invoices (id text)")
        .await;
    restore(&strange, &file)
        .assert_code(1)
        .assert_told("holds a table `invoices` that is not a portal's");

    let littered = Program::new().await;
    std::fs::write(littered.folder().join("diary"), "x").unwrap();
    restore(&littered, &file)
        .assert_code(1)
        .assert_told("diary is there already");
    std::fs::remove_file(littered.folder().join("diary")).unwrap();
    std::fs::create_dir_all(littered.folder().join("files/ab")).unwrap();
    std::fs::write(littered.folder().join("files/ab/abc"), "x").unwrap();
    restore(&littered, &file)
        .assert_code(1)
        .assert_told("there are attached files already");
    std::fs::remove_dir_all(littered.folder().join("files")).unwrap();
    // An empty portal that was looked at is still an empty place.
    littered.run(&["site", "list"]).assert_code(0);
    restore(&littered, &file).assert_code(0);
}

#[tokio::test]
async fn a_folder_in_use_is_not_restored_into_and_a_file_is_not_written_over() {
    let program = filled().await;
    let file = backup(&program, "b.tar.gz");
    let server = Server::start(&program, "serve");
    restore(&program, &file)
        .assert_code(1)
        .assert_told("is in use by another dinh process");
    let told = program.run(&["backup", file.to_str().unwrap()]);
    told.assert_code(1)
        .assert_told("is there already: name another file");
    let told = program.run(&["backup", "/nowhere/b.tar.gz"]);
    told.assert_code(1).assert_told("No such file or directory");
    drop(server);
}

#[tokio::test]
async fn a_disk_that_is_full_leaves_no_backup_and_no_portal() {
    let program = filled().await;
    let folder = tempfile::tempdir().unwrap();
    let Some(_disk) = SmallDisk::over(folder.path(), SMALL_MIB) else {
        return;
    };
    std::fs::write(folder.path().join("ballast"), vec![7; 900 * 1024]).unwrap();
    let file = folder.path().join("b.tar.gz");
    let told = program.run(&["backup", file.to_str().unwrap()]);
    told.assert_code(1)
        .assert_told("the disk is full: the backup");
    let left: Vec<_> = std::fs::read_dir(folder.path()).unwrap().collect();
    assert_eq!(left.len(), 1, "{left:?}");
    let good = backup(&program, "b.tar.gz");
    let place = Program::on_sqlite();
    let data = folder.path().to_str().unwrap();
    std::fs::remove_file(folder.path().join("ballast")).unwrap();
    let url = dinh_store::sqlite_url(&folder.path().join("dinh.sqlite"));
    let restore = || {
        let mut command = place.command(&["restore", good.to_str().unwrap()]);
        command
            .env("DINH_DATA", data)
            .env("DINH_DATABASE_URL", &url);
        dinh_tests::Ended::from(command.output().unwrap())
    };
    let told = restore().assert_code(1).told;
    assert!(
        told.contains("disk is full") && told.contains("nothing is restored yet"),
        "{told}"
    );
    let mut list = place.command(&["site", "list"]);
    list.env("DINH_DATA", data).env("DINH_DATABASE_URL", &url);
    let told = dinh_tests::Ended::from(list.output().unwrap()).assert_code(1);
    told.assert_told("run the same `dinh restore` again");
}

#[tokio::test]
async fn a_newer_schema_is_refused_by_name() {
    let program = filled().await;
    let newer = "insert into schema_migration (version, name, applied_at, hash) values (17, 'future', 0, 'x')";
    let steps = dinh_store::schema_steps().len() + 1;
    let newer = newer.replace("17", &steps.to_string());
    program.database().run(&newer).await;
    // A program works with the schema after its own, and so does its backup.
    let file = backup(&program, "b.tar.gz");
    let other = Program::new().await;
    let told = restore(&other, &file).assert_code(1).told;
    assert!(
        told.contains(&format!(
            "the backup is of schema version {steps} (`future`)"
        )),
        "{told}"
    );
    assert!(
        told.contains("restore it with the program that made it"),
        "{told}"
    );
    assert!(
        tables(other.database()).await.is_empty(),
        "something was made"
    );
}

async fn tables(database: &Database) -> Vec<String> {
    database.everything().await.into_keys().collect()
}
