//! Figures of places as a map.

use dinh_domain::organisation::{AREA_SCALE, Area};
use dinh_domain::table::Role;
use dinh_portal::shown::{TableMap, TableShown};
use dinh_render::SafeHtml;
use dinh_render::chart::{Map, MapArea, NoChart, map_svg};

use super::setting::Setting;

/// The map of what is shown: the figures of one column, the newest year where there are several. None where no
/// place is known, or none has a figure.
pub(super) fn map(setting: &Setting<'_>, shown: &TableShown, title: &str) -> Option<SafeHtml> {
    let map = drawn(setting, shown, shown.map.as_ref()?, title);
    match map_svg(&map) {
        Ok(svg) => Some(svg),
        Err(NoChart::Drawing(cause)) => {
            tracing::warn!(cause, "a map failed");
            None
        }
        Err(NoChart::Empty | NoChart::TooMuch | NoChart::Unfit) => None,
    }
}

fn drawn(setting: &Setting<'_>, shown: &TableShown, known: &TableMap, title: &str) -> Map {
    let (table, selection) = (&*shown.table, &shown.selection);
    let strides = table.strides();
    // What is the same for all cells stands in the caption of the table already.
    let fixed: Vec<usize> = selection.fixed().collect();
    let (mut base, mut said) = (0, Vec::new());
    for (at, dimension) in table.dimensions().iter().enumerate() {
        if at == known.dimension {
            continue;
        }
        let picks = &selection.picks[at];
        let pick = match dimension.role {
            Role::Time => picks.last(),
            _ => picks.first(),
        };
        let pick = pick.copied().unwrap_or_default();
        base += pick * strides[at];
        let label = dimension.codes.get(pick).filter(|_| !fixed.contains(&at));
        said.extend(label.map(|it| it.label.clone()));
    }
    if !table.unit.is_empty() {
        said.push(table.unit.clone());
    }
    let scale = 10_f64.powi(table.decimals.into());
    let areas = known.areas.iter().map(|(pick, name, area)| MapArea {
        name: name.clone(),
        rings: rings(area),
        value: table
            .cell(base + pick * strides[known.dimension])
            .scaled
            .map(|it| super::drawing::number(it) / scale),
    });
    Map {
        title: format!("{title}: {}", said.join(", ")),
        of: said.join(", "),
        areas: areas.collect(),
        nothing: setting.text("table.map_nothing").to_owned(),
    }
}

/// The outer rings, in degrees: what lies in a hole is drawn by itself.
fn rings(area: &Area) -> Vec<Vec<[f64; 2]>> {
    let outer = area.polygons().iter().filter_map(|rings| rings.first());
    let degrees = |ring: &Vec<[i32; 2]>| {
        let corners = ring.iter();
        corners
            .map(|it| it.map(|part| f64::from(part) / AREA_SCALE))
            .collect()
    };
    outer.map(degrees).collect()
}
