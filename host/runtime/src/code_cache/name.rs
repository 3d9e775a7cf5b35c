//! The name that wasmtime gives to what it keeps of a component: a hash of the engine's settings and
//! version and of the bytes. Were it to change its ways, no file would be found under these names,
//! none would be sealed, and everything would be compiled at every start; a test would tell.

use std::hash::{Hash, Hasher};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

pub(super) fn of(engine: &wasmtime::Engine, wasm: &[u8]) -> String {
    let mut state = State(Sha256::new());
    engine.precompile_compatibility_hash().hash(&mut state);
    wasm.hash(&mut state);
    // No debugging symbols beside it, and no intrinsics.
    let (symbols, intrinsics) = (None::<&[u8]>, None::<&str>);
    (symbols, intrinsics).hash(&mut state);
    URL_SAFE_NO_PAD.encode(state.0.finalize())
}

struct State(Sha256);

impl Hasher for State {
    fn write(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// Nobody asks: a short hash names nothing here.
    fn finish(&self) -> u64 {
        0
    }
}
