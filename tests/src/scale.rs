//! A portal of the size that the figures at scale are asked at: a tree of communes with their sites, the people
//! who work there, and entries in all states of the desk. Always the same for the same size.

mod entries;
mod people;
mod places;

use dinh::bundle::Bundle;
use dinh_domain::dates::Instant;
use dinh_domain::declaration::Declaration;
use dinh_store::{NewChange, Store, WriteTx};

use crate::program;

pub use people::person;
pub use places::commune;

/// How much of everything.
#[derive(Debug, Clone)]
pub struct Scale {
    /// Communes, each with a site.
    pub sites: usize,
    /// Entries of each site.
    pub entries: usize,
    /// Now: what is on the desk is as old as its state lets expect.
    pub at: Instant,
    /// Only this commune's part of the whole; all of it where there is none.
    pub only: Option<usize>,
}

/// People of each commune.
pub const PEOPLE_OF_A_SITE: usize = people::OF_A_COMMUNE.len();
/// People of the Board, whatever the size.
pub const PEOPLE_OF_THE_BOARD: usize = people::OF_THE_BOARD.len();

impl Scale {
    /// Numbers of the communes that are made.
    fn communes(&self) -> impl Iterator<Item = usize> + use<> {
        let only = self.only;
        (0..self.sites).filter(move |it| only.is_none_or(|only| only == *it))
    }

    /// Fills a database that has the demo, whose district stands above everything that is made here.
    pub async fn fill(&self, store: &Store) {
        let declarations = declarations();
        let mut tx = store.begin_write().await.unwrap();
        places::make(self, &mut tx, &declarations).await;
        people::make(self, &mut tx).await;
        self.done(tx).await;
        for commune in self.communes() {
            let mut tx = store.begin_publishing().await.unwrap();
            entries::make(self, &mut tx, &declarations, commune).await;
            self.done(tx).await;
        }
    }

    async fn done(&self, mut tx: WriteTx) {
        tx.log_change(NewChange {
            at: self.at,
            kind: "site-put".to_owned(),
            site: None,
            entry: None,
            actor: "scale".to_owned(),
            detail: String::new(),
        });
        tx.commit().await.unwrap();
    }
}

/// What the bundled plugins declare.
pub fn declarations() -> Vec<Declaration> {
    let bundle = Bundle::find(Some(&program::bundle_folder())).unwrap();
    let files = bundle.plugins().into_values();
    files
        .map(|files| Declaration::parse(&files).unwrap())
        .collect()
}

/// One of some words, by a number.
fn one<'a>(words: &[&'a str], number: usize) -> &'a str {
    words[number % words.len()]
}
