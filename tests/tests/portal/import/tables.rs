//! Tables of the General Statistics Office, one release each. `DINH_REAL_DATA` names the folder of the real ones.

use std::path::Path;

use dinh::import::Import;
use dinh_tests::TestPortal;

use super::rows::{file, refusal, run};

fn wanted(path: &Path, map: &str) -> Import {
    Import {
        collection: "statistics/release".to_owned(),
        file: path.to_owned(),
        site: "yen-the".to_owned(),
        map: Some(map.to_owned()),
        format: None,
        dry_run: false,
        rejects: None,
        json: true,
    }
}

const MARKETS: &str = "\u{feff}\"Number of markets by Cities, provincies and Year\"\r\n\r\n\
    \"Cities, provincies\";\"2015\";\"Prel. 2016\"\r\n\" WHOLE COUNTRY\";8660.0;8513.5\r\n\"Bac Giang\";..;132.0\r\n";

#[tokio::test]
async fn a_table_becomes_a_release_and_the_next_one_of_its_name_a_revision() {
    let portal = TestPortal::demo().await;
    let path = file(portal.folder(), "markets.csv", MARKETS.as_bytes());
    let dry = Import {
        dry_run: true,
        ..wanted(&path, "gso-years")
    };
    assert_eq!(run(&portal, dry).await.0.created, 1);
    let page = "/thong-ke/number-of-markets";
    portal
        .visitor()
        .get("localhost", page)
        .await
        .assert_status(404);
    assert_eq!(run(&portal, wanted(&path, "gso-years")).await.0.created, 1);
    let shown = portal.visitor().get("localhost", page).await;
    shown
        .assert_status(200)
        .assert_contains("WHOLE COUNTRY")
        .assert_contains("<td>8.660,0</td>")
        .assert_contains("<td>..</td>")
        .assert_contains("8.513,5<sup>p</sup>");
    assert_eq!(
        run(&portal, wanted(&path, "gso-years")).await.0.unchanged,
        1
    );
    let newer = MARKETS.replace("132.0", "133.0");
    file(portal.folder(), "markets.csv", newer.as_bytes());
    assert_eq!(run(&portal, wanted(&path, "gso-years")).await.0.updated, 1);
    let shown = portal.visitor().get("localhost", page).await;
    shown.assert_contains("133,0").assert_lacks("132,0");
}

#[tokio::test]
async fn a_table_that_does_not_fit_its_mapping_is_told_cell_by_cell() {
    let portal = TestPortal::demo().await;
    let odd = MARKETS.replace("..", "a lot").replace("8513.5", "8,51,3");
    let path = file(portal.folder(), "markets.csv", odd.as_bytes());
    let (count, reason) = run(&portal, wanted(&path, "gso-years")).await;
    assert_eq!((count.created, count.rejected), (0, 1));
    assert!(reason.unwrap().contains("markets.csv.rejects.jsonl"));
    let list = std::fs::read_to_string(portal.folder().join("markets.csv.rejects.jsonl")).unwrap();
    for part in ["C4: “8,51,3”", "B5: “a lot”"] {
        assert!(list.contains(part), "{part}\n{list}");
    }
    let (count, _) = run(&portal, wanted(&path, "gso-years-items")).await;
    assert_eq!(count.rejected, 1, "a year alone cannot be split");
    let path = file(portal.folder(), "markets.csv", b"\x7fELF\x00");
    let told = refusal(&portal, wanted(&path, "gso-years")).await;
    assert!(told.contains("neither CSV nor ODS nor XLSX"), "{told}");
}

/// The shared files, each with its mapping.
const REAL: [(&str, &str); 13] = [
    (
        "Foreign direct investment projects licensed by province (Accumulation of projects having effect as of 31-12-2016)",
        "gso-items",
    ),
    ("Gross output of wood by province", "gso-years"),
    ("Land use by province (As of 31 December 2015)", "gso-items"),
    (
        "Number of classes of general education as of 30 September by province",
        "gso-years-items",
    ),
    (
        "Number of direct teaching teachers of general education as of 30 September by province",
        "gso-years-items",
    ),
    (
        "Number of ethnic minority direct teaching teachers of general education as of 30 September by some provinces",
        "gso-years-items",
    ),
    (
        "Number of markets as of annual December 31st by province",
        "gso-frame",
    ),
    (
        "Number of school of general education as of 30 September by province",
        "gso-years-items",
    ),
    (
        "Number of schools, classes, teachers and pupils of kindergarten education as of 30 September by province",
        "gso-years-items",
    ),
    (
        "Number of teachers, students in universities and colleges by province",
        "gso-years-items",
    ),
    ("Planted area of cassava by province", "gso-years"),
    (
        "Spatial cost of living index among provinces (Ha Noi = 100)",
        "gso-years",
    ),
    (
        "Turnover of travelling at current prices by province",
        "gso-years",
    ),
];

/// The first figure of a file; none where its sign says that there is none.
fn first_figure(path: &Path, map: &str) -> Option<f64> {
    let text = std::fs::read_to_string(path).unwrap();
    let row = text.lines().nth(if map == "gso-frame" { 2 } else { 3 });
    let cell = row.unwrap().rsplit("\";").next().unwrap().split(';').next();
    let cell = match map {
        "gso-frame" => row.unwrap().split('"').nth(3),
        _ => cell,
    };
    cell.unwrap().parse().ok()
}

#[tokio::test]
async fn the_shared_tables_become_releases() {
    let Some(folder) = std::env::var_os("DINH_REAL_DATA") else {
        println!("skipped: DINH_REAL_DATA is not set");
        return;
    };
    let folder = Path::new(&folder).join("statistics");
    let portal = TestPortal::demo().await;
    for (name, map) in REAL {
        let path = folder.join(format!("{name}.csv"));
        let rejects = portal.folder().join("rejects.jsonl");
        let import = Import {
            rejects: Some(rejects.clone()),
            ..wanted(&path, map)
        };
        let (count, _) = run(&portal, import).await;
        let list = std::fs::read_to_string(rejects).unwrap_or_default();
        assert_eq!(count.created, 1, "{name}\n{list}");
        let found = portal.visitor().search("localhost", name).await;
        let page = found.page().rows()[0].address.clone();
        let shown = portal.visitor().get("localhost", &page).await;
        shown.assert_status(200).assert_contains("gso.gov.vn");
        let table = format!("{page}/bang/so-lieu.json");
        let table = portal.visitor().get("localhost", &table).await;
        let table = table.assert_status(200).json();
        let dimensions = if map == "gso-years-items" { 3 } else { 2 };
        assert_eq!(table["size"].as_array().unwrap().len(), dimensions);
        assert_eq!(
            table["value"][0].as_f64(),
            first_figure(&path, map),
            "{name}"
        );
    }
}
