//! A district and its communes through mergers, a split and an end.

use super::walk::{children, predecessors};
use super::{Change, Chronicle, EndKind, OrganisationFault, Recorded};
use crate::dates::LocalDate;
use crate::ids::OrganisationId;

fn id(text: &str) -> OrganisationId {
    OrganisationId::new(text).unwrap()
}

fn day(text: &str) -> LocalDate {
    LocalDate::parse(text).unwrap()
}

fn founded(name: &str, code: Option<&str>, parent: Option<&str>) -> Change {
    Change::Founded {
        name: name.to_owned(),
        kind: "xã".to_owned(),
        code: code.map(str::to_owned),
        parent: parent.map(id),
    }
}

fn ended(how: EndKind, successors: &[&str]) -> Change {
    let successors = successors.iter().map(|it| id(it)).collect();
    Change::Ended { how, successors }
}

/// Records or says why not.
fn and(it: &Chronicle, of: &str, on: &str, change: Change) -> Result<Chronicle, OrganisationFault> {
    it.with(Recorded {
        number: i64::try_from(it.recorded.len()).unwrap() + 1,
        of: id(of),
        on: day(on),
        change,
        act: String::new(),
    })
}

fn all(changes: &[(&str, &str, Change)]) -> Chronicle {
    changes
        .iter()
        .fold(Chronicle::default(), |it, (of, on, change)| {
            and(&it, of, on, change.clone()).unwrap()
        })
}

/// A district with two communes; `north` gives its code to `new` when both merge into it.
fn district() -> Chronicle {
    all(&[
        (
            "district",
            "1957-01-01",
            founded("Yên Thế", Some("215"), None),
        ),
        (
            "north",
            "1957-01-01",
            founded("Canh Nậu", Some("07246"), Some("district")),
        ),
        (
            "south",
            "1957-01-01",
            founded("Xuân Lương", Some("07249"), Some("district")),
        ),
        (
            "province",
            "1957-01-01",
            founded("Bắc Ninh", Some("24"), None),
        ),
    ])
}

fn merged() -> Chronicle {
    let it = district();
    // The code is free only when the one that had it is gone.
    let refused = and(
        &it,
        "new",
        "2025-07-01",
        founded("Xuân Lương", Some("07246"), Some("province")),
    );
    assert!(
        matches!(refused, Err(OrganisationFault::SameCode { .. })),
        "{refused:?}"
    );
    let it = and(
        &it,
        "new",
        "2025-07-01",
        founded("Xuân Lương", None, Some("province")),
    )
    .unwrap();
    let it = and(&it, "north", "2025-07-01", ended(EndKind::Merged, &["new"])).unwrap();
    let it = and(&it, "south", "2025-07-01", ended(EndKind::Merged, &["new"])).unwrap();
    and(
        &it,
        "new",
        "2025-07-01",
        Change::Code(Some("07246".to_owned())),
    )
    .unwrap()
}

#[test]
fn every_day_shows_what_stood_then() {
    let it = merged();
    let before = it.on(day("2025-06-30"));
    let below = children(&before);
    assert!(below[&None].iter().any(|it| it.id == id("district")));
    let names: Vec<&str> = below[&Some(&id("district"))]
        .iter()
        .map(|it| it.name.value.as_str())
        .collect();
    assert_eq!(names, ["Canh Nậu", "Xuân Lương"]);
    assert_eq!(before[&id("north")].code.value.as_deref(), Some("07246"));
    let after = it.on(day("2025-07-01"));
    assert!(!children(&after).contains_key(&Some(&id("district"))));
    assert_eq!(after[&id("new")].code.value.as_deref(), Some("07246"));
    let end = after[&id("north")].end.as_ref().unwrap();
    assert_eq!(
        (end.since, end.value.how),
        (day("2025-07-01"), EndKind::Merged)
    );
    assert!(it.on(day("1956-12-31")).is_empty());
    assert_eq!(
        it.successors_on(&id("north"), day("2030-01-01")),
        [id("new")]
    );
    assert_eq!(
        it.successors_on(&id("north"), day("2025-06-30")),
        [id("north")]
    );
    let (north, south) = (id("north"), id("south"));
    assert_eq!(predecessors(&after)[&id("new")], [&north, &south]);
    assert!(predecessors(&before).is_empty());
}

