use super::{Article, Block, BlockKind, Paging, Snippet};

fn heading(kind: BlockKind, anchor: &str) -> Block {
    Block {
        kind,
        anchor: Some(anchor.into()),
        label: anchor.into(),
        text: String::new(),
        said: Vec::new(),
    }
}

fn levels(kinds: &[BlockKind]) -> Vec<u8> {
    let blocks = kinds.iter().map(|kind| heading(*kind, "x")).collect();
    Article::new(blocks)
        .blocks
        .iter()
        .map(|block| block.heading)
        .collect()
}

#[test]
fn headings_never_jump_a_level() {
    use BlockKind::{Article as Dieu, Chapter, Clause, Part, Section, Subsection};
    assert_eq!(levels(&[Dieu, Clause, Dieu]), [3, 0, 3]);
    assert_eq!(
        levels(&[Dieu, Chapter, Dieu, Section, Dieu, Chapter, Dieu]),
        [3, 3, 4, 4, 5, 3, 4]
    );
    assert_eq!(
        levels(&[Part, Chapter, Section, Subsection, Dieu]),
        [3, 4, 5, 6, 6]
    );
}

#[test]
fn the_outline_nests_three_levels_and_needs_three_headings() {
    use BlockKind::{Article as Dieu, Chapter, Part, Section};
    let two = Article::new(vec![heading(Dieu, "a"), heading(Dieu, "b")]);
    assert!(two.toc.is_empty());
    let long = Article::new((0..13).map(|_| heading(Dieu, "a")).collect());
    assert!(two.toc_open && !long.toc_open);
    let four = Article::new(vec![
        heading(Part, "p"),
        heading(Chapter, "c"),
        heading(Section, "s"),
        heading(Dieu, "d"),
    ]);
    assert_eq!(four.toc.len(), 1);
    assert_eq!(four.toc[0].children[0].children[0].anchor, "s");
    assert!(four.toc[0].children[0].children[0].children.is_empty());
}

#[test]
fn a_text_whose_outer_headings_have_no_anchor_still_has_an_outline() {
    use BlockKind::{Article as Dieu, Chapter};
    let chapter = Block {
        anchor: None,
        ..heading(Chapter, "c")
    };
    let article = Article::new(vec![chapter, heading(Dieu, "a"), heading(Dieu, "b")]);
    let anchors = article.toc.iter().map(|item| item.anchor.as_str());
    assert_eq!(anchors.collect::<Vec<_>>(), ["a", "b"]);
}

#[test]
fn pages_are_numbered_with_gaps() {
    let shown = |page, total| -> Vec<u64> {
        Paging::new(page, 10, total, |n| n.to_string())
            .items
            .iter()
            .map(|item| item.number)
            .collect()
    };
    assert_eq!(shown(1, 10), Vec::<u64>::new());
    assert_eq!(shown(1, 25), [1, 2, 3]);
    assert_eq!(shown(6, 100), [1, 0, 4, 5, 6, 7, 8, 0, 10]);
    assert_eq!(shown(10, 100), [1, 0, 8, 9, 10]);
    let last = Paging::new(99, 10, 25, |n| n.to_string());
    assert_eq!(
        (last.page, last.first_row, last.last_row, last.next),
        (3, 21, 25, None)
    );
    let none = Paging::new(1, 10, 0, |n| n.to_string());
    assert_eq!((none.pages, none.first_row, none.last_row), (1, 0, 0));
}

#[test]
fn snippets_mark_ranges_that_fall_on_characters() {
    let shown = |ranges: &[std::ops::Range<usize>]| -> String {
        let snippet = Snippet::from_ranges("đất đai", ranges);
        snippet
            .parts()
            .iter()
            .map(|part| {
                if part.marked {
                    format!("[{}]", part.text)
                } else {
                    part.text.clone()
                }
            })
            .collect()
    };
    let word = "đất".len();
    assert_eq!(shown(std::slice::from_ref(&(0..word))), "[đất] đai");
    assert_eq!(shown(&[0..1, word + 1..99]), "đất đai");
    assert_eq!(shown(&[0..word, 0..2]), "[đất] đai");
}
