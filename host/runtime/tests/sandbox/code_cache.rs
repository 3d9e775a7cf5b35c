//! Compiled code that is kept: used where it is whole and this host's, made anew otherwise.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use dinh_runtime::{
    Allocator, CodeCache, CodeCacheError, CodeFigures, CodeSource, Engine, EngineOptions, Plugin,
};
use tempfile::TempDir;

use crate::host::{QUIET_WASM, WASM};

/// A folder of compiled code and the key beside it.
struct Place(TempDir);

impl Place {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn folder(&self) -> PathBuf {
        self.0.path().join("compiled")
    }

    fn key(&self) -> PathBuf {
        self.0.path().join("compiled.key")
    }

    fn open(&self) -> Result<CodeCache, CodeCacheError> {
        CodeCache::open(&self.folder(), &self.key())
    }

    /// As after a start of the host: where the code came from, and what was counted.
    fn start(&self, wasm: &[u8]) -> (CodeSource, CodeFigures) {
        let options = EngineOptions {
            concurrent_calls: 2,
            allocator: Allocator::OnDemand,
            ..EngineOptions::default()
        };
        let engine = Engine::keeping(options, Some(self.open().unwrap())).unwrap();
        let plugin = Plugin::load(&engine, "quiet", wasm, &dinh_runtime::Capability::ALL).unwrap();
        (plugin.source(), engine.code())
    }

    /// The one file of compiled code.
    fn file(&self) -> PathBuf {
        let files = files_below(&self.folder().join("code"));
        let mut code = files.into_iter().filter(|it| it.extension().is_none());
        code.next().unwrap()
    }
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|it| it.unwrap().path());
    let (folders, mut files): (Vec<_>, Vec<_>) = entries.partition(|it| it.is_dir());
    files.extend(folders.iter().flat_map(|it| files_below(it)));
    files
}

/// Breaks a file.
type Damage<'a> = &'a dyn Fn(&Path);

fn flip(file: &Path, at: impl Fn(usize) -> usize) {
    let mut bytes = fs::read(file).unwrap();
    let at = at(bytes.len());
    bytes[at] ^= 0x10;
    fs::write(file, bytes).unwrap();
}

#[test]
fn a_component_is_compiled_once_for_all_starts() {
    let place = Place::new();
    let (source, figures) = place.start(&QUIET_WASM);
    assert_eq!((source, figures.compiled), (CodeSource::Compiled, 1));
    let mode = fs::metadata(place.folder()).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o700);
    let (source, figures) = place.start(&QUIET_WASM);
    let wanted = CodeFigures {
        from_cache: 1,
        compiled: 0,
        thrown_away: 0,
    };
    assert_eq!((source, figures), (CodeSource::Cache, wanted));
    assert_eq!(place.start(&WASM).0, CodeSource::Compiled, "another one");
}

#[test]
fn a_damaged_file_costs_a_compilation_and_no_more() {
    let place = Place::new();
    place.start(&QUIET_WASM);
    let whole = fs::read(place.file()).unwrap();
    let key = fs::read(place.key()).unwrap();
    let damages: [(&str, Damage<'_>); 6] = [
        ("a byte of the head", &|file| flip(file, |_| 1)),
        ("a byte of the code", &|file| {
            flip(file, |length| length / 2)
        }),
        ("the last byte", &|file| flip(file, |length| length - 1)),
        ("a half", &|file| {
            fs::write(file, &whole[..whole.len() / 2]).unwrap()
        }),
        ("nothing", &|file| fs::write(file, []).unwrap()),
        ("longer", &|file| {
            fs::write(file, [whole.as_slice(), b"x"].concat()).unwrap();
        }),
    ];
    for (what, damage) in damages {
        damage(&place.file());
        let (source, figures) = place.start(&QUIET_WASM);
        assert_eq!(source, CodeSource::Compiled, "{what}");
        assert_eq!(figures.thrown_away, 1, "{what}");
        assert_eq!(place.start(&QUIET_WASM).0, CodeSource::Cache, "{what}");
    }
    assert_eq!(fs::read(place.key()).unwrap(), key, "the key stays");
}

#[test]
fn code_of_another_component_or_version_is_not_taken_for_this_one() {
    let place = Place::new();
    place.start(&WASM);
    let others = place.file();
    // The cache looks after its folder by itself: nothing else is left in it.
    let code = fs::read(&others).unwrap();
    fs::remove_file(&others).unwrap();
    place.start(&QUIET_WASM);
    let own = place.file();
    fs::write(&own, code).unwrap();
    let (source, figures) = place.start(&QUIET_WASM);
    assert_eq!((source, figures.thrown_away), (CodeSource::Compiled, 1));

    // What another version of the engine left lies in another folder, under other names.
    let modules = own.parent().unwrap();
    let foreign = modules.with_file_name("wasmtime-0.0.1");
    fs::create_dir(&foreign).unwrap();
    fs::copy(&own, foreign.join("foreign")).unwrap();
    let (source, figures) = place.start(&QUIET_WASM);
    assert_eq!((source, figures.thrown_away), (CodeSource::Cache, 1));
    assert!(!foreign.join("foreign").exists());
}

#[test]
fn code_without_a_seal_of_this_hosts_key_is_not_used() {
    let place = Place::new();
    place.start(&QUIET_WASM);
    for seal in files_below(&place.folder().join("seals")) {
        fs::remove_file(seal).unwrap();
    }
    assert_eq!(place.start(&QUIET_WASM).0, CodeSource::Compiled);
    for key in [&b"short"[..], &[7; 32]] {
        fs::write(place.key(), key).unwrap();
        let (source, figures) = place.start(&QUIET_WASM);
        assert_eq!((source, figures.thrown_away), (CodeSource::Compiled, 1));
    }
    fs::remove_file(place.key()).unwrap();
    assert_eq!(place.start(&QUIET_WASM).0, CodeSource::Compiled);
    let mode = fs::metadata(place.key()).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    assert_eq!(place.start(&QUIET_WASM).0, CodeSource::Cache);
}

#[test]
fn a_place_where_others_may_write_is_refused_by_name() {
    let place = Place::new();
    place.start(&QUIET_WASM);
    let refused = |path: &Path| {
        let told = place.open().unwrap_err().to_string();
        assert!(told.contains(path.to_str().unwrap()), "{told}");
        told
    };
    let key = place.key();
    let inner = [place.folder().join("code"), place.folder().join("seals")];
    for path in [&place.folder(), &inner[0], &inner[1], &key] {
        let before = fs::metadata(path).unwrap().permissions();
        for mode in [0o770, 0o702] {
            fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
            assert!(refused(path).contains("others may write"), "{mode:o}");
        }
        fs::set_permissions(path, before).unwrap();
        place.open().unwrap();
    }
    // What tidies the folder behind a start may still put something into it.
    let mut tries = 0..50;
    while fs::remove_dir_all(place.folder()).is_err() && tries.next().is_some() {
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    fs::write(place.folder(), "a file").unwrap();
    assert!(refused(&place.folder()).contains("is none"));
}
