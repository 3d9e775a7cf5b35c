use super::{HomeChange, HomePlace, arranged, changed};

const OFF: &str = "off/b";

/// `-a` is hidden.
fn places(names: &[&str]) -> Vec<HomePlace> {
    let places = names.iter().map(|name| HomePlace {
        block: name.trim_start_matches('-').to_owned(),
        hidden: name.starts_with('-'),
    });
    places.collect()
}

fn after(names: &[&str], change: HomeChange) -> Vec<HomePlace> {
    changed(places(names), &change, |it| it != OFF)
}

#[test]
fn what_is_new_stands_behind_what_was_placed_and_what_is_gone_keeps_its_place() {
    let placed = places(&["x/gone", "-x/b", "x/a"]);
    let all = arranged(&placed, ["x/a", "x/b", "x/new"]);
    assert_eq!(all, places(&["x/gone", "-x/b", "x/a", "x/new"]));
    assert_eq!(arranged(&[], ["x/a", "x/b"]), places(&["x/a", "x/b"]));
}

#[test]
fn a_block_moves_past_the_next_one_that_is_listed() {
    let up = |it: &str| HomeChange::Up(it.to_owned());
    let down = |it: &str| HomeChange::Down(it.to_owned());
    let now = ["x/a", OFF, "x/c", "x/d"];
    assert_eq!(after(&now, up("x/c")), places(&["x/c", "x/a", OFF, "x/d"]));
    assert_eq!(
        after(&now, down("x/a")),
        places(&[OFF, "x/c", "x/a", "x/d"])
    );
    assert_eq!(after(&now, up("x/a")), places(&now));
    assert_eq!(after(&now, down("x/d")), places(&now));
    assert_eq!(after(&now, up("x/unknown")), places(&now));
}

#[test]
fn a_hidden_block_comes_back_at_its_place() {
    let hidden = after(&["x/a", "x/b"], HomeChange::Hide("x/a".to_owned()));
    assert_eq!(hidden, places(&["-x/a", "x/b"]));
    let shown = changed(hidden, &HomeChange::Show("x/a".to_owned()), |_| true);
    assert_eq!(shown, places(&["x/a", "x/b"]));
    assert_eq!(after(&["-x/a"], HomeChange::Reset), []);
}
