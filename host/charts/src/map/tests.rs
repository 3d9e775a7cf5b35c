use super::*;

fn square(name: &str, west: f64, value: Option<f64>) -> MapArea {
    let (east, south, north) = (west + 0.1, 21.4, 21.5);
    let ring = vec![
        [west, south],
        [east, south],
        [east, north],
        [west, north],
        [west, south],
    ];
    MapArea {
        name: name.to_owned(),
        rings: vec![ring],
        value,
    }
}

fn map(values: &[Option<f64>]) -> Map {
    let areas = values.iter().enumerate();
    Map {
        title: "Dân số <2014>".to_owned(),
        areas: areas
            .map(|(at, it)| square(&format!("Xã {at}"), 106.0 + at as f64 * 0.1, *it))
            .collect(),
        of: "2014, người".to_owned(),
        nothing: "Không có số liệu".to_owned(),
    }
}

fn fills(drawn: &str) -> Vec<&str> {
    let polygons = drawn.split("<polygon ").skip(1);
    polygons
        .filter_map(|it| it.split_once("fill=\"")?.1.split_once('"').map(|it| it.0))
        .collect()
}

#[test]
fn areas_are_as_dark_as_their_figures_and_the_legend_says_what_that_means() {
    let drawn = map_svg(&map(&[Some(10.0), Some(2_500.0), None, Some(30.0)])).unwrap();
    let found = fills(&drawn);
    assert_eq!(
        found,
        ["#EFF3FF", "#08519C", "#F0F0EB", "#6BAED6"],
        "{drawn}"
    );
    for words in [
        "Xã 1",
        "2.500",
        "Không có số liệu",
        "2014, người",
        "aria-label=\"Dân số &lt;2014&gt;\"",
    ] {
        assert!(drawn.contains(words), "{words}: {drawn}");
    }
    for word in ["style=", "<style", "<script", "href"] {
        assert!(!drawn.contains(word), "{word}");
    }
}

#[test]
fn a_degree_of_longitude_is_drawn_shorter_than_one_of_latitude() {
    let drawn = map_svg(&map(&[Some(1.0)])).unwrap();
    let corners = drawn
        .split_once("<polygon ")
        .unwrap()
        .1
        .split_once("points=\"")
        .unwrap()
        .1;
    let corners = corners.split_once('"').unwrap().0.split_whitespace();
    let corners: Vec<(f64, f64)> = corners
        .map(|it| it.split_once(',').unwrap())
        .map(|(x, y)| (x.parse().unwrap(), y.parse().unwrap()))
        .collect();
    let (wide, high) = (corners[1].0 - corners[0].0, corners[1].1 - corners[2].1);
    assert!((wide / high - 0.93).abs() < 0.01, "{wide} x {high}");
}

#[test]
fn many_figures_fall_into_five_classes_of_equal_size() {
    let values: Vec<Option<f64>> = (0..20).map(|it| Some(f64::from(it))).collect();
    let drawn = map_svg(&map(&values)).unwrap();
    let found = fills(&drawn);
    for colour in ["#EFF3FF", "#BDD7E7", "#6BAED6", "#3182BD", "#08519C"] {
        assert_eq!(
            found.iter().filter(|it| **it == colour).count(),
            4,
            "{found:?}"
        );
    }
}

#[test]
fn what_makes_no_map_is_told() {
    assert_eq!(map_svg(&map(&[None])), Err(NoChart::Empty));
    let mut flat = map(&[Some(1.0)]);
    flat.areas[0].rings = vec![vec![[106.0, 21.0]; 5]];
    assert_eq!(map_svg(&flat), Err(NoChart::Unfit));
    assert_eq!(
        map_svg(&map(&[Some(1.0); MAX_AREAS + 1])),
        Err(NoChart::TooMuch)
    );
}
