use std::fmt::Write;

use super::*;

fn feature(code: &str, rings: &str) -> String {
    format!(
        r#"{{"type":"Feature","properties":{{"code":"{code}"}},"geometry":{{"type":"Polygon","coordinates":{rings}}}}}"#
    )
}

fn file(features: &[String]) -> String {
    let features = features.join(",");
    format!(r#"{{"type":"FeatureCollection","features":[{features}]}}"#)
}

const SQUARE: &str = "[[[106.1,21.4],[106.2,21.4],[106.2,21.5],[106.1,21.5],[106.1,21.4]]]";

fn told(text: &str) -> Vec<String> {
    let faults = read_areas(text.as_bytes()).unwrap_err();
    faults.iter().map(ToString::to_string).collect()
}

#[test]
fn features_become_areas_with_their_codes() {
    let several = format!(
        r#"{{"type":"Feature","id":7246,"properties":null,"geometry":{{"type":"MultiPolygon","coordinates":[{SQUARE}]}}}}"#
    );
    let text = file(&[feature("07243", SQUARE), several]);
    let read = read_areas(format!("\u{feff}{text}").as_bytes()).unwrap();
    let codes: Vec<&str> = read.iter().map(|it| it.code.as_str()).collect();
    assert_eq!(codes, ["07243", "7246"]);
    let ring = &read[0].area.polygons()[0][0];
    assert_eq!(ring.len(), 5);
    assert!(ring.contains(&[10_620_000, 2_150_000]), "{ring:?}");
}

#[test]
fn everything_that_is_wrong_is_told_at_once_with_its_feature() {
    let open = "[[[106.1,21.4],[106.2,21.4],[106.2,21.5],[106.1,21.5]]]";
    let crossed = "[[[106.1,21.4],[106.2,21.5],[106.2,21.4],[106.1,21.5],[106.1,21.4]]]";
    let metres =
        "[[[412000.5,2371000.0],[412900.0,2371000.0],[412900.0,2372000.0],[412000.5,2371000.0]]]";
    let point = r#"{"type":"Feature","properties":{"code":"5"},"geometry":{"type":"Point","coordinates":[106.1,21.4]}}"#;
    let text = file(&[
        feature("1", open),
        feature("2", crossed),
        feature("3", metres),
        feature("4", SQUARE),
        feature("4", SQUARE),
        point.to_owned(),
        feature("", SQUARE),
    ]);
    let told = told(&text);
    for (at, words) in [
        "feature 1 (1): a ring has at least four corners, and its last is its first",
        "feature 2 (2): ",
        "feature 3 (3): a corner is longitude",
        "features 4 and 5 have the code 4",
        "feature 6 (5) is no polygon",
        "feature 7 has no code",
    ]
    .into_iter()
    .enumerate()
    {
        assert!(told[at].starts_with(words), "{told:#?}");
    }
    assert_eq!(told.len(), 6);
}

#[test]
fn what_is_no_collection_is_refused() {
    for (text, words) in [
        ("{", "this is no GeoJSON"),
        (r#"{"type":"Point","coordinates":[1,2]}"#, "has 0"),
        (r#"{"type":"FeatureCollection","features":[]}"#, "has 0"),
        (
            r#"{"type":"FeatureCollection","features":7}"#,
            "this is no GeoJSON",
        ),
    ] {
        assert!(told(text)[0].contains(words), "{text}: {:?}", told(text));
    }
    let large = vec![b' '; AREAS_BYTES_MAX + 1];
    assert_eq!(
        read_areas(&large),
        Err(vec![AreaFileFault::Large(large.len())])
    );
}

/// A circle of many corners, each a little off.
fn fine(corners: usize) -> String {
    let mut ring = String::new();
    for at in 0..=corners {
        let turn = (at % corners) as f64 / corners as f64 * std::f64::consts::TAU;
        let far = 0.1 + 0.001 * ((at % corners % 7) as f64 / 7.0);
        let comma = if at == 0 { "" } else { "," };
        let (x, y) = (106.0 + far * turn.cos(), 21.0 + far * turn.sin());
        write!(ring, "{comma}[{x},{y}]").unwrap();
    }
    format!("[[{ring}]]")
}

#[test]
fn a_fine_area_is_made_coarser_and_one_that_is_finer_than_is_read_is_refused() {
    let read = read_areas(file(&[feature("1", &fine(20_000))]).as_bytes()).unwrap();
    let ring = &read[0].area.polygons()[0][0];
    assert!(
        (50..=MAX_AREA_POINTS).contains(&ring.len()),
        "{}",
        ring.len()
    );
    let [[west, south], [east, north]] = read[0].area.ends();
    for (found, wanted) in [(west, 105.9), (east, 106.1), (south, 20.9), (north, 21.1)] {
        assert!((found - wanted).abs() < 0.01, "{found} is not {wanted}");
    }
    let told = told(&file(&[feature("1", &fine(RAW_POINTS_MAX))]));
    assert!(told[0].contains("at most 100000 are read"), "{told:?}");
}
