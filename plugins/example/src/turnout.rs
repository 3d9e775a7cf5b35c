//! The page `{slug}/so-nguoi-du`: of how many households that were invited somebody came, by hamlet.

use dinh_sdk::serde::Serialize;
use dinh_sdk::{Cell, ContentError, Host, Outcome, Request, Role, Slice, View};

use crate::meeting::COLLECTION;

/// The field that holds the table.
const FIELD: &str = "turnout";
/// Most hamlets of a page: two cells each are far fewer than a slice may have.
const HAMLETS_MAX: usize = 500;

/// What the template `turnout` shows.
#[derive(Serialize)]
#[serde(crate = "dinh_sdk::serde")]
struct Model {
    /// In the order of the table; empty where nobody has counted.
    hamlets: Vec<Hamlet>,
}

#[derive(Serialize)]
#[serde(crate = "dinh_sdk::serde")]
struct Hamlet {
    name: String,
    invited: u64,
    came: u64,
    /// None where nobody was invited, or one of the numbers is missing.
    percent: Option<u64>,
}

/// Asks what the table is before it asks for cells: a clerk may have laid it out in another way.
pub fn page(request: &Request, host: &impl Host) -> Result<Outcome, String> {
    let Some(id) = request.param("id") else {
        return Ok(Outcome::NotFound);
    };
    let table = match host.describe(COLLECTION, id, FIELD) {
        Ok(table) => table,
        Err(ContentError::NotFound) => return shown(Vec::new()),
        Err(error) => return Err(error.into()),
    };
    let (Some(places), Some(counted)) = (table.by(Role::Geo), table.by(Role::Metric)) else {
        return shown(Vec::new());
    };
    let [invited, came, ..] = counted.codes.as_slice() else {
        return shown(Vec::new());
    };
    let few = places.codes.iter().take(HAMLETS_MAX);
    let few: Vec<&str> = few.map(|it| it.id.as_str()).collect();
    let column = |what: &str| {
        let wanted = Slice::new().pick(&places.id, few.iter().copied());
        host.slice(COLLECTION, id, FIELD, &wanted.pick(&counted.id, [what]))
    };
    let (invited, came) = (column(&invited.id)?, column(&came.id)?);
    let hamlets = places.codes.iter().zip(invited.iter().zip(&came));
    shown(
        hamlets
            .map(|(place, (invited, came))| hamlet(&place.label, invited, came))
            .collect(),
    )
}

fn shown(hamlets: Vec<Hamlet>) -> Result<Outcome, String> {
    Ok(View::new("turnout", &Model { hamlets })?.into())
}

fn hamlet(name: &str, invited: &Cell, came: &Cell) -> Hamlet {
    let number = |cell: &Cell| cell.number.as_deref().and_then(|it| it.parse::<u64>().ok());
    let (invited, came) = (number(invited), number(came));
    let percent = invited.zip(came).filter(|(invited, _)| *invited > 0);
    Hamlet {
        name: name.to_owned(),
        invited: invited.unwrap_or_default(),
        came: came.unwrap_or_default(),
        percent: percent.map(|(invited, came)| came * 100 / invited),
    }
}
