//! `dinh plugin dev`: a demo with the plugin in it, which is built and shown anew whenever a file of it changes.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant, SystemTime};

use tokio::process::{Child, Command};
use tokio::signal::unix::{SignalKind, signal};

use super::{build, check};
use crate::config::Config;

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

/// When each file was written last.
type Times = BTreeMap<PathBuf, SystemTime>;

/// Runs until it is asked to end.
pub(super) async fn run(config: &Config, folder: &Path, offline: bool) -> Result<(), String> {
    let mut ended = signal(SignalKind::terminate()).map_err(|error| error.to_string())?;
    tokio::select! {
        done = watch(config, folder, offline) => done,
        _ = tokio::signal::ctrl_c() => Ok(()),
        _ = ended.recv() => Ok(()),
    }
}

async fn watch(config: &Config, folder: &Path, offline: bool) -> Result<(), String> {
    let folder =
        std::fs::canonicalize(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut seen = Times::new();
    // Ended when it is dropped, and so whenever this function is left.
    let mut portal: Option<Child> = None;
    loop {
        let now = times(&folder);
        if now != seen {
            let code = changed_code(&folder, &seen, &now);
            seen = now;
            match renew(config, &folder, code, offline, &mut portal).await {
                Ok(ms) => println!("shown anew {ms} ms after it was built"),
                Err(why) => eprintln!("dinh: {why}\ndinh: what was there before is still shown"),
            }
        }
        tokio::time::sleep(LOOK_EACH).await;
    }
}

/// Builds where that is needed, tells what is wrong, and starts the demo anew; the milliseconds from
/// the end of the build to the start.
async fn renew(
    config: &Config,
    folder: &Path,
    code: bool,
    offline: bool,
    portal: &mut Option<Child>,
) -> Result<u128, String> {
    if code {
        let place = folder.to_owned();
        let built = tokio::task::spawn_blocking(move || build::run(&place, offline));
        built.await.map_err(|error| error.to_string())??;
    }
    let built = Instant::now();
    let faults = check::refused(folder).await?;
    if !faults.is_empty() {
        return Err(faults.join("\n"));
    }
    if let Some(mut before) = portal.take() {
        before.kill().await.map_err(|error| error.to_string())?;
    }
    *portal = Some(start(config, folder)?);
    Ok(built.elapsed().as_millis())
}

fn start(config: &Config, folder: &Path) -> Result<Child, String> {
    let own = std::env::current_exe().map_err(|error| error.to_string())?;
    let mut command = Command::new(own);
    command
        .arg("demo")
        .arg("--with")
        .arg(folder)
        .env("DINH_DATA", folder.join(DATA))
        .env("DINH_LISTEN", config.listen.to_string())
        .env_remove("DINH_DATABASE_URL")
        .kill_on_drop(true);
    if let Some(bundle) = &config.bundle {
        command.env("DINH_BUNDLE_FOLDER", bundle);
    }
    command.spawn().map_err(|error| error.to_string())
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
