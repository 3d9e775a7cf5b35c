//! Deliveries of other systems, as the portal hands them on.

use super::FakeHost;
use crate::{Delivery, Reply, Webhooks};

/// As the contract says.
const STATUSES: [u16; 10] = [200, 202, 400, 401, 403, 409, 413, 415, 422, 503];
const TEXT_BYTES_MAX: usize = 1 << 10;

impl FakeHost {
    /// Delivers as the portal does: writing is allowed, and what was written is kept when the reply is
    /// 200 or 202, and dropped otherwise.
    ///
    /// # Errors
    /// The plugin's words, or how its reply breaks the contract.
    pub fn deliver<P: Webhooks>(&self, delivery: &Delivery) -> Result<Reply, String> {
        self.writing(
            || checked(P::receive(delivery, self)?),
            |answer| answer.as_ref().is_ok_and(Reply::is_taken),
        )
    }
}

/// The signature of a body as a sender would send it, in hexadecimal.
pub fn hmac_sha256(secret: &str, body: &[u8]) -> String {
    crate::webhook::signature(secret, &[body])
}

fn checked(reply: Reply) -> Result<Reply, String> {
    if !STATUSES.contains(&reply.status) {
        return Err(format!("status {} is none of {STATUSES:?}", reply.status));
    }
    if reply.text.len() > TEXT_BYTES_MAX {
        return Err(format!(
            "a sender is told at most {TEXT_BYTES_MAX} bytes, not {}",
            reply.text.len()
        ));
    }
    Ok(reply)
}
