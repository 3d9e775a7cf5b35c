//! What an operator is told, and what he says.

use std::fs;

use dinh_tests::{Code, NOTICES};

use super::install::ready;

#[tokio::test]
async fn nothing_happens_before_the_grant_and_what_it_asks_for_is_said_in_both_languages() {
    let (program, vendor, package) = ready(Code::Curious).await;
    let ended = program.run(&["plugin", "install", &package]).assert_code(1);
    for told in [
        "notices 1.0.0",
        "published by Vendor",
        "reviewed by nobody",
        "Được phép:",
        "Đọc các mục của chính nó (notice)",
        "tối đa 32 lần hỏi mỗi trang",
        "It may:",
        "Read entries of its own (notice)",
        "[content.read]",
        "[log]",
        "Not write, send, open files or connect",
    ] {
        assert!(ended.out.contains(told), "{told}: {}", ended.out);
    }
    ended
        .assert_told("nothing was installed")
        .assert_told("--grant-all");
    assert!(!program.folder().join("plugins").join(NOTICES).exists());
    let list = program.run(&["plugin", "list"]).assert_code(0);
    assert!(!list.out.contains(NOTICES), "{}", list.out);

    let grant = vendor.path("grant.toml");
    let granted = |text: &str| {
        fs::write(&grant, text).unwrap();
        program.run(&["plugin", "install", &package, "--grant", &grant])
    };
    granted("plugin = \"notices\"\ncapabilities = [\"content.read\", \"fetch\"]")
        .assert_code(1)
        .assert_told("`clock` is asked for and not granted")
        .assert_told("`log` is asked for and not granted")
        .assert_told("`fetch` is granted and not asked for");
    granted("plugin = \"other\"\ncapabilities = [\"content.read\", \"clock\", \"log\"]")
        .assert_code(1)
        .assert_told("the grant is for `other`");
    granted("plugin = \"notices\"\ncapabilites = []")
        .assert_code(1)
        .assert_told("grant.toml:2")
        .assert_told("did you mean `capabilities`");
    granted("plugin = \"notices\"\ncapabilities = [\"content.read\", \"clock\", \"log\"]")
        .assert_code(0);
    let list = program.run(&["plugin", "list", "--json"]).assert_code(0);
    assert!(list.out.contains("\"grants\": ["), "{}", list.out);
}

#[tokio::test]
async fn a_reviewer_is_named_when_he_is_known() {
    let (program, vendor, package) = ready(Code::Quiet).await;
    vendor.keygen(&program, "reviewer", &[]);
    let (key, public) = (vendor.path("reviewer.key"), vendor.path("reviewer.pub"));
    program
        .run(&["plugin", "countersign", &package, "--key", &key])
        .assert_code(0);
    let ended = program.run(&["plugin", "install", &package]).assert_code(1);
    assert!(
        ended.out.contains("which is not known here"),
        "{}",
        ended.out
    );
    program
        .run(&["plugin", "trust", &public, "--reviewer"])
        .assert_code(0);
    let ended = program.run(&["plugin", "install", &package]).assert_code(1);
    assert!(ended.out.contains("reviewed by Vendor"), "{}", ended.out);
    vendor.lay_out("1.0.0", "one", Code::Quiet);
    let package = vendor.pack_with(&program, "reviewer.key", &[]);
    program
        .run(&["plugin", "install", &package, "--grant-all"])
        .assert_code(1)
        .assert_told("is not trusted as a publisher");
}
