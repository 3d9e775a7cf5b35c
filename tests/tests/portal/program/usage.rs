//! Exit codes: 0 done, 1 failed with a reason, 2 wrong usage.

use dinh_tests::{Ended, Program};

#[tokio::test]
async fn wrong_usage_ends_with_two_and_says_how() {
    let program = Program::new().await;
    for arguments in [
        [].as_slice(),
        &["sever"],
        &["import"],
        &["import", "legal-documents/document", "rows.jsonl"],
        &["module", "enable", "legal-documents"],
        &["serve", "--port", "80"],
        &["site", "list", "extra"],
    ] {
        let ended = program.run(arguments).assert_code(2);
        assert!(
            ended.told.contains("Usage: dinh"),
            "{arguments:?}: {}",
            ended.told
        );
    }
    let version = program.run(&["--version"]).assert_code(0);
    assert_eq!(
        version.out.trim(),
        concat!("dinh ", env!("CARGO_PKG_VERSION"))
    );
    program.run(&["--help"]).assert_code(0);
}

#[tokio::test]
async fn an_unknown_key_of_the_configuration_names_the_nearest_known_one() {
    let program = Program::new().await;
    let file = program.folder().join("dinh.toml");
    for (text, told) in [
        (
            "[http]\nlisen = \"127.0.0.1:1\"\n",
            "unknown key `http.lisen`; did you mean `http.listen`?",
        ),
        (
            "[databse]\nurl = \"x\"\n",
            "unknown key `databse.url`; did you mean `database.url`?",
        ),
        ("listen = 1\n", "`listen` is not a section"),
        ("[http]\npublic_port = \"many\"\n", "`many` is not a port"),
        ("[http\n", "dinh.toml"),
    ] {
        std::fs::write(&file, text).unwrap();
        let ended = program.run(&["check", "--config", file.to_str().unwrap()]);
        ended
            .assert_code(1)
            .assert_told(told)
            .assert_told("dinh.toml");
    }
    let missing = program.run(&["check", "--config", "no-such.toml"]);
    missing.assert_code(1).assert_told("no-such.toml");
}

#[tokio::test]
async fn an_unusable_setting_of_the_environment_is_named() {
    let program = Program::new().await;
    for (name, value, told) in [
        (
            "DINH_LISTEN",
            "localhost",
            "DINH_LISTEN: `localhost` is not an address such as 127.0.0.1:8080",
        ),
        (
            "DINH_HTTP_PUBLIC_SCHEME",
            "ftp",
            "`ftp` is neither `http` nor `https`",
        ),
        (
            "DINH_HTTP_TRUSTED_PROXIES",
            "10.0.0.1,proxy",
            "`proxy` is not an IP address",
        ),
        ("DINH_BUNDLE_FOLDER", "/no/such/folder", "/no/such/folder"),
    ] {
        let output = program
            .command(&["check"])
            .env(name, value)
            .output()
            .unwrap();
        Ended::from(output).assert_code(1).assert_told(told);
    }
}

#[tokio::test]
async fn a_good_configuration_is_told_as_it_is_read() {
    let program = Program::new().await;
    let ended = program.run(&["check"]).assert_code(0);
    for told in [
        "configuration is good",
        "legal-documents 0.1.0",
        "127.0.0.1:0",
    ] {
        assert!(ended.out.contains(told), "{told}: {}", ended.out);
    }
    assert!(!ended.out.contains("postgres@"), "{}", ended.out);
}
