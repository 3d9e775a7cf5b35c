use serde::Serialize;

use super::Link;

/// The text of an entry, ready to show: blocks with their heading levels, and the table of contents.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Article {
    /// Outline, at most three levels deep; empty when the text has fewer than three headings.
    pub toc: Vec<TocItem>,
    /// The outline is short enough to be open at once above the text on a phone.
    pub toc_open: bool,
    /// The text in order.
    pub blocks: Vec<PlacedBlock>,
}

/// A piece of a structured text. A legal text is a flat list of them.
#[derive(Debug, Clone, Serialize)]
pub struct Block {
    /// Which piece.
    pub kind: BlockKind,
    /// Fragment identifier, unique in the text, letters, digits and `-` only; `dieu-5`. None = cannot be linked.
    pub anchor: Option<String>,
    /// The piece's own number as written: `Điều 5.`, `2.`, `a)`; empty if none.
    pub label: String,
    /// Its heading or its text; line breaks are kept.
    pub text: String,
    /// What may be said of it, and what was.
    pub said: Vec<Link>,
}

/// The pieces of a legal text, outermost first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum BlockKind {
    /// Phần: a heading.
    Part,
    /// Chương: a heading.
    Chapter,
    /// Mục: a heading.
    Section,
    /// Tiểu mục: a heading.
    Subsection,
    /// Điều: a heading.
    Article,
    /// Khoản.
    Clause,
    /// Điểm.
    Point,
    /// Plain paragraph.
    Paragraph,
}

/// A block with its place in the page's outline.
#[derive(Debug, Clone, Serialize)]
pub struct PlacedBlock {
    /// The block.
    #[serde(flatten)]
    pub block: Block,
    /// Level of its heading, 3 to 6 (1 is the page, 2 the text part); 0 when it is not a heading.
    pub heading: u8,
}

/// A line of the table of contents.
#[derive(Debug, Clone, Serialize)]
pub struct TocItem {
    /// What it says.
    pub label: String,
    /// Fragment identifier it leads to.
    pub anchor: String,
    /// What lies under it.
    pub children: Vec<TocItem>,
}

/// Headings from which a table of contents helps.
const TOC_FROM: usize = 3;
/// Headings up to which the table of contents fits about one screen of a phone.
const TOC_OPEN_TO: usize = 12;
/// Levels of the table of contents: deeper ones are found by reading.
const TOC_LEVELS: usize = 3;
/// Level of the outermost heading in a text, below the page (1) and the text part (2).
const FIRST_HEADING: u8 = 3;
/// HTML has no deeper heading.
const LAST_HEADING: u8 = 6;

impl Article {
    /// Places the blocks: headings get levels without a jump, whatever kinds the text leaves out.
    pub fn new(blocks: Vec<Block>) -> Self {
        // Headings around the next block, and whether each stands in the table of contents.
        let mut open: Vec<(BlockKind, bool)> = Vec::new();
        let mut toc = Vec::new();
        let mut headings = 0;
        let mut placed = Vec::with_capacity(blocks.len());
        for block in blocks {
            let mut heading = 0;
            if block.kind <= BlockKind::Article {
                headings += 1;
                open.retain(|(kind, _)| *kind < block.kind);
                let depth = open.len();
                heading = (FIRST_HEADING + depth.min(3) as u8).min(LAST_HEADING);
                let listed = open.iter().filter(|(_, listed)| *listed).count();
                open.push((block.kind, block.anchor.is_some()));
                add_to_toc(&mut toc, listed, &block);
            }
            placed.push(PlacedBlock { block, heading });
        }
        if headings < TOC_FROM {
            toc.clear();
        }
        Self {
            toc,
            toc_open: headings <= TOC_OPEN_TO,
            blocks: placed,
        }
    }
}

fn add_to_toc(toc: &mut Vec<TocItem>, depth: usize, block: &Block) {
    let Some(anchor) = &block.anchor else { return };
    if depth >= TOC_LEVELS {
        return;
    }
    let mut list = toc;
    for _ in 0..depth {
        if list.is_empty() {
            break;
        }
        let last = list.len() - 1;
        list = &mut list[last].children;
    }
    let label = [block.label.trim(), block.text.trim()].join(" ");
    list.push(TocItem {
        label: label.trim().to_owned(),
        anchor: anchor.clone(),
        children: Vec::new(),
    });
}
