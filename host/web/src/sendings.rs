//! How often one caller may send something to the office by a form of citizens, and files with it.

use std::collections::{HashMap, VecDeque};
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use dinh_portal::Taking;

use crate::client::Client;
use crate::options::HttpOptions;

/// The time over which sendings are counted.
const WINDOW: Duration = Duration::from_secs(60 * 60);
/// Sendings of one caller in that time, without a solved puzzle: a family at one address.
pub(crate) const PLAIN_MAX: usize = 6;
/// The same with one for each: a village behind the one address of its operator.
pub(crate) const PROVED_MAX: usize = 60;
/// Forms with files of one caller in that time, whatever becomes of them.
const FILES_MAX: usize = 20;
/// Callers remembered: 4 MiB at most.
const CALLERS_MAX: usize = 8_192;

/// How often callers are forgotten who sent nothing within the window.
const SWEEP: Duration = Duration::from_secs(60);

/// Sendings by caller, those with a solved puzzle and those with files apart: a neighbour who has scripts takes nothing from one who has none.
/// Who sent is forgotten a minute after the window, and stands nowhere else.
#[derive(Default)]
pub(crate) struct Sendings {
    callers: Mutex<Callers>,
}

#[derive(Default)]
struct Callers {
    sent: HashMap<(Client, Taking), VecDeque<Instant>>,
    swept: Option<Instant>,
}

impl Sendings {
    /// Counts a sending; the seconds until there may be one where there were too many.
    pub(crate) fn take(
        &self,
        caller: Option<IpAddr>,
        options: &HttpOptions,
        taking: Taking,
    ) -> Result<(), u32> {
        match caller {
            Some(address) if !options.is_unlimited(&address) => {
                self.counted(address.into(), taking, Instant::now())
            }
            _ => Ok(()),
        }
    }

    fn counted(&self, client: Client, taking: Taking, now: Instant) -> Result<(), u32> {
        let mut callers = self.callers.lock().unwrap_or_else(PoisonError::into_inner);
        callers.sweep(now);
        let sent = callers.sent.entry((client, taking)).or_default();
        while sent.front().is_some_and(|at| !is_recent(*at, now)) {
            sent.pop_front();
        }
        let most = match taking {
            Taking::Plain => PLAIN_MAX,
            Taking::Proved => PROVED_MAX,
            Taking::Files => FILES_MAX,
        };
        // Of so many the one whose end makes room.
        match sent.len().checked_sub(most).and_then(|at| sent.get(at)) {
            Some(at) => {
                let left = WINDOW.saturating_sub(now.duration_since(*at));
                Err(u32::try_from(left.as_secs() + 1).unwrap_or(u32::MAX))
            }
            None => {
                sent.push_back(now);
                Ok(())
            }
        }
    }
}

impl Callers {
    fn sweep(&mut self, now: Instant) {
        let is_full = self.sent.len() >= CALLERS_MAX;
        let is_due = self.swept.is_none_or(|at| now.duration_since(at) >= SWEEP);
        if is_full || is_due {
            self.sent
                .retain(|_, sent| sent.back().is_some_and(|at| is_recent(*at, now)));
            self.swept = Some(now);
        }
        if self.sent.len() >= CALLERS_MAX {
            // More callers than are remembered: all begin anew.
            self.sent.clear();
        }
    }
}

fn is_recent(at: Instant, now: Instant) -> bool {
    now.duration_since(at) < WINDOW
}

#[cfg(test)]
mod tests;
