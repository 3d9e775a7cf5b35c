//! The form that chooses from a table.

use dinh_portal::shown::TableShown;
use dinh_render::view::{FigureChoice, FigureChooser, FigureDimension};

use crate::present::Setting;
use crate::present::drawing;

/// Most values of one dimension that the form offers; of a longer one it offers the first.
const OFFERED_MAX: usize = 400;

pub(super) fn chooser(setting: &Setting<'_>, path: &str, shown: &TableShown) -> FigureChooser {
    let (dimensions, selection) = (shown.table.dimensions(), &shown.selection);
    let places = |lie: &[usize]| {
        let all = dimensions.iter().enumerate();
        all.map(|(at, it)| FigureChoice {
            value: it.id.clone(),
            label: it.label.clone(),
            selected: lie.first() == Some(&at),
        })
        .collect::<Vec<_>>()
    };
    let values = dimensions
        .iter()
        .zip(&selection.picks)
        .map(|(dimension, picks)| {
            let (shown, count) = (picks.len().to_string(), dimension.codes.len().to_string());
            let codes = dimension.codes.iter().enumerate().take(OFFERED_MAX);
            FigureDimension {
                label: dimension.label.clone(),
                count: setting.texts("table.all_of", &[("shown", &shown), ("count", &count)]),
                values: codes
                    .map(|(at, code)| FigureChoice {
                        value: format!("{}:{}", dimension.id, code.id),
                        label: code.label.clone(),
                        selected: picks.contains(&at),
                    })
                    .collect(),
            }
        });
    FigureChooser {
        action: path.to_owned(),
        rows: places(&selection.rows),
        columns: places(&selection.columns),
        dimensions: values.collect(),
        drawings: drawing::choices(setting, shown),
    }
}
