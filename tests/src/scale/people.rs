//! People with their roles: some at each commune, some of the Board at the top.

use dinh_domain::ids::{AccountId, OrganisationId};
use dinh_domain::people::{Grant, Role};
use dinh_store::{AccountState, Given, NewAccount, WriteTx};

use super::places::{TOP, commune};
use super::{Scale, one};

/// Roles of the people of a commune; each has one.
pub(super) const OF_A_COMMUNE: [&str; 5] = [
    "unit-head",
    "unit-officer",
    "contributor",
    "site-head",
    "site-editor",
];
/// Roles of the people of the Board.
pub(super) const OF_THE_BOARD: [&str; 16] = [
    "board-head",
    "board-deputy",
    "board-deputy",
    "board-member",
    "board-member",
    "board-member",
    "board-member",
    "standing-office",
    "standing-office",
    "desk-editor",
    "desk-editor",
    "desk-editor",
    "desk-editor",
    "inspector",
    "inspector",
    "operator",
];
const FAMILIES: [&str; 7] = ["Nguyễn", "Trần", "Lê", "Hoàng", "Vi", "Lý", "Nông"];
const MIDDLES: [&str; 5] = ["Văn", "Thị", "Đức", "Minh", "Thu"];
const OWN: [&str; 11] = [
    "Bình", "Hạnh", "Sơn", "Mai", "Hà", "Tâm", "Lan", "Dũng", "Yến", "Khôi", "Ngọc",
];
/// Of a password that nobody knows: who needs a session is given one.
const NO_PASSWORD: &str = "none";
const FORMER_PASSWORDS: usize = 1;

/// The account of somebody at a commune, by the place of their role; at the top where none is named.
pub fn person(at: Option<usize>, place: usize) -> AccountId {
    let name = match at {
        Some(number) => format!("{}-{}", commune(number), OF_A_COMMUNE[place]),
        None => format!("ban-{place:02}-{}", OF_THE_BOARD[place]),
    };
    AccountId::new(&name).unwrap()
}

pub(super) async fn make(scale: &Scale, tx: &mut WriteTx) {
    for (place, role) in OF_THE_BOARD.iter().enumerate() {
        add(scale, tx, person(None, place), (role, TOP), place).await;
    }
    for number in scale.communes() {
        for (place, role) in OF_A_COMMUNE.iter().enumerate() {
            let at = commune(number);
            let account = person(Some(number), place);
            add(scale, tx, account, (role, &at), number * 5 + place).await;
        }
    }
}

async fn add(
    scale: &Scale,
    tx: &mut WriteTx,
    id: AccountId,
    (role, organisation): (&str, &str),
    number: usize,
) {
    let (family, middle) = (one(&FAMILIES, number), one(&MIDDLES, number / 7));
    let account = NewAccount {
        id: id.clone(),
        name: id.to_string(),
        full_name: format!("{family} {middle} {}", one(&OWN, number / 3)),
        email: format!("{id}@localhost"),
        at: scale.at,
    };
    assert!(tx.make_account(&account).await.unwrap());
    tx.set_account_state(&id, AccountState::Active)
        .await
        .unwrap();
    let password = tx.set_password(&id, NO_PASSWORD, scale.at, FORMER_PASSWORDS);
    password.await.unwrap();
    // Administrators must have a second factor; what is sealed here opens nowhere.
    let sealed = NO_PASSWORD.to_owned();
    tx.set_totp(&id, Some(&sealed), None).await.unwrap();
    let given = Given {
        account: id,
        grant: Grant {
            role: Role::new(role).unwrap(),
            organisation: OrganisationId::new(organisation).unwrap(),
        },
        from: None,
        until: None,
    };
    tx.give_role(&given, scale.at, "scale").await.unwrap();
}
