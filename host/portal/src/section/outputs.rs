//! What else an entry's address gives: a page for paper, a copy to keep, Akoma Ntoso, references. Each follows the
//! entry: moved, withdrawn or not there as it is.

use dinh_domain::canonical::Content;
use dinh_domain::ids::Slug;
use dinh_store::content_hash;

use super::{Here, version_at};
use crate::failure::Failure;
use crate::portal::Portal;
use crate::shown::{Answer, Copy, Reference};
use crate::table;

/// One of `dinh_domain::declaration::ENTRY_WORDS`, versions apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Output {
    Print,
    Copy,
    Akn,
    Table,
    Reference(Reference),
}

impl Output {
    /// The entry's slug and the output of a path below a section.
    pub(super) fn of(path: &str) -> Option<(&str, Self)> {
        let (slug, word) = path.split_once('/')?;
        let output = match word {
            "ban-in" => Self::Print,
            "ban-luu" => Self::Copy,
            "akn.xml" => Self::Akn,
            "bang" => Self::Table,
            "trich-dan.bib" => Self::Reference(Reference::Bibtex),
            "trich-dan.ris" => Self::Reference(Reference::Ris),
            _ => return None,
        };
        Some((slug, output))
    }

    fn word(self) -> &'static str {
        match self {
            Self::Print => "ban-in",
            Self::Copy => "ban-luu",
            Self::Akn => "akn.xml",
            Self::Table => "bang",
            Self::Reference(Reference::Bibtex) => "trich-dan.bib",
            Self::Reference(Reference::Ris) => "trich-dan.ris",
        }
    }
}

impl Portal {
    /// The entry, or the version of one, whose table stands at a path below a section: shown, moved, withdrawn or not there
    /// as it is.
    pub(crate) async fn table_entry(&self, here: &Here<'_>, rest: &str) -> Result<Answer, Failure> {
        let word = Output::Table.word();
        let above = rest.strip_suffix(word).and_then(|it| it.strip_suffix('/'));
        let Some(above) = above.filter(|_| table::field_of(here.collection).is_some()) else {
            return Ok(Answer::NotFound);
        };
        let (slug, number) = match version_at(above) {
            Some((slug, number @ Some(_))) => (slug, number),
            _ => (above, None),
        };
        let Ok(slug) = Slug::new(slug) else {
            return Ok(Answer::NotFound);
        };
        let answer = match number {
            Some(_) => self.versions(here, (&slug, number), &[]).await?,
            None => self.entry(here, &slug).await?,
        };
        Ok(match answer {
            Answer::Moved(path) => Answer::Moved(format!("{path}/{word}")),
            other => other,
        })
    }

    /// The table of a version that stays readable, as a reader chose from it.
    pub(super) async fn version_table(
        &self,
        here: &Here<'_>,
        rest: &str,
        given: &[(String, String)],
    ) -> Result<Answer, Failure> {
        let text = match self.table_entry(here, rest).await? {
            Answer::Version(text) => text,
            other => return Ok(other),
        };
        let entry = &text.detail.entry;
        let table = self
            .table_of(here.collection, &entry.id, &entry.body)
            .await?;
        Ok(match table {
            Some(table) => {
                let mut shown = self.table_chosen(here, table, given).await?;
                // Beside the one that holds, no search engine needs it.
                shown.is_chosen = true;
                Answer::Table(Box::new((text.detail, shown)))
            }
            None => Answer::NotFound,
        })
    }

    pub(super) async fn output(
        &self,
        here: &Here<'_>,
        slug: &str,
        output: Output,
        given: &[(String, String)],
    ) -> Result<Answer, Failure> {
        let Ok(slug) = Slug::new(slug) else {
            return Ok(Answer::NotFound);
        };
        if output == Output::Akn && here.collection.view.akn.is_none() {
            return Ok(Answer::NotFound);
        }
        if output == Output::Table && table::field_of(here.collection).is_none() {
            return Ok(Answer::NotFound);
        }
        let is_reference = matches!(output, Output::Reference(_));
        if is_reference && here.collection.view.citation.is_none() {
            return Ok(Answer::NotFound);
        }
        let mut answer = self.entry(here, &slug).await?;
        if matches!(output, Output::Print | Output::Copy) {
            answer = self.with_table(here, answer).await?;
        }
        Ok(match (answer, output) {
            (Answer::Detail(detail), Output::Print) => Answer::Print(detail),
            (Answer::Detail(detail), Output::Copy) => {
                let content = Content::of(&detail.entry);
                let (value, hash) = (content.value(), content_hash(&content));
                Answer::Copy(Box::new(Copy {
                    content: value,
                    hash,
                    made_at: here.visit.now.rfc3339_in(&here.visit.zone()),
                    detail: *detail,
                }))
            }
            (Answer::Detail(detail), Output::Akn) => match super::akn::act(here, &detail) {
                Some(act) => Answer::Akn(Box::new(act)),
                None => Answer::NotFound,
            },
            (Answer::Detail(detail), Output::Table) => {
                match self.table_shown(here, &detail.entry, given).await? {
                    Some(shown) => Answer::Table(Box::new((*detail, shown))),
                    None => Answer::NotFound,
                }
            }
            (Answer::Detail(detail), Output::Reference(format)) => {
                Answer::Reference(detail, format)
            }
            (Answer::Moved(path), _) => Answer::Moved(format!("{path}/{}", output.word())),
            (other, _) => other,
        })
    }
}
