use super::layout::{Given, Layout, SheetFaultKind};
use super::number::DecimalMark;
use super::slice::{Asked, Selection};
use super::*;

fn rows(text: &str) -> Vec<Vec<Given>> {
    let cell = |text: &str| match text.trim() {
        "" => Given::Empty,
        text => Given::Text(text.to_owned()),
    };
    text.lines()
        .map(|line| line.split('|').map(cell).collect())
        .collect()
}

fn layout(names: &[(&str, Role)], heading_rows: usize) -> Layout {
    Layout {
        sheet: 0,
        heading_row: 0,
        heading_rows,
        name_columns: 1,
        is_split: names.len() > heading_rows + 1,
        dimensions: names
            .iter()
            .map(|(name, role)| ((*name).to_owned(), *role))
            .collect(),
        mark: Some(DecimalMark::Comma),
        unit: "ha".to_owned(),
        notes: Vec::new(),
        drop: Vec::new(),
    }
}

fn schools() -> Table {
    let sheet = "Xã|2014 Tiểu học|2014 THCS|Sơ bộ 2015 Tiểu học|Sơ bộ 2015 THCS\n\
                 Đồng Sơn|1.200,5|..|-|7\nXuân Lương|3|4|5|x\n";
    let names = [
        ("Xã", Role::Geo),
        ("Năm", Role::Time),
        ("Cấp học", Role::Other),
    ];
    layout(&names, 1).read(&rows(sheet)).expect("it fits")
}

#[test]
fn a_sheet_becomes_a_table_with_its_signs() {
    let table = schools();
    assert_eq!(table.decimals, 1);
    assert_eq!(table.strides(), [4, 2, 1]);
    let ids: Vec<&str> = table.dimensions().iter().map(|it| it.id.as_str()).collect();
    assert_eq!(ids, ["xa", "nam", "cap-hoc"]);
    assert_eq!(table.cell(0).scaled, Some(12_005));
    assert_eq!(
        table.cell(1),
        Cell {
            scaled: None,
            mark: Mark::NotCollected
        }
    );
    assert_eq!(table.cell(2).mark, Mark::Nil);
    assert_eq!(table.cell(7).mark, Mark::Confidential);
}

#[test]
fn a_heading_says_how_sure_its_figures_are() {
    let names = [("Xã", Role::Geo), ("Năm", Role::Time)];
    let table = layout(&names, 1).read(&rows("Xã|2015|Sơ bộ 2016\nĐồng Sơn|1|2"));
    let table = table.expect("it fits");
    let labels: Vec<&str> = table.dimensions()[1]
        .codes
        .iter()
        .map(|it| it.label.as_str())
        .collect();
    assert_eq!(labels, ["2015", "2016"]);
    assert_eq!(table.cell(0).mark, Mark::Plain);
    assert_eq!(
        table.cell(1),
        Cell {
            scaled: Some(2),
            mark: Mark::Preliminary
        }
    );
}

#[test]
fn headings_above_several_columns_go_on_and_blank_rows_are_none() {
    let names = [
        ("Xã", Role::Geo),
        ("Năm", Role::Time),
        ("Giới", Role::Other),
    ];
    let sheet = "|2014||2015|\n|Nam|Nữ|Nam|Nữ\n\nĐồng Sơn|1|2|3|4\nNguồn: Chi cục Thống kê\n";
    let table = layout(&names, 2).read(&rows(sheet)).expect("it fits");
    let numbers: Vec<_> = (0..4).map(|place| table.cell(place).scaled).collect();
    assert_eq!(numbers, [Some(1), Some(2), Some(3), Some(4)]);
    assert_eq!(table.notes, ["Nguồn: Chi cục Thống kê"]);
}

#[test]
fn a_row_with_a_name_and_no_figure_stays_and_its_cells_are_missing() {
    let names = [("Xã", Role::Geo), ("Năm", Role::Time)];
    let sheet =
        "Xã|2014|2015\nĐồng Sơn|1|2\nTam Tiến||\nXuân Lương|3|\n||\nHồng Kỳ|..|\nNguồn|Chi cục\n";
    let table = layout(&names, 1)
        .read(&rows(sheet))
        .expect_err("a note is no figure");
    assert_eq!(table.named[0].what, SheetFaultKind::NoNumber);
    let sheet = sheet.replace("Nguồn|Chi cục", "Nguồn: Chi cục||");
    let table = layout(&names, 1).read(&rows(&sheet)).expect("it fits");
    let labels = table.dimensions()[0].codes.iter();
    let labels: Vec<&str> = labels.map(|it| it.label.as_str()).collect();
    assert_eq!(labels, ["Đồng Sơn", "Tam Tiến", "Xuân Lương", "Hồng Kỳ"]);
    assert_eq!(table.cell(2).mark, Mark::Absent);
    assert_eq!(table.notes, ["Nguồn: Chi cục"]);
    let long = format!("Xã|2014|2015\nĐồng Sơn|1|2{}", "\nTam Tiến||".repeat(50));
    let faults = layout(&names, 1)
        .read(&rows(&long))
        .expect_err("names, not notes");
    assert_eq!(
        (faults.named[0].what, faults.named[0].row),
        (SheetFaultKind::NotNotes, Some(22))
    );
}

