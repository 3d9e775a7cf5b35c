use serde::Serialize;

/// Where the reader is in a list of several pages.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Paging {
    /// This page, from 1.
    pub page: u64,
    /// Pages in all, at least 1.
    pub pages: u64,
    /// Number of the first row shown, from 1; 0 when there are none.
    pub first_row: u64,
    /// Number of the last row shown.
    pub last_row: u64,
    /// Address of the previous page.
    pub prev: Option<String>,
    /// Address of the next page.
    pub next: Option<String>,
    /// Numbered pages: the first, the last and those around this one, with gaps. Empty when there is one page.
    pub items: Vec<PageLink>,
}

/// One numbered page, or a gap between numbers.
#[derive(Debug, Clone, Serialize)]
pub struct PageLink {
    /// The number, from 1; 0 for a gap.
    pub number: u64,
    /// The page's address; none for this page and for a gap.
    pub href: Option<String>,
    /// This page.
    pub current: bool,
    /// Numbers were left out here.
    pub gap: bool,
}

/// Numbers shown on either side of the current page: with first and last they fit a 320 px screen in two lines.
const NEIGHBOURS: u64 = 2;

impl Paging {
    /// Page `page` (from 1) of `total` rows at `per_page` a page; `href` gives the address of a page.
    pub fn new(page: u64, per_page: u64, total: u64, href: impl Fn(u64) -> String) -> Self {
        let per_page = per_page.max(1);
        let pages = total.div_ceil(per_page).max(1);
        let page = page.clamp(1, pages);
        let first_row = if total == 0 {
            0
        } else {
            (page - 1) * per_page + 1
        };
        Self {
            page,
            pages,
            first_row,
            last_row: (page * per_page).min(total),
            prev: (page > 1).then(|| href(page - 1)),
            next: (page < pages).then(|| href(page + 1)),
            items: items(page, pages, &href),
        }
    }
}

fn items(page: u64, pages: u64, href: &dyn Fn(u64) -> String) -> Vec<PageLink> {
    if pages == 1 {
        return Vec::new();
    }
    let from = page.saturating_sub(NEIGHBOURS).max(1);
    let to = (page + NEIGHBOURS).min(pages);
    let mut numbers: Vec<u64> = (from..=to).collect();
    if from > 1 {
        numbers.insert(0, 1);
    }
    if to < pages {
        numbers.push(pages);
    }
    let mut items = Vec::with_capacity(numbers.len() + 2);
    let mut last = 0;
    for number in numbers {
        if number > last + 1 {
            items.push(PageLink {
                number: 0,
                href: None,
                current: false,
                gap: true,
            });
        }
        let current = number == page;
        items.push(PageLink {
            number,
            href: (!current).then(|| href(number)),
            current,
            gap: false,
        });
        last = number;
    }
    items
}
