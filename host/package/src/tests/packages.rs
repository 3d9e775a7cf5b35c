use super::{key, package, plugin, refused};
use crate::Package;
use crate::signatures::Signatures;

#[test]
fn a_package_reads_as_it_was_packed() {
    let packed = package("1.0.0").reviewed_by(&key(2));
    let read = Package::read(&packed.bytes().unwrap()).unwrap();
    assert_eq!(read.files, plugin("1.0.0"));
    assert_eq!(read.manifest, packed.manifest);
    assert_eq!(read.publisher(), key(1).public());
    assert_eq!(read.reviewer(), Some(key(2).public()));
    assert_eq!(read.bytes().unwrap(), packed.bytes().unwrap());
}

#[test]
fn a_signature_of_another_version_or_by_another_key_is_refused() {
    let (old, mut new) = (package("1.0.0"), package("1.1.0"));
    new.signatures = old.signatures.clone();
    assert!(refused(&new.bytes().unwrap()).contains("not of this manifest"));
    let mut taken = package("1.0.0");
    taken.signatures = Signatures::by_publisher(&taken.manifest_bytes, &key(9));
    assert!(refused(&taken.bytes().unwrap()).contains("the manifest names"));
    let own_review = package("1.0.0").reviewed_by(&key(1));
    assert!(refused(&own_review.bytes().unwrap()).contains("review himself"));
}

#[test]
fn a_review_is_no_publication_and_a_publication_no_review() {
    let mut package = package("1.0.0").reviewed_by(&key(2));
    package.signatures.reviewer = Some(package.signatures.publisher);
    assert!(refused(&package.bytes().unwrap()).contains("[reviewer]: the signature"));
}

#[test]
fn files_that_are_not_the_listed_ones_are_named() {
    let package = package("1.0.0");
    let mut other = package.clone();
    other
        .files
        .insert("plugin.wasm".to_owned(), b"\0ASM".to_vec());
    let notice = "collections/notice.toml".to_owned();
    other.files.insert(notice, b"label = \"y\"\n".to_vec());
    let told = refused(&other.bytes().unwrap());
    assert!(told.contains("plugin.wasm: its content"), "{told}");
    assert!(
        told.contains("collections/notice.toml: its content"),
        "{told}"
    );
    let mut more = package.clone();
    more.files.insert("templates/z.hbs".to_owned(), Vec::new());
    assert!(refused(&more.bytes().unwrap()).contains("templates/z.hbs` is not in the manifest"));
    let mut fewer = package;
    fewer.files.remove("plugin.toml");
    assert!(refused(&fewer.bytes().unwrap()).contains("where `plugin.toml` is due"));
}

#[test]
fn what_cannot_be_a_package_is_not_packed() {
    let pack = |path: &str| {
        let mut files = plugin("1.0.0");
        files.insert(path.to_owned(), Vec::new());
        Package::pack(files, &key(1), Vec::new()).unwrap_err()
    };
    assert!(pack("src/lib.rs")[0].message.contains("no place"));
    let mut files = plugin("1.0.0");
    files.insert("src/lib.rs".to_owned(), Vec::new());
    let faults = Package::pack(files, &key(1), vec!["Not a host".to_owned()]).unwrap_err();
    assert_eq!(faults.len(), 2, "{faults:?}");
}

#[test]
fn a_plugin_without_code_is_a_package() {
    let mut files = plugin("1.0.0");
    files.remove("plugin.wasm");
    let package = Package::pack(files, &key(1), Vec::new()).unwrap();
    assert!(Package::read(&package.bytes().unwrap()).is_ok());
}
