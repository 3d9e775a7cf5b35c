//! Rust files stay short enough to be read in one go.

use crate::files;

/// No file is longer, in lines.
const LINES_MAX: usize = 500;
/// Nine files of ten are no longer, in lines.
const LINES_NINE_OF_TEN_MAX: usize = 300;
/// Half of the files are no longer, in lines.
const LINES_MEDIAN_MAX: usize = 110;

fn faults(mut sizes: Vec<(usize, String)>) -> Vec<String> {
    sizes.sort();
    let mut faults: Vec<String> = sizes
        .iter()
        .filter(|(lines, _)| *lines > LINES_MAX)
        .map(|(lines, path)| format!("{path} has {lines} lines, more than {LINES_MAX}"))
        .collect();
    let at = |tenths: usize| sizes[(sizes.len() * tenths).div_ceil(10) - 1].0;
    for (tenths, ceiling) in [(5, LINES_MEDIAN_MAX), (9, LINES_NINE_OF_TEN_MAX)] {
        if at(tenths) > ceiling {
            let lines = at(tenths);
            faults.push(format!(
                "{tenths} files of 10 should have at most {ceiling} lines, and reach {lines}"
            ));
        }
    }
    faults
}

#[test]
fn rust_files_are_short() {
    let sizes: Vec<(usize, String)> = files::listed()
        .into_iter()
        .filter(|path| path.ends_with(".rs"))
        .map(|path| (files::text(&path).unwrap().lines().count(), path))
        .collect();
    assert!(sizes.len() > 10);
    assert_eq!(faults(sizes), Vec::<String>::new());
}

#[test]
fn a_long_file_and_long_files_on_the_whole_are_named() {
    let tree = |sizes: &[usize]| {
        let named = sizes.iter().map(|lines| (*lines, format!("{lines}.rs")));
        faults(named.collect())
    };
    assert_eq!(
        tree(&[20, 30, 40, 50, 60, 70, 80, 90, 100, 500]),
        Vec::<String>::new()
    );
    assert_eq!(
        tree(&[20, 30, 40, 50, 60, 70, 80, 90, 100, 501]),
        ["501.rs has 501 lines, more than 500"]
    );
    assert_eq!(
        tree(&[20, 30, 40, 50, 60, 70, 80, 90, 301, 400]),
        ["9 files of 10 should have at most 300 lines, and reach 301"]
    );
    assert_eq!(
        tree(&[20, 30, 111, 112]).len(),
        0,
        "half of the files are short"
    );
    assert_eq!(
        tree(&[20, 111, 112]),
        ["5 files of 10 should have at most 110 lines, and reach 111"]
    );
}
