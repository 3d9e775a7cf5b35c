//! What is wrong with a file of areas.

use dinh_domain::organisation::AreaFault;
use thiserror::Error;

use super::{AREAS_BYTES_MAX, AREAS_MAX, RAW_POINTS_MAX};

/// Why a file, or a feature of it, gives no area.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum AreaFileFault {
    /// Larger than [`AREAS_BYTES_MAX`].
    #[error("the file has {0} bytes, at most {AREAS_BYTES_MAX} are read")]
    Large(usize),
    /// Not what RFC 7946 says.
    #[error("this is no GeoJSON: {0}")]
    NotGeoJson(String),
    /// GeoJSON, and not a collection of at most [`AREAS_MAX`] features.
    #[error("a collection of 1 to {AREAS_MAX} features is wanted, this has {0}")]
    Features(usize),
    /// A feature that has no code.
    #[error("feature {feature} has no code: give it a property `code`, or an `id`")]
    NoCode {
        /// Its place, from 1.
        feature: usize,
    },
    /// Two features have one code.
    #[error("features {first} and {feature} have the code {code}: make one multipolygon of them")]
    Twice {
        /// The first.
        first: usize,
        /// The second.
        feature: usize,
        /// The code.
        code: String,
    },
    /// A point, a line, or nothing.
    #[error("feature {feature} ({code}) is no polygon")]
    NoPolygon {
        /// Its place, from 1.
        feature: usize,
        /// Its code.
        code: String,
    },
    /// More corners than [`RAW_POINTS_MAX`].
    #[error("feature {feature} ({code}) has {points} corners, at most {RAW_POINTS_MAX} are read")]
    Points {
        /// Its place, from 1.
        feature: usize,
        /// Its code.
        code: String,
        /// How many.
        points: usize,
    },
    /// Rings that are no area.
    #[error("feature {feature} ({code}): {fault}")]
    Area {
        /// Its place, from 1.
        feature: usize,
        /// Its code.
        code: String,
        /// What is wrong.
        fault: AreaFault,
    },
    /// Rings that cross themselves or each other.
    #[error("feature {feature} ({code}): {cause}")]
    Crossed {
        /// Its place, from 1.
        feature: usize,
        /// Its code.
        code: String,
        /// Where.
        cause: String,
    },
}
