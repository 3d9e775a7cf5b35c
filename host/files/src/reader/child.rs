//! The other side of the pipe: one file in, its text out, then the end.

use std::io::{self, Read, Write};
use std::process::ExitStatus;

use dinh_confined::{Bounds, confine, hit_a_limit};
use dinh_domain::file_text::TextState;

use crate::grid::{self, NoGrid};
use crate::{MAX_FILE_BYTES, text};

/// The command by which a program reads the text of a file for its host.
pub const READ_COMMAND: &str = "extract-text";
/// The command by which it reads the cells of a spreadsheet.
pub const READ_CELLS_COMMAND: &str = "extract-cells";

/// Most memory of a reader, in bytes of address space: the largest file three times, and what its
/// pictures and tables unpack to.
const MEMORY_BYTES_MAX: u64 = 1024 * 1024 * 1024;
/// Most work on one file, in seconds of a core: a yearbook of 1,000 pages takes three.
pub(super) const CPU_SECONDS_MAX: u64 = 15;
/// Stack of the thread that reads, in bytes: objects nest 512 deep.
const STACK_BYTES: usize = 64 * 1024 * 1024;

/// Stands between the text and the state; no text contains it.
const END: u8 = 0;
/// Longest end of an answer, in bytes: the sign and a word.
pub(super) const END_BYTES_MAX: u64 = 32;

/// Reads a file from standard input and writes its text to standard output, then the state, within
/// bounds that the process sets itself first and cannot lift again.
pub fn read_here() -> Result<(), String> {
    apart(read, || say(TextState::Broken))
}

/// The same for the cells of a spreadsheet.
pub fn read_cells_here() -> Result<(), String> {
    apart(read_cells, || say_no_cells(NoGrid::Broken))
}

/// Reads in a thread with room enough; what breaks it is the file's fault.
fn apart(read: fn() -> io::Result<()>, broken: fn() -> io::Result<()>) -> Result<(), String> {
    std::panic::set_hook(Box::new(|_| {}));
    let reading = std::thread::Builder::new()
        .stack_size(STACK_BYTES)
        .spawn(read)
        .map_err(|error| error.to_string())?;
    let done = match reading.join() {
        Ok(read) => read,
        Err(_) => broken(),
    };
    done.map_err(|error| error.to_string())
}

/// The file, once the process has given up what it does not need; none where it is too large.
fn given() -> io::Result<Option<Vec<u8>>> {
    confine(Bounds {
        memory_bytes: MEMORY_BYTES_MAX,
        cpu_seconds: CPU_SECONDS_MAX,
    })?;
    let mut bytes = Vec::new();
    let most = MAX_FILE_BYTES as u64 + 1;
    io::stdin().lock().take(most).read_to_end(&mut bytes)?;
    Ok((bytes.len() <= MAX_FILE_BYTES).then_some(bytes))
}

fn read_cells() -> io::Result<()> {
    let Some(bytes) = given()? else {
        return say_no_cells(NoGrid::TooLarge);
    };
    let mut out = io::BufWriter::new(io::stdout());
    grid::write(grid::cells(&bytes), &mut out)?;
    out.flush()
}

fn say_no_cells(why: NoGrid) -> io::Result<()> {
    let mut out = io::stdout();
    grid::write(Err(why), &mut out)?;
    out.flush()
}

fn read() -> io::Result<()> {
    let Some(bytes) = given()? else {
        return say(TextState::TooLarge);
    };
    let mut out = io::BufWriter::new(io::stdout());
    let state = text::read(bytes, &mut out);
    out.flush()?;
    state.map_or(Ok(()), say)
}

fn say(state: TextState) -> io::Result<()> {
    let mut out = io::stdout();
    out.write_all(&[END])?;
    out.write_all(state.as_str().as_bytes())?;
    out.flush()
}

/// Text and state of a whole answer; none where it broke off.
pub(super) fn state_at_end(told: &[u8]) -> Option<(&[u8], TextState)> {
    let at = told.iter().rposition(|byte| *byte == END)?;
    let word = std::str::from_utf8(&told[at + 1..]).ok()?;
    Some((&told[..at], word.parse().ok()?))
}

/// What it says of a spreadsheet that its reader came to an end over it.
pub(super) fn no_cells_of_end(status: ExitStatus, said: &str) -> NoGrid {
    match state_of_end(status, said) {
        TextState::TooLarge => NoGrid::TooLarge,
        _ => NoGrid::Broken,
    }
}

/// What it says of a file that its reader came to an end over it.
pub(super) fn state_of_end(status: ExitStatus, said: &str) -> TextState {
    if hit_a_limit(status, said) {
        TextState::TooLarge
    } else {
        TextState::Broken
    }
}
