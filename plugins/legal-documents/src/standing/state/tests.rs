use super::{Life, Reason, State, on};
use crate::dates::Day;
use crate::graph::Act;

const TODAY: &str = "2025-06-01";

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

fn life(validity: &'static str) -> Life<'static> {
    Life {
        issued: Some(day("2014-10-03")),
        effective: Some(day("2014-10-10")),
        expires: None,
        validity,
    }
}

fn act(kind: &str, from: &str) -> Act {
    Act {
        kind: kind.into(),
        id: Some("b".into()),
        label: "Quyết định b".into(),
        url: None,
        from: Day::parse(from),
        by_issue: false,
        void_by: None,
    }
}

fn state(at: &str, life: Life<'_>, acts: &[Act]) -> String {
    let (state, reason) = on(day(at), day(TODAY), life, acts);
    let reason = match reason {
        Reason::Issued(on) => format!("issued {on}"),
        Reason::Effective(on) => format!("effective {on}"),
        Reason::Expired(on) => format!("expired {on}"),
        Reason::Undetermined(on) => format!("Undetermined {on}"),
        Reason::Act(act) => format!("{} {}", act.kind, act.from.unwrap()),
        other => format!("{other:?}"),
    };
    format!("{}: {reason}", state.id())
}

#[test]
fn a_document_passes_through_its_life_day_by_day() {
    let acts = [act("amends", "2015-01-01"), act("replaces", "2020-05-20")];
    for (at, expected) in [
        ("2014-10-02", "not-issued: issued 2014-10-03"),
        ("2014-10-03", "not-yet: effective 2014-10-10"),
        ("2014-10-09", "not-yet: effective 2014-10-10"),
        ("2014-10-10", "in-force: effective 2014-10-10"),
        ("2015-01-01", "in-force: effective 2014-10-10"),
        ("2020-05-19", "in-force: effective 2014-10-10"),
        ("2020-05-20", "lapsed: replaces 2020-05-20"),
        ("2030-01-01", "lapsed: replaces 2020-05-20"),
    ] {
        assert_eq!(state(at, life("lapsed"), &acts), expected, "{at}");
    }
}

#[test]
fn whichever_end_comes_first_is_the_reason() {
    let expiring = Life {
        expires: Some(day("2018-01-01")),
        ..life("in-force")
    };
    assert_eq!(
        state("2017-12-31", expiring, &[]),
        "in-force: effective 2014-10-10"
    );
    assert_eq!(
        state("2018-01-01", expiring, &[]),
        "lapsed: expired 2018-01-01"
    );
    assert_eq!(
        state("2021-01-01", expiring, &[act("repeals", "2020-01-01")]),
        "lapsed: expired 2018-01-01"
    );
    assert_eq!(
        state("2021-01-01", expiring, &[act("repeals", "2016-01-01")]),
        "lapsed: repeals 2016-01-01"
    );
    assert_eq!(
        state("2021-01-01", expiring, &[act("repeals", "2018-01-01")]),
        "lapsed: repeals 2018-01-01"
    );
}

#[test]
fn a_document_replaced_before_it_started_never_was_in_force() {
    assert_eq!(
        state(
            "2014-10-05",
            life("unknown"),
            &[act("replaces", "2014-10-04")]
        ),
        "lapsed: replaces 2014-10-04"
    );
}

#[test]
fn what_the_register_leaves_open_is_never_in_force_but_days_still_decide() {
    let open = life("unknown");
    let amended = [act("amends", "2015-01-01")];
    for at in ["2014-10-10", "2016-01-01", TODAY, "2030-01-01"] {
        let expected = "unknown: Undetermined 2014-10-10";
        assert_eq!(state(at, open, &[]), expected, "{at}");
        assert_eq!(state(at, open, &amended), expected, "{at}");
    }
    let ending = Life {
        expires: Some(day("2018-01-01")),
        ..open
    };
    for (at, expected) in [
        ("2014-10-02", "not-issued: issued 2014-10-03"),
        ("2014-10-09", "not-yet: effective 2014-10-10"),
        ("2018-01-01", "lapsed: expired 2018-01-01"),
    ] {
        assert_eq!(state(at, ending, &[]), expected, "{at}");
    }
    assert_eq!(
        state(TODAY, open, &[act("replaces", "2020-05-20")]),
        "lapsed: replaces 2020-05-20"
    );
}

#[test]
fn a_repeal_of_a_part_leaves_the_rest() {
    let acts = [act("repeals", "2016-01-01")];
    assert_eq!(
        state("2015-01-01", life("partly-lapsed"), &acts),
        "in-force: effective 2014-10-10"
    );
    assert_eq!(
        state("2016-01-01", life("partly-lapsed"), &acts),
        "partly-lapsed: repeals 2016-01-01"
    );
    let expiring = Life {
        expires: Some(day("2018-01-01")),
        ..life("partly-lapsed")
    };
    assert_eq!(
        state("2018-01-01", expiring, &acts),
        "lapsed: expired 2018-01-01"
    );
}

#[test]
fn what_the_register_says_without_a_day_holds_from_today_and_leaves_the_past_open() {
    for validity in ["lapsed", "suspended", "obsolete", "partly-lapsed"] {
        assert_eq!(
            state(TODAY, life(validity), &[]),
            format!("{validity}: Register")
        );
        assert_eq!(state("2025-05-31", life(validity), &[]), "unknown: Undated");
        assert_eq!(
            state("2014-10-04", life(validity), &[]),
            "not-yet: effective 2014-10-10"
        );
    }
}

#[test]
fn an_act_without_a_day_or_made_void_ends_nothing() {
    let void = Act {
        void_by: Some("c".into()),
        ..act("replaces", "2016-01-01")
    };
    assert_eq!(
        state("2020-01-01", life("in-force"), &[void, act("repeals", "")]),
        "in-force: effective 2014-10-10"
    );
}

#[test]
fn without_a_day_of_effect_only_the_register_is_believed() {
    let undated = |validity| Life {
        effective: None,
        ..life(validity)
    };
    assert_eq!(state(TODAY, undated("in-force"), &[]), "in-force: Register");
    assert_eq!(state(TODAY, undated("not-yet"), &[]), "not-yet: Register");
    assert_eq!(state(TODAY, undated("unknown"), &[]), "unknown: NoDays");
    assert_eq!(
        state("2030-01-01", undated("not-yet"), &[]),
        "unknown: NoDays"
    );
    let nothing = Life {
        issued: None,
        ..undated("unknown")
    };
    assert_eq!(state("1950-01-01", nothing, &[]), "unknown: NoDays");
}

#[test]
fn every_state_has_its_own_id() {
    let all = [
        State::NotIssued,
        State::NotYet,
        State::InForce,
        State::PartlyLapsed,
        State::Lapsed,
        State::Suspended,
        State::Obsolete,
        State::Unknown,
    ];
    let ids: std::collections::BTreeSet<&str> = all.into_iter().map(State::id).collect();
    assert_eq!(ids.len(), all.len());
}
