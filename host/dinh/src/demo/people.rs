//! The people of the demo: one of each kind that the desk needs.

use dinh_domain::ids::OrganisationId;
use dinh_domain::people::{Grant, Role};
use dinh_portal::{Accepted, By, NewPerson, Portal};

/// Everybody's password in the demo.
pub const PASSWORD: &str = "Dinh-lang-2014!";

/// Name to sign in with, person, role, organisation.
pub const PEOPLE: [(&str, &str, &str, &str); 4] = [
    ("truong-ban", "Nguyễn Văn Bình", "board-head", "yen-the"),
    ("thanh-tra", "Trần Thị Hạnh", "inspector", "yen-the"),
    ("thu-truong", "Hoàng Văn Sơn", "unit-head", "dong-son"),
    ("can-bo", "Lý Thị Mai", "unit-officer", "dong-son"),
];

/// Makes those that are not there yet.
pub(super) async fn settle(portal: &Portal) -> Result<(), String> {
    let told = |error: dinh_portal::Failure| error.to_string();
    let known = portal.account_lines().await.map_err(told)?;
    for (name, full_name, role, at) in PEOPLE {
        if known.iter().any(|it| it.name == name) {
            continue;
        }
        let grant = Grant {
            role: Role::new(role).map_err(|error| error.to_string())?,
            organisation: OrganisationId::new(at).map_err(|error| error.to_string())?,
        };
        let person = NewPerson {
            name: name.to_owned(),
            full_name: full_name.to_owned(),
            email: String::new(),
            grants: vec![grant],
        };
        let invited = portal
            .invite(By::Operator("demo"), &person)
            .await
            .map_err(told)?;
        let accepted = portal.accept_invitation(&invited.token, PASSWORD, "").await;
        match accepted.map_err(told)? {
            Accepted::Ready => {}
            other => return Err(format!("{name} cannot be made: {other:?}")),
        }
    }
    Ok(())
}

/// What the terminal says of them.
pub(super) fn welcome(port: u16) -> String {
    let people = PEOPLE.iter();
    let people =
        people.map(|(name, person, role, at)| format!("  {name:12} {person}, {role} at {at}"));
    let people: Vec<String> = people.collect();
    let people = people.join("\n");
    format!(
        "Sign in at http://localhost:{port}/dang-nhap with the password {PASSWORD} as:\n{people}"
    )
}
