//! The contract does not change unseen: each version has its hash and its section in the vendors' list of changes.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use crate::files;

const VERSIONS: &str = "sdk/contract.toml";
const CHANGES: &str = "sdk/CHANGELOG.md";

/// The interface files, as they lie in the SDK.
fn interfaces() -> BTreeMap<String, String> {
    let paths = files::listed().into_iter();
    let own = paths.filter(|path| path.starts_with("sdk/wit/") && path.ends_with(".wit"));
    own.map(|path| (path.clone(), files::text(&path).unwrap()))
        .collect()
}

fn hash(interfaces: &BTreeMap<String, String>) -> String {
    let mut hasher = Sha256::new();
    for (path, text) in interfaces {
        hasher.update(format!("{path}\0{}\0", text.replace('\r', "")));
    }
    let digest = hasher.finalize();
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The version that a file's package has: `package dinh:content@0.1.0;`.
fn version(text: &str) -> Option<&str> {
    let line = text.lines().find(|line| line.starts_with("package "))?;
    line.split_once('@')?.1.strip_suffix(';')
}

fn parts(version: &str) -> Vec<u64> {
    version.split('.').map(|it| it.parse().unwrap()).collect()
}

/// Packages are versioned apart; the contract has the highest of their versions.
fn faults(
    interfaces: &BTreeMap<String, String>,
    known: &BTreeMap<String, String>,
    changes: &str,
) -> Vec<String> {
    let versions = interfaces.values().filter_map(|text| version(text));
    let Some(version) = versions.max_by_key(|it| parts(it)) else {
        return vec!["the packages of sdk/wit have no version".to_owned()];
    };
    let mut faults = Vec::new();
    let now = hash(interfaces);
    match known.get(version) {
        Some(hash) if *hash == now => {}
        Some(_) => faults.push(format!(
            "sdk/wit is no longer what version {version} is: raise the version of the package that changes, write what changed into {CHANGES}, and add `\"<version>\" = \"{now}\"` to {VERSIONS}"
        )),
        None => faults.push(format!(
            "version {version} of the contract is not in {VERSIONS}: add `\"{version}\" = \"{now}\"`"
        )),
    }
    for version in known.keys().map(String::as_str).chain([version]) {
        let heading = format!("## {version}");
        if !changes.lines().any(|line| line == heading) {
            faults.push(format!(
                "{CHANGES} has no section `{heading}`: say what it changes"
            ));
        }
    }
    faults.dedup();
    faults
}

fn known() -> BTreeMap<String, String> {
    toml::from_str(&files::text(VERSIONS).unwrap()).unwrap()
}

#[test]
fn the_contract_is_what_its_version_says_and_its_changes_are_told() {
    let changes = files::text(CHANGES).unwrap();
    assert_eq!(
        faults(&interfaces(), &known(), &changes),
        Vec::<String>::new()
    );
}

#[test]
fn a_contract_that_changed_unseen_is_named() {
    let (mut changed, changes) = (interfaces(), files::text(CHANGES).unwrap());
    let (first, text) = changed
        .iter()
        .next()
        .map(|(a, b)| (a.clone(), b.clone()))
        .unwrap();
    changed.insert(first.clone(), format!("{text}// more\n"));
    let told = faults(&changed, &known(), &changes);
    assert_eq!(told.len(), 1);
    assert!(told[0].contains("raise the version"), "{told:?}");
    let raised: BTreeMap<String, String> = changed
        .iter()
        .map(|(path, text)| (path.clone(), text.replace("@0.", "@7.")))
        .collect();
    let told = faults(&raised, &known(), &changes);
    assert!(
        told.iter()
            .any(|it| it.contains("is not in sdk/contract.toml")),
        "{told:?}"
    );
    assert!(
        told.iter().any(|it| it.contains("has no section")),
        "{told:?}"
    );
    changed.insert(first, text.replace("@0.", "@7."));
    let told = faults(&changed, &known(), &changes);
    assert!(told[0].contains("is not in sdk/contract.toml"), "{told:?}");
}
