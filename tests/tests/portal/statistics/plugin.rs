//! What a plugin is given of a table: cells of its own entries, as the visitor may see them.

use std::fs;

use dinh_tests::{TestPortal, copied_bundle, encoded, guest_code};
use serde_json::{Value, json};
use tempfile::TempDir;

const HOST: &str = "localhost";
const RELEASE: &str = "statistics/release";
const POPULATION: &str = "/thong-ke/dan-so-trung-binh-phan-theo-xa-va-gioi-tinh";

/// The demo, whose section of statistics has a page of code that shows cells.
async fn sliced() -> (TempDir, TestPortal) {
    let bundle = copied_bundle();
    let folder = bundle.path().join("plugins/statistics");
    let add = |name: &str, before: &str, text: &str| {
        let path = folder.join(name);
        let own = fs::read_to_string(&path).unwrap();
        assert!(own.contains(before), "{name} has no {before}");
        fs::write(path, own.replacen(before, &format!("{text}\n{before}"), 1)).unwrap();
    };
    let route = r#"
[[routes]]
name = "cut"
path = "lat-cat"
title = "route.cut"
query = ["collection", "id", "field", "pick"]
fallback = "list"
"#;
    add(
        "plugin.toml",
        "[publisher]",
        "capabilities = [\"content.read\"]\n",
    );
    let manifest = folder.join("plugin.toml");
    let own = fs::read_to_string(&manifest).unwrap();
    fs::write(&manifest, own + route).unwrap();
    for locale in ["vi", "en"] {
        let path = folder.join(format!("locales/{locale}.toml"));
        let own = fs::read_to_string(&path).unwrap();
        fs::write(path, own + "\n[route]\ncut = \"Lát cắt\"\n").unwrap();
    }
    let code = guest_code("slicer-guest");
    fs::copy(code, folder.join("plugin.wasm")).unwrap();
    let portal = TestPortal::demo_of_bundle(bundle.path()).await;
    (bundle, portal)
}

async fn told(portal: &TestPortal, host: &str, of: [&str; 3], pick: &str) -> Value {
    let [collection, id, field] = of.map(encoded);
    let pick = encoded(pick);
    let path =
        format!("/thong-ke/lat-cat?collection={collection}&field={field}&id={id}&pick={pick}");
    let answer = portal.visitor().get(host, &path).await;
    answer.assert_status(200).json()
}

async fn id_of(portal: &TestPortal) -> String {
    let id = portal.entry_id_in(RELEASE, "yen-the", POPULATION).await;
    id.to_string()
}

#[tokio::test]
async fn a_plugin_is_given_cells_in_the_order_in_which_it_asks() {
    let (_bundle, portal) = sliced().await;
    let id = id_of(&portal).await;
    let of = [RELEASE, id.as_str(), "figures"];
    let pick = "don-vi:xa-dong-son;gioi-tinh:nu,nam;nam:2014,2012";
    let cut = told(&portal, HOST, of, pick).await;
    assert_eq!(cut["unit"], "người");
    assert_eq!(
        cut["dimensions"],
        json!([["don-vi", 22], ["nam", 3], ["gioi-tinh", 2]])
    );
    // Years before sexes, as the table has them: the newest year is preliminary.
    let cells = json!([["2781", "p"], ["2696", "p"], ["2722", ""], ["2681", ""]]);
    assert_eq!(cut["cells"], cells);
    assert_eq!(told(&portal, HOST, of, "").await["count"], 132);
    let version = cut["version"].as_str().unwrap_or_default();
    assert_eq!(version.len(), 64, "{version}");
}

#[tokio::test]
async fn what_a_plugin_may_not_see_or_does_not_name_rightly_has_no_cells() {
    let (_bundle, portal) = sliced().await;
    let id = id_of(&portal).await;
    let asked = [
        (
            [RELEASE, &id, "figures"],
            "nam:1800",
            "`1800` is no value of the dimension `nam`",
        ),
        (
            [RELEASE, &id, "figures"],
            "thang:1",
            "`thang` is no dimension",
        ),
        (
            [RELEASE, &id, "figures"],
            "nam:2014,2014",
            "`2014` is named twice",
        ),
        (
            [RELEASE, &id, "summary"],
            "",
            "no field of the kind `table`",
        ),
        ([RELEASE, &id, "x"], "", "no field of the kind `table`"),
        ([RELEASE, "0", "figures"], "", "no such entry"),
        (
            ["statistics/indicator", &id, "figures"],
            "",
            "no field of the kind `table`",
        ),
        (
            ["legal-documents/document", &id, "figures"],
            "",
            "no collection of",
        ),
    ];
    for (of, pick, says) in asked {
        let cut = told(&portal, HOST, of, pick).await;
        let error = cut["error"].as_str().unwrap_or_default();
        assert!(error.contains(says), "{of:?} {pick}: {cut}");
    }
    let of = [RELEASE, id.as_str(), "figures"];
    // A commune's site does not show what is the district's.
    let commune = told(&portal, "dong-son.localhost", of, "").await;
    assert_eq!(commune["error"], "no such entry for this caller");
    portal
        .sql(&format!(
            "update entry set withdrawn_at = 1 where id = '{id}'"
        ))
        .await;
    let gone = told(&portal, HOST, of, "nam:2014").await;
    assert_eq!(gone["error"], "no such entry for this caller");
}
