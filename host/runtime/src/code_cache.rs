//! Compiled code of this host's own making, kept between starts so that plugins are not compiled
//! again. wasmtime keeps the files and loads them without a look at what they hold; here every file
//! has a seal, and one without a good seal is thrown away before wasmtime sees it.

mod folder;
mod name;
mod seal;

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use folder::{ensure_own_file, own_folder};
use seal::Seals;

/// Most that is kept, in bytes; a plugin takes some 100 KiB. What was used longest ago goes first.
const KEPT_BYTES_MAX: u64 = 512 << 20;
/// wasmtime packs often used files anew, which breaks their seals: never.
const PACKED_ANEW_AFTER_USES: u64 = u64::MAX;
/// Where wasmtime keeps its files.
const CODE: &str = "code";
/// Where their seals lie, apart: wasmtime removes what it does not know.
const SEALS: &str = "seals";

/// Why no compiled code is kept.
#[derive(Debug, thiserror::Error)]
pub enum CodeCacheError {
    /// It is a file.
    #[error("{0}: compiled code is kept in a folder, and this is none")]
    NotAFolder(PathBuf),
    /// Somebody else's.
    #[error(
        "{path}: it belongs to the user {owner} and not to {own}, who runs dinh: compiled code is run as it is, so only its own user may keep it"
    )]
    NotOurs {
        /// The folder or file.
        path: PathBuf,
        /// User id of its owner.
        owner: u32,
        /// User id of this process.
        own: u32,
    },
    /// Others may put code into it.
    #[error(
        "{path}: others may write there (mode {mode:o}): take it away with `chmod go-w`, since compiled code is run as it is"
    )]
    Writable {
        /// The folder or file.
        path: PathBuf,
        /// Its permission bits.
        mode: u32,
    },
    /// It cannot be read or written.
    #[error("{path}: {cause}")]
    Unusable {
        /// The folder or file.
        path: PathBuf,
        /// What the system said.
        cause: String,
    },
}

/// Where the code of a component came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeSource {
    /// It was compiled just now.
    Compiled,
    /// It had been compiled before and was kept.
    Cache,
}

impl CodeSource {
    /// The word for it in lists.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Compiled => "compiled",
            Self::Cache => "cache",
        }
    }
}

/// How often compiled code was at hand, since this process began.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CodeFigures {
    /// Components whose code was kept.
    pub from_cache: u64,
    /// Components that were compiled.
    pub compiled: u64,
    /// Kept files that were thrown away: damaged, or not of this host's making.
    pub thrown_away: u64,
}

/// A folder of compiled code; a cheap handle.
#[derive(Clone, Debug)]
pub struct CodeCache {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    kept: wasmtime::Cache,
    code: PathBuf,
    seals: Seals,
    thrown_away: AtomicU64,
}

impl CodeCache {
    /// Opens a folder, made if need be, and throws away what has no seal. `key` is a file of this
    /// host's own in another folder, made if need be: without it nobody makes a seal.
    ///
    /// # Errors
    /// [`CodeCacheError`] where somebody else owns the folder or may write there.
    pub fn open(folder: &Path, key: &Path) -> Result<Self, CodeCacheError> {
        let (code, seals) = (folder.join(CODE), folder.join(SEALS));
        for one in [folder, &code, &seals] {
            own_folder(one)?;
        }
        let unusable = |path: &Path, cause: String| CodeCacheError::Unusable {
            path: path.to_owned(),
            cause,
        };
        // wasmtime wants a path without links.
        let code = fs::canonicalize(&code).map_err(|cause| unusable(&code, cause.to_string()))?;
        let mut config = wasmtime::CacheConfig::new();
        config
            .with_directory(&code)
            .with_files_total_size_soft_limit(KEPT_BYTES_MAX)
            .with_optimized_compression_usage_counter_threshold(PACKED_ANEW_AFTER_USES);
        let kept = wasmtime::Cache::new(config);
        let kept = kept.map_err(|error| unusable(&code, format!("{error:#}")))?;
        let seals = Seals::open(seals, key)?;
        let cache = Self {
            inner: Arc::new(Inner {
                kept,
                code,
                seals,
                thrown_away: AtomicU64::new(0),
            }),
        };
        cache.sweep();
        Ok(cache)
    }

    /// Kept files that were thrown away since this process began.
    pub(crate) fn thrown_away(&self) -> u64 {
        self.inner.thrown_away.load(Relaxed)
    }

    pub(crate) fn kept(&self) -> &wasmtime::Cache {
        &self.inner.kept
    }

    /// Makes code by `make`, which looks into wasmtime's folder: before it does, the file that it
    /// would find is held against its seal; what it makes anew is sealed.
    pub(crate) fn around<T, E>(
        &self,
        engine: &wasmtime::Engine,
        wasm: &[u8],
        make: impl Fn() -> Result<T, E>,
    ) -> Result<(T, CodeSource), E> {
        let name = name::of(engine, wasm);
        let before = self.checked(&name);
        let made = make();
        let made = match (made, &before) {
            // Sealed by this host, and of no use to wasmtime all the same.
            (Err(_), Some(_)) => {
                self.throw_away(&name);
                make()?
            }
            (made, _) => made?,
        };
        match (before, self.file(&name)) {
            (Some(before), Some((_, after))) if before == after => Ok((made, CodeSource::Cache)),
            (_, Some((path, _))) => {
                self.inner.seals.put(&name, &path);
                Ok((made, CodeSource::Compiled))
            }
            _ => Ok((made, CodeSource::Compiled)),
        }
    }

    /// The file of a name where its seal is good; it is thrown away otherwise.
    fn checked(&self, name: &str) -> Option<u64> {
        let (path, inode) = self.file(name)?;
        let bytes = fs::read(&path).ok();
        if bytes.is_some_and(|bytes| self.inner.seals.is_good(name, &bytes)) {
            return Some(inode);
        }
        tracing::warn!(file = %path.display(), "compiled code is damaged or not of this host: the plugin is compiled anew");
        self.throw_away(name);
        None
    }

    /// The file of a name and what tells it from one written in its place.
    fn file(&self, name: &str) -> Option<(PathBuf, u64)> {
        let files = self.folders().into_iter().map(|folder| folder.join(name));
        let mut found = files.filter_map(|path| {
            let inode = fs::symlink_metadata(&path).ok()?.ino();
            Some((path, inode))
        });
        found.next()
    }

    fn throw_away(&self, name: &str) {
        self.inner.thrown_away.fetch_add(1, Relaxed);
        while let Some((path, _)) = self.file(name) {
            if let Err(error) = folder::remove(&path) {
                tracing::error!(file = %path.display(), %error, "compiled code cannot be thrown away");
                break;
            }
        }
        self.inner.seals.remove(name);
    }

    /// wasmtime's folders: one for each of its versions that ever wrote here.
    fn folders(&self) -> Vec<PathBuf> {
        folder::listed(&self.inner.code.join("modules"))
    }

    /// What has no seal was not finished, or is not of this host.
    fn sweep(&self) {
        let mut names = Vec::new();
        for path in self.folders().iter().flat_map(|at| folder::listed(at)) {
            let name = path.file_name().and_then(|name| name.to_str());
            let Some(name) = name.filter(|name| !name.contains('.')) else {
                continue;
            };
            if self.inner.seals.has(name) && ensure_own_file(&path).is_ok() {
                names.push(name.to_owned());
            } else {
                self.throw_away(name);
            }
        }
        self.inner.seals.keep(&names);
    }
}
