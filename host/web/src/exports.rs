//! Whole lists, handed out as they are read: so many at once, each for so long.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use dinh_domain::table::{JsonStat, Table};
use dinh_portal::shown::Way;
use dinh_portal::{Export, Failure, Spreadsheet, TableExport, TableSheet};
use futures_util::stream::{self, Stream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::Instant;

use crate::csv;
use crate::problem::Problem;

/// Most lists under way: each reads the database for seconds and holds a few MiB, and citizens who
/// read pages come first.
const MAX_EXPORTS: usize = 4;
/// Longest time for one list: 100,000 rows over a slow line; whoever reads slower holds a place.
const EXPORT_DEADLINE: Duration = Duration::from_secs(600);
/// Bytes of one piece of a table of figures: some 2,000 rows.
const FIGURES_BYTES: usize = 64 * 1024;
/// When to come back, in seconds: most lists are taken within a few.
pub(crate) const EXPORT_RETRY_SECONDS: u32 = 30;

/// Makes a way an absolute address.
pub(crate) type Address = Arc<dyn Fn(&Way) -> String + Send + Sync>;

/// The places of lists under way.
pub(crate) struct Exports(Arc<Semaphore>);

impl Default for Exports {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(MAX_EXPORTS)))
    }
}

impl Exports {
    /// A place, held until it is dropped; nobody waits for one.
    pub(crate) fn place(&self) -> Result<OwnedSemaphorePermit, Problem> {
        let place = self.0.clone().try_acquire_owned();
        place.map_err(|_| Problem::TooManyExports)
    }
}

/// The list as comma-separated values.
pub(crate) fn csv_bytes(
    export: Export,
    header: &[String],
    address: Address,
    place: OwnedSemaphorePermit,
) -> impl Stream<Item = io::Result<Bytes>> + Send + 'static {
    let begin = csv::begin(header);
    let start = (Some(begin), export, address, place, deadline());
    stream::try_unfold(
        start,
        |(begin, mut export, address, place, deadline)| async move {
            let bytes = match begin {
                Some(begin) => Some(begin),
                None => within(deadline, export.next(&*address))
                    .await?
                    .map(|rows| csv::rows(&rows)),
            };
            Ok(bytes.map(|bytes| (bytes.into(), (None, export, address, place, deadline))))
        },
    )
}

/// The list as a spreadsheet.
pub(crate) fn ods_bytes(
    sheet: Spreadsheet,
    address: Address,
    place: OwnedSemaphorePermit,
) -> impl Stream<Item = io::Result<Bytes>> + Send + 'static {
    let start = (sheet, address, place, deadline());
    stream::try_unfold(start, |(mut sheet, address, place, deadline)| async move {
        let bytes = within(deadline, sheet.next(&*address)).await?;
        Ok(bytes.map(|bytes| (bytes.into(), (sheet, address, place, deadline))))
    })
}

/// A table of figures as comma-separated values. A number is no formula, and a sign is one of ours.
pub(crate) fn figures_csv(
    export: TableExport,
    header: &[String],
    place: OwnedSemaphorePermit,
) -> impl Stream<Item = io::Result<Bytes>> + Send + 'static {
    // Each name is quoted once, not with each of its figures.
    let part = export.part();
    let dimensions = 0..part.table().dimensions().len();
    let labels = dimensions.map(|at| part.codes(at).map(|it| csv::text(&it.label)).collect());
    let labels: Vec<Vec<String>> = labels.collect();
    let start = (Some(csv::begin(header)), export);
    pieces(start, place, move |(begin, export)| {
        if let Some(begin) = begin.take() {
            return Ok(Some(begin.into_bytes()));
        }
        let mut lines = String::with_capacity(FIGURES_BYTES + 1_024);
        while lines.len() < FIGURES_BYTES
            && let Some(row) = export.next_row()
        {
            for (labels, value) in labels.iter().zip(&row.values) {
                lines.push_str(&labels[*value]);
                lines.push(',');
            }
            lines.push_str(row.number.as_deref().unwrap_or_default());
            lines.push(',');
            lines.push_str(row.sign);
            lines.push_str("\r\n");
        }
        Ok(Some(lines.into_bytes()).filter(|it| !it.is_empty()))
    })
}

/// A table of figures as JSON-stat.
pub(crate) fn figures_json(
    text: JsonStat<Arc<Table>>,
    place: OwnedSemaphorePermit,
) -> impl Stream<Item = io::Result<Bytes>> + Send + 'static {
    pieces(text, place, |text| Ok(text.next().map(String::into_bytes)))
}

/// A table of figures as a spreadsheet.
pub(crate) fn figures_ods(
    sheet: TableSheet,
    place: OwnedSemaphorePermit,
) -> impl Stream<Item = io::Result<Bytes>> + Send + 'static {
    pieces(sheet, place, |sheet| {
        let bytes = sheet.next_bytes();
        bytes.map_err(|failure| io::Error::other(failure.to_string()))
    })
}

/// What is made piece by piece, until its deadline. Making is work: not on the threads that serve connections.
fn pieces<S: Send + 'static>(
    state: S,
    place: OwnedSemaphorePermit,
    make: impl Fn(&mut S) -> io::Result<Option<Vec<u8>>> + Send + Sync + 'static,
) -> impl Stream<Item = io::Result<Bytes>> + Send + 'static {
    let start = (state, Arc::new(make), place, deadline());
    stream::try_unfold(start, |(mut state, make, place, deadline)| async move {
        let work = make.clone();
        let made = tokio::task::spawn_blocking(move || (work(&mut state), state));
        let made = tokio::time::timeout_at(deadline, made).await;
        let made = made.map_err(|_| io::Error::from(io::ErrorKind::TimedOut))?;
        let (bytes, state) = made.map_err(io::Error::other)?;
        Ok(bytes?.map(|bytes| (bytes.into(), (state, make, place, deadline))))
    })
}

fn deadline() -> Instant {
    Instant::now() + EXPORT_DEADLINE
}

/// A failure ends the answer in its middle, so that nobody takes a part for the whole.
async fn within<T>(
    deadline: Instant,
    reading: impl Future<Output = Result<T, Failure>>,
) -> io::Result<T> {
    let read = tokio::time::timeout_at(deadline, reading).await;
    let read = read.map_err(|_| io::Error::new(io::ErrorKind::TimedOut, "the list took too long"));
    read?.map_err(|failure| {
        tracing::error!(cause = %failure, "a list ended early");
        io::Error::other("the list ended early")
    })
}
