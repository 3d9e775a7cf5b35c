//! The other side of the pipe: what a process lets go of before it looks at a stranger's bytes.

use std::io;
use std::os::unix::process::ExitStatusExt;
use std::process::ExitStatus;

use rustix::process::{Resource, Rlimit, setrlimit};

/// The three pipes; it can open nothing else, no file and no connection.
const OPEN_MAX: u64 = 3;
/// It gives way to everybody who serves people.
const NICENESS: i32 = 10;

/// What a process may take.
#[derive(Debug, Clone, Copy)]
pub struct Bounds {
    /// Address space, in bytes.
    pub memory_bytes: u64,
    /// Work, in seconds of a core.
    pub cpu_seconds: u64,
}

/// Bounds the process that calls; it cannot lift them again.
///
/// # Errors
/// What the system said.
pub fn confine(bounds: Bounds) -> io::Result<()> {
    let limits = [
        (Resource::As, bounds.memory_bytes),
        (Resource::Cpu, bounds.cpu_seconds),
        (Resource::Fsize, 0),
        (Resource::Core, 0),
        (Resource::Nofile, OPEN_MAX),
    ];
    for (resource, most) in limits {
        let both = Rlimit {
            current: Some(most),
            maximum: Some(most),
        };
        setrlimit(resource, both)?;
    }
    rustix::process::nice(NICENESS)?;
    Ok(())
}

/// Whether a process ended because it wanted too much.
pub fn hit_a_limit(status: ExitStatus, complaint: &str) -> bool {
    const KILLED: i32 = 9;
    const TOO_LONG: i32 = 24;
    const OUT_OF_MEMORY: [&str; 3] = [
        "memory allocation",
        "Cannot allocate memory",
        "capacity overflow",
    ];
    let out_of_memory = OUT_OF_MEMORY.iter().any(|it| complaint.contains(it));
    matches!(status.signal(), Some(KILLED | TOO_LONG)) || out_of_memory
}
