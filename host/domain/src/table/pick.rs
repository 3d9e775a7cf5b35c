//! Cells of chosen values, in the order in which they were chosen.

use std::collections::{HashMap, HashSet};

use thiserror::Error;

use super::slice::MAX_SLICE_CELLS;
use super::{Cell, Dimension, Table};

/// Why a choice gives no cells.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PickFault {
    /// No dimension is called so.
    #[error("`{0}` is no dimension of the table")]
    Dimension(String),
    /// The dimension has no such value.
    #[error("`{code}` is no value of the dimension `{dimension}`")]
    Code {
        /// The dimension's id.
        dimension: String,
        /// What was asked for.
        code: String,
    },
    /// A dimension, or a value of one, is named twice.
    #[error("`{0}` is named twice")]
    Twice(String),
    /// More cells than are given at once.
    #[error(
        "{0} cells are chosen, at most {MAX_SLICE_CELLS} are given at once: choose fewer values"
    )]
    Cells(usize),
}

impl Table {
    /// The cells of the wanted values, the last dimension changing first. A dimension that is not named, or
    /// without values, is given whole.
    ///
    /// # Errors
    /// What the table does not know, what is named twice, and more than [`MAX_SLICE_CELLS`].
    pub fn picked(&self, wanted: &[(String, Vec<String>)]) -> Result<Vec<Cell>, PickFault> {
        let picks = picks(self.dimensions(), wanted)?;
        let count = picks
            .iter()
            .fold(1, |all: usize, it| all.saturating_mul(it.len()));
        if count > MAX_SLICE_CELLS {
            return Err(PickFault::Cells(count));
        }
        Ok(self.places(&picks).map(|at| self.cell(at)).collect())
    }

    /// Places of all cells of the picks, the last dimension changing first.
    pub(super) fn places<'a>(&self, picks: &'a [Vec<usize>]) -> impl Iterator<Item = usize> + 'a {
        let strides = self.strides();
        let mut next = (!picks.iter().any(Vec::is_empty)).then(|| vec![0_usize; picks.len()]);
        std::iter::from_fn(move || {
            let at = next.as_mut()?;
            let values = at.iter().zip(picks).zip(&strides);
            let place = values
                .map(|((at, picks), stride)| picks[*at] * stride)
                .sum();
            if !step(at, picks) {
                next = None;
            }
            Some(place)
        })
    }
}

/// The next combination; false after the last.
fn step(at: &mut [usize], picks: &[Vec<usize>]) -> bool {
    for (at, picks) in at.iter_mut().zip(picks).rev() {
        *at += 1;
        if *at < picks.len() {
            return true;
        }
        *at = 0;
    }
    false
}

fn picks(
    dimensions: &[Dimension],
    wanted: &[(String, Vec<String>)],
) -> Result<Vec<Vec<usize>>, PickFault> {
    let mut picks = vec![None; dimensions.len()];
    for (name, codes) in wanted {
        let at = dimensions.iter().position(|it| it.id == *name);
        let at = at.ok_or_else(|| PickFault::Dimension(name.clone()))?;
        if picks[at].is_some() {
            return Err(PickFault::Twice(name.clone()));
        }
        picks[at] = Some(chosen(&dimensions[at], codes)?);
    }
    let all = picks.into_iter().zip(dimensions);
    let all = all.map(|(picks, it)| match picks {
        Some(picks) if !picks.is_empty() => picks,
        _ => (0..it.codes.len()).collect(),
    });
    Ok(all.collect())
}

fn chosen(dimension: &Dimension, codes: &[String]) -> Result<Vec<usize>, PickFault> {
    if codes.is_empty() {
        return Ok(Vec::new());
    }
    let known = dimension.codes.iter().enumerate();
    let known: HashMap<&str, usize> = known.map(|(at, it)| (it.id.as_str(), at)).collect();
    let mut seen = HashSet::with_capacity(codes.len());
    let places = codes.iter().map(|code| {
        let at = known.get(code.as_str()).copied();
        let at = at.ok_or_else(|| PickFault::Code {
            dimension: dimension.id.clone(),
            code: code.clone(),
        })?;
        match seen.insert(at) {
            true => Ok(at),
            false => Err(PickFault::Twice(code.clone())),
        }
    });
    places.collect()
}

#[cfg(test)]
mod tests;
