use std::collections::HashMap;

use crate::ids::{AccountId, CollectionId, OrganisationId, PluginId, SiteId};
use crate::people::{Grant, Role, Staff};
use crate::site::{Contact, Directory, Module, Organisation, Places, Share, Site, SiteState};
use crate::visibility::{Actor, Purpose, Scope, Subject, scope, work_on};

fn site(id: &str) -> SiteId {
    SiteId::new(id).unwrap()
}

fn collection() -> CollectionId {
    CollectionId::parse("town-notes/note").unwrap()
}

fn directory() -> Directory {
    places().into()
}

/// A district with two communes and a union beside them; the union has no module.
fn places() -> Places {
    let organisation = |id: &str, parent: Option<&str>| Organisation {
        id: OrganisationId::new(id).unwrap(),
        parent: parent.map(|id| OrganisationId::new(id).unwrap()),
        kind: "unit".to_owned(),
        name: id.to_owned(),
    };
    let of = |id: &str| Site {
        id: site(id),
        organisation: OrganisationId::new(id).unwrap(),
        name: id.to_owned(),
        upper_line: String::new(),
        introduction: String::new(),
        state: SiteState::Live,
        host: format!("{id}.localhost"),
        aliases: Vec::new(),
        time_zone: "Asia/Ho_Chi_Minh".to_owned(),
        contact: Contact::default(),
    };
    let module = |id: &str| Module {
        site: site(id),
        plugin: PluginId::new("town-notes").unwrap(),
        mount: crate::ids::Slug::new("ghi-chep").unwrap(),
        enabled: true,
        share: Share::Search,
        position: 1,
    };
    Places {
        former_mounts: Vec::new(),
        home_places: HashMap::new(),
        organisations: vec![
            organisation("district", None),
            organisation("north", Some("district")),
            organisation("south", Some("district")),
            organisation("union", None),
        ],
        sites: ["district", "north", "south", "union"].map(of).to_vec(),
        modules: ["district", "north", "south"].map(module).to_vec(),
        collections: vec![collection()],
    }
}

fn seen(directory: &Directory, here: &str, purpose: Purpose) -> Vec<String> {
    let scope = scope(&Actor::Visitor, directory, &site(here), purpose);
    let sees = |id: &&&str| {
        scope.allows(Subject {
            site: &site(id),
            collection: &collection(),
            published: true,
            deleted: false,
            author: None,
        })
    };
    ["district", "north", "south", "union"]
        .iter()
        .filter(sees)
        .map(|id| (*id).to_owned())
        .collect()
}

#[test]
fn pages_show_the_site_s_own_and_searches_from_above_what_shares() {
    let directory = directory();
    assert_eq!(seen(&directory, "district", Purpose::Read), ["district"]);
    assert_eq!(
        seen(&directory, "district", Purpose::Search),
        ["district", "north", "south"]
    );
    assert_eq!(seen(&directory, "district", Purpose::List), ["district"]);
    assert_eq!(seen(&directory, "north", Purpose::Search), ["north"]);
    assert!(seen(&directory, "union", Purpose::Search).is_empty());
}

#[test]
fn edges_lead_to_what_the_sites_above_publish_too() {
    let directory = directory();
    assert_eq!(
        seen(&directory, "north", Purpose::Link),
        ["district", "north"]
    );
    assert_eq!(
        seen(&directory, "district", Purpose::Link),
        ["district", "north", "south"]
    );
    assert!(seen(&directory, "union", Purpose::Link).is_empty());
}

#[test]
fn sharing_is_a_ladder() {
    let mut places = places();
    places.modules[1].share = Share::None;
    places.modules[2].share = Share::List;
    let directory = Directory::from(places);
    assert_eq!(
        seen(&directory, "district", Purpose::Search),
        ["district", "south"]
    );
    assert_eq!(
        seen(&directory, "district", Purpose::List),
        ["district", "south"]
    );
    assert_eq!(seen(&directory, "north", Purpose::Read), ["north"]);
}

#[test]
fn a_disabled_module_and_a_suspended_site_vanish_everywhere() {
    let mut disabled = places();
    disabled.modules[1].enabled = false;
    let disabled = Directory::from(disabled);
    assert!(seen(&disabled, "north", Purpose::Read).is_empty());
    assert_eq!(
        seen(&disabled, "district", Purpose::Search),
        ["district", "south"]
    );
    let mut suspended = places();
    suspended.sites[1].state = SiteState::Suspended;
    let suspended = Directory::from(suspended);
    assert!(seen(&suspended, "north", Purpose::Read).is_empty());
    assert_eq!(
        seen(&suspended, "district", Purpose::Search),
        ["district", "south"]
    );
}

