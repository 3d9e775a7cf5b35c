use dinh_store::Total;

use super::rest;

fn total(count: u64, sum: i128) -> Total {
    Total {
        value: None,
        count,
        sums: vec![sum],
    }
}

#[test]
fn what_has_no_line_of_its_own_is_added_up() {
    let whole = total(700, 9_000);
    let parts = [total(400, 5_000), total(100, 1_500)];
    let rest = rest(&whole, &parts).unwrap();
    assert_eq!((rest.count, rest.sums), (200, vec![2_500]));
}

#[test]
fn where_every_value_has_a_line_nothing_is_left() {
    assert!(rest(&total(5, 7), &[total(2, 3), total(3, 4)]).is_none());
    assert!(rest(&total(0, 0), &[]).is_none());
}
