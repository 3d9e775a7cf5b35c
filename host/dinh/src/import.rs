//! `dinh import`: reads a file, has its rows prepared side by side, writes them in its order.

mod line;
mod opened;
mod progress;
mod rejects;
mod source;
mod told;

use std::path::PathBuf;
use std::time::Instant;

use dinh_portal::{Failure, GivenRow, ImportPreparer, ImportRow, ImportRun, Portal, PreparedRow};
use serde::{Deserialize, Serialize};
use tokio::sync::mpsc::{self, UnboundedSender};
use tokio::task::JoinHandle;

use crate::command::Said;
pub(crate) use line::parse;
pub use opened::Format;
use opened::Opened;
pub(crate) use progress::Teller;
pub use progress::{Progress, Reader};
use rejects::Rejects;
pub(crate) use source::Lines;
use source::{Batch, Line, Raw, Source};
use told::Told;

/// Batches that wait between two steps: each step has the next at hand, and memory stays flat.
const WAITING: usize = 1;

/// An import.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Import {
    /// `<plugin>/<collection>`.
    pub collection: String,
    /// The rows.
    pub file: PathBuf,
    /// Site that gets the entries.
    pub site: String,
    /// Mapping.
    pub map: Option<String>,
    /// How the file is written; its name tells where this does not.
    #[serde(default)]
    pub format: Option<Format>,
    /// Where the list of rejected rows goes; beside the file where none is named.
    #[serde(default)]
    pub rejects: Option<PathBuf>,
    /// Check and write nothing.
    pub dry_run: bool,
    /// Result as JSON.
    pub json: bool,
}

/// Runs an import to its end.
pub(crate) async fn run(
    portal: &Portal,
    import: &Import,
    progress: &UnboundedSender<Progress>,
) -> Result<Said, String> {
    let began = Instant::now();
    let (collection, map) = (&import.collection, import.map.as_deref());
    let mut run = portal
        .begin_import(collection, &import.site, map, import.dry_run)
        .await
        .map_err(told)?;
    if let Some(folder) = import.file.parent() {
        run.files_from(folder);
    }
    let mut rejects = Rejects::of(&import.file, import.rejects.as_deref(), import.dry_run);
    let mut told_of = Told::default();
    let mut now = Progress {
        rows: 0,
        count: run.count,
        bytes_read: 0,
        bytes_total: 0,
        seconds: 0.0,
    };
    let rows = match opened::open(&mut run, import, &mut told_of).await? {
        Opened::Rows(source) => {
            now.bytes_total = source.size();
            Rows::begin(source, run.preparer())
        }
        Opened::Table(rows, size) => {
            now.bytes_total = size;
            Rows::ready(rows, size)
        }
    };
    let lists = (&mut rejects, &mut told_of);
    let written = write(&mut run, rows, lists, &mut now, (began, progress)).await;
    told_of.flagged = std::mem::take(&mut run.flagged);
    let finished = match written {
        Ok(()) => run.finish().await.map_err(told),
        Err(reason) => Err(told_with(&now, reason)),
    };
    now.count = finished?;
    now.seconds = began.elapsed().as_secs_f64();
    let failed = rejects.finish()?.map(|path| {
        format!(
            "the rejected rows and their faults are in {}",
            path.display()
        )
    });
    Ok(Said {
        failed,
        ..Said::done(told_of.said(import, &now))
    })
}

async fn write(
    run: &mut ImportRun,
    mut rows: Rows,
    (rejects, told_of): (&mut Rejects, &mut Told),
    now: &mut Progress,
    (began, progress): (Instant, &UnboundedSender<Progress>),
) -> Result<(), String> {
    while let Some(batch) = rows.prepared.recv().await {
        let (rows, taken) = batch?;
        now.rows += rows.len() as u64;
        for rejected in run.write(rows).await.map_err(told)? {
            rejects.write(&rejected)?;
            told_of.rejected(&rejected);
        }
        now.count = run.count;
        now.bytes_read = taken;
        now.seconds = began.elapsed().as_secs_f64();
        // Whoever waited may be gone; the import goes on.
        progress.send(now.clone()).unwrap_or_default();
    }
    Ok(())
}

