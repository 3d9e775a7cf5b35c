use std::path::Path;

use super::Format;

#[test]
fn the_name_of_a_file_tells_how_it_is_written() {
    for (name, format) in [
        ("a.jsonl", Format::Jsonl),
        ("a.csv.d/rows", Format::Jsonl),
        ("Sổ.CSV", Format::Csv),
        ("a.csv.xz", Format::Csv),
        ("a.ods", Format::Ods),
        ("a.XLSX", Format::Xlsx),
    ] {
        assert_eq!(Format::of(Path::new(name)), format, "{name}");
    }
}
