//! Organisations in time: what is recorded of them, how they stood on a day, and what an end moves.

mod areas;
mod may;
mod record;
mod room;
mod tree;

pub(crate) use areas::OnMap;
pub use areas::{AreasRecorded, AreasSince, NewArea};
pub use record::{Moved, NewChange as NewOrganisationChange, OrganisationRefusal};
pub use room::{
    EndLine, ORGANISATION_LINES_MAX, OpenOrganisation, OrganisationLine, OrganisationsPage,
    PastLine,
};
