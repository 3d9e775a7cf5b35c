use serde::Serialize;

use super::{Link, Notice, View};
use crate::SafeHtml;

/// A table of figures, with what has to be known to read it.
#[derive(Debug, Clone, Serialize)]
pub struct Figures {
    /// What it shows, with unit and what is the same for all cells.
    pub caption: String,
    /// Rows of headings.
    pub head: Vec<Vec<FigureHead>>,
    /// Rows of figures.
    pub rows: Vec<FigureRow>,
    /// Meaning of the signs in it.
    pub signs: Vec<FigureSign>,
    /// What else has to be known.
    pub notes: Vec<String>,
    /// The same as a drawing.
    pub chart: Option<SafeHtml>,
}

/// A heading above columns.
#[derive(Debug, Clone, Serialize)]
pub struct FigureHead {
    /// What it says.
    pub text: String,
    /// How many columns it stands above.
    pub span: usize,
    /// How many rows of headings it takes.
    pub rows: usize,
}

/// A row of figures.
#[derive(Debug, Clone, Serialize)]
pub struct FigureRow {
    /// What it is about, one for each dimension along the rows.
    pub heads: Vec<String>,
    /// Its cells.
    pub cells: Vec<FigureCell>,
}

/// A cell.
#[derive(Debug, Clone, Serialize)]
pub struct FigureCell {
    /// The number as people write it, or the sign that stands for it.
    pub text: String,
    /// A sign beside the number.
    pub sign: &'static str,
}

/// What a sign means.
#[derive(Debug, Clone, Serialize)]
pub struct FigureSign {
    /// The sign.
    pub sign: &'static str,
    /// Its meaning.
    pub text: String,
}

/// The page of a table.
#[derive(Debug, Clone, Serialize)]
pub struct FiguresPage {
    /// Its heading.
    pub title: String,
    /// Remarks.
    pub notices: Vec<Notice>,
    /// The table; none where more was chosen than a page shows.
    pub figures: Option<Figures>,
    /// Other ways to look at it.
    pub looks: Vec<Link>,
    /// The form that chooses.
    pub chooser: FigureChooser,
    /// What is chosen as files.
    pub downloads: Vec<Link>,
    /// All of it as files.
    pub whole: Vec<Link>,
    /// The entry it belongs to.
    pub back: Link,
}

/// The form that chooses from a table.
#[derive(Debug, Clone, Serialize)]
pub struct FigureChooser {
    /// Where it leads.
    pub action: String,
    /// Dimensions that may lie along the rows.
    pub rows: Vec<FigureChoice>,
    /// Dimensions that may lie along the columns.
    pub columns: Vec<FigureChoice>,
    /// Values by dimension.
    pub dimensions: Vec<FigureDimension>,
    /// Drawings.
    pub drawings: Vec<FigureChoice>,
    /// Whether the last column is compared with the first.
    pub is_compared: bool,
}

/// A dimension whose values are chosen.
#[derive(Debug, Clone, Serialize)]
pub struct FigureDimension {
    /// Its word in addresses.
    pub id: String,
    /// What people call it.
    pub label: String,
    /// How many of its values are shown, in words.
    pub count: String,
    /// All of its values, or those that are looked at.
    pub values: Vec<FigureChoice>,
    /// How those are found, where it has more than stand beside each other.
    pub many: Option<FigureMany>,
}

/// A dimension with more values than stand beside each other.
#[derive(Debug, Clone, Serialize)]
pub struct FigureMany {
    /// Those that are chosen and do not stand here.
    pub others: Option<FigureChoice>,
    /// All of them.
    pub all: FigureChoice,
    /// The way through its values; none while another dimension is looked through.
    pub browse: Option<FigureBrowse>,
    /// Words of the button that leads to its values.
    pub look: String,
}

/// A way through many values.
#[derive(Debug, Clone, Serialize)]
pub struct FigureBrowse {
    /// The words that are looked for.
    pub words: String,
    /// Which values stand here, in words.
    pub range: String,
    /// The page, where it is not the first.
    pub page: Option<usize>,
    /// Buttons to other pages.
    pub pages: Vec<FigureChoice>,
}

/// Something that can be chosen.
#[derive(Debug, Clone, Serialize)]
pub struct FigureChoice {
    /// What the form sends.
    pub value: String,
    /// What people read.
    pub label: String,
    /// Whether it is chosen.
    pub selected: bool,
}

impl View for FiguresPage {
    const TEMPLATE: &'static str = "figures";
}
