//! An upgrade that is killed at any moment leaves the old version or the new one, whole.

use std::path::Path;
use std::process::Child;
use std::time::Duration;

use dinh_tests::{Code, NOTICES, Program};

use super::install::{installed, page, ready};
use crate::program::running::Server;

/// When it is killed: so many milliseconds after it lies beside what runs (its cases are run then),
/// or after it lies in its place (index tables, then the one commit).
const MOMENTS: [(Seen, u64); 7] = [
    (Seen::Beside, 0),
    (Seen::Beside, 500),
    (Seen::InPlace, 0),
    (Seen::InPlace, 3),
    (Seen::InPlace, 9),
    (Seen::InPlace, 27),
    (Seen::InPlace, 81),
];

#[derive(Debug, Clone, Copy)]
enum Seen {
    Beside,
    InPlace,
}

/// Kills it at a moment; it may have ended before.
async fn kill(mut child: Child, plugins: &Path, version: &str, moment: (Seen, u64)) {
    let seen = match moment.0 {
        Seen::Beside => plugins.join(format!(".staging/{NOTICES}-{version}")),
        Seen::InPlace => plugins.join(NOTICES).join(version),
    };
    while !seen.exists() && child.try_wait().unwrap().is_none() {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    tokio::time::sleep(Duration::from_millis(moment.1)).await;
    let _killed = child.kill();
    child.wait().unwrap();
}

/// What the plugin list says of it.
fn version(program: &Program) -> String {
    let list = program.run(&["plugin", "list"]).assert_code(0);
    let line = list.out.lines().find(|it| it.starts_with(NOTICES));
    let line = line.unwrap_or_else(|| panic!("it is gone: {}", list.out));
    assert!(line.contains("enabled"), "{line}");
    line.split_whitespace().nth(1).unwrap().to_owned()
}

#[tokio::test]
async fn an_upgrade_killed_at_any_moment_leaves_the_old_version_or_the_new_one() {
    let (program, vendor, package) = ready(Code::Quiet).await;
    installed(&program, &package);
    let plugins = program.folder().join("plugins");
    let mut before = "1.0.0".to_owned();
    for (at, moment) in MOMENTS.into_iter().enumerate() {
        let next = format!("1.{}.0", at + 1);
        let package = vendor.package(&program, &next, &format!("v{next}"), Code::Quiet);
        let child = program.start(&["plugin", "install", &package]);
        kill(child, &plugins, &next, moment).await;
        let now = version(&program);
        println!("killed at {moment:?}: {now} of {before} and {next}");
        assert!(
            now == before || now == next,
            "{now} is neither {before} nor {next}"
        );
        assert!(
            plugins
                .join(NOTICES)
                .join(&now)
                .join("plugin.wasm")
                .is_file()
        );
        let swept = !plugins.join(".staging").exists();
        assert!(swept, "what was left beside is swept at the next start");
        before = now;
    }
    let last = vendor.package(&program, "2.0.0", "two", Code::Quiet);
    program.run(&["plugin", "install", &last]).assert_code(0);
    let server = Server::start(&program, "serve");
    let two = server.visitor().get("localhost", &page("two")).await;
    assert_eq!(two.assert_status(200).text(), "two");
}
