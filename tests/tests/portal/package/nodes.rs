//! What one node installs, upgrades and revokes, the others run.

use dinh_tests::{Code, NOTICES, S3, Vendor};

use super::install::{installed, page};
use super::keys::key_id;
use crate::program::nodes::{SHOWN_WITHIN, pair, until};
use crate::program::running::Server;

#[tokio::test]
async fn a_plugin_installed_on_one_node_runs_on_the_other_and_stops_there_too() {
    let Some(store) = S3::start() else { return };
    let Some((a, b)) = pair(&store).await else {
        return;
    };
    let a_serves = Server::start(&a, "demo");
    let b_serves = Server::start(&b, "serve");
    let (on_a, on_b) = (a_serves.visitor(), b_serves.visitor());
    let vendor = Vendor::new(&a);
    vendor.be_trusted(&a, "vendor.pub");
    installed(&a, &vendor.package(&a, "1.0.0", "one", Code::Quiet));
    let answers = async |route: &str| {
        let answer = on_b.get("localhost", &page(route)).await;
        answer.status() == 200 && answer.text() == route
    };
    until(SHOWN_WITHIN, "installed on A, on B", async || {
        answers("one").await
    })
    .await;
    let upgraded = vendor.package(&a, "1.1.0", "two", Code::Quiet);
    a.run(&["plugin", "install", &upgraded]).assert_code(0);
    until(SHOWN_WITHIN, "upgraded on A, on B", async || {
        answers("two").await
    })
    .await;
    let kept = b.folder().join("plugins").join(NOTICES).join("1.1.0");
    assert!(kept.join("plugin.wasm").is_file());
    b.run(&["plugin", "rollback", NOTICES]).assert_code(0);
    until(SHOWN_WITHIN, "taken back on B, on A", async || {
        let answer = on_a.get("localhost", &page("one")).await;
        answer.status() == 200 && answer.text() == "one"
    })
    .await;
    let key = key_id(&vendor, "vendor.pub");
    a.run(&["plugin", "revoke", &key, "--reason", "stolen"])
        .assert_code(0);
    until(SHOWN_WITHIN, "revoked on A, stopped on B", async || {
        !answers("one").await
    })
    .await;
}
