//! From the parameters of an address to a checked query. Unknown parameters cost nothing; a
//! declared one that cannot be used is complained of, in Vietnamese, and left out.

use dinh_domain::declaration::{CodeList, Collection, IndexType};
use dinh_domain::query::{
    BadQuery, DEFAULT_PER_PAGE, Filter, MAX_FILTER_VALUES, MAX_PAGE, MAX_PER_PAGE, Query, Sort,
};

#[cfg(test)]
pub(crate) mod tests;

/// Longest search text, in characters: an abstract pasted whole still fits.
pub const MAX_WORDS_CHARS: usize = 500;

/// Longest piece of somebody's text that a complaint repeats, in characters.
const MAX_SHOWN_CHARS: usize = 100;

/// What was asked of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Asked {
    /// The query on declared indexes.
    pub(crate) query: Query,
    /// Words to search for.
    pub(crate) words: String,
    /// Usable parameters in canonical order, without `page`.
    pub(crate) params: Vec<(String, String)>,
    /// What could not be used.
    pub(crate) complaints: Vec<String>,
}

/// What people call an index, and which values it can have.
pub(crate) trait Names {
    /// The name of an index.
    fn label(&self, index: &str) -> String;
    /// The list of a coded index; none where it is not coded.
    fn list(&self, index: &str) -> Option<&CodeList>;

    /// Whether a coded index has such a value.
    fn knows(&self, index: &str, value: &str) -> bool {
        self.list(index).is_some_and(|it| it.get(value).is_some())
    }

    /// All of them; empty where the index is not coded.
    fn values(&self, index: &str) -> Vec<String> {
        let values = self.list(index).map_or(&[][..], |list| &list.values);
        values.iter().map(|value| value.id.clone()).collect()
    }

    /// A filter that lets through what equals one of these, or stands below it in its list.
    fn any_of(
        &self,
        collection: &Collection,
        index: &str,
        values: &[&str],
    ) -> Result<Filter, BadQuery> {
        match self.list(index) {
            Some(list) => Filter::any_below(collection, index, values, list),
            None => Filter::any_of(collection, index, values),
        }
    }
}

/// Reads the parameters of a list.
pub(crate) fn list(
    collection: &Collection,
    given: &[(String, String)],
    names: &impl Names,
) -> Asked {
    let mut complaints = Vec::new();
    let mut params = Vec::new();
    let words = words(given, &mut complaints);
    if !words.is_empty() {
        params.push(("q".to_owned(), words.clone()));
    }
    let mut filters = Vec::new();
    for name in &collection.view.list.filters {
        let kind = collection.index.get(name).map(|index| index.kind);
        let read = match kind {
            Some(IndexType::Date) => range(collection, name, given),
            Some(IndexType::Choice) => coded(collection, name, given, names),
            _ => equal(collection, name, given, names),
        };
        match read {
            Ok(found) => {
                for (filter, mut used) in found {
                    filters.push(filter);
                    params.append(&mut used);
                }
            }
            Err(bad) => complaints.push(complaint(&bad, names)),
        }
    }
    let sort = sort(collection, given, &mut params).unwrap_or_else(|(sort, asked)| {
        complaints.push(unsortable(&asked));
        sort
    });
    let per_page = number(
        given,
        "per_page",
        DEFAULT_PER_PAGE,
        MAX_PER_PAGE,
        &mut complaints,
    );
    if per_page != DEFAULT_PER_PAGE {
        params.push(("per_page".to_owned(), per_page.to_string()));
    }
    let page = number(given, "page", 1, MAX_PAGE, &mut complaints);
    let query = Query {
        among: None,
        filters,
        sort,
        page,
        per_page,
    };
    Asked {
        query,
        words,
        params,
        complaints,
    }
}

/// The parameters that [`list`] reads.
pub(crate) fn params(collection: &Collection) -> Vec<String> {
    let own = ["q", "sort", "per_page", "page"].map(str::to_owned);
    let filters = collection.view.list.filters.iter().flat_map(|name| {
        match collection.index.get(name).map(|index| index.kind) {
            Some(IndexType::Date) => vec![format!("{name}_from"), format!("{name}_to")],
            _ => vec![name.clone()],
        }
    });
    own.into_iter().chain(filters).collect()
}

/// The first entries in the collection's own order.
pub(crate) fn first(collection: &Collection, count: u32) -> Query {
    Query {
        filters: Vec::new(),
        among: None,
        sort: own_order(collection),
        page: 1,
        per_page: count,
    }
}

/// The words of `q`, cleaned and bounded. Every sign in them is text: there are no operators.
pub(crate) fn words(given: &[(String, String)], complaints: &mut Vec<String>) -> String {
    let text = one(given, "q").unwrap_or_default();
    let words = text.split(|c: char| c.is_whitespace() || c.is_control());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    let cleaned = words.join(" ");
    let cut: String = cleaned.chars().take(MAX_WORDS_CHARS).collect();
    if cut.len() < cleaned.len() {
        complaints.push(format!(
            "Câu tìm quá dài; chỉ {MAX_WORDS_CHARS} ký tự đầu được dùng."
        ));
    }
    if !cut.is_empty() && !cut.contains(char::is_alphanumeric) {
        complaints
            .push("Câu tìm không có chữ hay số nào; xin gõ ít nhất một từ hoặc số.".to_owned());
    }
    cut
}

