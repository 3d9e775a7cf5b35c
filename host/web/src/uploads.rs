//! Long forms: who may send one, and how much of all of them lies in memory at once.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use dinh_domain::dates::Instant;
use dinh_domain::declaration::SENT_BYTES_MAX;
use http::header::CONTENT_LENGTH;
use poem::Request;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::asked::{FilesAre, MAX_ENCODED_BYTES, Refused, Room, is_own};
use crate::client::Client;
use crate::desk;
use crate::router::Intake;
use crate::serve::Allowance;
use crate::state::State;

/// Longest form with files, in bytes: the largest file, and texts.
const MAX_UPLOAD_BYTES: usize = 64 * 1024 * 1024;
/// Longest texts, in bytes; the same for what somebody typed when the session ended.
const MAX_TEXT_BYTES: usize = dinh_portal::MAX_TYPED_BYTES;
/// What part of a body is no text or file: names, lines between.
const MARGIN_BYTES: usize = 1024 * 1024;
/// Longest wait for a form with files: 64 MiB on a slow line.
const UPLOAD_DEADLINE: Duration = Duration::from_mins(10);
/// All long forms of whoever is signed in together, in MiB.
const MEMORY_MIB: u32 = 256;
/// Those of everybody else: they take no room from staff.
const OTHERS_MEMORY_MIB: u32 = 128;
/// Of these, those of one caller together: two sendings with as many files as one may have, and some short ones.
const OTHERS_OF_ONE_CALLER_MIB: usize = 48;
/// Long forms at once of one caller who is not signed in: an office shares an address.
const OTHERS_OF_ONE_CALLER: usize = 4;
/// Longest wait for their long forms.
const OTHERS_DEADLINE: Duration = Duration::from_mins(3);
/// Longest wait for a place.
const PLACE_WAIT: Duration = Duration::from_secs(20);
const MIB: usize = 1024 * 1024;

/// The places of long forms, in MiB.
#[derive(Debug)]
pub(crate) struct Uploads {
    staff: Arc<Semaphore>,
    others: Arc<Semaphore>,
    callers: Arc<Mutex<HashMap<Client, Share>>>,
}

/// What one caller has of the places.
#[derive(Debug, Default)]
struct Share {
    forms: usize,
    mib: usize,
}

/// What a long form holds while it lies in memory.
#[derive(Debug)]
pub(crate) struct Held {
    _place: OwnedSemaphorePermit,
    _turn: Option<Turn>,
}

/// One of the turns of a caller.
#[derive(Debug)]
struct Turn {
    callers: Arc<Mutex<HashMap<Client, Share>>>,
    caller: Client,
    mib: usize,
}

impl Turn {
    fn of(uploads: &Uploads, caller: Client, mib: usize) -> Option<Self> {
        let callers = uploads.callers.clone();
        let mut known = callers.lock().unwrap_or_else(PoisonError::into_inner);
        let share = known.entry(caller).or_default();
        if share.forms >= OTHERS_OF_ONE_CALLER || share.mib + mib > OTHERS_OF_ONE_CALLER_MIB {
            return None;
        }
        share.forms += 1;
        share.mib += mib;
        drop(known);
        Some(Self {
            callers,
            caller,
            mib,
        })
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let mut known = self.callers.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(share) = known.get_mut(&self.caller) {
            share.forms -= 1;
            share.mib -= self.mib;
            if share.forms == 0 {
                known.remove(&self.caller);
            }
        }
    }
}

impl Default for Uploads {
    fn default() -> Self {
        let places = |mib: u32| Arc::new(Semaphore::new(mib as usize));
        Self {
            staff: places(MEMORY_MIB),
            others: places(OTHERS_MEMORY_MIB),
            callers: Arc::default(),
        }
    }
}

