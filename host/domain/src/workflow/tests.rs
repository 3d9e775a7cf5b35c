use std::collections::BTreeSet;

use super::{Action, By, Effect, Needed, Refusal, Seat, Workflow, named, next, possible};
use crate::ids::{AccountId, OrganisationId};
use crate::people::{Grant, Right, Role, Staff};
use crate::site::{Directory, Organisation, Places};

fn id(text: &str) -> OrganisationId {
    OrganisationId::new(text).unwrap()
}

/// A district, whose site is the Board's own, and a commune below it.
fn directory() -> Directory {
    let organisation = |own: &str, parent: Option<&str>| Organisation {
        id: id(own),
        parent: parent.map(id),
        kind: "unit".to_owned(),
        name: own.to_owned(),
    };
    Directory::from(Places {
        former_mounts: Vec::new(),
        organisations: vec![
            organisation("district", None),
            organisation("commune", Some("district")),
        ],
        ..Places::default()
    })
}

fn staff(name: &str, role: &str, organisation: &str) -> Staff {
    Staff {
        account: AccountId::new(name).unwrap(),
        grants: vec![Grant {
            role: Role::new(role).unwrap(),
            organisation: id(organisation),
        }],
        acting: Vec::new(),
    }
}

/// What comes of an action on an entry at an organisation that `lan` wrote and sent.
fn taken(
    staff: &Staff,
    (at, state): (&str, &str),
    action: &str,
    reason: Option<&str>,
) -> Result<Action, Refusal> {
    let (organisation, hands) = (id(at), ["lan".to_owned()]);
    let author = AccountId::new("lan").unwrap();
    let seat = Seat {
        state,
        is_public: state == "published",
        organisation: &organisation,
        author: Some(&author),
        hands: &hands,
    };
    let by = (By::Staff(staff), &directory());
    next(named("register").unwrap(), by, seat, action, reason).cloned()
}

fn system(state: &str, action: &str, reason: Option<&str>) -> Result<Action, Refusal> {
    let organisation = id("commune");
    let seat = Seat {
        state,
        is_public: state == "published",
        organisation: &organisation,
        author: None,
        hands: &[],
    };
    let by = (By::System, &directory());
    next(named("register").unwrap(), by, seat, action, reason).cloned()
}

#[test]
fn the_tables_name_known_states_only_and_every_state_can_be_reached_and_left() {
    let table: std::collections::BTreeMap<String, Workflow> =
        toml::from_str(include_str!("workflows.toml")).unwrap();
    assert_eq!(
        table.keys().collect::<Vec<_>>(),
        ["desk", "moderation", "register"]
    );
    for (id, workflow) in &table {
        let known: BTreeSet<&String> = workflow.states.keys().collect();
        let mut reached = BTreeSet::from([&workflow.initial]);
        for action in &workflow.actions {
            assert!(known.contains(&action.to), "{id} {}", action.id);
            assert!(
                action.from.iter().all(|it| known.contains(it)),
                "{id} {}",
                action.id
            );
            assert!(!action.label.is_empty());
            assert!(!action.typed_reason || action.reason && !workflow.reasons.is_empty());
            reached.insert(&action.to);
        }
        for (from, to) in workflow.writes.iter().chain(&workflow.answers) {
            assert!(known.contains(from) && known.contains(to), "{id} {from}");
            reached.insert(to);
        }
        let told = workflow.told_as.iter();
        let mut told = told.flat_map(|(state, other)| [state, other]);
        assert!(told.all(|it| known.contains(it)), "{id}");
        assert!(
            workflow.unanswered.iter().all(|it| known.contains(it)),
            "{id}"
        );
        assert_eq!(reached, known, "{id}: every state is reached");
    }
}

#[test]
fn nothing_becomes_public_without_another_person_who_may() {
    for id in ["register", "desk", "moderation"] {
        for action in &named(id).unwrap().actions {
            let makes_public = matches!(action.effect, Effect::Publish | Effect::Schedule);
            if makes_public && action.right.is_some() {
                assert!(action.other_person, "{id} {}", action.id);
                let by_site = Needed::BySite {
                    board: Right::Publish,
                    component: Right::Review,
                };
                assert_eq!(action.right, Some(by_site), "{id} {}", action.id);
            }
            if action.effect == Effect::Withdraw {
                assert!(action.reason, "{id} {}", action.id);
            }
        }
    }
}

