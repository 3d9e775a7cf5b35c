use super::sample::{self, Sample};
use super::sdk::Sdk;
use super::{name, standalone};

fn called() -> Sample {
    Sample {
        id: "sample".to_owned(),
        mount: "mau".to_owned(),
    }
}

#[test]
fn names_are_replaced_where_they_stand_alone() {
    let text = "id = \"sample\"\nGET /mau/x\nsample/meeting\nhttps://a.sample sampled mau-a samplesample\n";
    assert_eq!(
        called().renamed(text, "land-prices"),
        "id = \"land-prices\"\nGET /land-prices/x\nland-prices/meeting\nhttps://a.sample sampled mau-a samplesample\n"
    );
}

#[test]
fn what_is_only_of_the_sample_is_left_out() {
    let text = "# sample\nOnly here. <!-- of the sample alone -->\nStays.\n\
        use a; // of the sample alone\nuse b;\n    # of the sample alone from here\n\n[one]\n# to here\nend\n";
    assert_eq!(called().renamed(text, "a"), "# a\nStays.\nuse b;\nend\n");
}

#[test]
fn files_are_left_out_that_a_marked_line_of_the_readme_names() {
    let readme = "| `src/a.rs` | `code` |\n| `src/b.rs`, `cases/b.case` | b | <!-- of the sample alone -->\n";
    let files: Vec<String> = sample::files(readme).into_iter().collect();
    assert_eq!(files, ["cases/b.case", "src/b.rs"]);
}

#[test]
fn names_that_cargo_or_the_host_would_refuse_are_refused_with_the_rule() {
    for good in ["news", "land-prices", "a1"] {
        assert_eq!(name::check(good), Ok(()), "{good}");
    }
    for bad in [
        "",
        "News",
        "tin tức",
        "1a",
        "a_b",
        "-a",
        "a-",
        "a--b",
        &"a".repeat(65),
        "../a",
    ] {
        let told = name::check(bad).unwrap_err();
        assert!(told.contains("such as `land-prices`"), "{told}");
    }
    for taken in ["test", "fn", "dinh-sdk"] {
        assert!(
            name::check(taken)
                .unwrap_err()
                .contains("Rust or cargo use it")
        );
    }
}

const WORKSPACE: &str = r#"
[workspace]
members = ["a"]
[workspace.package]
version = "9.9.9"
edition = "2024"
license = "X"
[workspace.dependencies]
serde = { version = "1.0.1", features = ["derive"] }
dinh-sdk = { path = "sdk" }
wit-bindgen = "=0.1.0"
[profile.plugin]
inherits = "release"
"#;

const MEMBER: &str = r#"
[package]
name = "sample"
version.workspace = true
edition.workspace = true
license.workspace = true
[lints]
workspace = true
[dependencies]
dinh-sdk.workspace = true
serde.workspace = true
[target.'cfg(target_arch = "wasm32")'.dependencies]
wit-bindgen.workspace = true
"#;

#[test]
fn what_a_package_inherits_is_written_out() {
    let git = Sdk::Git("https://a.example/x.git".to_owned(), Some("abc".to_owned()));
    let text = standalone::plugin(MEMBER, WORKSPACE, "news", &git).unwrap();
    assert!(!text.contains("workspace = true"), "{text}");
    let table: toml::Table = toml::from_str(&text).unwrap();
    assert_eq!(table["package"]["name"].as_str(), Some("news"));
    assert_eq!(table["package"]["edition"].as_str(), Some("2024"));
    assert!(table["package"].get("license").is_none());
    assert!(table.get("lints").is_none());
    let needed = &table["dependencies"];
    assert_eq!(needed["serde"]["version"].as_str(), Some("1.0.1"));
    assert_eq!(
        needed["dinh-sdk"]["git"].as_str(),
        Some("https://a.example/x.git")
    );
    assert_eq!(needed["dinh-sdk"]["rev"].as_str(), Some("abc"));
    assert_eq!(
        table["profile"]["plugin"]["inherits"].as_str(),
        Some("release")
    );
    assert!(table.contains_key("workspace"));
    let library = standalone::library(MEMBER, WORKSPACE).unwrap();
    assert!(library.contains("=0.1.0") && library.contains("9.9.9"));
}

#[test]
fn an_sdk_is_a_folder_a_repository_or_a_version() {
    assert_eq!(Sdk::read(None), Ok(Sdk::Inside));
    assert_eq!(Sdk::read(Some("0.1")), Ok(Sdk::Version("0.1".to_owned())));
    let git = Sdk::read(Some("https://a.example/x.git#v1")).unwrap();
    assert_eq!(
        git,
        Sdk::Git("https://a.example/x.git".to_owned(), Some("v1".to_owned()))
    );
    assert!(
        Sdk::read(Some("no such thing"))
            .unwrap_err()
            .contains("give a folder")
    );
    let other = tempfile::tempdir().unwrap();
    let told = Sdk::read(other.path().to_str()).unwrap_err();
    assert!(told.contains("there is no Cargo.toml"), "{told}");
    std::fs::write(
        other.path().join("Cargo.toml"),
        "[package]\nname = \"other\"\n",
    )
    .unwrap();
    let told = Sdk::read(other.path().to_str()).unwrap_err();
    assert!(told.contains("is not that of dinh-sdk"), "{told}");
}
