//! `dinh plugin dev`: a demo with the plugin in it, which is built and shown anew whenever a file of it changes.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant, SystemTime};

use dinh_portal::Portal;
use dinh_runtime::Engine;
use dinh_web::Notice;
use tokio::sync::oneshot;

use super::{build, check};
use crate::config::{Config, DEFAULT_LOG};
use crate::serve::{Author, Content};
use crate::{demo, serve};

/// How often the folder is looked at: faster than somebody changes from the editor to the browser.
const LOOK_EACH: Duration = Duration::from_millis(300);
/// Where the demo's data lies, beside what cargo builds.
const DATA: &str = "target/dinh-demo";
/// What is no source: built, or not ours.
const PASSED_OVER: [&str; 4] = ["target", "plugin.wasm", "Cargo.lock", "node_modules"];
/// What the code is made from.
const CODE: [&str; 3] = ["src", "sdk", "Cargo.toml"];
/// Deepest folder that is looked into.
const DEPTH_MAX: usize = 8;

/// What pages say before there is anything else to show.
const FIRST: &str = "the plugin is being built";

/// When each file was written last.
type Times = BTreeMap<PathBuf, SystemTime>;

/// Runs until it is asked to end.
pub(super) async fn run(config: &Config, folder: &Path, offline: bool) -> Result<(), String> {
    let folder =
        std::fs::canonicalize(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let config = Config {
        data: folder.join(DATA),
        database_url: None,
        // What happens to the plugin is a warning or worse; the rest is a running portal's, and in the way here.
        log: match config.log == DEFAULT_LOG {
            true => "warn".to_owned(),
            false => config.log.clone(),
        },
        ..config.clone()
    };
    let notice = Notice::default();
    notice.tell(FIRST);
    let (ready, opened) = oneshot::channel();
    let author = Author {
        ready,
        notice: notice.clone(),
    };
    tokio::select! {
        served = serve::run_for(&config, Content::Demo, &[], Some(author)) => served,
        told = watch(opened, &notice, &folder, offline) => told,
    }
}

async fn watch(
    opened: oneshot::Receiver<(Portal, Engine)>,
    notice: &Notice,
    folder: &Path,
    offline: bool,
) -> Result<(), String> {
    let Ok((portal, engine)) = opened.await else {
        // The demo did not open, and says why.
        return std::future::pending().await;
    };
    let mut seen = Times::new();
    loop {
        let now = times(folder);
        if now != seen {
            let code = changed_code(folder, &seen, &now);
            seen = now;
            match renew(&portal, &engine, folder, code, offline).await {
                Ok(ms) => {
                    notice.clear();
                    println!("shown anew {ms} ms after it was built");
                }
                Err(why) => {
                    eprintln!("dinh: {why}\ndinh: the pages say so too until it is mended");
                    notice.tell(why);
                }
            }
        }
        tokio::time::sleep(LOOK_EACH).await;
    }
}

/// Builds where that is needed, tells what is wrong, and shows the plugin in the running demo; the
/// milliseconds from the end of the build until it is shown.
async fn renew(
    portal: &Portal,
    engine: &Engine,
    folder: &Path,
    code: bool,
    offline: bool,
) -> Result<u128, String> {
    if code {
        let place = folder.to_owned();
        let built = tokio::task::spawn_blocking(move || build::run_quietly(&place, offline));
        built.await.map_err(|error| error.to_string())??;
    }
    let built = Instant::now();
    let plugin = check::loaded(engine, folder).await?;
    let shown = portal.show(plugin).await;
    let portal = shown.map_err(|error| error.to_string())?;
    demo::fill(&portal).await?;
    Ok(built.elapsed().as_millis())
}

/// Whether the component is not that of the sources.
fn changed_code(folder: &Path, before: &Times, now: &Times) -> bool {
    let is_code = |path: &PathBuf| {
        let own = path.strip_prefix(folder).unwrap_or(path);
        CODE.iter().any(|code| own.starts_with(code))
    };
    if before.is_empty() {
        let built = std::fs::metadata(folder.join("plugin.wasm")).and_then(|it| it.modified());
        let newest = now
            .iter()
            .filter(|(path, _)| is_code(path))
            .map(|(_, at)| *at)
            .max();
        return built.ok() < newest;
    }
    let same = |times: &Times| -> Times {
        let code = times.iter().filter(|(path, _)| is_code(path));
        code.map(|(path, at)| (path.clone(), *at)).collect()
    };
    same(before) != same(now)
}

fn times(folder: &Path) -> Times {
    let mut found = Times::new();
    listed(folder, 1, &mut found);
    found
}

fn listed(folder: &Path, depth: usize, found: &mut Times) {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten() {
        let (name, path) = (entry.file_name(), entry.path());
        let name = name.to_string_lossy();
        if name.starts_with('.') || depth == 1 && PASSED_OVER.contains(&name.as_ref()) {
            continue;
        }
        match entry.metadata() {
            Ok(it) if it.is_dir() && depth < DEPTH_MAX => listed(&path, depth + 1, found),
            Ok(it) => drop(it.modified().map(|at| found.insert(path, at))),
            Err(_) => {}
        }
    }
}
