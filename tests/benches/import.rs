//! How fast an import is, end to end and searchable, and how its memory and disk grow.
//!
//! ```text
//! cargo build --release --workspace --bins && cargo bench --workspace --bench import
//! BENCH_ROWS=10000 BENCH_TEXT_BYTES=5000 BENCH_JSON=import.json  (all optional)
//! ```
//!
//! Prints one line a measurement and, at the end, the same as JSON. `DINH_TEST_DATABASE_URL` chooses
//! PostgreSQL. Where the real documents lie beside the project they are imported too.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a measurement that fails should say where"
)]

use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::time::Instant;

use dinh_tests::{COLLECTION, Program, generated_row, peak_kib};
use serde_json::{Value, json};

/// What one import took.
struct Measured {
    name: &'static str,
    rows: u64,
    text_bytes: u64,
    seconds: f64,
    /// Peak memory after a tenth of the rows, and at the end, in KiB.
    peaks: (u64, u64),
    disk_bytes: u64,
}

impl Measured {
    fn told(&self) -> Value {
        let mb = self.text_bytes as f64 / 1e6;
        json!({
            "name": self.name,
            "rows": self.rows,
            "text_mb": (mb * 10.0).round() / 10.0,
            "seconds": (self.seconds * 10.0).round() / 10.0,
            "rows_per_second": (self.rows as f64 / self.seconds).round(),
            "mb_per_second": (mb / self.seconds * 100.0).round() / 100.0,
            "peak_mib_after_a_tenth": self.peaks.0 / 1024,
            "peak_mib": self.peaks.1 / 1024,
            "disk_mb": self.disk_bytes / 1_000_000,
        })
    }
}

#[tokio::main]
async fn main() {
    let number = |name: &str, default: u64| {
        let given = std::env::var(name).ok();
        given.map_or(default, |text| text.parse().unwrap())
    };
    let (rows, text_bytes) = (
        number("BENCH_ROWS", 100_000),
        number("BENCH_TEXT_BYTES", 5_000),
    );
    let folder = tempfile::tempdir().unwrap();
    let mut all = Vec::new();
    let real = real_documents();
    if let Some(real) = &real {
        all.push(measure("real documents", real, 2_208).await);
    }
    let generated = folder.path().join("rows.jsonl");
    write(&generated, rows, usize::try_from(text_bytes).unwrap());
    all.push(measure("generated rows", &generated, rows).await);
    let told: Vec<Value> = all.iter().map(Measured::told).collect();
    for one in &told {
        println!("{one}");
    }
    let text = serde_json::to_string_pretty(&told).unwrap();
    match std::env::var_os("BENCH_JSON") {
        Some(path) => std::fs::write(path, text).unwrap(),
        None => println!("{text}"),
    }
}

fn real_documents() -> Option<PathBuf> {
    let named = std::env::var_os("DINH_REAL_DATA").map(PathBuf::from);
    let beside = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/data"));
    let path = named.unwrap_or(beside).join("legal/documents.jsonl.xz");
    path.exists().then_some(path)
}

fn write(path: &Path, rows: u64, text_bytes: usize) {
    let mut file = BufWriter::new(std::fs::File::create(path).unwrap());
    for number in 0..rows {
        writeln!(file, "{}", generated_row(number, text_bytes)).unwrap();
    }
    file.into_inner().unwrap().sync_all().unwrap();
}

/// Imports a file into the demo, in a process of its own.
async fn measure(name: &'static str, file: &Path, rows: u64) -> Measured {
    let program = Program::with_demo().await;
    let rejects = program.folder().join("rejects.jsonl");
    let arguments = [
        "import",
        COLLECTION,
        file.to_str().unwrap(),
        "--site",
        "yen-the",
        "--map",
        "phap-dien",
        "--json",
        "--rejects",
        rejects.to_str().unwrap(),
    ];
    let before = size(program.folder());
    let began = Instant::now();
    let mut child = program.start(&arguments);
    let (mut first, mut last) = (0, 0);
    for line in BufReader::new(child.stderr.take().unwrap()).lines() {
        let line = line.unwrap();
        let Ok(event) = serde_json::from_str::<Value>(&line) else {
            println!("{line}");
            continue;
        };
        last = peak_kib(child.id()).unwrap_or(last);
        if first == 0 && event["rows"].as_u64().unwrap() * 10 >= rows {
            first = last;
        }
    }
    let out = child.wait_with_output().unwrap();
    let seconds = began.elapsed().as_secs_f64();
    let said: Value = serde_json::from_slice(&out.stdout).unwrap_or_else(|_| panic!("{out:?}"));
    println!("{name}: {said}");
    Measured {
        name,
        rows: said["rows"].as_u64().unwrap(),
        text_bytes: text_bytes(&program).await,
        seconds,
        peaks: (first, last),
        disk_bytes: size(program.folder()) - before,
    }
}

/// Bytes of all bodies: what was read, checked, stored and indexed.
async fn text_bytes(program: &Program) -> u64 {
    let query = "select cast(sum(octet_length(body)) as bigint) as n from entry_revision";
    program.database().lines(query).await[0].parse().unwrap()
}

fn size(folder: &Path) -> u64 {
    let entries = std::fs::read_dir(folder).unwrap().map(Result::unwrap);
    let sizes = entries.map(|entry| match entry.metadata() {
        Ok(about) if about.is_dir() => size(&entry.path()),
        about => about.map_or(0, |it| it.len()),
    });
    sizes.sum()
}
