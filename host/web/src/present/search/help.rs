use dinh_portal::shown::{Guess, Helped};
use dinh_render::view::{CountedLink, Link, SearchPage};

use super::WORDS;
use crate::links;
use crate::present::setting::{self, Setting};
use crate::routes::SEARCH;

/// A search page with what helps on from these words, and nothing else.
pub(super) fn helped(setting: &Setting<'_>, help: &Helped, words: &str) -> SearchPage {
    let there = |host: &str| setting.options.origin(host) + &asks(words);
    let spelled = help.spelled.as_ref();
    let elsewhere = help.elsewhere.iter().map(|site| CountedLink {
        label: site.name.clone(),
        href: there(&site.host),
        count: site.count,
    });
    let upper = help.upper.as_ref();
    let sections = setting.visit.menu();
    let sections = sections.map(|section| Link::new(&section.name, setting::path(section)));
    SearchPage {
        suggestion: spelled.map(|guess| Link::new(&guess.words, asks(&guess.words))),
        readings: guesses(&help.readings),
        unknown: quoted(&help.unknown),
        fewer: guesses(&help.fewer),
        elsewhere: elsewhere.collect(),
        upper: upper.map(|(name, host)| Link::new(name, there(host))),
        sections: sections.collect(),
        ..SearchPage::default()
    }
}

fn guesses(guesses: &[Guess]) -> Vec<CountedLink> {
    let links = guesses.iter().map(|guess| CountedLink {
        label: guess.words.clone(),
        href: asks(&guess.words),
        count: guess.total,
    });
    links.collect()
}

/// The search for these words, without what narrowed the one before.
fn asks(words: &str) -> String {
    links::with_params(SEARCH, &[(WORDS.to_owned(), words.to_owned())])
}

/// `“a”, “b”`.
fn quoted(words: &[String]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("“{word}”")).collect();
    quoted.join(", ")
}