/// Rows on their way from the file to the database; dropped, nothing more is read.
struct Rows {
    prepared: mpsc::Receiver<Result<(Vec<PreparedRow>, u64), String>>,
    steps: Vec<JoinHandle<()>>,
}

impl Rows {
    fn begin(source: Source, preparer: ImportPreparer) -> Self {
        let (batches, read) = mpsc::channel(WAITING);
        let (ready, prepared) = mpsc::channel(WAITING);
        let steps = vec![
            tokio::spawn(read_all(source, batches)),
            tokio::spawn(prepare_all(preparer, read, ready)),
        ];
        Self { prepared, steps }
    }

    /// Rows that were prepared already.
    fn ready(rows: Vec<PreparedRow>, taken: u64) -> Self {
        let (ready, prepared) = mpsc::channel(WAITING);
        let step = tokio::spawn(async move {
            // The receiver is gone only where nobody wants them.
            ready.send(Ok((rows, taken))).await.unwrap_or_default();
        });
        Self {
            prepared,
            steps: vec![step],
        }
    }
}

impl Drop for Rows {
    fn drop(&mut self) {
        for step in &self.steps {
            step.abort();
        }
    }
}

async fn read_all(mut source: Source, batches: mpsc::Sender<Result<Batch<Raw>, String>>) {
    loop {
        let read = tokio::task::spawn_blocking(move || {
            let batch = source.batch();
            (batch, source)
        });
        let batch = match read.await {
            Ok((batch, back)) => {
                source = back;
                batch
            }
            Err(error) => {
                // The receiver is gone only where nobody wants the reason.
                batches
                    .send(Err(error.to_string()))
                    .await
                    .unwrap_or_default();
                return;
            }
        };
        let is_last = batch.as_ref().map_or(true, |batch| batch.lines.is_empty());
        let is_empty = batch.as_ref().is_ok_and(|batch| batch.lines.is_empty());
        if is_empty || batches.send(batch).await.is_err() || is_last {
            return;
        }
    }
}

async fn prepare_all(
    preparer: ImportPreparer,
    mut batches: mpsc::Receiver<Result<Batch<Raw>, String>>,
    ready: mpsc::Sender<Result<(Vec<PreparedRow>, u64), String>>,
) {
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    while let Some(batch) = batches.recv().await {
        let prepared = match batch {
            Ok(batch) => prepare(&preparer, batch, workers).await,
            Err(reason) => Err(reason),
        };
        let is_over = prepared.is_err();
        if ready.send(prepared).await.is_err() || is_over {
            return;
        }
    }
}

/// One batch on all cores; its rows keep their order.
async fn prepare(
    preparer: &ImportPreparer,
    batch: Batch<Raw>,
    workers: usize,
) -> Result<(Vec<PreparedRow>, u64), String> {
    let part = batch.lines.len().div_ceil(workers).max(1);
    let mut lines = batch.lines.into_iter();
    let mut parts = Vec::new();
    loop {
        let some: Vec<Line<Raw>> = lines.by_ref().take(part).collect();
        if some.is_empty() {
            break;
        }
        let preparer = preparer.clone();
        parts.push(tokio::spawn(async move {
            let rows = some.into_iter().map(|it| ImportRow {
                line: it.number,
                row: it.text.and_then(given),
            });
            preparer.prepare(rows.collect()).await
        }));
    }
    let mut prepared = Vec::new();
    for part in parts {
        let rows = part.await.map_err(|error| error.to_string())?;
        prepared.extend(rows.map_err(told)?);
    }
    Ok((prepared, batch.taken))
}

fn given(raw: Raw) -> Result<GivenRow, String> {
    match raw {
        Raw::Text(text) => parse(&text).map(GivenRow::Value),
        Raw::Cells(cells) => Ok(GivenRow::Cells(cells)),
    }
}

fn told(failure: Failure) -> String {
    failure.to_string()
}

/// Why an import stopped, with what is in already.
fn told_with(now: &Progress, reason: String) -> String {
    let saved = now.count.created + now.count.updated;
    match saved {
        0 => reason,
        count => format!("{reason} ({count} rows before that are in)"),
    }
}
