//! Databases that cannot be opened: the program says which, and why.

use dinh_store::sqlite_url;
use dinh_tests::Program;

#[tokio::test]
async fn a_file_that_is_no_database_is_left_as_it_is() {
    let program = Program::new().await;
    let file = program.folder().join("other.sqlite");
    std::fs::write(
        &file,
        "no database at all, but a text that is long enough to be read as one ".repeat(20),
    )
    .unwrap();
    let output = program
        .command(&["site", "list"])
        .env("DINH_DATABASE_URL", sqlite_url(&file))
        .output()
        .unwrap();
    dinh_tests::Ended::from(output)
        .assert_code(1)
        .assert_told("is not a database");
    assert!(
        std::fs::read_to_string(&file)
            .unwrap()
            .starts_with("no database at all")
    );
}

#[tokio::test]
async fn a_database_that_does_not_answer_is_named_without_its_password() {
    let program = Program::new().await;
    let output = program
        .command(&["site", "list"])
        .env(
            "DINH_DATABASE_URL",
            "postgres://dinh:secret@127.0.0.1:1/portal",
        )
        .output()
        .unwrap();
    let ended = dinh_tests::Ended::from(output).assert_code(1);
    let ended = ended.assert_told("cannot open the database postgres://dinh@127.0.0.1:1/portal");
    assert!(!ended.told.contains("secret"), "{}", ended.told);
}
