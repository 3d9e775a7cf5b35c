//! The two formats of corpus and queries, and how a row becomes a document of the index.

use std::collections::BTreeSet;

use dinh_domain::dates::LocalDate;
use dinh_domain::ids::{CollectionId, EntryId, SiteId};
use dinh_domain::outline;
use dinh_search::Document;
use serde_json::{Value, json};

use super::named::Named;
use super::spelling::spellings;

/// Names of the fields, in both formats.
mod field {
    pub(super) const NUMBER: &str = "so_ky_hieu";
    pub(super) const KIND: &str = "loai";
    pub(super) const ISSUED: &str = "ngay_ban_hanh";
    pub(super) const ABSTRACT: &str = "trich_yeu";
    pub(super) const ARTICLES: &str = "articles";
    /// Searched with the text where a row has them: the issuer, the signer, the subject.
    pub(super) const ALSO_SEARCHED: [&str; 3] = ["co_quan_ban_hanh", "nguoi_ky", "de_muc"];
    pub(super) const ARTICLE_ID: &str = "id";
    pub(super) const LAW: &str = "luat";
    pub(super) const ARTICLE_NUMBER: &str = "dieu";
    pub(super) const HEADING: &str = "tieu_de";
    pub(super) const TEXT: &str = "text";
    pub(super) const FORM: &str = "form";
    pub(super) const QUERY: &str = "query";
    pub(super) const QUERY_WITHOUT_MARKS: &str = "query_khong_dau";
    pub(super) const ANSWER: &str = "answer";
    pub(super) const RELEVANT: &str = "relevant";
    pub(super) const SPLIT: &str = "split";
}

/// What the rows are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    /// Whole documents; a query has one right answer.
    Documents,
    /// Articles of laws; a query has some relevant ones.
    Articles,
}

/// One question.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Query {
    /// The form or the split it is counted in.
    pub(super) group: String,
    /// Whether it is written with tone marks; unknown where the form says it.
    pub(super) marks: Option<bool>,
    /// What is asked.
    pub(super) text: String,
    /// Keys of the right answers, at least one.
    pub(super) right: BTreeSet<String>,
}

impl Format {
    /// The format of a corpus, by its first row.
    pub(super) fn of(row: &Value) -> Result<Self, String> {
        let has = |names: &[&str]| names.iter().all(|name| row.get(name).is_some());
        if has(&[field::NUMBER, field::ARTICLES]) {
            Ok(Self::Documents)
        } else if has(&[field::ARTICLE_ID, field::LAW, field::TEXT]) {
            Ok(Self::Articles)
        } else {
            Err(format!(
                "the row is of no known format: \"documents\" has {} and {}, \"articles\" has {}, {} and {}",
                field::NUMBER,
                field::ARTICLES,
                field::ARTICLE_ID,
                field::LAW,
                field::TEXT
            ))
        }
    }

    /// Its name, as in the manual.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Documents => "documents",
            Self::Articles => "articles",
        }
    }

    /// What queries name a row by.
    pub(super) fn key(self, row: &Value) -> Result<String, String> {
        needed(
            row,
            match self {
                Self::Documents => field::NUMBER,
                Self::Articles => field::ARTICLE_ID,
            },
        )
    }

    /// What people call a row.
    pub(super) fn named(self, row: &Value) -> Option<Named> {
        let (kind, key) = (given(row, field::KIND)?, given(row, field::NUMBER)?);
        Named::of(&kind, &key, given(row, field::ISSUED).as_deref())
    }

    /// The row as the portal would index it.
    pub(super) fn document(
        self,
        row: &Value,
        key: String,
        number: usize,
        site: &SiteId,
        collection: &CollectionId,
    ) -> Result<Document, String> {
        let id = EntryId::new(&format!("r{number}")).map_err(|error| error.to_string())?;
        let (title, titles, body, codes) = match self {
            Self::Documents => {
                let title = format!("{} {key}", needed(row, field::KIND)?);
                let mut body = vec![text_of(row)?];
                body.extend(
                    field::ALSO_SEARCHED
                        .iter()
                        .filter_map(|name| given(row, name)),
                );
                let summary = given(row, field::ABSTRACT).into_iter().collect();
                (title, summary, body, vec![key.clone()])
            }
            Self::Articles => {
                let title = given(row, field::HEADING).unwrap_or_else(|| key.clone());
                let law = vec![needed(row, field::LAW)?];
                (title, law, vec![needed(row, field::TEXT)?], Vec::new())
            }
        };
        Ok(Document {
            id,
            site: site.clone(),
            collection: collection.clone(),
            key: Some(key),
            url_path: format!("/{number}"),
            title,
            lead: titles.first().cloned(),
            titles,
            body,
            files: Vec::new(),
            codes,
            facets: Vec::new(),
            date: given(row, field::ISSUED).and_then(|date| LocalDate::parse(&date).ok()),
        })
    }

    /// The questions of one row of the queries.
    pub(super) fn queries(self, row: &Value) -> Result<Vec<Query>, String> {
        let text = needed(row, field::QUERY)?;
        if self == Self::Documents {
            return known_item(row, text);
        }
        let listed = row.get(field::RELEVANT).and_then(Value::as_array);
        let right: Option<BTreeSet<String>> = listed.and_then(|ids| {
            ids.iter()
                .map(|id| id.as_str().map(str::to_owned))
                .collect()
        });
        let right = right
            .filter(|ids| !ids.is_empty())
            .ok_or_else(|| format!("{:?} must be a list of ids, at least one", field::RELEVANT))?;
        let group = needed(row, field::SPLIT)?;
        let without = needed(row, field::QUERY_WITHOUT_MARKS)?;
        let asked = [(true, text), (false, without)].map(|(marks, text)| Query {
            group: group.clone(),
            marks: Some(marks),
            text,
            right: right.clone(),
        });
        Ok(asked.into())
    }
}

/// One question; one more for every way to type it where it is a whole number.
fn known_item(row: &Value, text: String) -> Result<Vec<Query>, String> {
    let (form, answer) = (needed(row, field::FORM)?, needed(row, field::ANSWER)?);
    let query = |group: String, text: String| Query {
        group,
        marks: None,
        text,
        right: BTreeSet::from([answer.clone()]),
    };
    let mut queries = Vec::new();
    if text == answer {
        let spelled = spellings(&answer).into_iter();
        queries.extend(spelled.map(|(way, text)| query(format!("{form}, {way}"), text)));
    }
    queries.insert(0, query(form, text));
    Ok(queries)
}

/// The articles of a document as the text that is searched.
fn text_of(row: &Value) -> Result<String, String> {
    let articles = row.get(field::ARTICLES).and_then(Value::as_array);
    let articles = articles.ok_or_else(|| format!("{:?} must be a list", field::ARTICLES))?;
    let block = |article: &Value| {
        let part = |name| given(article, name).unwrap_or_default();
        json!({
            "level": "article",
            "number": part(field::ARTICLE_NUMBER),
            "heading": part(field::HEADING),
            "text": part(field::TEXT),
        })
    };
    Ok(outline::plain(&articles.iter().map(block).collect()))
}

fn given(row: &Value, name: &str) -> Option<String> {
    let text = row.get(name)?.as_str()?;
    (!text.trim().is_empty()).then(|| text.to_owned())
}

fn needed(row: &Value, name: &str) -> Result<String, String> {
    given(row, name).ok_or_else(|| format!("{name:?} is missing, empty or no text"))
}