/// What the form of a request may hold. More than a few fields are read from whoever is signed in, and
/// of others as much as they may have typed before their session ended.
pub(crate) async fn room(
    state: &Arc<State>,
    request: &Request,
    (host, caller): (&str, Option<IpAddr>),
    intake: Intake,
) -> Result<Room, Refused> {
    let of_anybody = intake == Intake::FormOfProgram;
    if !of_anybody && !is_own(request.headers(), host) {
        return Err(Refused::FormForeign);
    }
    let small = Room {
        max_bytes: MAX_ENCODED_BYTES,
        max_text_bytes: MAX_ENCODED_BYTES,
        max_file_bytes: 0,
        files: FilesAre::Refused,
        signed_in_at: None,
        _held: None,
    };
    let length = request.headers().get(CONTENT_LENGTH);
    let length = length.and_then(|it| it.to_str().ok()?.parse::<usize>().ok());
    // Browsers say how long a form is; one that does not is read like a short one.
    let (false, Some(length)) = (of_anybody || intake == Intake::Form, length) else {
        return Ok(small);
    };
    if intake == Intake::SentFiles {
        return sent_files(state, request, caller, length).await;
    }
    let signed_in_at = match intake {
        Intake::Files => signed_in_at(state, request).await?,
        _ => None,
    };
    let room = Room {
        max_bytes: MARGIN_BYTES
            + if intake == Intake::Files {
                MAX_UPLOAD_BYTES
            } else {
                MAX_TEXT_BYTES
            },
        max_text_bytes: MAX_TEXT_BYTES,
        max_file_bytes: MAX_UPLOAD_BYTES,
        files: match signed_in_at {
            Some(_) => FilesAre::Taken,
            None => FilesAre::PassedOver,
        },
        signed_in_at,
        _held: None,
    };
    if length > room.max_bytes {
        return Err(Refused::UploadTooLarge);
    }
    // A short one is what any form may be: whoever signs in waits for nobody.
    if length <= MAX_ENCODED_BYTES {
        return Ok(room);
    }
    let whose = match room.signed_in_at {
        Some(_) => Whose::Staff(length),
        None => Whose::Others(length.min(MAX_TEXT_BYTES)),
    };
    let held = held(state, caller, whose).await?;
    if let Some(allowance) = request.extensions().get::<Allowance>() {
        let wait = match room.signed_in_at {
            Some(_) => UPLOAD_DEADLINE,
            None => OTHERS_DEADLINE,
        };
        allowance.raise(room.max_bytes, wait);
    }
    Ok(Room {
        _held: Some(held),
        ..room
    })
}

/// What a form with files may hold that somebody sends who is not signed in: what goes beyond is read to its end, so that
/// the words come back with what is wrong.
async fn sent_files(
    state: &State,
    request: &Request,
    caller: Option<IpAddr>,
    length: usize,
) -> Result<Room, Refused> {
    let room = Room {
        max_bytes: MARGIN_BYTES + MAX_UPLOAD_BYTES,
        max_text_bytes: MAX_ENCODED_BYTES,
        max_file_bytes: SENT_BYTES_MAX,
        files: FilesAre::Taken,
        signed_in_at: None,
        _held: None,
    };
    if length > room.max_bytes {
        return Err(Refused::UploadTooLarge);
    }
    if length <= MAX_ENCODED_BYTES {
        return Ok(room);
    }
    let lies_in_memory = length.min(SENT_BYTES_MAX + MAX_ENCODED_BYTES);
    let held = held(state, caller, Whose::Others(lies_in_memory)).await?;
    if let Some(allowance) = request.extensions().get::<Allowance>() {
        allowance.raise(room.max_bytes, OTHERS_DEADLINE);
    }
    Ok(Room {
        _held: Some(held),
        ..room
    })
}

/// Whose form it is, and how many bytes of it lie in memory.
enum Whose {
    Staff(usize),
    Others(usize),
}

/// A place for a form, once there is one.
async fn held(state: &State, caller: Option<IpAddr>, whose: Whose) -> Result<Held, Refused> {
    let (pool, lies_in_memory, counted) = match whose {
        Whose::Staff(bytes) => (&state.uploads.staff, bytes, None),
        Whose::Others(bytes) => (&state.uploads.others, bytes, caller),
    };
    let mib = lies_in_memory.div_ceil(MIB);
    let turn = match counted {
        Some(caller) => {
            let turn = Turn::of(&state.uploads, caller.into(), mib);
            Some(turn.ok_or(Refused::FormsBusy)?)
        }
        None => None,
    };
    let places = u32::try_from(mib).unwrap_or(MEMORY_MIB);
    let place = pool.clone().acquire_many_owned(places);
    match tokio::time::timeout(PLACE_WAIT, place).await {
        Ok(Ok(place)) => Ok(Held {
            _place: place,
            _turn: turn,
        }),
        _ => Err(Refused::FormsBusy),
    }
}

/// When the sender was found signed in: the session need not last until the last byte has come. The
/// route asks for the session again, as of then, with everything that belongs to it.
async fn signed_in_at(state: &State, request: &Request) -> Result<Option<Instant>, Refused> {
    let token = desk::cookie::token(request.headers(), state.options.public_scheme);
    let Some(token) = token else {
        return Ok(None);
    };
    let now = state.portal.now();
    // Where that cannot be told the files must not be passed over as a stranger's.
    match state.portal.signed_in(token, now).await {
        Ok(known) => Ok(known.map(|_| now)),
        Err(failure) => {
            tracing::warn!(%failure, "a form is sent back: its sender cannot be looked up");
            Err(Refused::FormsBusy)
        }
    }
}
