//! What all portals of one test binary share: the compiled plugins, the theme, and a data folder
//! with the demo in it that is copied for each.

use std::fs;
use std::io::ErrorKind;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock, Weak};
use std::time::Duration;

use dinh::bundle::Bundle;
use dinh::{assemble, demo};
use dinh_domain::profile::Profile;
use dinh_files::{Reader, Shelf};
use dinh_package::{PluginFolder, SealKeyFile};
use dinh_portal::{Clock, MailOptions, Parts, PeopleOptions, Plugins, Portal};
use dinh_render::Theme;
use dinh_runtime::{Compiler, Engine, EngineOptions};
use dinh_search::Index;
use dinh_store::{Store, StoreOptions};
use tokio::sync::OnceCell;

use crate::clock::{DAY, TestClock};
use crate::database::{self, Database};
use crate::kept_code;
use crate::program;

/// Folders of templates begin so; the number of the process follows.
const PREFIX: &str = "portal-template-";

/// Only its user looks in.
const OWNER_ONLY: u32 = 0o700;
/// Longest wait for a portal to end.
const PATIENCE: Duration = Duration::from_secs(20);

/// Made once.
pub(crate) struct Template {
    /// The data folder.
    pub(crate) folder: PathBuf,
    pub(crate) database: Database,
    pub(crate) theme: Arc<Theme>,
    pub(crate) engine: Engine,
    pub(crate) plugins: Plugins,
}

static TEMPLATE: OnceCell<Template> = OnceCell::const_new();

/// The template; the first test that asks makes it.
pub(crate) async fn template() -> &'static Template {
    TEMPLATE.get_or_init(make).await
}

async fn make() -> Template {
    let bundle = bundle();
    let theme = assemble::theme(&bundle).unwrap();
    let (engine, plugins) = engine_of_its_own(&bundle).await;
    let folder = home().join("data");
    fs::create_dir(&folder).unwrap();
    database::sweep().await;
    let database = Database::new(&folder).await;
    let clock = TestClock::at(DAY).reading();
    let opened = open(&folder, &database, &engine, &plugins, clock).await;
    demo::fill(&opened.portal).await.unwrap();
    opened.close().await;
    Template {
        folder,
        database,
        theme,
        engine,
        plugins,
    }
}

/// Plugins and theme as `make plugins` laid them out.
pub(crate) fn bundle() -> Bundle {
    Bundle::find(Some(&program::bundle_folder())).unwrap()
}

/// An engine and plugins that no other portal sees: for tests that park.
pub(crate) async fn engine_of_its_own(bundle: &Bundle) -> (Engine, Plugins) {
    let engine = Engine::keeping(EngineOptions::default(), Some(kept_code::cache())).unwrap();
    let plugins = assemble::plugins(&engine, bundle).await.unwrap();
    (engine, plugins)
}

/// A portal, with parts that tests look after.
pub(crate) struct Opened {
    pub(crate) portal: Portal,
    pub(crate) store: Store,
    pub(crate) index: Weak<()>,
}

impl Opened {
    async fn close(self) {
        drop(self.portal);
        self.store.close().await;
        ended(&self.index).await;
    }
}

/// Waits until nobody has an index open: its files come and go until then.
pub(crate) async fn ended(index: &Weak<()>) {
    let ended = async {
        while index.strong_count() > 0 {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(PATIENCE, ended)
        .await
        .expect("the portal ends");
}

/// A portal on a data folder.
pub(crate) async fn open(
    folder: &Path,
    database: &Database,
    engine: &Engine,
    plugins: &Plugins,
    clock: Clock,
) -> Opened {
    open_by(Own::default(), folder, database, engine, plugins, clock).await
}

/// What a portal may have of its own.
pub(crate) struct Own {
    /// Reads attached files.
    pub(crate) reader: Reader,
    /// What holds for people.
    pub(crate) people: PeopleOptions,
    /// How mail is sent.
    pub(crate) mail: Option<MailOptions>,
    /// The regulation; none by default: tests switch sections off.
    pub(crate) profile: Profile,
}

impl Default for Own {
    /// As in the demo.
    fn default() -> Self {
        Self {
            reader: program::reader(),
            people: PeopleOptions {
                totp_obligatory: false,
            },
            mail: None,
            profile: Profile::default(),
        }
    }
}

/// The same, with something of its own.
pub(crate) async fn open_by(
    own: Own,
    folder: &Path,
    database: &Database,
    engine: &Engine,
    plugins: &Plugins,
    clock: Clock,
) -> Opened {
    let index = Arc::new(Index::open(&folder.join("index")).unwrap());
    let held = index.life();
    let store = Store::open(&StoreOptions::new(database.url()))
        .await
        .unwrap();
    let parts = Parts {
        store: store.clone(),
        index,
        engine: engine.clone(),
        plugins: plugins.clone(),
        shelf: Shelf::open(&folder.join("files")).unwrap(),
        reader: own.reader,
        outbound: dinh_outbound::Client::default(),
        plugin_folder: PluginFolder::new(folder.join("plugins")),
        seal_key: SealKeyFile::new(folder.join("seal.key")),
        compiler: Compiler::new(program::path()),
        rehearsal: assemble::rehearsal(None, Some(&program::bundle_folder())),
        people: own.people,
        mail: own.mail,
        profile: own.profile,
        clock,
    };
    Opened {
        portal: Portal::open(parts).await.unwrap(),
        store,
        index: held,
    }
}

/// A folder of this process beside the test binaries; those of processes that ended are removed.
pub(crate) fn home() -> &'static Path {
    static HOME: OnceLock<PathBuf> = OnceLock::new();
    HOME.get_or_init(folder)
}

fn folder() -> PathBuf {
    let program = std::env::current_exe().unwrap();
    let target = program.ancestors().nth(3).unwrap().join("tmp");
    fs::create_dir_all(&target).unwrap();
    for entry in fs::read_dir(&target).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let owner = name.strip_prefix(PREFIX).and_then(|pid| pid.parse().ok());
        if owner.is_some_and(|pid| !database::is_running(pid)) {
            // Another test binary may be removing it too.
            let _gone = fs::remove_dir_all(&path);
        }
    }
    let own = target.join(format!("{PREFIX}{}", std::process::id()));
    fs::create_dir(&own).unwrap();
    own
}

/// Copies a folder with everything in it. Folders are their user's alone, as a program makes its own.
pub fn copy(from: &Path, to: &Path) {
    let mut new = fs::DirBuilder::new();
    new.recursive(true).mode(OWNER_ONLY).create(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let (path, there) = (entry.path(), to.join(entry.file_name()));
        if path.is_dir() {
            copy(&path, &there);
            continue;
        }
        match fs::copy(&path, &there) {
            Ok(_) => {}
            // A file that was listed a moment ago has gone: the whole folder again, as it is now.
            Err(error) if error.kind() == ErrorKind::NotFound => return copy(from, to),
            Err(error) => panic!("{}: {error}", path.display()),
        }
    }
}
