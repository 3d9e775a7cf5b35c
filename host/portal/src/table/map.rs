//! The places of a table that lie on a map.

use std::collections::HashMap;

use dinh_domain::dates::LocalDate;
use dinh_domain::organisation::Area;
use dinh_domain::table::slice::Selection;
use dinh_domain::table::{Dimension, Role, Table};
use dinh_domain::vietnamese::slugify;

use crate::failure::Failure;
use crate::organisations::OnMap;
use crate::portal::Portal;
use crate::shown::TableMap;

/// The drawing that is a map.
pub(crate) const MAP: &str = "ban-do";
/// Longest name that is compared, in letters.
const NAME_CHARS: usize = 120;

impl Portal {
    /// Where the places of a table lie, as they lay at the end of the newest year that is shown; none where no
    /// dimension counts by places that are known.
    pub(super) async fn table_map(
        &self,
        (table, selection): (&Table, &Selection),
        today: LocalDate,
    ) -> Result<Option<TableMap>, Failure> {
        let Some(geo) = table.by_role(Role::Geo) else {
            return Ok(None);
        };
        let day = year_shown(table, selection).unwrap_or(today);
        let known = self.on_map(day).await?;
        let areas = places(&table.dimensions()[geo], &selection.picks[geo], &known);
        Ok((!areas.is_empty()).then_some(TableMap {
            dimension: geo,
            areas,
        }))
    }
}

/// The end of the newest year that is shown.
fn year_shown(table: &Table, selection: &Selection) -> Option<LocalDate> {
    let time = table.by_role(Role::Time)?;
    let newest = selection.picks[time].last()?;
    let label = &table.dimensions()[time].codes.get(*newest)?.label;
    let mut numbers = label.split(|it: char| !it.is_ascii_digit());
    let year = numbers.find(|it| it.len() == 4)?;
    LocalDate::parse(&format!("{year}-12-31")).ok()
}

/// Units by their code or their whole name; by their name alone where only one is called so.
fn places(dimension: &Dimension, picks: &[usize], known: &[OnMap]) -> Vec<(usize, String, Area)> {
    let mut by_word: HashMap<String, Option<&OnMap>> = HashMap::new();
    for it in known {
        by_word
            .entry(slugify(&it.short, NAME_CHARS))
            .and_modify(|known| *known = None)
            .or_insert(Some(it));
    }
    let mut by_short: HashMap<&str, usize> = HashMap::new();
    for it in known {
        *by_short.entry(&it.short).or_default() += 1;
    }
    // A town and a commune may be called alike.
    let own_name = |it: &OnMap| match by_short.get(it.short.as_str()) {
        Some(1) => it.short.clone(),
        _ => it.name.clone(),
    };
    for it in known {
        by_word.insert(slugify(&it.name, NAME_CHARS), Some(it));
        by_word.extend(it.code.clone().map(|code| (code, Some(it))));
    }
    let place = |pick: &usize| {
        let code = dimension.codes.get(*pick)?;
        let words = [
            slugify(&code.label, NAME_CHARS),
            code.id.clone(),
            code.label.clone(),
        ];
        let found = words.iter().find_map(|word| *by_word.get(word)?)?;
        Some((*pick, own_name(found), found.area.clone()))
    };
    picks.iter().filter_map(place).collect()
}
