use dinh_portal::shown::{BlockShown, Credit, FileShown};
use dinh_render::view::BlockKind;

use super::{credit, file, pieces};

fn block(level: &str, outer: bool, heading: &str, paragraphs: &[&str]) -> BlockShown {
    BlockShown {
        part: None,
        level: level.into(),
        depth: 3,
        outer,
        label: if level.is_empty() {
            String::new()
        } else {
            "Điều 4.".into()
        },
        heading: heading.into(),
        paragraphs: paragraphs.iter().map(|text| (*text).into()).collect(),
        anchor: "article-4".into(),
    }
}

fn shown(block: &BlockShown) -> Vec<(BlockKind, String, String)> {
    let blocks = pieces(block, None).into_iter();
    blocks
        .map(|block| (block.kind, block.label, block.text))
        .collect()
}

#[test]
fn a_heading_stands_alone_and_its_paragraphs_follow() {
    let with_heading = block("article", true, "Hiệu lực", &["Một.", "Hai."]);
    assert_eq!(
        shown(&with_heading),
        [
            (BlockKind::Article, "Điều 4.".into(), "Hiệu lực".into()),
            (BlockKind::Paragraph, String::new(), "Một.".into()),
            (BlockKind::Paragraph, String::new(), "Hai.".into()),
        ]
    );
    let without = block("article", true, "", &["Một."]);
    assert_eq!(
        shown(&without),
        [
            (BlockKind::Article, "Điều 4.".into(), String::new()),
            (BlockKind::Paragraph, String::new(), "Một.".into()),
        ]
    );
}

#[test]
fn a_clause_keeps_its_first_paragraph_beside_its_number() {
    let clause = block("clause", false, "", &["Một.", "Hai."]);
    assert_eq!(
        shown(&clause),
        [
            (BlockKind::Clause, "Điều 4.".into(), "Một.".into()),
            (BlockKind::Paragraph, String::new(), "Hai.".into()),
        ]
    );
    assert_eq!(
        shown(&block("", false, "", &["Một."])),
        [(BlockKind::Paragraph, String::new(), "Một.".into())]
    );
    assert_eq!(shown(&block("", false, "", &[])), []);
}

#[test]
fn a_level_of_another_name_is_placed_by_its_depth() {
    assert_eq!(
        shown(&block("tieu-chuan", true, "A", &[]))[0].0,
        BlockKind::Subsection
    );
    assert_eq!(
        shown(&block("gach-dau-dong", false, "", &["A"]))[0].0,
        BlockKind::Clause
    );
}

#[test]
fn a_file_says_its_format_and_size() {
    let shown = FileShown {
        label: "Toàn văn".into(),
        path: "/tep/a1/Quyết định 50%?.pdf".into(),
        media_type: "application/pdf".into(),
        size_bytes: 25_088,
        sha256: "ab".into(),
        text: None,
    };
    let shown = file(&shown, None);
    assert_eq!(
        (shown.format.as_str(), shown.size.as_str()),
        ("PDF", "24,5 KB")
    );
    assert_eq!(
        shown.href,
        "/tep/a1/Quy%E1%BA%BFt%20%C4%91%E1%BB%8Bnh%2050%25%3F.pdf"
    );
}

#[test]
fn the_last_change_is_shown_only_where_it_is_not_the_posting() {
    let posted = "2014-10-03T08:00:00+07:00";
    let mut shown = Credit {
        author: "Văn phòng".into(),
        source: String::new(),
        posted: Some(posted.into()),
        updated: posted.into(),
    };
    assert!(credit(&shown).updated.is_none());
    assert_eq!(credit(&shown).posted.unwrap().text, "08:00, 03/10/2014");
    shown.updated = "2014-10-04T09:30:00+07:00".into();
    assert_eq!(credit(&shown).updated.unwrap().text, "09:30, 04/10/2014");
}
