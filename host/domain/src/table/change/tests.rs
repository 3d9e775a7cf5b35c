use super::*;

fn cell(scaled: Option<i64>, mark: Mark) -> Cell {
    Cell { scaled, mark }
}

fn change(from: i64, to: i64) -> Change {
    let plain = |it| cell(Some(it), Mark::Plain);
    Change::between(plain(from), plain(to)).unwrap()
}

#[test]
fn a_change_is_exact_and_its_share_is_rounded_away_from_zero() {
    for (from, to, difference, tenths) in [
        (200, 213, 13, Some(65)),
        (200, 187, -13, Some(-65)),
        (3, 4, 1, Some(333)),
        (3, 5, 2, Some(667)),
        (2_000, 2_001, 1, Some(1)),
        (2_000, 1_999, -1, Some(-1)),
        (7, 7, 0, Some(0)),
        (0, 5, 5, None),
        (-4, 4, 8, None),
    ] {
        let found = change(from, to);
        assert_eq!(
            (found.difference, found.tenths),
            (difference, tenths),
            "{from} to {to}"
        );
    }
}

#[test]
fn a_change_is_as_certain_as_the_less_certain_number_and_needs_both() {
    let plain = cell(Some(10), Mark::Plain);
    let early = cell(Some(12), Mark::Preliminary);
    let guess = cell(Some(12), Mark::Estimated);
    let mark = |former, later| Change::between(former, later).map(|it| it.mark);
    assert_eq!(mark(plain, early), Some(Mark::Preliminary));
    assert_eq!(mark(guess, early), Some(Mark::Estimated));
    assert_eq!(mark(plain, cell(None, Mark::NotCollected)), None);
    let most = cell(Some(i64::MAX), Mark::Plain);
    assert_eq!(mark(cell(Some(-1), Mark::Plain), most), None);
}
