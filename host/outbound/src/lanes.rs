//! How many requests are under way: an answer that does not come holds a call of a plugin, and a
//! name that is not found a thread, so there are few of them, and fewer of each caller.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::OutboundError;

/// Requests under way in the whole program.
pub const UNDER_WAY_MAX: usize = 8;
/// Requests under way of one caller.
pub const UNDER_WAY_OF_ONE_MAX: usize = 4;

#[derive(Clone, Default)]
pub(crate) struct Lanes {
    used: Arc<Mutex<HashMap<String, usize>>>,
}

/// Held until the exchange ends, and by a look-up until the system's resolver gives up.
pub(crate) struct Lane {
    used: Arc<Mutex<HashMap<String, usize>>>,
    caller: String,
}

impl Lanes {
    pub(crate) fn enter(&self, caller: &str) -> Result<Arc<Lane>, OutboundError> {
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        let own = used.get(caller).copied().unwrap_or_default();
        if own >= UNDER_WAY_OF_ONE_MAX || used.values().sum::<usize>() >= UNDER_WAY_MAX {
            return Err(OutboundError::Busy(format!(
                "{UNDER_WAY_OF_ONE_MAX} requests of a plugin and {UNDER_WAY_MAX} in all are under way at once"
            )));
        }
        used.insert(caller.to_owned(), own + 1);
        Ok(Arc::new(Lane {
            used: self.used.clone(),
            caller: caller.to_owned(),
        }))
    }
}

impl Drop for Lane {
    fn drop(&mut self) {
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(own) = used.get_mut(&self.caller) {
            *own -= 1;
            if *own == 0 {
                used.remove(&self.caller);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Lanes, UNDER_WAY_MAX, UNDER_WAY_OF_ONE_MAX};

    #[test]
    fn one_caller_leaves_room_for_others_and_what_ends_makes_room() {
        let lanes = Lanes::default();
        let mut held = Vec::new();
        for caller in ["a", "b"] {
            for _ in 0..UNDER_WAY_OF_ONE_MAX {
                held.push(lanes.enter(caller).unwrap());
            }
            assert!(lanes.enter(caller).is_err());
        }
        assert_eq!(held.len(), UNDER_WAY_MAX);
        assert!(lanes.enter("c").is_err());
        held.pop();
        assert!(lanes.enter("a").is_err());
        held.push(lanes.enter("c").unwrap());
        drop(held);
        assert!(lanes.enter("a").is_ok());
    }
}
