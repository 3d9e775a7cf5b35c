//! Whose a plugin, a version and a host are.

use std::fs;

use dinh_tests::{Code, NOTICES};

use super::door::install;
use super::install::ready;

#[tokio::test]
async fn versions_only_rise_and_one_version_has_one_content() {
    let (program, vendor, package) = ready(Code::Quiet).await;
    install(&program, &package).assert_code(0);
    install(&program, &package).assert_code(0);
    let other = vendor.package(&program, "1.0.0", "another", Code::Quiet);
    install(&program, &other)
        .assert_code(1)
        .assert_told("was installed with other content");
    let lower = vendor.package(&program, "1.0.0-rc.1", "one", Code::Quiet);
    install(&program, &lower)
        .assert_code(1)
        .assert_told("1.0.0-rc.1 is lower than 1.0.0");
}

#[tokio::test]
async fn what_belongs_to_somebody_else_is_refused() {
    let (program, vendor, package) = ready(Code::Quiet).await;
    install(&program, &package).assert_code(0);
    vendor.keygen(&program, "thief", &[]);
    vendor.be_trusted(&program, "thief.pub");
    vendor.lay_out("2.0.0", "two", Code::Quiet);
    let taken = vendor.pack_with(&program, "thief.key", &[]);
    install(&program, &taken)
        .assert_code(1)
        .assert_told("the plugin `notices` and its collections belong to the publisher of the key");
    program.run(&["plugin", "remove", NOTICES]).assert_code(0);
    install(&program, &taken)
        .assert_code(1)
        .assert_told("belong to the publisher of the key");

    let manifest = fs::read_to_string(vendor.plugin().join("plugin.toml")).unwrap();
    let bundled = manifest.replace("id = \"notices\"", "id = \"legal-documents\"");
    vendor.write("plugin.toml", &bundled);
    let bundled = vendor.pack_with(&program, "vendor.key", &[]);
    install(&program, &bundled)
        .assert_code(1)
        .assert_told("`legal-documents` comes with the host");
}

#[tokio::test]
async fn a_package_bound_to_other_hosts_is_refused_and_a_bound_one_stays_where_it_may() {
    let (program, vendor, _package) = ready(Code::Quiet).await;
    let other = vendor.pack_with(&program, "vendor.key", &["--host", "cong.elsewhere.vn"]);
    install(&program, &other)
        .assert_code(1)
        .assert_told("bound to cong.elsewhere.vn, which is no site of this portal");
    let ours = vendor.pack_with(&program, "vendor.key", &["--host", "dong-son.localhost"]);
    install(&program, &ours).assert_code(0);
    program
        .run(&["module", "enable", NOTICES, "--site", "yen-the"])
        .assert_code(1)
        .assert_told("is bound to dong-son.localhost");
    program
        .run(&["module", "enable", NOTICES, "--site", "dong-son"])
        .assert_code(0);
}
