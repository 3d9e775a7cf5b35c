//! Components that were built with older versions of the contract go on running.

use std::fs;
use std::path::Path;

use dinh::command::Command;
use dinh_tests::{
    Code, NOTICES, NOTICES_MOUNT, Program, TestPortal, Vendor, WORKER, copied_bundle,
    install_worker,
};

use crate::program::running::Server;

/// Built with the SDK of the first contract, 0.1.0, and never again.
const FIRST: &str = "kept/quiet-0.1.0.wasm";

#[tokio::test]
async fn a_component_of_the_first_contract_is_installed_and_answers() {
    let program = Program::with_demo().await;
    let vendor = Vendor::new(&program);
    vendor.lay_out("1.0.0", "one", Code::Quiet);
    let kept = fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(FIRST)).unwrap();
    let names = |it: &[u8]| kept.windows(it.len()).any(|part| part == it);
    assert!(names(b"dinh:module/pages@0.1.0") && !names(b"dinh:module/pages@0.1.1"));
    fs::write(vendor.plugin().join("plugin.wasm"), kept).unwrap();
    let package = vendor.pack_with(&program, "vendor.key", &[]);
    vendor.be_trusted(&program, "vendor.pub");
    program
        .run(&["plugin", "install", &package, "--grant-all"])
        .assert_code(0);
    program
        .run(&["module", "enable", NOTICES, "--site", "yen-the"])
        .assert_code(0);
    let server = Server::start(&program, "serve");
    let path = format!("{NOTICES_MOUNT}/one");
    let answer = server.visitor().get("localhost", &path).await;
    assert_eq!(answer.assert_status(200).text(), "one");
}

/// Built with the SDK of contract 0.1.3, the first with jobs.
// Where its builder kept the sources of crates is blanked, at the same length.
const WITH_JOBS: &str = "kept/worker-0.1.3.wasm";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_component_of_the_contract_with_jobs_takes_forms_and_works() {
    let bundle = copied_bundle();
    install_worker(bundle.path(), WORKER, "");
    let kept = fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(WITH_JOBS)).unwrap();
    let names = |it: &[u8]| kept.windows(it.len()).any(|part| part == it);
    assert!(names(b"dinh:module/jobs@0.1.3") && !names(b"@0.1.4"));
    let folder = bundle.path().join("plugins").join(WORKER);
    fs::write(folder.join("plugin.wasm"), kept).unwrap();
    let portal = TestPortal::demo_of_bundle(bundle.path()).await;
    let command = Command::ModuleSet {
        site: "dong-son".to_owned(),
        plugin: WORKER.to_owned(),
        enabled: true,
    };
    portal.command(command).await.unwrap();
    let (host, visitor) = ("dong-son.localhost", portal.visitor());
    let fields = [("what", "work"), ("words", "{\"as\": \"old\"}")];
    let sent = visitor.send(host, "/worker/giao", &fields).await;
    sent.assert_status(303);
    assert_eq!(portal.portal().work_off_jobs().await.unwrap(), 1);
    let page = visitor.get(host, "/worker/da-lam").await;
    page.assert_status(200).assert_contains("old");
}
