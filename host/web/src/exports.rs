//! Whole lists, handed out as they are read: so many at once, each for so long.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
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

/// A table of figures as comma-separated values.
pub(crate) fn figures_csv(
    export: TableExport,
    header: &[String],
    place: OwnedSemaphorePermit,
) -> impl Stream<Item = io::Result<Bytes>> + Send + 'static {
    let start = (Some(csv::begin(header)), export, place);
    stream::unfold(start, |(begin, mut export, place)| async move {
        let bytes = match begin {
            Some(begin) => begin,
            None => csv::rows(&export.next_rows()?),
        };
        // Rows of figures are made without waiting for anything: others have their turn between pieces.
        tokio::task::yield_now().await;
        Some((Ok(bytes.into()), (None, export, place)))
    })
}

/// A table of figures as a spreadsheet.
pub(crate) fn figures_ods(
    sheet: TableSheet,
    place: OwnedSemaphorePermit,
) -> impl Stream<Item = io::Result<Bytes>> + Send + 'static {
    stream::try_unfold((sheet, place), |(mut sheet, place)| async move {
        let packed = tokio::task::spawn_blocking(move || (sheet.next_bytes(), sheet)).await;
        let (bytes, sheet) = packed.map_err(io::Error::other)?;
        let bytes = bytes.map_err(|failure| io::Error::other(failure.to_string()))?;
        Ok(bytes.map(|bytes| (bytes.into(), (sheet, place))))
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
