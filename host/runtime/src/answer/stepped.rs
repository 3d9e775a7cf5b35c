use super::broken;
use crate::bindings::jobs::exports::dinh::module::jobs;
use crate::{CallError, JOB_CURSOR_BYTES_MAX, JOB_DELAY_S_MAX};

/// How a step of a job ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// The job is done.
    Done,
    /// There is more to do, from this cursor.
    More(String),
    /// Not now: again from the same cursor, after so many seconds.
    Retry(u32),
}

pub(crate) fn stepped(answer: Result<jobs::Step, String>) -> Result<Step, CallError> {
    match answer.map_err(super::failure)? {
        jobs::Step::Done => Ok(Step::Done),
        jobs::Step::More(cursor) => match cursor.len() {
            0..=JOB_CURSOR_BYTES_MAX if !cursor.contains('\0') => Ok(Step::More(cursor)),
            bytes => broken(format!(
                "a cursor has at most {JOB_CURSOR_BYTES_MAX} bytes without NUL, this one {bytes}"
            )),
        },
        jobs::Step::Retry(seconds) => Ok(Step::Retry(seconds.min(JOB_DELAY_S_MAX))),
    }
}
