//! What is hashed: JSON arrays, so that anybody can compute them again.

use serde_json::json;
use sha2::{Digest, Sha256};

use super::{Payload, Row};
use crate::path::hex;

/// `["dinh-audit-payload", salt, before, after]`, before and after as texts or null. The salt keeps
/// an erased payload from being guessed by its hash.
pub(super) fn of_payload(it: &Payload) -> String {
    sha256(&json!(["dinh-audit-payload", it.salt, it.was, it.became]))
}

/// `["dinh-audit", former hash, number, at, actor kind, actor, origin, act, subject kind, subject,
/// site, payload hash]`, the site as a text or null.
pub(super) fn of_line(it: &Row) -> String {
    sha256(&json!([
        "dinh-audit",
        it.former_hash,
        it.number,
        it.at,
        it.actor_kind,
        it.actor,
        it.origin,
        it.act,
        it.subject_kind,
        it.subject,
        it.site,
        it.payload_hash
    ]))
}

fn sha256(array: &serde_json::Value) -> String {
    hex(&Sha256::digest(array.to_string().as_bytes()))
}
