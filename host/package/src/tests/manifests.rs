use super::{key, package, plugin, refused};
use crate::archive::{add, end};
use crate::signatures::Signatures;
use crate::{MANIFEST_FILE, SIGNATURES_FILE};

/// An archive with a manifest of one's own, well signed.
fn signed(manifest: &str, files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let signatures = Signatures::by_publisher(manifest.as_bytes(), &key(1));
    add(&mut bytes, MANIFEST_FILE, manifest.as_bytes());
    add(
        &mut bytes,
        SIGNATURES_FILE,
        signatures.text().unwrap().as_bytes(),
    );
    for (path, content) in files {
        add(&mut bytes, path, content);
    }
    end(&mut bytes);
    bytes
}

fn manifest_text() -> String {
    package("1.0.0").manifest.text().unwrap()
}

#[test]
fn every_fault_of_a_manifest_is_named_with_its_line() {
    let path = |from: &str, to: &str| manifest_text().replace(from, to);
    for (manifest, told) in [
        (
            path("templates/notice.hbs", "../notice.hbs"),
            "leaves the plugin's folder",
        ),
        (
            path("templates/notice.hbs", "/etc/passwd"),
            "no path within",
        ),
        (path("templates/notice.hbs", "templates/.profile"), "hidden"),
        (path("templates/notice.hbs", "src/lib.rs"), "has no place"),
        (path("templates/notice.hbs", "plugin.wasm"), "listed twice"),
        (
            path("templates/notice.hbs", "assets/a.png"),
            "listed by path",
        ),
        (path("format = 1", "format = 2"), "format 2"),
        (path("size = 4", "size = 17000000"), "at most 16777216"),
        (
            path("format = 1", "format = 1\nhosts = [\"A B\"]"),
            "no host name",
        ),
        (path("1.0.0", "1.0.0+evil"), "build metadata"),
        (path("format = 1", "format = 1\ncolour = 1"), "colour"),
    ] {
        let faults = refused(&signed(&manifest, &[]));
        let line = faults.lines().find(|line| line.contains(told));
        let line = line.unwrap_or_else(|| panic!("{told}: {faults}"));
        assert!(line.starts_with("manifest.toml:"), "{line}");
    }
}

#[test]
fn faults_of_the_manifest_and_the_signatures_are_told_at_once() {
    let manifest = manifest_text().replace("format = 1", "format = 2");
    let mut bytes = Vec::new();
    add(&mut bytes, MANIFEST_FILE, manifest.as_bytes());
    add(&mut bytes, SIGNATURES_FILE, b"publisher = 7");
    end(&mut bytes);
    let told = refused(&bytes);
    assert!(
        told.contains("format 2") && told.contains("signatures.toml:1"),
        "{told}"
    );
}

#[test]
fn a_plugin_that_calls_itself_otherwise_than_its_manifest_is_refused() {
    let manifest = manifest_text().replace("version = \"1.0.0\"", "version = \"2.0.0\"");
    let files = plugin("1.0.0");
    let files: Vec<(&str, &[u8])> = files
        .iter()
        .map(|it| (it.0.as_str(), it.1.as_slice()))
        .collect();
    let told = refused(&signed(&manifest, &files));
    assert!(
        told.contains("`version` is `1.0.0`, the manifest says `2.0.0`"),
        "{told}"
    );
}
