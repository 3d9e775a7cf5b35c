//! The portal from outside: every test is a visit, a command or a posting, on a portal of its own
//! with the demo in it. The tree repeats what is visited.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "the whole crate is tests"
)]

mod site {
    mod addresses;
    mod crawl;
    mod four_sites;
    mod headers;
    mod modules;
    mod nodes;
    mod states;
}
mod section {
    mod calendar;
    mod computed;
    mod counts;
    mod detail;
    mod filters;
    mod moved;
    mod paging;
    mod relations;
    mod search_words;
    mod withdrawn;
}
mod search {
    mod complete;
    mod facets;
    mod numbers;
    mod reach;
    mod words;
}
mod file;
mod file_text {
    mod hostile;
    mod import;
    mod life;
    mod producers;
}
mod request {
    mod hosts;
    mod malformed;
}
mod post;
mod import {
    mod faults;
    mod files;
    mod killed;
    mod real_data;
    pub(crate) mod rows;
    mod runs;
}
mod program {
    mod data_folder;
    mod plugins;
    mod running;
    mod usage;
}