#[test]
fn drafts_other_collections_and_unknown_plugins_are_not_visible() {
    let directory = directory();
    let scope = scope(&Actor::Visitor, &directory, &site("north"), Purpose::Read);
    let north = site("north");
    let other = CollectionId::parse("town-notes/secret").unwrap();
    assert!(!scope.allows(Subject {
        site: &north,
        collection: &collection(),
        published: false,
        deleted: false,
        author: None,
    }));
    assert!(!scope.allows(Subject {
        site: &north,
        collection: &other,
        published: true,
        deleted: false,
        author: None,
    }));
    let removed = directory.declaring(Vec::new());
    assert!(seen(&removed, "north", Purpose::Read).is_empty());
}

#[test]
fn parts_of_a_scope_never_show_more_than_the_whole() {
    let directory = directory();
    let whole = scope(
        &Actor::Visitor,
        &directory,
        &site("district"),
        Purpose::Search,
    );
    let part = whole.only_site(&site("north")).only(&collection());
    let subject = |id: &'static str| (site(id), collection());
    for (id, expected) in [("north", true), ("south", false), ("union", false)] {
        let (at, of) = subject(id);
        let subject = Subject {
            site: &at,
            collection: &of,
            published: true,
            deleted: false,
            author: None,
        };
        assert_eq!(part.allows(subject), expected);
        assert!(!part.allows(subject) || whole.allows(subject));
    }
    assert_eq!(Scope::default().only(&collection()), Scope::default());
}

#[test]
fn a_cycle_among_organisations_ends() {
    let mut places = places();
    places.organisations[0].parent = Some(OrganisationId::new("north").unwrap());
    let directory = Directory::from(places);
    let district = OrganisationId::new("district").unwrap();
    let union = OrganisationId::new("union").unwrap();
    assert!(directory.is_at_or_above(&district, &OrganisationId::new("north").unwrap()));
    assert!(!directory.is_at_or_above(&union, &district));
}

#[test]
fn staff_see_as_everybody_does_but_for_what_they_work_on() {
    let directory = directory();
    let person = |role: &str, organisation: &str| {
        Actor::Staff(Staff {
            account: AccountId::new("lan").unwrap(),
            grants: vec![Grant {
                role: Role::new(role).unwrap(),
                organisation: OrganisationId::new(organisation).unwrap(),
            }],
            acting: Vec::new(),
        })
    };
    let sees = |actor: &Actor, purpose: Purpose, author: Option<&AccountId>| -> Vec<&str> {
        let scope = scope(actor, &directory, &site("north"), purpose);
        let sees = |id: &&str| {
            scope.allows(Subject {
                site: &site(id),
                collection: &collection(),
                published: false,
                deleted: false,
                author,
            })
        };
        ["district", "north", "south", "union"]
            .into_iter()
            .filter(sees)
            .collect()
    };
    let own = AccountId::new("lan").unwrap();
    // On one site the rule is the same.
    for role in ["board-head", "unit-officer", "contributor", "operator"] {
        let Actor::Staff(staff) = person(role, "north") else {
            continue;
        };
        let whole = scope(
            &Actor::Staff(staff.clone()),
            &directory,
            &site("north"),
            Purpose::Work,
        );
        for id in ["district", "north", "south", "union"].map(site) {
            assert_eq!(
                work_on(&staff, &directory, &id),
                whole.only_site(&id),
                "{role} {id}"
            );
        }
    }
    for purpose in [Purpose::Read, Purpose::Search, Purpose::List, Purpose::Link] {
        let head = person("board-head", "district");
        assert!(sees(&head, purpose, None).is_empty(), "{purpose:?}");
    }
    let work = |role: &str, at: &str, author| sees(&person(role, at), Purpose::Work, author);
    assert_eq!(
        work("board-head", "district", None),
        ["district", "north", "south"]
    );
    assert_eq!(
        work("inspector", "district", None),
        ["district", "north", "south"]
    );
    assert_eq!(work("unit-officer", "north", None), ["north"]);
    assert_eq!(work("unit-head", "district", None), ["district"]);
    assert!(work("operator", "district", None).is_empty());
    assert!(work("contributor", "north", None).is_empty());
    assert_eq!(work("contributor", "north", Some(&own)), ["north"]);
    for actor in [Actor::Visitor, Actor::System] {
        assert!(
            sees(&actor, Purpose::Work, Some(&own)).is_empty(),
            "{actor:?}"
        );
    }
}
