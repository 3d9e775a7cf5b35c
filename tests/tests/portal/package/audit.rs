//! What the audit says of plugins, and that it shows when somebody has been at it.

use dinh_tests::{Code, NOTICES, Program};
use serde_json::Value;

use crate::package::install::{installed, ready};
use crate::program::running::Server;

fn acts(program: &Program) -> Vec<Value> {
    let list = program.run(&["audit", "list", "--json"]).assert_code(0);
    serde_json::from_str(&list.out).unwrap()
}

/// `act subject` of those about the plugin and the vendor's keys.
fn told(acts: &[Value]) -> Vec<String> {
    let of_plugins = acts
        .iter()
        .filter(|it| it["subject_kind"] == "plugin" || it["subject_kind"] == "key");
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    of_plugins.map(|it| text(&it["act"])).collect()
}

fn head(program: &Program) -> String {
    let whole = program.run(&["audit", "verify"]).assert_code(0);
    assert!(whole.out.contains("lines are whole"), "{}", whole.out);
    whole.out.trim().rsplit(' ').next().unwrap().to_owned()
}

#[tokio::test]
async fn every_act_on_a_plugin_is_recorded_with_who_when_from_where_and_what_changed() {
    let (program, vendor, package) = ready(Code::Quiet).await;
    installed(&program, &package);
    let server = Server::start(&program, "serve");
    let higher = vendor.package(&program, "1.1.0", "two", Code::Curious);
    for arguments in [
        &["plugin", "install", &higher, "--grant-all", "--by", "An"][..],
        &["plugin", "park", NOTICES, "--reason", "too slow"],
        &["plugin", "unpark", NOTICES],
        &["plugin", "rollback", NOTICES],
        &["plugin", "remove", NOTICES],
    ] {
        program.run(arguments).assert_code(0);
    }
    let acts = acts(&program);
    assert_eq!(
        told(&acts),
        [
            "key-trusted",
            "plugin-granted",
            "plugin-installed",
            "plugin-granted",
            "plugin-upgraded",
            "plugin-parked",
            "plugin-unparked",
            "plugin-rolled-back",
            "plugin-removed",
        ]
    );
    let upgraded = acts.iter().find(|it| it["act"] == "plugin-upgraded");
    let upgraded = upgraded.unwrap();
    assert_eq!(upgraded["actor"], "An");
    assert_eq!(upgraded["actor_kind"], "operator");
    assert_eq!(upgraded["subject"], NOTICES);
    assert_eq!(upgraded["before"]["version"], "1.0.0");
    assert_eq!(upgraded["after"]["version"], "1.1.0");
    let origin = upgraded["origin"].as_str().unwrap();
    assert!(origin.starts_with("command line, user "), "{origin}");
    let granted = acts.iter().rfind(|it| it["act"] == "plugin-granted");
    let granted = granted.unwrap();
    assert_eq!(granted["before"]["grants"].as_array().unwrap().len(), 0);
    assert_eq!(granted["after"]["grants"].as_array().unwrap().len(), 3);
    let parked = acts.iter().find(|it| it["act"] == "plugin-parked").unwrap();
    assert_eq!(parked["after"]["reason"], "too slow");
    head(&program);
    drop(server);
    let list = program.run(&["audit", "list"]).assert_code(0);
    assert!(
        list.out.contains("plugin-removed plugin notices"),
        "{}",
        list.out
    );
}

#[tokio::test]
async fn what_is_refused_is_not_recorded() {
    let (program, vendor, package) = ready(Code::Quiet).await;
    installed(&program, &package);
    let before = acts(&program).len();
    vendor.lay_out("0.9.0", "one", Code::Quiet);
    let lower = vendor.pack_with(&program, "vendor.key", &[]);
    program
        .run(&["plugin", "install", &lower, "--grant-all"])
        .assert_code(1);
    program.run(&["plugin", "rollback", NOTICES]).assert_code(1);
    assert_eq!(acts(&program).len(), before);
}

#[tokio::test]
async fn a_line_that_was_changed_or_cut_off_is_named() {
    let (program, _vendor, package) = ready(Code::Quiet).await;
    installed(&program, &package);
    let noted = head(&program);
    let last = acts(&program).last().unwrap()["number"].as_i64().unwrap();
    program
        .run(&["audit", "verify", "--noted", &noted])
        .assert_code(0);
    program
        .run(&["audit", "verify", "--noted", "12"])
        .assert_code(1)
        .assert_told("`12` is no head");
    let database = program.database();
    let is_shared = database.is_shared_by_nodes();
    let on = if is_shared { " on audit" } else { "" };
    for trigger in ["audit_stays", "audit_lasts"] {
        database.run(&format!("drop trigger {trigger}{on}")).await;
    }
    let forged = format!("update audit set actor = 'Nobody' where number = {last}");
    database.run(&forged).await;
    program
        .run(&["audit", "verify"])
        .assert_code(1)
        .assert_told(&format!("broken at line {last}: it has changed"))
        .assert_told("Nobody");
    for table in ["audit_payload", "audit"] {
        let cut = format!("delete from {table} where number = {last}");
        database.run(&cut).await;
    }
    program
        .run(&["audit", "verify"])
        .assert_code(1)
        .assert_told(&format!("broken at line {last}: it is gone"));
}
