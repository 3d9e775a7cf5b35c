//! Organisations in time: what is recorded of them, how they stood on a day, and what an end moves.

mod areas;
mod may;
mod on_map;
mod record;
mod room;
mod tree;

pub use areas::{AreasRecorded, AreasSince, NewArea};
pub(crate) use on_map::OnMap;
pub use record::{Moved, NewChange as NewOrganisationChange, OrganisationRefusal};
pub use room::{
    EndLine, ORGANISATION_LINES_MAX, OpenOrganisation, OrganisationLine, OrganisationsPage,
    PastLine,
};
