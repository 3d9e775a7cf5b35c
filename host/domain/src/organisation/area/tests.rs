use super::*;

const SQUARE: [Corner; 5] = [[0, 0], [10, 0], [10, 10], [0, 10], [0, 0]];

#[test]
fn an_area_is_closed_on_the_earth_and_not_too_fine() {
    let area = |ring: &[Corner]| Area::new(vec![vec![ring.to_vec()]]);
    assert!(area(&SQUARE).is_ok());
    assert_eq!(area(&SQUARE[..4]), Err(AreaFault::Open));
    assert_eq!(area(&SQUARE[..1]), Err(AreaFault::Open));
    assert_eq!(Area::new(vec![vec![]]), Err(AreaFault::Empty));
    assert_eq!(Area::new(vec![]), Err(AreaFault::Empty));
    let swapped = [[0, 0], [1, 10_600_000], [1, 1], [0, 0]];
    assert_eq!(area(&swapped), Err(AreaFault::Off));
    let fine = vec![[0, 0]; MAX_AREA_POINTS + 1];
    assert_eq!(area(&fine), Err(AreaFault::Fine(MAX_AREA_POINTS + 1)));
}

#[test]
fn an_area_comes_back_as_it_was_kept_and_a_broken_one_does_not() {
    let area = Area::new(vec![vec![SQUARE.to_vec()]]).unwrap();
    let text = serde_json::to_string(&area).unwrap();
    assert_eq!(serde_json::from_str::<Area>(&text).unwrap(), area);
    assert!(serde_json::from_str::<Area>("[[[[0,0],[1,1]]]]").is_err());
    assert_eq!(area.ends(), [[0.0, 0.0], [0.0001, 0.0001]]);
}
