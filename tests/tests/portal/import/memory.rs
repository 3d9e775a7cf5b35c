//! Memory stays flat, however many rows a file has. `cargo bench --bench import` measures the same
//! with a hundred thousand.

use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::Path;

use dinh_tests::{Program, generated_row, peak_kib};
use serde_json::Value;

/// Rows of the file.
const ROWS: u64 = 11_000;
/// Rows after which buffers, caches and the index's heap have their size.
const WARM: u64 = 3_000;
/// Text of a row, in bytes.
const TEXT_BYTES: usize = 10_000;
/// How much the peak may still grow after [`WARM`], in KiB: segments of the index that are merged and
/// mapped, sooner or later on a busy machine (15 to 18 MiB were measured). Rows that stayed even once, as read, would be
/// there with 78 MiB.
const GROWTH_KIB_MAX: u64 = 50 * 1024;

fn write(path: &Path) {
    let mut file = BufWriter::new(std::fs::File::create(path).unwrap());
    for number in 0..ROWS {
        writeln!(file, "{}", generated_row(number, TEXT_BYTES)).unwrap();
    }
    file.into_inner().unwrap().sync_all().unwrap();
}

#[tokio::test]
async fn four_times_the_rows_take_no_more_memory() {
    // The allocator keeps what was freed for a moment, in case it is wanted again: some 20 MiB more
    // in this many rows, and a row that stayed would not be seen beside it.
    let settings = vec![("MIMALLOC_PURGE_DELAY", "0".to_owned())];
    let program = Program::with_demo().await.with(settings);
    write(&program.folder().join("rows.jsonl"));
    let mut child = program.start(&[
        "import",
        dinh_tests::COLLECTION,
        "rows.jsonl",
        "--site",
        "yen-the",
        "--map",
        "phap-dien",
        "--json",
    ]);
    let told = BufReader::new(child.stderr.take().unwrap()).lines();
    let (mut warm, mut last) = (None, 0);
    for line in told {
        let line = line.unwrap();
        // A busy machine makes the log speak between the events.
        let Ok(event) = serde_json::from_str::<Value>(&line) else {
            assert!(line.contains(" WARN "), "{line}");
            continue;
        };
        let rows = event["rows"].as_u64().unwrap();
        // Its end may come before the last look.
        last = peak_kib(child.id()).unwrap_or(last);
        if rows >= WARM && warm.is_none() {
            warm = Some(last);
        }
    }
    assert!(child.wait().unwrap().success());
    let warm = warm.expect("progress on the way");
    println!("peak after {WARM} rows {warm} KiB, after {ROWS} rows {last} KiB");
    assert!(
        last <= warm + GROWTH_KIB_MAX,
        "from {warm} KiB after {WARM} rows to {last} KiB after {ROWS}"
    );
}
