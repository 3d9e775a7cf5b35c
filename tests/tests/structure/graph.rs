//! The crate graph: `dinh → web → portal → {store | search | runtime | render | files | package} → domain`, plugins to
//! the sdk alone, and one owner for each heavy dependency.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::files;

/// A crate of ours and the crates of ours that it may use. The binary may name every crate, to construct it.
const ALLOWED: &[(&str, &[&str])] = &[
    (
        "dinh",
        &[
            "dinh-web",
            "dinh-portal",
            "dinh-store",
            "dinh-search",
            "dinh-runtime",
            "dinh-render",
            "dinh-files",
            "dinh-package",
            "dinh-outbound",
            "dinh-domain",
        ],
    ),
    ("dinh-web", &["dinh-portal", "dinh-render", "dinh-domain"]),
    (
        "dinh-portal",
        &[
            "dinh-store",
            "dinh-search",
            "dinh-runtime",
            "dinh-render",
            "dinh-files",
            "dinh-package",
            "dinh-outbound",
            "dinh-domain",
        ],
    ),
    ("dinh-store", &["dinh-domain"]),
    ("dinh-search", &["dinh-domain"]),
    ("dinh-runtime", &["dinh-confined", "dinh-domain"]),
    ("dinh-render", &["dinh-charts", "dinh-domain"]),
    ("dinh-files", &["dinh-confined", "dinh-domain"]),
    ("dinh-package", &["dinh-domain"]),
    ("dinh-outbound", &[]),
    ("dinh-charts", &[]),
    ("dinh-confined", &[]),
    ("dinh-domain", &[]),
    ("dinh-sdk", &[]),
];

/// A heavy dependency and the crate that sees its types.
const OWNERS: &[(&str, &str)] = &[
    ("poem", "dinh-web"),
    // One serves, one asks: both by hand, for their deadlines.
    ("hyper", "dinh-web"),
    ("hyper", "dinh-outbound"),
    ("lettre", "dinh-outbound"),
    ("moka", "dinh-web"),
    ("sqlx", "dinh-store"),
    ("tantivy", "dinh-search"),
    ("wasmtime", "dinh-runtime"),
    ("wasmtime-wasi", "dinh-runtime"),
    ("html5ever", "dinh-render"),
    ("object_store", "dinh-files"),
    ("hayro-interpret", "dinh-files"),
    ("calamine", "dinh-files"),
    ("geo", "dinh-files"),
    ("geojson", "dinh-files"),
    ("plotters", "dinh-charts"),
    ("ring", "dinh-package"),
    ("argon2", "dinh-portal"),
    ("mimalloc", "dinh"),
];

/// The crate of the integration tests sees the whole host.
const TESTS: &str = "dinh-tests";

/// One declared dependency of a crate of the workspace.
#[derive(Debug)]
struct Edge {
    from: String,
    /// Folder of the crate, relative to the root: it tells plugins and guests from the host.
    folder: String,
    to: String,
    /// Whether `to` is a crate of the workspace.
    ours: bool,
}

fn declared_edges() -> Vec<Edge> {
    let metadata = cargo_metadata();
    let packages = metadata["packages"].as_array().unwrap();
    let root = metadata["workspace_root"].as_str().unwrap();
    let mut edges = Vec::new();
    for package in packages {
        let manifest = Path::new(package["manifest_path"].as_str().unwrap());
        let folder = manifest.parent().unwrap().strip_prefix(root).unwrap();
        for dependency in package["dependencies"].as_array().unwrap() {
            edges.push(Edge {
                from: package["name"].as_str().unwrap().to_owned(),
                folder: folder.to_string_lossy().into_owned(),
                to: dependency["name"].as_str().unwrap().to_owned(),
                ours: packages
                    .iter()
                    .any(|ours| ours["name"] == dependency["name"]),
            });
        }
    }
    edges
}

/// What `cargo metadata` says of the workspace. The crate that wraps it would switch a feature of serde_json
/// on for tests alone, and everything above serde_json would be compiled twice.
fn cargo_metadata() -> Value {
    let cargo = Command::new(env!("CARGO"))
        .args([
            "metadata",
            "--no-deps",
            "--offline",
            "--format-version",
            "1",
        ])
        .current_dir(files::root())
        .output()
        .unwrap();
    assert!(cargo.status.success(), "cargo metadata failed: {cargo:?}");
    serde_json::from_slice(&cargo.stdout).unwrap()
}

fn forbidden(edges: &[Edge]) -> Vec<String> {
    edges
        .iter()
        .filter(|edge| edge.from != TESTS)
        .filter_map(fault)
        .collect()
}

fn fault(edge: &Edge) -> Option<String> {
    let Edge { from, to, .. } = edge;
    if !edge.ours {
        let owners = OWNERS.iter().filter(|(heavy, _)| heavy == to);
        let owners: Vec<&str> = owners.map(|(_, owner)| *owner).collect();
        let is_free = owners.is_empty() || owners.contains(&from.as_str());
        return (!is_free).then(|| format!("{from} uses {to}, which {} owns", owners.join(" or ")));
    }
    let guest = ["plugins/", "sdk/guests/"]
        .iter()
        .any(|place| edge.folder.starts_with(place));
    let allowed: &[&str] = match ALLOWED.iter().find(|(name, _)| name == from) {
        Some((_, allowed)) => allowed,
        None if guest => &["dinh-sdk"],
        None => return Some(format!("{from} has no place in the crate graph")),
    };
    (!allowed.contains(&to.as_str())).then(|| format!("{from} must not use {to}"))
}

#[test]
fn every_crate_uses_only_what_its_place_in_the_graph_allows() {
    let edges = declared_edges();
    assert!(edges.iter().any(|edge| edge.ours && edge.from == "dinh"));
    assert_eq!(forbidden(&edges), Vec::<String>::new());
}

#[test]
fn a_forbidden_edge_is_named() {
    let edge = |from: &str, folder: &str, to: &str, ours| Edge {
        from: from.to_owned(),
        folder: folder.to_owned(),
        to: to.to_owned(),
        ours,
    };
    let broken = [
        edge("dinh-web", "host/web", "dinh-store", true),
        edge("dinh-portal", "host/portal", "dinh-web", true),
        edge("dinh-search", "host/search", "dinh-store", true),
        edge("dinh-domain", "host/domain", "dinh-sdk", true),
        edge("questions", "plugins/questions", "dinh-domain", true),
        edge("dinh-mail", "host/mail", "dinh-domain", true),
        edge("dinh-portal", "host/portal", "sqlx", false),
        edge("dinh", "host/dinh", "wasmtime", false),
    ];
    assert_eq!(forbidden(&broken).len(), broken.len());
    let sound = [
        edge("questions", "plugins/questions", "dinh-sdk", true),
        edge("dinh-store", "host/store", "sqlx", false),
        edge("dinh-web", "host/web", "serde", false),
        edge(TESTS, "tests", "sqlx", false),
    ];
    assert_eq!(forbidden(&sound), Vec::<String>::new());
}
