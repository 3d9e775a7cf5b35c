//! An upgrade that is killed at any moment leaves the old version or the new one, whole.

use std::time::Instant;

use dinh_tests::{Code, NOTICES, Program};

use super::install::{installed, page, ready};
use crate::program::running::Server;

/// How often it is killed, each time later.
const KILLS: u32 = 8;

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
    // How long one takes that nobody kills.
    let first = vendor.package(&program, "1.1.0", "v1", Code::Quiet);
    let began = Instant::now();
    program.run(&["plugin", "install", &first]).assert_code(0);
    let whole = began.elapsed();
    let (mut before, mut old, mut new) = ("1.1.0".to_owned(), 0, 0);
    for kill in 1..=KILLS {
        let number = format!("1.{}.0", kill + 1);
        let next = vendor.package(&program, &number, &format!("v{}", kill + 1), Code::Quiet);
        let mut child = program.start(&["plugin", "install", &next]);
        tokio::time::sleep(whole * kill / (KILLS - 1)).await;
        // It may have ended by itself.
        let _killed = child.kill();
        child.wait().unwrap();
        let now = version(&program);
        assert!(
            now == before || now == number,
            "{now} is neither {before} nor {number}"
        );
        if now == before {
            old += 1;
        } else {
            new += 1;
        }
        let folder = program.folder().join("plugins").join(NOTICES);
        assert!(folder.join(&now).join("plugin.wasm").is_file());
        assert!(
            !program.folder().join("plugins/.staging").exists(),
            "swept at the next start"
        );
        before = now;
    }
    assert!(
        old > 0 && new > 0,
        "{old} old, {new} new: the kills came at the wrong time"
    );
    let server = Server::start(&program, "serve");
    let minor: u32 = before.split('.').nth(1).unwrap().parse().unwrap();
    let route = format!("v{minor}");
    let found = server.visitor().get("localhost", &page(&route)).await;
    assert_eq!(found.assert_status(200).text(), route);
}