#[test]
fn on_a_component_site_the_head_of_the_unit_approves_what_another_wrote() {
    let at = ("commune", "submitted");
    let step = taken(&staff("hai", "unit-head", "commune"), at, "approve", None).unwrap();
    assert_eq!(
        (step.to.as_str(), step.effect),
        ("published", Effect::Publish)
    );
    let own = taken(&staff("lan", "unit-head", "commune"), at, "approve", None);
    assert_eq!(own, Err(Refusal::OwnWork("approve".to_owned())));
    let officer = taken(
        &staff("hoa", "unit-officer", "commune"),
        at,
        "approve",
        None,
    );
    assert_eq!(officer, Err(Refusal::NotAllowed("approve".to_owned())));
    let of_another = taken(&staff("hai", "unit-head", "district"), at, "approve", None);
    assert_eq!(of_another, Err(Refusal::NotAllowed("approve".to_owned())));
}

#[test]
fn on_the_boards_own_site_nothing_is_public_without_the_board() {
    let at = ("district", "submitted");
    let head = taken(&staff("hai", "unit-head", "district"), at, "approve", None);
    assert_eq!(head, Err(Refusal::NotAllowed("approve".to_owned())));
    assert!(
        taken(
            &staff("binh", "board-deputy", "district"),
            at,
            "approve",
            None
        )
        .is_ok()
    );
}

#[test]
fn the_board_returns_and_takes_down_below_it_with_a_reason() {
    let board = staff("binh", "board-head", "district");
    let missing = taken(&board, ("commune", "submitted"), "return", Some("  "));
    assert_eq!(missing, Err(Refusal::ReasonMissing("return".to_owned())));
    let step = taken(
        &board,
        ("commune", "submitted"),
        "return",
        Some("Thiếu ngày"),
    )
    .unwrap();
    assert_eq!(step.to, "returned");
    let step = taken(&board, ("commune", "published"), "take-down", Some("Nhầm")).unwrap();
    assert_eq!(step.effect, Effect::Withdraw);
    let step = taken(&board, ("commune", "withdrawn"), "let-back", Some("Đã sửa")).unwrap();
    assert_eq!(step.effect, Effect::Restore);
}

#[test]
fn the_portals_own_steps_are_nobodys_and_peoples_steps_are_not_the_portals() {
    let board = staff("binh", "board-head", "district");
    let refused = taken(&board, ("commune", "published"), "withdraw", Some("x"));
    assert_eq!(refused, Err(Refusal::NotAllowed("withdraw".to_owned())));
    assert_eq!(
        system("draft", "publish", None).unwrap().effect,
        Effect::Publish
    );
    assert_eq!(
        system("published", "withdraw", None),
        Err(Refusal::ReasonMissing("withdraw".to_owned()))
    );
    let told = system("draft", "withdraw", Some("x"))
        .unwrap_err()
        .to_string();
    assert_eq!(told, "action `withdraw` cannot be taken in state `draft`");
    let approve = system("submitted", "approve", None);
    assert_eq!(approve, Err(Refusal::NotAllowed("approve".to_owned())));
    assert!(named("no-such").is_none());
}

#[test]
fn what_readers_see_is_taken_down_while_its_next_text_is_written() {
    let organisation = id("commune");
    let directory = directory();
    let head = staff("hai", "unit-head", "commune");
    for is_public in [true, false] {
        let seat = Seat {
            state: "draft",
            is_public,
            organisation: &organisation,
            author: None,
            hands: &[],
        };
        let by = (By::Staff(&head), &directory);
        let step = next(
            named("register").unwrap(),
            by,
            seat,
            "take-down",
            Some("Nhầm"),
        );
        assert_eq!(step.is_ok(), is_public);
    }
}

#[test]
fn possible_are_those_steps_that_would_be_taken() {
    let organisation = id("commune");
    let seat = |state| Seat {
        state,
        is_public: state == "published",
        organisation: &organisation,
        author: None,
        hands: &[],
    };
    let directory = directory();
    let head = staff("hai", "unit-head", "commune");
    let inspector = staff("thu", "inspector", "district");
    let ids = |staff: &Staff, state| -> Vec<&str> {
        let steps = possible(
            named("desk").unwrap(),
            By::Staff(staff),
            &directory,
            seat(state),
        );
        steps.iter().map(|it| it.id.as_str()).collect()
    };
    assert_eq!(
        ids(&head, "submitted"),
        ["recall", "take", "accept", "return"]
    );
    assert_eq!(
        ids(&head, "approved"),
        ["check", "approve", "schedule", "refuse"]
    );
    for state in named("desk").unwrap().states.keys() {
        assert!(ids(&inspector, state).is_empty(), "{state}");
    }
}

#[test]
fn a_public_text_is_written_beside_itself_and_a_sent_one_is_not_written() {
    let register = named("register").unwrap();
    assert_eq!(register.written("published"), Some("draft"));
    assert_eq!(register.written("returned"), Some("returned"));
    assert_eq!(register.written("submitted"), None);
    assert_eq!(register.state_name("submitted"), "Chờ duyệt");
}