/// The first value of a parameter that is not empty.
pub(crate) fn one<'a>(given: &'a [(String, String)], name: &str) -> Option<&'a str> {
    many(given, name).into_iter().next()
}

/// All values of a parameter that are not empty, without repetition.
pub(crate) fn many<'a>(given: &'a [(String, String)], name: &str) -> Vec<&'a str> {
    let mut values: Vec<&str> = Vec::new();
    for (key, value) in given {
        let value = value.trim();
        if key == name && !value.is_empty() && !values.contains(&value) {
            values.push(value);
        }
    }
    values
}

/// A whole number between 1 and `max`; anything else is complained of.
pub(crate) fn number(
    given: &[(String, String)],
    name: &str,
    default: u32,
    max: u32,
    complaints: &mut Vec<String>,
) -> u32 {
    let Some(text) = one(given, name) else {
        return default;
    };
    match text.parse() {
        Ok(number) if (1..=max).contains(&number) => number,
        _ => {
            let shown: String = text.chars().take(40).collect();
            complaints.push(format!(
                "Tham số {name} = “{shown}” không dùng được: hãy nhập số từ 1 đến {max}."
            ));
            default
        }
    }
}

type Read = Vec<(Filter, Vec<(String, String)>)>;

fn equal(
    collection: &Collection,
    name: &str,
    given: &[(String, String)],
    names: &impl Names,
) -> Result<Read, BadQuery> {
    let values = many(given, name);
    if values.is_empty() {
        return Ok(Vec::new());
    }
    let filter = names.any_of(collection, name, &values)?;
    let used = values
        .iter()
        .map(|value| (name.to_owned(), (*value).to_owned()));
    Ok(vec![(filter, used.collect())])
}

/// As [`equal`], where only values of a list can be asked for.
fn coded(
    collection: &Collection,
    name: &str,
    given: &[(String, String)],
    names: &impl Names,
) -> Result<Read, BadQuery> {
    let unknown = many(given, name)
        .into_iter()
        .find(|it| !names.knows(name, it));
    match unknown {
        Some(value) => Err(BadQuery::Value {
            index: name.to_owned(),
            value: value.to_owned(),
        }),
        None => equal(collection, name, given, names),
    }
}

fn range(
    collection: &Collection,
    name: &str,
    given: &[(String, String)],
) -> Result<Read, BadQuery> {
    let mut found = Vec::new();
    for (end, read) in [
        ("from", Filter::from as ReadEnd),
        ("to", Filter::to as ReadEnd),
    ] {
        let param = format!("{name}_{end}");
        if let Some(text) = one(given, &param) {
            let date = iso(text);
            found.push((read(collection, name, &date)?, vec![(param, date)]));
        }
    }
    Ok(found)
}

type ReadEnd = fn(&Collection, &str, &str) -> Result<Filter, BadQuery>;

/// People write `03/10/2014`; addresses hold `2014-10-03`.
fn iso(text: &str) -> String {
    let date = dinh_domain::vietnamese::parse_date(text);
    date.map_or_else(|| text.to_owned(), |date| date.to_string())
}

/// The order asked for, or the collection's own; with what was asked where that cannot be.
fn sort(
    collection: &Collection,
    given: &[(String, String)],
    params: &mut Vec<(String, String)>,
) -> Result<Sort, (Sort, String)> {
    let view = &collection.view.list;
    let fallback = own_order(collection);
    let Some(asked) = one(given, "sort") else {
        return Ok(fallback);
    };
    let offered = view
        .sorts
        .iter()
        .any(|sort| sort == asked.trim_start_matches('-'));
    match Sort::parse(collection, asked) {
        Ok(sort) if offered => {
            // Beside words even the usual order must be asked for: theirs is how well they fit.
            if sort != fallback || one(given, "q").is_some() {
                params.push(("sort".to_owned(), asked.to_owned()));
            }
            Ok(sort)
        }
        _ => Err((fallback, asked.to_owned())),
    }
}

fn own_order(collection: &Collection) -> Sort {
    let declared = &collection.view.list.default_sort;
    Sort {
        index: declared.trim_start_matches('-').to_owned(),
        descending: declared.starts_with('-'),
    }
}

fn unsortable(asked: &str) -> String {
    format!(
        "Không thể sắp xếp theo “{}”; danh sách giữ thứ tự mặc định.",
        cut(asked)
    )
}

fn cut(text: &str) -> String {
    text.chars().take(MAX_SHOWN_CHARS).collect()
}

fn complaint(bad: &BadQuery, names: &impl Names) -> String {
    match bad {
        BadQuery::Unknown(name) => {
            format!(
                "Không thể lọc theo “{}”; bộ lọc này được bỏ qua.",
                cut(name)
            )
        }
        BadQuery::Value { index, value } => format!(
            "Giá trị “{}” không hợp lệ cho bộ lọc “{}”; bộ lọc này được bỏ qua. Ngày viết dạng 03/10/2014 hoặc 2014-10-03.",
            cut(value),
            names.label(index)
        ),
        BadQuery::Unfit(name) => format!("Không thể so sánh theo “{}”.", names.label(name)),
        BadQuery::TooMany(name) => {
            format!(
                "Bộ lọc “{}” có quá {MAX_FILTER_VALUES} giá trị; hãy chọn ít hơn.",
                names.label(name)
            )
        }
    }
}
