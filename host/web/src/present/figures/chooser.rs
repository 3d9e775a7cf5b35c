//! The form that chooses from a table, without script. Small dimensions stand with all of their values; a large one is
//! looked through by words and page by page, and what is chosen of it elsewhere goes along in one field. What it sends
//! fits into an address, and is answered with a shorter one.

use dinh_domain::table::choice::{EVERYTHING, word};
use dinh_domain::table::{Code, Dimension};
use dinh_domain::vietnamese::fold;
use dinh_portal::shown::TableShown;
use dinh_render::format::number;
use dinh_render::view::{FigureBrowse, FigureChoice, FigureChooser, FigureDimension, FigureMany};

use crate::present::Setting;
use crate::present::drawing;

/// Most boxes of all dimensions that stand whole: with those of the one that is looked through, fewer than an address
/// has parameters.
const WHOLE_BOXES_MAX: usize = 36;
/// Most bytes that they add to an address.
const WHOLE_BYTES_MAX: usize = 900;
/// Most values of a page of the dimension that is looked through.
const PAGE_BOXES_MAX: usize = 36;
/// Most bytes that they add to an address.
const PAGE_BYTES_MAX: usize = 700;

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
    let whole = whole(dimensions);
    let asked = shown.browsing.dimension.filter(|at| !whole[*at]);
    let browsed = asked.or_else(|| whole.iter().position(|it| !it));
    let values = dimensions.iter().enumerate().map(|(at, dimension)| {
        let picks = &selection.picks[at];
        let (chosen, count) = (
            number(picks.len() as u64),
            number(dimension.codes.len() as u64),
        );
        let mut own = FigureDimension {
            id: dimension.id.clone(),
            label: dimension.label.clone(),
            count: setting.texts("table.all_of", &[("shown", &chosen), ("count", &count)]),
            values: Vec::new(),
            many: None,
        };
        if whole[at] {
            let codes = dimension.codes.iter().enumerate();
            let boxes = codes.map(|(place, code)| FigureChoice {
                value: format!("{}:{}", dimension.id, code.id),
                ..value(code, picks, place)
            });
            own.values = boxes.collect();
        } else {
            let is_browsed = browsed == Some(at);
            let (values, many) = many(setting, shown, (at, is_browsed, asked.is_some()));
            (own.values, own.many) = (values, Some(many));
        }
        own
    });
    FigureChooser {
        action: path.to_owned(),
        rows: places(&selection.rows),
        columns: places(&selection.columns),
        dimensions: values.collect(),
        drawings: drawing::choices(setting, shown),
        is_compared: shown.is_compared,
    }
}

/// Which dimensions stand with all of their values: the smallest.
fn whole(dimensions: &[Dimension]) -> Vec<bool> {
    let mut by_size: Vec<usize> = (0..dimensions.len()).collect();
    by_size.sort_by_key(|at| dimensions[*at].codes.len());
    let mut whole = vec![false; dimensions.len()];
    let (mut boxes, mut bytes) = (0, 0);
    for at in by_size {
        let (id, codes) = (dimensions[at].id.len(), &dimensions[at].codes);
        boxes += codes.len();
        if boxes > WHOLE_BOXES_MAX {
            break;
        }
        // `chon=nam%3A2014&`
        let own = codes.iter().map(|it| "chon=%3A&".len() + id + it.id.len());
        bytes += own.sum::<usize>();
        if bytes > WHOLE_BYTES_MAX {
            break;
        }
        whole[at] = true;
    }
    whole
}

/// The values of a large dimension that are looked at, and the way to its others.
fn many(
    setting: &Setting<'_>,
    shown: &TableShown,
    (at, is_browsed, is_asked): (usize, bool, bool),
) -> (Vec<FigureChoice>, FigureMany) {
    let (dimension, picks) = (&shown.table.dimensions()[at], &shown.selection.picks[at]);
    let (here, browse) = match is_browsed {
        true => {
            let (words, page) = match is_asked {
                true => (shown.browsing.words.as_str(), shown.browsing.page),
                false => ("", 1),
            };
            let (here, browse) = looked_through(setting, dimension, (words, page));
            (here, Some(browse))
        }
        false => (Vec::new(), None),
    };
    let others = picks.iter().filter(|it| here.binary_search(it).is_err());
    let others: Vec<usize> = others.copied().collect();
    let count = number(others.len() as u64);
    let of = |values: &str| format!("{}:{values}", dimension.id);
    let all = number(dimension.codes.len() as u64);
    let many = FigureMany {
        others: (!others.is_empty()).then(|| FigureChoice {
            value: of(&word(dimension, &others)),
            label: setting.texts("table.others", &[("count", &count)]),
            selected: true,
        }),
        all: FigureChoice {
            value: of(EVERYTHING),
            label: setting.texts("table.everything", &[("count", &all)]),
            selected: false,
        },
        browse,
        look: setting.texts("table.look", &[("name", &dimension.label)]),
    };
    let values = here
        .iter()
        .map(|place| value(&dimension.codes[*place], picks, *place));
    (values.collect(), many)
}

/// The places of the values of a page, rising, and the way to other pages.
fn looked_through(
    setting: &Setting<'_>,
    dimension: &Dimension,
    (words, page): (&str, usize),
) -> (Vec<usize>, FigureBrowse) {
    let codes = &dimension.codes;
    let folded: Vec<String> = fold(words).split_whitespace().map(str::to_owned).collect();
    let fits = |code: &Code| {
        let label = if folded.is_empty() {
            String::new()
        } else {
            fold(&code.label)
        };
        folded
            .iter()
            .all(|it| label.contains(it) || code.id.starts_with(it))
    };
    let found = codes.iter().enumerate().filter(|(_, it)| fits(it));
    let found: Vec<usize> = found.map(|(at, _)| at).collect();
    let longest = codes.iter().map(|it| "o=&".len() + it.id.len()).max();
    let most = PAGE_BYTES_MAX / longest.unwrap_or(1);
    let most = most.clamp(1, PAGE_BOXES_MAX);
    let last = found.len().div_ceil(most).max(1);
    let page = page.clamp(1, last);
    let here: Vec<usize> = found
        .iter()
        .skip((page - 1) * most)
        .take(most)
        .copied()
        .collect();
    let from = (page - 1) * most + usize::from(!here.is_empty());
    let range = [from, (page - 1) * most + here.len(), found.len()];
    let [from, to, count] = range.map(|it| number(it as u64));
    let ways = [
        (page > 2, 1, "table.first_values"),
        (page > 1, page - 1, "table.former_values"),
        (page < last, page + 1, "table.next_values"),
        (page + 1 < last, last, "table.last_values"),
    ];
    let ways = ways.into_iter().filter(|(is_there, ..)| *is_there);
    let browse = FigureBrowse {
        words: words.to_owned(),
        range: setting.texts(
            "table.range",
            &[("from", &from), ("to", &to), ("count", &count)],
        ),
        page: Some(page).filter(|it| *it > 1),
        pages: ways
            .map(|(_, page, key)| FigureChoice {
                value: page.to_string(),
                label: setting.text(key).to_owned(),
                selected: false,
            })
            .collect(),
    };
    (here, browse)
}

fn value(code: &Code, picks: &[usize], place: usize) -> FigureChoice {
    FigureChoice {
        value: code.id.clone(),
        label: code.label.clone(),
        selected: picks.binary_search(&place).is_ok(),
    }
}
