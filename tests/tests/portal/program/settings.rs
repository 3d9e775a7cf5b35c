//! What operators set for plugins.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use crate::form::desk::{Desk, FORM, HOST, OTHER_HOST, SITE};

#[tokio::test]
async fn what_is_set_holds_at_once_on_its_site_and_can_be_taken_back() {
    let desk = Desk::open().await;
    desk.get(HOST, FORM).await.assert_contains("Xin chào, 10;");
    let set = ["plugin", "settings", "ledger", "--site", SITE];
    let some = [
        &set[..],
        &["greeting=Kính chào", "limit=007", "channel=paper"],
    ]
    .concat();
    desk.run(&some).assert_code(0);
    desk.get(HOST, FORM).await.assert_contains("Kính chào, 7;");
    desk.get(OTHER_HOST, FORM)
        .await
        .assert_contains("Xin chào, 10;");
    let list = desk
        .run(&["plugin", "settings", "ledger"])
        .assert_code(0)
        .out;
    for line in ["Kính chào  # Lời chào", "true (default)", "paper"] {
        assert!(list.contains(line), "{line}: {list}");
    }
    desk.run(&[&set[..], &["--unset", "greeting"]].concat())
        .assert_code(0);
    desk.get(HOST, FORM).await.assert_contains("Xin chào, 7;");
}

#[tokio::test]
async fn what_does_not_fit_is_told_by_what_does_and_nothing_is_set() {
    let desk = Desk::open().await;
    let set = ["plugin", "settings", "ledger", "--site", SITE];
    let bad = [
        "limit=many",
        "channel=pigeon",
        "greting=Hi",
        "greeting=Chào bạn",
    ];
    let refused = desk.run(&[&set[..], &bad].concat()).assert_code(1);
    let refused = refused
        .assert_told("`limit`: it takes a whole number")
        .assert_told("`channel`: it takes one of mail, paper")
        .assert_told("there is no setting `greting`; there are: greeting (text), limit (number)");
    assert!(!refused.told.contains("panicked"));
    desk.get(HOST, FORM).await.assert_contains("Xin chào, 10;");
    let seen = desk.run(&[&set[..], &["api-key=hunter2hunter2"]].concat());
    let seen = seen.assert_code(1).assert_told("`api-key` is a secret");
    assert!(
        !seen.told.contains("hunter2"),
        "it is not repeated: {}",
        seen.told
    );
    desk.run(&["plugin", "settings", "ledger", "limit=1"])
        .assert_code(1)
        .assert_told("name the site that this is for with --site");
    desk.run(&[
        "plugin", "settings", "ledger", "--site", "nowhere", "limit=1",
    ])
    .assert_code(1)
    .assert_told("there is no site `nowhere`");
    desk.run(&["plugin", "settings", "nothing"])
        .assert_code(1)
        .assert_told("there is no plugin `nothing`");
}

#[tokio::test]
async fn a_secret_is_listed_by_its_day_and_its_key_is_the_owners_alone() {
    let desk = Desk::open().await;
    let file = desk.program.folder().join("secret.txt");
    fs::write(&file, "một bí mật dài").unwrap();
    let given = format!("api-key={}", file.display());
    let set = [
        "plugin", "settings", "ledger", "--site", SITE, "--secret", &given,
    ];
    desk.run(&set).assert_code(0);
    let list = desk
        .run(&["plugin", "settings", "ledger"])
        .assert_code(0)
        .out;
    assert!(list.contains("set on 20"), "{list}");
    let acts = desk.run(&["audit", "list"]).assert_code(0).out;
    let act = acts.lines().find(|it| it.contains("plugin-settings"));
    let act = act.unwrap_or_else(|| panic!("{acts}"));
    let changed = r#"{"api-key":null} -> {"api-key":"(secret)"}"#;
    assert!(act.ends_with(changed), "{act}");
    let key = desk.program.folder().join("seal.key");
    let mode = fs::metadata(&key).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode, 0o600);
    desk.get(HOST, FORM).await.assert_contains("có khóa");
    // Without its key a secret cannot be read, and the section stays readable.
    fs::rename(&key, desk.program.folder().join("elsewhere.key")).unwrap();
    desk.get(HOST, FORM)
        .await
        .assert_status(200)
        .assert_lacks("có khóa");
    fs::rename(desk.program.folder().join("elsewhere.key"), &key).unwrap();
    desk.get(HOST, FORM).await.assert_contains("có khóa");
}