#[test]
fn every_cell_that_does_not_fit_is_named() {
    let names = [("Xã", Role::Geo), ("Năm", Role::Time)];
    let sheet = "Xã|2014|2015|\nĐồng Sơn|=1+1|1.23|9\nĐồng Sơn|1|2|\n|5||\n";
    let faults = layout(&names, 1)
        .read(&rows(sheet))
        .expect_err("it does not fit");
    let named: Vec<_> = faults
        .named
        .iter()
        .map(|it| (it.what, it.row, it.column))
        .collect();
    let expected = [
        (SheetFaultKind::NoHeading, Some(1), Some(3)),
        (SheetFaultKind::NoName, Some(3), None),
        (SheetFaultKind::Twice, Some(2), None),
        (SheetFaultKind::NoNumber, Some(1), Some(1)),
        (SheetFaultKind::NoNumber, Some(1), Some(2)),
    ];
    assert_eq!(named, expected);
}

#[test]
fn a_number_is_not_read_while_nobody_has_said_how_numbers_are_written() {
    let names = [("Xã", Role::Geo), ("Năm", Role::Time)];
    let mut layout = layout(&names, 1);
    layout.mark = None;
    let faults = layout
        .read(&rows("Xã|2014|2015\nĐồng Sơn|1.234|12"))
        .expect_err("ambiguous");
    assert_eq!(faults.count, 1);
    assert_eq!(faults.named[0].what, SheetFaultKind::MarkUnknown);
    assert!(layout.read(&rows("Xã|2014|2015\nĐồng Sơn|1234|12")).is_ok());
}

#[test]
fn too_many_cells_are_refused_by_their_number() {
    let heads: String = (0..2_000).fold("Xã".to_owned(), |all, at| format!("{all}|n{at}"));
    let names: String = (0..1_001).map(|at| format!("\nxã {at}|1")).collect();
    let names_of = [("Xã", Role::Geo), ("Năm", Role::Time)];
    let faults = layout(&names_of, 1)
        .read(&rows(&(heads + &names)))
        .expect_err("too many");
    assert_eq!(faults.named[0].what, SheetFaultKind::TooManyCells);
}

#[test]
fn json_stat_brings_back_what_it_was_given() {
    let mut table = schools();
    table.title = "Trường \"học\"".to_owned();
    table.notes = vec!["Số liệu cuối năm".to_owned()];
    let text = table.to_json_stat(&[("source", "Phòng Thống kê".into())]);
    assert_eq!(Table::from_json_stat(text.as_bytes()), Ok(table));
    let cut = &text[..text.len() - 3];
    assert!(Table::from_json_stat(cut.as_bytes()).is_err());
    let other = text.replace("\"size\":[2,2,2]", "\"size\":[2,2,3]");
    assert!(Table::from_json_stat(other.as_bytes()).is_err());
}

#[test]
fn a_choice_is_filled_and_what_is_unknown_is_named() {
    let table = schools();
    let asked = Asked {
        rows: &[],
        columns: &["nam", "gia"],
        picks: &[("cap-hoc", "thcs"), ("cap-hoc", "dai-hoc")],
    };
    let selection = Selection::of(&table, asked);
    assert_eq!(
        (selection.rows.as_slice(), selection.columns.as_slice()),
        (&[0][..], &[1][..])
    );
    assert_eq!(selection.picks, [vec![0, 1], vec![0, 1], vec![1]]);
    assert_eq!(selection.unknown, ["gia", "cap-hoc:dai-hoc"]);
    let part = Part::of(&table, selection.picks);
    let mut walk = part.begin();
    let cells: Vec<_> = std::iter::from_fn(|| walk.next(&part))
        .map(|cell| (cell.scaled, cell.mark.sign()))
        .collect();
    assert_eq!(
        cells,
        [(None, ".."), (Some(70), "p"), (Some(40), ""), (None, "x")]
    );
}

fn numbered(count: usize) -> Table {
    let sheet = (0..count).fold("Thôn|2015".to_owned(), |all, at| {
        format!("{all}\nThôn {at}|1")
    });
    let names = [("Thôn", Role::Geo), ("Năm", Role::Time)];
    layout(&names, 1).read(&rows(&sheet)).expect("it fits")
}

