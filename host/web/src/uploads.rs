//! Long forms: who may send one, and how much of all of them lies in memory at once.

use std::sync::Arc;
use std::time::Duration;

use http::header::CONTENT_LENGTH;
use poem::Request;
use tokio::sync::Semaphore;

use crate::asked::{FilesAre, MAX_ENCODED_BYTES, Refused, Room};
use crate::desk;
use crate::router::Intake;
use crate::serve::Allowance;
use crate::state::State;

/// Longest form with files, in bytes: the largest file, and texts.
const MAX_UPLOAD_BYTES: usize = 64 * 1024 * 1024;
/// Longest texts of whoever is not signed in, in bytes: what somebody typed when the session ended.
const MAX_KEPT_BYTES: usize = 2 * 1024 * 1024;
/// What part of a body is no text or file: names, lines between.
const MARGIN_BYTES: usize = 1024 * 1024;
/// Longest wait for a form with files: 64 MiB on a slow line.
const UPLOAD_DEADLINE: Duration = Duration::from_mins(10);
/// All long forms of whoever is signed in together, in MiB.
const MEMORY_MIB: u32 = 256;
/// Those of everybody else: they take no room from staff.
const OTHERS_MEMORY_MIB: u32 = 32;
/// Longest wait for a place.
const PLACE_WAIT: Duration = Duration::from_secs(20);
const MIB: usize = 1024 * 1024;

/// The places of long forms, in MiB.
#[derive(Debug)]
pub(crate) struct Uploads {
    staff: Arc<Semaphore>,
    others: Arc<Semaphore>,
}

impl Default for Uploads {
    fn default() -> Self {
        let places = |mib: u32| Arc::new(Semaphore::new(mib as usize));
        Self {
            staff: places(MEMORY_MIB),
            others: places(OTHERS_MEMORY_MIB),
        }
    }
}

/// What the form of a request may hold. More than a few fields are read from whoever is signed in, and
/// of others as much as they may have typed before their session ended.
pub(crate) async fn room(
    state: &Arc<State>,
    request: &Request,
    intake: Intake,
) -> Result<Room, Refused> {
    let small = Room {
        max_bytes: MAX_ENCODED_BYTES,
        max_text_bytes: MAX_ENCODED_BYTES,
        files: FilesAre::Refused,
        _held: None,
    };
    let length = request.headers().get(CONTENT_LENGTH);
    let length = length.and_then(|it| it.to_str().ok()?.parse::<usize>().ok());
    // Browsers say how long a form is; one that does not is read like a short one.
    let (false, Some(length)) = (intake == Intake::Form, length) else {
        return Ok(small);
    };
    let is_staff = intake == Intake::Files && is_signed_in(state, request).await;
    let room = match is_staff {
        true => Room {
            max_bytes: MAX_UPLOAD_BYTES + MARGIN_BYTES,
            max_text_bytes: dinh_portal::MAX_TYPED_BYTES,
            files: FilesAre::Taken,
            _held: None,
        },
        false => Room {
            max_bytes: match intake {
                Intake::Files => MAX_UPLOAD_BYTES + MARGIN_BYTES,
                _ => MAX_KEPT_BYTES + MARGIN_BYTES,
            },
            max_text_bytes: MAX_KEPT_BYTES,
            files: FilesAre::PassedOver,
            _held: None,
        },
    };
    if length > room.max_bytes {
        return Err(Refused::FormTooLarge);
    }
    // A short one is what any form may be: whoever signs in waits for nobody.
    if length <= MAX_ENCODED_BYTES {
        return Ok(room);
    }
    let (pool, lies_in_memory) = match is_staff {
        true => (&state.uploads.staff, length),
        false => (&state.uploads.others, length.min(MAX_KEPT_BYTES)),
    };
    let places = u32::try_from(lies_in_memory.div_ceil(MIB)).unwrap_or(MEMORY_MIB);
    let place = pool.clone().acquire_many_owned(places);
    let place = tokio::time::timeout(PLACE_WAIT, place).await;
    let Ok(Ok(held)) = place else {
        return Err(Refused::FormsBusy);
    };
    if let Some(allowance) = request.extensions().get::<Allowance>() {
        let wait = if is_staff {
            UPLOAD_DEADLINE
        } else {
            Duration::ZERO
        };
        allowance.raise(room.max_bytes, wait);
    }
    Ok(Room {
        _held: Some(held),
        ..room
    })
}

/// Whether the sender is signed in now. The route asks again, with everything that belongs to it.
async fn is_signed_in(state: &State, request: &Request) -> bool {
    let token = desk::cookie::token(request.headers(), state.options.public_scheme);
    let Some(token) = token else {
        return false;
    };
    let known = state.portal.signed_in(token, state.portal.now()).await;
    known.is_ok_and(|it| it.is_some())
}
