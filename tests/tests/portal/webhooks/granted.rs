//! Each webhook is granted by its name, and told to the operator with who sends and where to.

use std::fs;

use dinh_tests::{Program, Vendor, lay_out_receiver};

#[tokio::test]
async fn an_operator_is_told_who_sends_where_and_grants_each_webhook() {
    let program = Program::with_demo().await;
    let vendor = Vendor::new(&program);
    lay_out_receiver(&vendor.plugin());
    let package = vendor.pack_with(&program, "vendor.key", &[]);
    vendor.be_trusted(&program, "vendor.pub");
    let ended = program.run(&["plugin", "install", &package]).assert_code(1);
    for told in [
        "Nhận những gì các hệ thống bên ngoài",
        "Kho bạc: gửi đến /moc/receiver/thanh-toan, tối đa 4 KiB mỗi lần, 600 lần mỗi phút",
        "Be given what the outside systems named below send",
        "headers handed on: x-signature, x-delivery [webhook:paid]",
        "[webhook:evil]",
    ] {
        assert!(ended.out.contains(told), "{told}: {}", ended.out);
    }
    let grant = vendor.path("grant.toml");
    let granted = |more: &str| {
        let known = "\"kv\", \"clock\", \"settings\", \"forms\", \"jobs\", \"webhooks\"";
        let text = format!("plugin = \"receiver\"\ncapabilities = [{known}{more}]");
        fs::write(&grant, text).unwrap();
        program.run(&["plugin", "install", &package, "--grant", &grant])
    };
    granted(", \"webhook:paid\"")
        .assert_code(1)
        .assert_told("`webhook:raw` is asked for and not granted");
    granted(", \"webhook:paid\", \"webhook:raw\", \"webhook:evil\"").assert_code(0);
}