#[test]
fn a_chain_of_ends_leads_to_what_is_there_and_a_split_to_several() {
    let it = merged();
    let it = and(
        &it,
        "east",
        "2030-01-01",
        founded("Đông", None, Some("province")),
    )
    .unwrap();
    let it = and(
        &it,
        "west",
        "2030-01-01",
        founded("Tây", None, Some("province")),
    )
    .unwrap();
    let it = and(
        &it,
        "new",
        "2030-01-01",
        ended(EndKind::Split, &["east", "west"]),
    )
    .unwrap();
    let found = it.successors_on(&id("south"), day("2031-01-01"));
    assert_eq!(found, [id("east"), id("west")]);
}

fn name(text: &str) -> Change {
    Change::Name(text.to_owned())
}

fn below(parent: &str) -> Change {
    Change::Parent(Some(id(parent)))
}

#[test]
fn what_would_not_make_sense_on_any_day_is_refused() {
    let it = merged();
    let head = Change::Head(Some("a\nb".to_owned()));
    let code = Change::Code(Some("24".to_owned()));
    let child = |parent| founded("x", None, Some(parent));
    let end = |how, successors: &[&str]| ended(how, successors);
    let cases = [
        ("new", founded("x", None, None), "an organisation"),
        ("nobody", name("x"), "there is no organisation"),
        ("north", name("x"), "has ended"),
        ("child", child("north"), "nothing can stand below"),
        ("child", child("nobody"), "nothing can stand below"),
        ("new", below("new"), "above itself"),
        ("new", below("south"), "nothing can stand below"),
        ("new", code, "would have the code"),
        ("new", name(" "), "1 to 200 characters"),
        ("new", head, "1 to 200 characters"),
        ("new", name(&"x".repeat(201)), "1 to 200 characters"),
        ("new", end(EndKind::Merged, &[]), "one successor"),
        ("new", end(EndKind::Merged, &["new"]), "one successor"),
        ("new", end(EndKind::Split, &["district"]), "one successor"),
        ("new", end(EndKind::Merged, &["north"]), "is not there"),
        (
            "province",
            end(EndKind::Abolished, &[]),
            "nothing can stand",
        ),
    ];
    for (of, change, told) in cases {
        let refused = and(&it, of, "2026-01-01", change.clone());
        let refused = refused.unwrap_err().to_string();
        assert!(refused.contains(told), "{of} {change:?}: {refused}");
    }
    // What was recorded for another day stands against it, too.
    let code = and(&it, "new", "2025-07-01", Change::Code(None));
    assert!(matches!(code, Err(OrganisationFault::SameDay { .. })));
    let early = and(&it, "new", "2025-01-01", name("x"));
    assert!(matches!(early, Err(OrganisationFault::Unknown { .. })));
    for on in ["2025-07-01", "2025-01-01"] {
        let of = if on == "2025-07-01" { "new" } else { "north" };
        let end = and(&it, of, on, ended(EndKind::Abolished, &[]));
        assert!(matches!(end, Err(OrganisationFault::Ended { .. })), "{on}");
    }
}

#[test]
fn a_circle_is_refused_on_whichever_later_day_it_would_close() {
    let it = district();
    let it = and(
        &it,
        "north",
        "2020-01-01",
        Change::Parent(Some(id("south"))),
    )
    .unwrap();
    for on in ["2019-01-01", "2020-01-01", "2021-01-01"] {
        let refused = and(&it, "south", on, Change::Parent(Some(id("north")))).unwrap_err();
        assert!(
            matches!(refused, OrganisationFault::Circle { .. }),
            "{on}: {refused:?}"
        );
    }
    // Before, while the first was elsewhere, it is none.
    let it = and(
        &it,
        "south",
        "2018-01-01",
        Change::Parent(Some(id("north"))),
    )
    .unwrap_err();
    assert!(matches!(it, OrganisationFault::Circle { .. }));
}
