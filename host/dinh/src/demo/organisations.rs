//! The organisations of the demo in time.

use dinh_domain::dates::LocalDate;
use dinh_domain::ids::OrganisationId;
use dinh_domain::organisation::Change;
use dinh_files::read_areas;
use dinh_portal::{AreasSince, By, NewArea, NewOrganisationChange, Portal};
use serde::Deserialize;

/// Everything that became so, in order.
const PAST: &str = include_str!("organisations.toml");
/// Where they lie, roughly.
const AREAS: &str = include_str!("areas.geojson");
/// Since when they are told to lie there.
const AREAS_SINCE: &str = "2014-01-01";

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
    recorded.map_err(|error| error.to_string())?;
    lay_out(portal).await
}

/// Records their areas where they are not recorded yet.
async fn lay_out(portal: &Portal) -> Result<(), String> {
    let areas = read_areas(AREAS.as_bytes()).map_err(|faults| format!("{faults:?}"))?;
    let areas = areas.into_iter().map(|it| NewArea {
        code: it.code,
        area: it.area,
    });
    let areas: Vec<NewArea> = areas.collect();
    let since = AreasSince {
        on: LocalDate::parse(AREAS_SINCE).map_err(|error| error.to_string())?,
        act: String::new(),
    };
    let by = By::Operator("demo");
    let recorded = portal.record_areas(by, &areas, &since, false).await;
    let recorded = recorded.map_err(|error| error.to_string())?;
    recorded.map(|_| ()).map_err(|faults| faults.join("; "))
}
