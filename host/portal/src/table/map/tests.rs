use dinh_domain::table::Code;

use super::*;

fn unit(name: &str, short: &str, code: &str, east: i32) -> OnMap {
    let ring = vec![[east, 0], [east + 1, 0], [east, 1], [east, 0]];
    OnMap {
        code: Some(code.to_owned()),
        name: name.to_owned(),
        short: short.to_owned(),
        area: Area::new(vec![vec![ring]]).unwrap(),
    }
}

/// The places of some names among two communes that a tone mark tells apart, and two units that are called alike.
fn found(labels: &[&str]) -> Vec<(usize, String, i32)> {
    let known = [
        unit("Xã Đông Sơn", "Đông Sơn", "1", 10),
        unit("Xã Đồng Sơn", "Đồng Sơn", "2", 20),
        unit("Xã Bố Hạ", "Bố Hạ", "3", 30),
        unit("Thị trấn Bố Hạ", "Bố Hạ", "4", 40),
    ];
    let code = |label: &&str| Code {
        id: slugify(label, 40),
        label: (*label).to_owned(),
    };
    let dimension = Dimension {
        id: "xa".to_owned(),
        label: "Xã".to_owned(),
        role: Role::Geo,
        codes: labels.iter().map(code).collect(),
    };
    let picks: Vec<usize> = (0..labels.len()).collect();
    let found = places(&dimension, &picks, &known);
    let east = |area: &Area| area.polygons()[0][0][0][0];
    found
        .into_iter()
        .map(|(at, name, area)| (at, name, east(&area)))
        .collect()
}

#[test]
fn names_that_differ_by_a_tone_mark_are_different_places() {
    let labels = [
        "Xã Đồng Sơn",
        "xã đông sơn",
        "Đông Sơn",
        "Thị trấn Bố Hạ",
        "2",
        "Toàn huyện",
    ];
    let own = |at: usize, name: &str, east| (at, name.to_owned(), east);
    let wanted = [
        own(0, "Đồng Sơn", 20),
        own(1, "Đông Sơn", 10),
        own(2, "Đông Sơn", 10),
        own(3, "Thị trấn Bố Hạ", 40),
        own(4, "Đồng Sơn", 20),
    ];
    assert_eq!(found(&labels), wanted);
}

#[test]
fn a_name_that_fits_several_places_fits_none() {
    assert_eq!(found(&["Xa Dong Son", "Bố Hạ"]), []);
    assert_eq!(found(&["Xa Bo Ha"]), [(0, "Xã Bố Hạ".to_owned(), 30)]);
}
