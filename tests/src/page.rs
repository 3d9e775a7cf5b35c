//! What a page of the theme shows, read from its markup.

use dinh::demo::page::{Link, links, readable, unescaped};
use serde_json::Value;

/// A page.
#[derive(Debug, Clone)]
pub struct Page(String);

/// A value of a filter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilterOption {
    /// As the form sends it.
    pub value: String,
    /// As a reader sees it.
    pub label: String,
    /// How many entries it would leave.
    pub count: u64,
}

/// A facet of the search.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facet {
    /// Its name.
    pub label: String,
    /// Values with their counts, and the address of the search narrowed to each.
    pub values: Vec<(String, u64, String)>,
}

impl Page {
    /// From markup.
    pub fn new(html: String) -> Self {
        Self(html)
    }

    /// The markup.
    pub fn html(&self) -> &str {
        &self.0
    }

    /// The words of its main part; of all of it where there is none.
    pub fn words(&self) -> String {
        let main = self.between("<main", "</main>");
        let main = main.first().and_then(|main| main.split_once('>'));
        readable(main.map_or(self.0.as_str(), |(_, main)| main))
    }

    /// Path of the address that the page names as its own.
    pub fn canonical_path(&self) -> String {
        let own = self.between("<link rel=\"canonical\" href=\"", "\"");
        let (_, path) = own.first().unwrap().split_once("://").unwrap();
        let (_, path) = path.split_once('/').unwrap();
        format!("/{path}")
    }

    /// All links.
    pub fn links(&self) -> Vec<Link> {
        links(&self.0)
    }

    /// The link with these words.
    #[track_caller]
    pub fn link(&self, words: &str) -> Link {
        let found = self.links().into_iter().find(|link| link.words == words);
        found.unwrap_or_else(|| panic!("no link “{words}”: {}", self.words()))
    }

    /// The rows of a list or hits of a search: titles with addresses.
    pub fn rows(&self) -> Vec<Link> {
        let heads = self.between("<div class=\"row-head\">", "</div>");
        heads
            .into_iter()
            .filter_map(|head| links(head).into_iter().next())
            .collect()
    }

    /// The whole text of each row.
    pub fn row_texts(&self) -> Vec<String> {
        self.between("<article class=\"row\">", "</article>")
            .into_iter()
            .map(readable)
            .collect()
    }

    /// How many there are in all, as the page says it.
    #[track_caller]
    pub fn total(&self) -> u64 {
        let said = self.between("<p class=\"total\" role=\"status\">", "</p>");
        let said = said
            .first()
            .copied()
            .unwrap_or_else(|| panic!("no total: {}", self.words()));
        match readable(said).strip_prefix("Có ") {
            Some(rest) => number(rest.split(' ').next().unwrap_or_default()),
            None => 0,
        }
    }

    /// The values of a filter, with counts; without “all”.
    pub fn options(&self, name: &str) -> Vec<FilterOption> {
        let select = self.between(&format!("<select id=\"loc-{name}\""), "</select>");
        let in_select = select
            .iter()
            .flat_map(|select| between(select, "<option value=\"", "</option>"));
        let boxes = format!("<input type=\"checkbox\" name=\"{name}\" value=\"");
        let ticked = self.between(&boxes, "</label>");
        let all = in_select.chain(ticked).filter_map(|text| {
            let (value, rest) = text.split_once('"')?;
            let (_, shown) = rest.split_once('>')?;
            let shown = readable(shown);
            let (label, count) = shown.rsplit_once(" (")?;
            Some(FilterOption {
                value: unescaped(value),
                label: label.to_owned(),
                count: number(count),
            })
        });
        all.collect()
    }

    /// The facets of a search.
    pub fn facets(&self) -> Vec<Facet> {
        let aside = self.between("<aside class=\"facets\"", "</aside>");
        let sections = aside
            .iter()
            .flat_map(|aside| between(aside, "<section>", "</section>"));
        let facets = sections.map(|section| Facet {
            label: readable(between(section, "<h2>", "</h2>").first().unwrap_or(&"")),
            values: links(section)
                .into_iter()
                .filter_map(|link| {
                    let (label, count) = link.words.rsplit_once(" (")?;
                    Some((label.to_owned(), number(count), link.address.clone()))
                })
                .collect(),
        });
        facets.collect()
    }

    /// The facet of a name, as value and count.
    #[track_caller]
    pub fn facet(&self, label: &str) -> Vec<(String, u64)> {
        let found = self.facets().into_iter().find(|facet| facet.label == label);
        let found = found.unwrap_or_else(|| panic!("no facet {label}: {}", self.words()));
        found
            .values
            .into_iter()
            .map(|(value, count, _)| (value, count))
            .collect()
    }

    /// Marked words of snippets and titles.
    pub fn marked(&self) -> Vec<String> {
        self.between("<mark>", "</mark>")
            .into_iter()
            .map(readable)
            .collect()
    }

    /// The table of an entry: labels and values.
    pub fn facts(&self) -> Vec<(String, String)> {
        let rows = self.between("<dl class=\"facts\">", "</dl>");
        let rows = rows
            .iter()
            .flat_map(|table| between(table, "<dt>", "</div>"));
        let facts = rows.filter_map(|row| {
            let (label, value) = row.split_once("</dt>")?;
            Some((readable(label), readable(value)))
        });
        facts.collect()
    }

    /// The Dublin Core elements.
    pub fn dublin_core(&self) -> Vec<(String, String)> {
        let elements = self
            .between("<meta name=\"DC.", "\">")
            .into_iter()
            .filter_map(|text| {
                let (name, value) = text.split_once("\" content=\"")?;
                Some((name.to_owned(), unescaped(value)))
            });
        elements.collect()
    }

    /// The linked data.
    pub fn json_ld(&self) -> Option<Value> {
        let found = self.between("<script type=\"application/ld+json\">", "</script>");
        serde_json::from_str(found.first()?).ok()
    }

    /// Identifiers of elements.
    pub fn ids(&self) -> Vec<&str> {
        self.between(" id=\"", "\"")
    }

    /// What stands between two texts, each time.
    pub fn between(&self, start: &str, end: &str) -> Vec<&str> {
        between(&self.0, start, end)
    }
}

fn between<'a>(html: &'a str, start: &str, end: &str) -> Vec<&'a str> {
    let found = html
        .split(start)
        .skip(1)
        .filter_map(|rest| rest.split_once(end));
    found.map(|(inner, _)| inner).collect()
}

/// `1.234)` as people write it.
fn number(text: &str) -> u64 {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    digits.parse().unwrap_or_default()
}
