//! The places of a table that lie on a map.

use std::collections::HashMap;

use dinh_domain::dates::LocalDate;
use dinh_domain::organisation::Area;
use dinh_domain::table::slice::Selection;
use dinh_domain::table::{Dimension, Role, Table};
use dinh_domain::vietnamese::{exact, slugify};

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

/// Units by a word that is theirs alone.
#[derive(Default)]
struct Words<'a>(HashMap<String, Option<&'a OnMap>>);

impl<'a> Words<'a> {
    fn add(&mut self, word: String, it: &'a OnMap) {
        let known = self.0.entry(word);
        known.and_modify(|known| *known = None).or_insert(Some(it));
    }

    fn get(&self, word: &str) -> Option<&'a OnMap> {
        *self.0.get(word)?
    }
}

/// Units by their code, their whole name, their name alone; without tone marks only where no other is called so.
fn places(dimension: &Dimension, picks: &[usize], known: &[OnMap]) -> Vec<(usize, String, Area)> {
    let mut ranks: [Words<'_>; 4] = Default::default();
    let [whole, short, folded, short_folded] = &mut ranks;
    for it in known {
        if let Some(code) = &it.code {
            whole.add(code.clone(), it);
        }
        whole.add(exact(&it.name), it);
        short.add(exact(&it.short), it);
        folded.add(slugify(&it.name, NAME_CHARS), it);
        short_folded.add(slugify(&it.short, NAME_CHARS), it);
    }
    let place = |pick: &usize| {
        let code = dimension.codes.get(*pick)?;
        let (label, slug) = (exact(&code.label), slugify(&code.label, NAME_CHARS));
        let words = [&label, &label, &slug, &slug];
        let found = ranks
            .iter()
            .zip(words)
            .find_map(|(rank, word)| rank.get(word))?;
        // A town and a commune may be called alike.
        let is_own = ranks[1].get(&exact(&found.short)).is_some();
        let name = if is_own { &found.short } else { &found.name };
        Some((*pick, name.clone(), found.area.clone()))
    };
    picks.iter().filter_map(place).collect()
}

#[cfg(test)]
mod tests;
