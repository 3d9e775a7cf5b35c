use super::{Grant, Line, Reach, Right, Role, Staff, all};
use crate::ids::{AccountId, OrganisationId};
use crate::site::{Directory, Organisation, Places};

fn id(text: &str) -> OrganisationId {
    OrganisationId::new(text).unwrap()
}

fn directory() -> Directory {
    places().into()
}

fn places() -> Places {
    let organisation = |own: &str, parent: Option<&str>| Organisation {
        id: id(own),
        parent: parent.map(id),
        kind: "unit".to_owned(),
        name: own.to_owned(),
    };
    Places {
        former_mounts: Vec::new(),
        organisations: vec![
            organisation("district", None),
            organisation("commune", Some("district")),
            organisation("other", Some("district")),
        ],
        ..Places::default()
    }
}

fn staff(role: &str, organisation: &str) -> Staff {
    Staff {
        account: AccountId::new("lan").unwrap(),
        grants: vec![Grant {
            role: Role::new(role).unwrap(),
            organisation: id(organisation),
        }],
        acting: Vec::new(),
    }
}

#[test]
fn the_table_can_be_read_and_every_role_has_a_name_and_a_right() {
    let table: std::collections::BTreeMap<String, Line> =
        toml::from_str(include_str!("permissions.toml")).unwrap();
    assert_eq!(table.len(), all().count());
    for (id, line) in &table {
        assert!(!line.name.is_empty(), "{id}");
        assert!(
            !(line.own.is_empty() && line.below.is_empty() && line.wrote.is_empty()),
            "{id}"
        );
    }
    assert_eq!(Role::new("unit-head").unwrap().name(), "Thủ trưởng đơn vị");
    let told = Role::new("king").unwrap_err().to_string();
    assert!(
        told.contains("`king`") && told.contains("unit-officer"),
        "{told}"
    );
}

#[test]
fn a_right_reaches_as_far_as_the_table_says_and_no_further() {
    let directory = directory();
    let reach = |role: &str, at: &str, right, asked: &str| {
        staff(role, at).reach(right, &directory, &id(asked))
    };
    let all = Some(Reach::All);
    assert_eq!(
        reach("board-head", "district", Right::Publish, "commune"),
        all
    );
    assert_eq!(
        reach("board-head", "commune", Right::Publish, "district"),
        None
    );
    assert_eq!(reach("unit-head", "commune", Right::Review, "commune"), all);
    assert_eq!(reach("unit-head", "commune", Right::Review, "other"), None);
    assert_eq!(
        reach("unit-head", "district", Right::Review, "commune"),
        None
    );
    assert_eq!(
        reach("unit-officer", "commune", Right::Review, "commune"),
        None
    );
    assert_eq!(
        reach("contributor", "commune", Right::See, "commune"),
        Some(Reach::Wrote)
    );
}

#[test]
fn who_inspects_changes_nothing() {
    let inspector = staff("inspector", "district");
    let directory = directory();
    for right in [
        Right::Write,
        Right::Review,
        Right::Publish,
        Right::TakeDown,
        Right::People,
        Right::Organisations,
        Right::Modules,
    ] {
        assert_eq!(
            inspector.reach(right, &directory, &id("district")),
            None,
            "{right:?}"
        );
    }
    assert!(inspector.may(Right::See, &directory, &id("commune"), None));
}

#[test]
fn who_contributes_has_what_he_wrote_and_nothing_else() {
    let (lan, other) = (
        staff("contributor", "commune"),
        AccountId::new("hoa").unwrap(),
    );
    let may =
        |author: Option<&AccountId>| lan.may(Right::Write, &directory(), &id("commune"), author);
    assert!(may(Some(&lan.account)));
    assert!(!may(Some(&other)));
    assert!(!may(None));
}

#[test]
fn two_roles_reach_as_far_as_the_further_one() {
    let mut both = staff("contributor", "commune");
    both.grants.extend(staff("unit-officer", "commune").grants);
    let reach = both.reach(Right::Write, &directory(), &id("commune"));
    assert_eq!(reach, Some(Reach::All));
}

#[test]
fn who_covers_a_role_has_all_that_it_gives_and_as_far() {
    let mut places = places();
    places.organisations.push(Organisation {
        id: id("hamlet"),
        parent: Some(id("commune")),
        kind: "unit".to_owned(),
        name: "hamlet".to_owned(),
    });
    let directory = Directory::from(places);
    let covers = |mine: &str, at: &str, role: &str, asked: &str| {
        staff(mine, at).covers(&Role::new(role).unwrap(), &directory, &id(asked))
    };
    assert!(covers("board-head", "district", "unit-head", "commune"));
    assert!(covers("site-head", "commune", "unit-officer", "commune"));
    assert!(!covers(
        "standing-office",
        "district",
        "unit-head",
        "commune"
    ));
    // The role would see below the commune, and its giver does not.
    assert!(!covers("site-head", "commune", "desk-editor", "commune"));
    assert!(!covers("site-head", "commune", "unit-officer", "other"));
}
