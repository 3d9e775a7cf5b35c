//! What is wrong with what was typed for a person: all of it at once, each beside its field.

use dinh_domain::dates::LocalDate;
use dinh_domain::ids::OrganisationId;
use dinh_domain::people::{Grant, Role};
use dinh_portal::{AccountRefusal, Failure, NewPerson};
use http::StatusCode;

use crate::asked::Asked;
use crate::present::delegation::{DAYS, DEPUTY, LENT};
use crate::present::person::Outcome;
use crate::problem::{Problem, account_status};

/// Somebody to invite as typed, without a role.
pub(super) fn new_person(asked: &Asked) -> NewPerson {
    NewPerson {
        name: asked.field("ten").to_owned(),
        full_name: asked.field("ho-ten").to_owned(),
        email: asked.field("thu-dien-tu").to_owned(),
        grants: Vec::new(),
    }
}

/// What was chosen; who sends what cannot be chosen is told the same as who chose nothing.
pub(super) fn grant(role: &str, at: &str) -> Result<Grant, AccountRefusal> {
    Ok(Grant {
        role: Role::new(role).map_err(|_| AccountRefusal::NoRole)?,
        organisation: OrganisationId::new(at).map_err(|_| AccountRefusal::NoPlace)?,
    })
}

pub(super) fn day(text: &str) -> Result<Option<LocalDate>, AccountRefusal> {
    let text = Some(text.trim()).filter(|it| !it.is_empty());
    let day = text.map(LocalDate::parse).transpose();
    day.map_err(|_| AccountRefusal::BadDay)
}

/// Everything that shows by what was typed alone.
pub(super) fn faults(asked: &Asked, wanted: &str) -> Vec<AccountRefusal> {
    let mut faults = Vec::new();
    if wanted == "invite" {
        faults.extend(new_person(asked).faults());
    }
    if matches!(wanted, "invite" | "give-role") {
        let (role, at) = (asked.field("vai-tro"), asked.field("to-chuc"));
        faults.extend(Role::new(role).err().map(|_| AccountRefusal::NoRole));
        let at = OrganisationId::new(at).err();
        faults.extend(at.map(|_| AccountRefusal::NoPlace));
    }
    if wanted == "give-role" {
        match (day(asked.field("tu-ngay")), day(asked.field("den-ngay"))) {
            (Ok(Some(from)), Ok(Some(until))) if until < from => faults.push(AccountRefusal::Days),
            (Ok(_), Ok(_)) => {}
            _ => faults.push(AccountRefusal::BadDay),
        }
    }
    if wanted == "delegate" {
        let (role, at) = asked.field(LENT).split_once('@').unwrap_or_default();
        faults.extend(grant(role, at).err());
        let deputy = dinh_domain::people::sign_in_name(asked.field(DEPUTY)).err();
        faults.extend(deputy.map(AccountRefusal::Name));
        let [first, last] = DAYS.map(|it| day(asked.field(it)));
        match (first, last) {
            (Ok(Some(first)), Ok(Some(last))) if first <= last => {}
            (Ok(_), Ok(_)) => faults.push(AccountRefusal::LentDays),
            _ => faults.push(AccountRefusal::BadDay),
        }
    }
    faults
}

/// What is wrong, beside the fields that it is about; what showed by itself is told with all of it. Anything
/// else is a failure of the page.
pub(super) fn refused(
    failure: Failure,
    wanted: &str,
    mut all: Vec<AccountRefusal>,
) -> Result<(StatusCode, Outcome), Problem> {
    let Failure::Account(refusal) = failure else {
        return Err(failure.into());
    };
    let status = account_status(&refusal);
    if !all.contains(&refusal) {
        all.insert(0, refusal);
    }
    let wrong = all.iter();
    let wrong = wrong.map(|it| (field_of(it, wanted), it.told()));
    let outcome = Outcome {
        wrong: wrong.collect(),
        ..Outcome::default()
    };
    Ok((status, outcome))
}

/// The field that a refusal is about; nothing for the whole.
fn field_of(refusal: &AccountRefusal, wanted: &str) -> &'static str {
    use AccountRefusal as No;
    match (refusal, wanted) {
        (No::Name(_), "invite") | (No::NameTaken(_), _) => "ten",
        (No::FullName, _) => "ho-ten",
        (No::Email, _) => "thu-dien-tu",
        (No::NoRole | No::NoPlace | No::Beyond(_) | No::NotLent(_), "delegate") => LENT,
        (No::NoRole | No::Beyond(_), "invite" | "give-role") => "vai-tro",
        (No::NoPlace | No::Organisation { .. }, "invite" | "give-role") => "to-chuc",
        (No::Days | No::BadDay, "give-role") => "den-ngay",
        (No::BadDay | No::LentDays, _) => DAYS[1],
        (No::NoSuccessor(_), _) | (No::Name(_) | No::Unknown(_), "hand-over") => "nguoi-nhan",
        (No::NoColleague { .. } | No::LentTwice(_), _) => DEPUTY,
        (No::Name(_) | No::Unknown(_), "delegate") => DEPUTY,
        _ => "",
    }
}
