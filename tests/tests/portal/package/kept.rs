//! Compiled code that is kept between starts, as an operator sees it.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use dinh_tests::{Code, NOTICES, Program};
use serde_json::Value;

use crate::package::install::{installed, page, ready};
use crate::program::running::Server;

/// Where the code of every plugin came from at this start, by plugin.
fn sources(program: &Program) -> Vec<(String, String)> {
    let list = program.run(&["plugin", "list", "--json"]).assert_code(0);
    let lines: Vec<Value> = serde_json::from_str(&list.out).unwrap();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    lines
        .iter()
        .map(|line| (text(&line["plugin"]), text(&line["code"])))
        .collect()
}

fn all_from(program: &Program, source: &str) {
    // A plugin without code has it from nowhere.
    let sources = sources(program)
        .into_iter()
        .filter(|(_, code)| !code.is_empty());
    for (plugin, code) in sources {
        assert_eq!(code, source, "{plugin}");
    }
}

#[tokio::test]
async fn the_second_start_takes_all_code_from_the_cache_and_the_list_says_so() {
    let (program, _vendor, package) = ready(Code::Quiet).await;
    installed(&program, &package);
    let server = Server::start(&program, "serve");
    all_from(&program, "cache");
    let one = server.visitor().get("localhost", &page("one")).await;
    assert_eq!(one.assert_status(200).text(), "one");
    let list = program.run(&["plugin", "list"]).assert_code(0);
    for told in [
        "compiled before, from the cache",
        "0 kept files thrown away",
    ] {
        assert!(list.out.contains(told), "{}", list.out);
    }
    drop(server);

    fs::remove_dir_all(program.folder().join("compiled")).unwrap();
    let server = Server::start(&program, "serve");
    all_from(&program, "compiled");
    drop(server);
    let folder = program.folder().join("compiled");
    let mode = fs::metadata(folder).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o700);
}

#[tokio::test]
async fn a_folder_where_others_may_write_is_named_and_everything_serves_without_it() {
    let (program, _vendor, package) = ready(Code::Quiet).await;
    installed(&program, &package);
    let folder = program.folder().join("compiled");
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o770)).unwrap();
    let server = Server::start(&program, "serve");
    let log = server.log();
    assert!(log.contains("others may write there"), "{log}");
    assert!(log.contains("chmod go-w"), "{log}");
    all_from(&program, "compiled");
    let list = program.run(&["plugin", "list"]).assert_code(0);
    assert!(list.out.contains("is not kept"), "{}", list.out);
    let one = server.visitor().get("localhost", &page("one")).await;
    assert_eq!(one.assert_status(200).text(), "one");
}

#[tokio::test]
async fn the_operator_chooses_the_folder_or_none() {
    let elsewhere = tempfile::tempdir().unwrap();
    let place = elsewhere.path().join("kept");
    let shown = place.display().to_string();
    let program = Program::with_demo().await;
    fs::remove_dir_all(program.folder().join("compiled")).unwrap();
    let program = program.with(vec![("DINH_PLUGINS_CODE_CACHE", shown)]);
    all_from(&program, "compiled");
    all_from(&program, "cache");
    assert!(place.is_dir() && !program.folder().join("compiled").exists());

    let program = program.with(vec![("DINH_PLUGINS_CODE_CACHE", String::new())]);
    all_from(&program, "compiled");
    all_from(&program, "compiled");
    assert!(
        !sources(&program)
            .iter()
            .any(|(plugin, _)| plugin == NOTICES)
    );
}
