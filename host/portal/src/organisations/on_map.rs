//! Where organisations lay on a day, for maps.

use dinh_domain::dates::LocalDate;
use dinh_domain::organisation::{Area, Change};

use super::room::full_name;
use crate::failure::Failure;
use crate::portal::Portal;

/// An organisation on a map.
#[derive(Debug, Clone)]
pub(crate) struct OnMap {
    /// Its code.
    pub(crate) code: Option<String>,
    /// Its kind and name: "xã Đông Sơn".
    pub(crate) name: String,
    /// Its name alone.
    pub(crate) short: String,
    /// Where it lies.
    pub(crate) area: Area,
}

impl Portal {
    /// The organisations that have an area on a day; for a day before any was recorded, those of the first day on
    /// which one is.
    pub(crate) async fn on_map(&self, day: LocalDate) -> Result<Vec<OnMap>, Failure> {
        let chronicle = self.store().chronicle().await?;
        let mut laid = chronicle
            .all()
            .filter(|it| matches!(it.change, Change::Area(Some(_))));
        let day = laid.next().map_or(day, |first| day.max(first.on));
        let standing = chronicle.on(day);
        let living = standing.into_values().filter(|it| it.is_living());
        let on_map = living.filter_map(|it| {
            Some(OnMap {
                name: full_name(&it),
                code: it.code.value.clone(),
                short: it.name.value.clone(),
                area: it.area?.value?,
            })
        });
        Ok(on_map.collect())
    }
}
