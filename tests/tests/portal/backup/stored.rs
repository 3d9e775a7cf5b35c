//! Files that lie in an object store.

use dinh_tests::{Program, S3};

use super::round::{assert_same, backup, filled, restore};

#[tokio::test]
async fn files_go_into_an_empty_bucket_and_come_out_of_it() {
    let Some(store) = S3::start() else { return };
    let program = filled().await;
    let before = program.database().everything().await;
    let file = backup(&program, "b.tar.gz");
    let place = Program::new().await.with(store.settings());
    restore(&place, &file).assert_code(0);
    let objects = store.objects().len();
    assert!(objects > 1);
    let there = place.database().everything().await;
    assert_same(&before, &there);
    let again = backup(&place, "again.tar.gz");
    let full = Program::new().await.with(store.settings());
    restore(&full, &again)
        .assert_code(1)
        .assert_told("there are attached files already");
    let back = Program::new().await;
    restore(&back, &again).assert_code(0);
    assert_same(&there, &back.database().everything().await);
}

#[tokio::test]
async fn a_file_that_is_missing_or_another_stops_the_backup() {
    let program = filled().await;
    let hash = &program
        .database()
        .lines("select hash from file order by hash limit 1")
        .await[0];
    let stored = program.folder().join("files").join(&hash[..2]).join(hash);
    let content = std::fs::read(&stored).unwrap();
    let file = program.folder().join("b.tar.gz");
    let name = file.to_str().unwrap();
    std::fs::write(&stored, [content.as_slice(), b"x"].concat()).unwrap();
    program
        .run(&["backup", name])
        .assert_code(1)
        .assert_told(hash);
    let mut other = content.clone();
    other[3] ^= 1;
    std::fs::write(&stored, &other).unwrap();
    program
        .run(&["backup", name])
        .assert_code(1)
        .assert_told(hash);
    std::fs::remove_file(&stored).unwrap();
    let told = program.run(&["backup", name]).assert_code(1);
    told.assert_told("so there is no backup");
    assert!(!file.exists());
    std::fs::write(&stored, &content).unwrap();
    program.run(&["backup", name]).assert_code(0);
}
