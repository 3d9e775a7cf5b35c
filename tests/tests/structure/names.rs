//! Nothing in the project names a folder of one machine or the host of a package registry: a clean clone
//! builds anywhere, behind any mirror.

use crate::files;

/// Beginnings of paths that exist on somebody's machine only. Split, so that this file does not name them.
const MACHINE_PATHS: &[&str] = &[
    concat!("/", "work/"),
    concat!("/", "root/"),
    concat!("/", "home/"),
    concat!("/", "Users/"),
];

/// Hosts that serve packages; ordinary clients know theirs.
const PACKAGE_HOSTS: &[&str] = &[
    concat!("registry.", "npmjs.org"),
    concat!("registry.", "yarnpkg.com"),
    concat!("index.", "crates.io"),
    concat!("static.", "crates.io"),
    concat!("pypi.", "org"),
    concat!("files.", "pythonhosted.org"),
    concat!("deb.", "debian.org"),
    concat!("archive.", "ubuntu.com"),
    concat!("proxy.", "golang.org"),
    concat!("\"resolved", "\":"),
];

fn faults(path: &str, text: &str) -> Vec<String> {
    let mut faults = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        let machine = MACHINE_PATHS
            .iter()
            .filter(|place| names_path(line, place))
            .map(|place| format!("{path}:{number} names a machine's path, {place}"));
        let host = PACKAGE_HOSTS
            .iter()
            .filter(|host| line.contains(**host))
            .map(|host| format!("{path}:{number} names a package host, {host}"));
        faults.extend(machine.chain(host));
    }
    faults
}

/// Whether the path begins here and is not the middle of a longer one (`docs/work/`, `https://x/home/`).
fn names_path(line: &str, place: &str) -> bool {
    line.match_indices(place).any(|(at, _)| {
        !line[..at].ends_with(|before: char| before.is_alphanumeric() || "._-}/".contains(before))
    })
}

#[test]
fn nothing_names_a_machines_path_or_a_package_host() {
    let found: Vec<String> = files::listed()
        .iter()
        .filter_map(|path| Some(faults(path, &files::text(path)?)))
        .flatten()
        .collect();
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn a_machines_path_and_a_package_host_are_named() {
    let found = |line: String| faults("README.md", &line).len();
    for place in MACHINE_PATHS {
        assert_eq!(found(format!("see {place}main")), 1, "{place}");
        assert_eq!(found(format!("'{place}main'")), 1, "{place}");
        assert_eq!(found(format!("docs{place}main")), 0, "{place}");
    }
    for host in PACKAGE_HOSTS {
        assert_eq!(found(format!("from https://{host}/x")), 1, "{host}");
    }
    assert_eq!(found("https://github.com/rust-lang".to_owned()), 0);
}
