//! The area of an organisation, as coarse as a map on a page needs it.

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Most corners of one area, of all its rings together: a commune on a page is not told apart from a finer one.
pub const MAX_AREA_POINTS: usize = 400;
/// Parts of a degree: 0.00001 is about a metre.
pub const AREA_SCALE: f64 = 100_000.0;

/// Longitude and latitude (WGS 84) in parts of a degree, see [`AREA_SCALE`].
pub type Corner = [i32; 2];
/// The outer ring, then the holes; the last corner of each is the first.
pub type Polygon = Vec<Vec<Corner>>;

/// One or several polygons.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<Polygon>", into = "Vec<Polygon>")]
pub struct Area(Vec<Polygon>);

/// Why polygons are no area.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum AreaFault {
    /// No polygon, or one without a ring.
    #[error("there is no ring")]
    Empty,
    /// A ring has fewer than four corners or does not end where it began.
    #[error("a ring has at least four corners, and its last is its first")]
    Open,
    /// A corner is none on the earth.
    #[error("a corner is longitude (-180 to 180), then latitude (-90 to 90)")]
    Off,
    /// More corners than [`MAX_AREA_POINTS`].
    #[error("{0} corners, at most {MAX_AREA_POINTS} are kept")]
    Fine(usize),
}

impl Area {
    /// Of polygons.
    ///
    /// # Errors
    /// What is wrong with the first of them that is none.
    pub fn new(polygons: Vec<Polygon>) -> Result<Self, AreaFault> {
        let rings = || polygons.iter().flatten();
        if polygons.is_empty() || polygons.iter().any(Vec::is_empty) {
            return Err(AreaFault::Empty);
        }
        if rings().any(|ring| ring.len() < 4 || ring.first() != ring.last()) {
            return Err(AreaFault::Open);
        }
        let is_on = |corner: &Corner, at: usize, degrees: f64| {
            (f64::from(corner[at]) / AREA_SCALE).abs() <= degrees
        };
        if !rings()
            .flatten()
            .all(|it| is_on(it, 0, 180.0) && is_on(it, 1, 90.0))
        {
            return Err(AreaFault::Off);
        }
        match rings().map(Vec::len).sum() {
            0..=MAX_AREA_POINTS => Ok(Self(polygons)),
            count => Err(AreaFault::Fine(count)),
        }
    }

    /// Its polygons.
    pub fn polygons(&self) -> &[Polygon] {
        &self.0
    }

    /// Its south-western and north-eastern end, in degrees.
    pub fn ends(&self) -> [[f64; 2]; 2] {
        let mut ends = [[f64::INFINITY; 2], [f64::NEG_INFINITY; 2]];
        for corner in self.0.iter().flatten().flatten() {
            for (at, part) in corner.iter().enumerate() {
                let degrees = f64::from(*part) / AREA_SCALE;
                ends[0][at] = ends[0][at].min(degrees);
                ends[1][at] = ends[1][at].max(degrees);
            }
        }
        ends
    }
}

impl TryFrom<Vec<Polygon>> for Area {
    type Error = AreaFault;

    fn try_from(polygons: Vec<Polygon>) -> Result<Self, AreaFault> {
        Self::new(polygons)
    }
}

impl From<Area> for Vec<Polygon> {
    fn from(area: Area) -> Self {
        area.0
    }
}

#[cfg(test)]
mod tests;
