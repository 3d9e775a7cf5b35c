//! The organisations of the demo in time.

use dinh_domain::dates::LocalDate;
use dinh_domain::ids::OrganisationId;
use dinh_domain::organisation::Change;
use dinh_portal::{By, NewOrganisationChange, Portal};
use serde::Deserialize;

/// Everything that became so, in order.
const PAST: &str = include_str!("organisations.toml");

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Past {
    change: Vec<Line>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    of: OrganisationId,
    on: LocalDate,
    #[serde(default)]
    act: String,
    change: Change,
}

/// Records what is not recorded yet.
pub(super) async fn settle(portal: &Portal) -> Result<(), String> {
    let past: Past = toml::from_str(PAST).map_err(|error| error.to_string())?;
    let past = past.change.into_iter().map(|it| NewOrganisationChange {
        of: it.of,
        on: it.on,
        change: it.change,
        act: it.act,
    });
    let past: Vec<NewOrganisationChange> = past.collect();
    let recorded = portal.record_past(By::Operator("demo"), &past).await;
    recorded.map(|_| ()).map_err(|error| error.to_string())
}
