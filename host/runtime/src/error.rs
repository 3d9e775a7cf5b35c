//! Why a plugin was not loaded or a call has no answer. For operators and vendors.

use thiserror::Error;

use crate::Capability;

/// Why the engine did not start or a plugin was not loaded.
#[derive(Debug, Error)]
pub enum RuntimeError {
    /// Not even the smallest engine could be made.
    #[error("the sandbox cannot start: {0}")]
    Engine(String),
    /// Native code is never accepted from a package.
    #[error(
        "plugin `{plugin}` holds native code, not WebAssembly: build it for wasm32-wasip2 and do not precompile it"
    )]
    NativeCode {
        /// The plugin's id.
        plugin: String,
    },
    /// Larger than any plugin needs to be.
    #[error(
        "plugin `{plugin}` has {bytes} bytes of WebAssembly, at most {limit} are taken: build with `opt-level = \"s\"`, lto and strip"
    )]
    TooLarge {
        /// The plugin's id.
        plugin: String,
        /// What it has.
        bytes: usize,
        /// What it may have.
        limit: usize,
    },
    /// No valid component, or one that needs what the engine has switched off.
    #[error("plugin `{plugin}` is no component that this host runs: {cause}")]
    NotAComponent {
        /// The plugin's id.
        plugin: String,
        /// The engine's words.
        cause: String,
    },
    /// It imports what was not granted.
    #[error(
        "plugin `{plugin}` imports `{import}`, which needs the capability `{capability}` that was not granted: ask for it in plugin.toml and grant it, or remove the call"
    )]
    Ungranted {
        /// The plugin's id.
        plugin: String,
        /// The interface with its version.
        import: String,
        /// What would have to be granted.
        capability: Capability,
    },
    /// It imports what no capability opens: files, sockets, another host's interfaces.
    #[error("plugin `{plugin}` imports `{import}`, which this host does not have")]
    UnknownImport {
        /// The plugin's id.
        plugin: String,
        /// The interface with its version.
        import: String,
    },
    /// An import or export has another shape than this host's contract.
    #[error("plugin `{plugin}` was built against another contract than this host's 0.1: {cause}")]
    Mismatch {
        /// The plugin's id.
        plugin: String,
        /// The engine's words.
        cause: String,
    },
}

/// Why a call has no answer. Never shown to a reader.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum CallError {
    /// The guest trapped: a panic, a bad access, an exit.
    #[error("the plugin trapped: {message}{}", tail(stderr))]
    Trap {
        /// What the engine calls it.
        message: String,
        /// Frames of the guest, if it was built with names.
        backtrace: String,
        /// The last of what it wrote to standard error: a panic's message.
        stderr: String,
    },
    /// It computed longer than allowed.
    #[error("the plugin used up its CPU budget of {limit_ms} ms")]
    CpuBudget {
        /// What it had.
        limit_ms: u64,
    },
    /// It, and the host calls it waited for, took longer than allowed.
    #[error("the plugin did not answer within {limit_ms} ms")]
    WallClock {
        /// What it had.
        limit_ms: u64,
    },
    /// It wanted more memory than allowed.
    #[error("the plugin wanted more memory than its {limit_bytes} bytes")]
    Memory {
        /// What it had.
        limit_bytes: usize,
    },
    /// It asked the host more often than allowed.
    #[error("the plugin made more than {limit} host calls: ask for more in one call")]
    HostCallBudget {
        /// What it had.
        limit: u32,
    },
    /// Its page model, data or body is too large.
    #[error("the plugin answered {bytes} bytes where {limit} are taken")]
    ModelTooLarge {
        /// What it answered.
        bytes: usize,
        /// What is taken.
        limit: usize,
    },
    /// Its answer breaks the contract.
    #[error("the plugin's answer breaks the contract: {0}")]
    Broken(String),
    /// The plugin's own words for why it has no answer.
    #[error("the plugin failed: {0}")]
    Fault(String),
    /// No slot within 50 ms, of the engine or of the plugin's share. Not the plugin's failure.
    #[error("all slots for plugins are taken")]
    Busy,
    /// The breaker is open, or an operator parked the plugin; the guest did not run.
    #[error("the plugin is parked{}", until(*until_ms))]
    Parked {
        /// When it is tried again; none = when an operator unparks it.
        until_ms: Option<u64>,
    },
    /// The plugin has no such export.
    #[error("the plugin exports no {0}")]
    NotExported(crate::Export),
}

fn tail(stderr: &str) -> String {
    match stderr.trim() {
        "" => String::new(),
        text => format!("; it said: {text}"),
    }
}

fn until(until_ms: Option<u64>) -> String {
    match until_ms {
        Some(until_ms) => format!(" until {until_ms} ms since the epoch"),
        None => " until an operator unparks it".to_owned(),
    }
}