#[test]
fn any_choice_of_two_thousand_values_is_a_short_word_that_chooses_the_same() {
    let table = numbered(2_000);
    let dimension = &table.dimensions()[0];
    let choices: [Vec<usize>; 7] = [
        (0..2_000).collect(),
        vec![7],
        vec![3, 4],
        vec![0, 1, 2, 5, 9, 10, 11, 1_999],
        (0..2_000).filter(|at| at % 2 == 1).collect(),
        (0..2_000)
            .filter(|at| at % 7 == 1 || at % 11 == 3)
            .collect(),
        (0..2_000).filter(|at| *at != 1_000).collect(),
    ];
    for picks in choices {
        let word = choice::word(dimension, &picks);
        assert!(word.len() <= 400, "{}: {word}", word.len());
        let (chosen, unknown) = choice::chosen(&table, &[("thon", &word)]);
        assert_eq!((&chosen[0], unknown.len()), (&picks, 0), "{word}");
    }
    assert_eq!(
        choice::word(dimension, &[0, 1, 2, 5]),
        "thon-0~thon-2.thon-5"
    );
    // A coded choice of other values chooses nothing, and says so.
    let odd: Vec<usize> = (0..2_000).filter(|at| at % 2 == 1).collect();
    let word = choice::word(dimension, &odd);
    let (chosen, unknown) = choice::chosen(&numbered(1_999), &[("thon", &word)]);
    assert!(chosen[0].is_empty() && unknown.len() == 1, "{unknown:?}");
}

#[test]
fn a_word_that_is_repeated_or_made_up_costs_and_changes_nothing() {
    let table = numbered(50);
    let words = [("thon", "*"); 100];
    let (chosen, unknown) = choice::chosen(&table, &words);
    assert_eq!((chosen[0].len(), unknown.len()), (50, 0));
    for odd in [
        "",
        ".",
        "~",
        "~~",
        "thon-3~thon-1",
        "~00000000.AAAA",
        "thon-1.x",
        "thon-1~",
    ] {
        let (_, unknown) = choice::chosen(&table, &[("thon", odd)]);
        assert!(!unknown.is_empty(), "{odd}");
    }
}

#[test]
fn an_address_says_no_more_than_it_has_to() {
    let table = schools();
    let none = Asked {
        rows: &[],
        columns: &[],
        picks: &[],
    };
    let said = Selection::of(&table, none).said(&table);
    assert!(said.rows.is_empty() && said.columns.is_empty());
    assert_eq!(said.picks, [false; 3]);
    let swapped = Asked {
        rows: &["nam"],
        columns: &["xa"],
        picks: &[("cap-hoc", "thcs")],
    };
    let selection = Selection::of(&table, swapped);
    let said = selection.said(&table);
    assert_eq!(said.picks, [false, false, true]);
    assert_eq!(
        (said.rows.as_slice(), said.columns.as_slice()),
        (&[][..], &[0][..])
    );
}

#[test]
fn names_that_fold_alike_keep_their_word_in_whatever_order() {
    let named = |names: &[&str]| {
        let names: Vec<String> = names.iter().map(|it| (*it).to_owned()).collect();
        let ids = ids(&names);
        names.into_iter().zip(ids).collect::<HashMap<_, _>>()
    };
    let one = named(&["Đông Sơn", "Đồng Sơn", "An Phú"]);
    assert_eq!(one, named(&["An Phú", "Đồng Sơn", "Đông Sơn"]));
    assert_eq!(one["An Phú"], "an-phu");
    assert!(one["Đông Sơn"].starts_with("dong-son-"), "{one:?}");
    assert_ne!(one["Đông Sơn"], one["Đồng Sơn"]);
    // Whatever is alone has a plain word; words of several never mean one of them.
    assert_eq!(named(&["Đồng Sơn"])["Đồng Sơn"], "dong-son");
}

#[test]
fn every_name_has_a_word_of_its_own_in_linear_time() {
    let begun = std::time::Instant::now();
    let name = |at: usize| (0..20).map(move |bit| if at >> bit & 1 == 1 { 'á' } else { 'a' });
    let names: Vec<String> = (0..MAX_CODES).map(|at| name(at).collect()).collect();
    let own: std::collections::HashSet<String> = ids(&names).into_iter().collect();
    assert_eq!(own.len(), MAX_CODES);
    // The same number for all: as bad as it can be chosen.
    let alike = vec!["Ân Phú".to_owned(); MAX_CODES];
    let own: std::collections::HashSet<String> = ids(&alike).into_iter().collect();
    assert_eq!(own.len(), MAX_CODES);
    assert!(begun.elapsed().as_secs() < 20, "{:?}", begun.elapsed());
}

#[test]
fn a_dimension_with_several_values_lies_somewhere() {
    let table = schools();
    let asked = Asked {
        rows: &["xa"],
        columns: &["nam"],
        picks: &[("cap-hoc", "thcs"), ("cap-hoc", "tieu-hoc")],
    };
    let selection = Selection::of(&table, asked);
    assert_eq!(selection.rows, [0, 2]);
    assert_eq!(
        selection.row_heads(),
        [vec![0, 0], vec![0, 1], vec![1, 0], vec![1, 1]]
    );
    assert_eq!(selection.fixed().count(), 0);
}
