//! Compiled code that the tests of one process share: compiling every plugin for each portal would take most of the
//! time of all tests.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use dinh_runtime::CodeCache;

use crate::program::Program;
use crate::template;

/// Where a program keeps its code in its data folder, and the key of the seals.
const CODE: &str = "compiled";
const KEY: &str = "compiled.key";

/// What engines of this process have compiled.
pub(crate) fn cache() -> CodeCache {
    static CACHE: OnceLock<CodeCache> = OnceLock::new();
    let open = || {
        let home = template::home();
        CodeCache::open(&home.join("own"), &home.join("own.key")).unwrap()
    };
    CACHE.get_or_init(open).clone()
}

/// Lays what a program has compiled of the bundle into a data folder.
pub(crate) fn lay(data: &Path) {
    static DATA: OnceLock<PathBuf> = OnceLock::new();
    let compiled = DATA.get_or_init(|| {
        let data = template::home().join("program");
        fs::create_dir(&data).unwrap();
        let program = Program::bare();
        program.run(&["plugin", "list"]).assert_code(0);
        // The two folders may lie on different file systems.
        template::copy(&program.folder().join(CODE), &data.join(CODE));
        fs::copy(program.folder().join(KEY), data.join(KEY)).unwrap();
        data
    });
    template::copy(&compiled.join(CODE), &data.join(CODE));
    fs::copy(compiled.join(KEY), data.join(KEY)).unwrap();
}
