//! Drawings of figures that stand in a page.

pub use dinh_charts::{Chart, Kind, MAX_POINTS, MAX_SERIES, Map, MapArea, NoChart, Series};

use crate::SafeHtml;

/// Draws figures as an `<svg>` element.
///
/// # Errors
/// Figures that make no drawing; the table beside it makes that good.
pub fn svg(chart: &Chart) -> Result<SafeHtml, NoChart> {
    dinh_charts::svg(chart).map(SafeHtml::rendered)
}

/// Draws a map as an `<svg>` element.
///
/// # Errors
/// Figures or areas that make no map.
pub fn map_svg(map: &Map) -> Result<SafeHtml, NoChart> {
    dinh_charts::map_svg(map).map(SafeHtml::rendered)
}
