//! The last column compared with the first: periods, communes, or whatever lies along the columns.

use dinh_domain::table::number::written;
use dinh_domain::table::slice::Selection;
use dinh_domain::table::{Cell, Change, Mark, Table};
use dinh_portal::shown::TableShown;
use dinh_render::view::{FigureCell, FigureHead};

use super::{GROUP, labels};
use crate::present::Setting;

/// Digits of a share behind the decimal mark.
const SHARE_DECIMALS: u8 = 1;

/// The columns that are compared; none where nobody asked, or there is one alone.
pub(super) fn ends<'a>(shown: &TableShown, columns: &'a [Vec<usize>]) -> Option<[&'a [usize]; 2]> {
    match columns {
        [first, .., last] if shown.is_compared => Some([first, last]),
        _ => None,
    }
}

/// What stands above the two columns: from what to what.
pub(super) fn heads(
    setting: &Setting<'_>,
    (table, selection): (&Table, &Selection),
    ends: [&[usize]; 2],
) -> [FigureHead; 2] {
    let [from, to] = ends.map(|column| labels(table, &selection.columns, column).join(", "));
    let names = [("from", from.as_str()), ("to", to.as_str())];
    ["table.difference", "table.share"].map(|key| FigureHead {
        text: setting.texts(key, &names),
        span: 1,
        rows: selection.columns.len(),
    })
}

/// The difference and its share.
pub(super) fn cells(table: &Table, former: Cell, later: Cell) -> [FigureCell; 2] {
    let empty = || FigureCell {
        text: String::new(),
        sign: "",
    };
    let Some(change) = Change::between(former, later) else {
        return [empty(), empty()];
    };
    let cell = |value: i64, decimals: u8| FigureCell {
        text: signed(value, decimals),
        sign: match change.mark {
            Mark::Preliminary | Mark::Estimated => change.mark.sign(),
            _ => "",
        },
    };
    [
        cell(change.difference, table.decimals),
        change
            .tenths
            .map_or_else(empty, |it| cell(it, SHARE_DECIMALS)),
    ]
}

/// With its sign also where it is more.
fn signed(value: i64, decimals: u8) -> String {
    let plus = if value > 0 { "+" } else { "" };
    format!("{plus}{}", written(value, decimals, ',', Some(GROUP)))
}
