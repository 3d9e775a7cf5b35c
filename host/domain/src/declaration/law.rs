//! What a collection of legal texts declares beside its pages: Akoma Ntoso and ELI. A collection
//! that declares neither has no such output.

use indexmap::IndexMap;
use regex::Regex;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::ids::ID_PATTERN;

/// `[view.akn]`: how an entry is written as Akoma Ntoso 3.0 (OASIS LegalDocML). Fields are named by
/// what they hold.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Akn {
    /// Country code of ISO 3166-1, lower case: `vn`.
    pub country: String,
    /// Language code of ISO 639-2, lower case: `vie`.
    pub language: String,
    /// Code field: number and symbol.
    pub number: String,
    /// Choice field: kind of document.
    pub kind: String,
    /// Date field: date of the document.
    pub date: String,
    /// Text field: what it is about.
    pub title: String,
    /// Text field: the body that issued it.
    pub author: String,
    /// Date field: in force from this day.
    #[serde(default)]
    pub in_force_from: Option<String>,
    /// Date field: out of force from this day.
    #[serde(default)]
    pub in_force_until: Option<String>,
    /// Text field: who signed.
    #[serde(default)]
    pub signer: Option<String>,
    /// Text field: in which capacity.
    #[serde(default)]
    pub signer_role: Option<String>,
    /// Texts field: subjects.
    #[serde(default)]
    pub subjects: Option<String>,
    /// Outline field: the text.
    pub text: String,
    /// A paragraph before the first level that matches is a citation (*căn cứ*).
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub citation: Option<Pattern>,
    /// Level of the outline → element.
    pub levels: IndexMap<String, AknElement>,
    /// Kind of edge → what it does to the other document. Kinds that are not named are references.
    #[serde(default)]
    pub modifications: IndexMap<String, AknModification>,
}

/// A regular expression, compiled once.
#[derive(Debug, Clone, Deserialize)]
#[serde(try_from = "String")]
pub struct Pattern(pub Regex);

impl TryFrom<String> for Pattern {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let pattern = Regex::new(&text).map_err(|error| format!("`{text}`: {error}"))?;
        Ok(Self(pattern))
    }
}

macro_rules! names {
    ($(#[$doc:meta])* $name:ident { $($(#[$case_doc:meta])* $case:ident = $text:literal, $more:literal;)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
        pub enum $name {
            $($(#[$case_doc])* #[serde(rename = $text)] $case,)*
        }

        impl $name {
            /// Its two names in the standard.
            pub fn names(self) -> (&'static str, &'static str) {
                match self {
                    $(Self::$case => ($text, $more),)*
                }
            }
        }
    };
}

names! {
    /// A hierarchical element, with the abbreviation that the standard's naming convention gives it
    /// in identifiers.
    AknElement {
        /// Quyển.
        Book = "book", "book";
        /// Phần.
        Part = "part", "part";
        /// Chương.
        Chapter = "chapter", "chp";
        /// Mục.
        Section = "section", "sec";
        /// Tiểu mục.
        Subsection = "subsection", "subsec";
        /// Điều.
        Article = "article", "art";
        /// Khoản.
        Clause = "clause", "cl";
        /// A numbered paragraph.
        Paragraph = "paragraph", "para";
        /// Điểm.
        Point = "point", "point";
        /// Tiết.
        Subparagraph = "subparagraph", "subpara";
        /// Gạch đầu dòng.
        Indent = "indent", "indent";
        /// Any other level.
        Level = "level", "lvl";
    }
}

/// What an edge does to the document at its other end (`activeModifications`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum AknModification {
    /// Parts of its text change.
    Amends,
    /// It ends, and this document takes its place.
    Replaces,
    /// It ends.
    Repeals,
    /// Its words are put right.
    Corrects,
    /// It is carried out in detail.
    Implements,
    /// Its effect is suspended.
    Suspends,
}

impl AknModification {
    /// Element and `type` of the standard.
    pub fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Amends => ("textualMod", "substitution"),
            Self::Replaces => ("forceMod", "endOfEnactment"),
            Self::Repeals => ("textualMod", "repeal"),
            Self::Corrects => ("textualMod", "replacement"),
            Self::Implements => ("legalSystemMod", "implementation"),
            Self::Suspends => ("efficacyMod", "inapplication"),
        }
    }
}

/// `[view.eli]`: addresses and metadata after the European Legislation Identifier:
/// `/eli/{jurisdiction}/{agent}/{type}/{year}/{number}[/{language}[/{format}]]`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Eli {
    /// First part of every address: `vn`.
    #[schemars(with = "String", extend("pattern" = ID_PATTERN))]
    pub jurisdiction: crate::ids::Slug,
    /// Language code of ISO 639-2, lower case: `vie`.
    #[schemars(with = "String", extend("pattern" = ID_PATTERN))]
    pub language: crate::ids::Slug,
    /// Text field: the body that issued it.
    pub agent: String,
    /// Choice field: kind of document.
    #[serde(rename = "type")]
    pub kind: String,
    /// Date field whose year is in the address.
    pub date: String,
    /// Code field: number and symbol.
    pub number: String,
    /// Property of the ontology, without prefix → field or host value.
    #[serde(default)]
    pub properties: IndexMap<String, String>,
    /// Kind of edge → property of the ontology that points to the other end.
    #[serde(default)]
    pub relations: IndexMap<String, String>,
}
