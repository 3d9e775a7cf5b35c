//! Data that cannot be used: the program says why, and what to do.

use dinh_tests::{Program, TestPortal};

#[tokio::test]
async fn a_data_folder_in_use_is_left_alone() {
    let program = Program::new().await;
    let _owner = dinh::data_folder::DataFolder::own(program.folder()).unwrap();
    for command in [["serve"].as_slice(), &["site", "list"], &["reindex"]] {
        let ended = program.run(command).assert_code(1);
        let ended = ended.assert_told("is in use by another dinh process");
        ended.assert_told("name another folder with DINH_DATA");
    }
}

#[tokio::test]
async fn a_file_where_the_data_folder_should_be_is_refused() {
    let program = Program::new().await;
    let file = program.folder().join("file");
    std::fs::write(&file, "").unwrap();
    for place in [file.clone(), file.join("below")] {
        let output = program
            .command(&["site", "list"])
            .env("DINH_DATA", &place)
            .output()
            .unwrap();
        let ended = dinh_tests::Ended::from(output).assert_code(1);
        let ended =
            ended.assert_told("the data folder must be writable by the user that runs dinh");
        ended.assert_told(file.to_str().unwrap());
    }
}

#[tokio::test]
async fn data_of_a_newer_version_is_not_touched() {
    let program = Program::with_demo().await;
    let newer = "insert into schema_migration (version, name, applied_at, hash) values (99, 'future', 0, 'x')";
    program.database().run(newer).await;
    for command in [["serve"].as_slice(), &["module", "list"]] {
        let ended = program.run(command).assert_code(1);
        let ended = ended.assert_told("the data is of schema version 99 (`future`)");
        ended.assert_told("start the newer program that wrote it");
    }
    program
        .database()
        .run("delete from schema_migration where version = 99")
        .await;
    let ended = program.run(&["module", "list"]).assert_code(0);
    assert!(ended.out.contains("dong-son"), "{}", ended.out);
}

#[tokio::test]
async fn what_one_program_wrote_the_next_one_reads() {
    let program = Program::with_demo().await;
    program
        .run(&["module", "disable", "legal-documents", "--site", "dong-son"])
        .assert_code(0);
    let ended = program.run(&["module", "list", "--json"]).assert_code(0);
    let lines: serde_json::Value = serde_json::from_str(&ended.out).unwrap();
    let commune = lines
        .as_array()
        .unwrap()
        .iter()
        .find(|line| line["site"] == "dong-son" && line["plugin"] == "legal-documents");
    assert_eq!(commune.unwrap()["enabled"], false);
    let (folder, database) = program.data();
    let portal = TestPortal::of(folder, database).await;
    portal
        .visitor()
        .get("dong-son.localhost", "/van-ban")
        .await
        .assert_status(404);
}
