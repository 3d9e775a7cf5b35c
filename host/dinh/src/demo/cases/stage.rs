//! The demo, served for one run of cases.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use dinh_domain::dates::{Instant, LocalDate, Zone};
use dinh_domain::profile::Profile;
use dinh_portal::{Clock, PeopleOptions, Portal};
use dinh_runtime::Engine;
use dinh_web::{HttpOptions, Web};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use super::costs::Costs;
use crate::bundle::Bundle;
use crate::config::{Config, FilesConfig};
use crate::data_folder::DataFolder;
use crate::{assemble, demo};

/// The day on which cases run, at noon: what the calendar decides is the same in every run.
const DAY: (i16, i8, i8) = (2026, 11, 24);
/// Noon, in milliseconds since midnight.
const NOON_MS: i64 = 12 * 60 * 60 * 1000;

/// A served portal; dropping it ends it and removes its data.
pub(super) struct Stage {
    address: SocketAddr,
    engine: Engine,
    portal: Portal,
    /// Id of the plugin that it is about.
    plugin: String,
    serving: JoinHandle<()>,
    // In this order: the lock goes before the folder.
    _folder: DataFolder,
    _scratch: Scratch,
}

impl Stage {
    /// Fills a new portal with the demo and serves it.
    pub(super) async fn open(config: &Config, plugin: &Path) -> Result<Self, String> {
        dinh_store::repeat_ids();
        let mut bundle =
            Bundle::find(config.bundle.as_deref()).map_err(|error| error.to_string())?;
        let plugin = bundle
            .put_plugin(plugin)
            .map_err(|error| error.to_string())?;
        let theme = assemble::theme(&bundle)?;
        let engine = assemble::repeatable_engine(config)?;
        let plugins = assemble::plugins(&engine, &bundle).await?;
        let scratch = Scratch::make()?;
        let folder = DataFolder::own(&scratch.0).map_err(|error| error.to_string())?;
        let own = Config {
            data: scratch.0.clone(),
            database_url: None,
            files: FilesConfig::default(),
            sends_requests: false,
            // The demo's people sign in by a password alone.
            people: PeopleOptions {
                totp_obligatory: false,
            },
            // The matrix switches the section off.
            profile: Profile::default(),
            ..config.clone()
        };
        let shelf = assemble::shelf(&own, &folder)?;
        let database = assemble::database(&own, &own.data);
        let portal = assemble::portal(
            &folder,
            &database,
            shelf,
            plugins,
            engine.clone(),
            clock()?,
            &own,
        )
        .await?;
        demo::fill(&portal).await?;
        let told = |error: std::io::Error| error.to_string();
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.map_err(told)?;
        let address = listener.local_addr().map_err(told)?;
        let options = HttpOptions {
            public_port: Some(address.port()),
            unlimited_clients: vec![address.ip()],
            ..HttpOptions::default()
        };
        let web = Web::new(portal.clone(), theme, options);
        let serving = tokio::spawn(async move {
            if let Err(error) = web.serve(listener, std::future::pending()).await {
                tracing::error!(%error, "the portal of the cases does not serve");
            }
        });
        Ok(Self {
            address,
            engine,
            portal,
            plugin,
            serving,
            _folder: folder,
            _scratch: scratch,
        })
    }

    /// The portal itself.
    pub(super) fn portal(&self) -> &Portal {
        &self.portal
    }

    /// Id of the plugin that it is about.
    pub(super) fn plugin(&self) -> &str {
        &self.plugin
    }

    /// What its calls have cost so far.
    pub(super) fn costs(&self) -> Costs {
        Costs::now(&self.engine, &self.plugin)
    }

    /// Where it answers.
    pub(super) fn address(&self) -> SocketAddr {
        self.address
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

fn clock() -> Result<Clock, String> {
    let (year, month, day) = DAY;
    let day =
        LocalDate::from_parts(year, month, day).ok_or("the day of the cases does not exist")?;
    let noon = Instant(Zone::default().start_of(day).0 + NOON_MS);
    Ok(Arc::new(move || noon))
}

/// A folder of this process alone.
struct Scratch(PathBuf);

impl Scratch {
    fn make() -> Result<Self, String> {
        let path = std::env::temp_dir().join(format!("dinh-cases-{}", std::process::id()));
        // What a killed process of the same number left.
        if path.exists() {
            std::fs::remove_dir_all(&path)
                .map_err(|error| format!("{}: {error}", path.display()))?;
        }
        std::fs::create_dir(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        Ok(Self(path))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_dir_all(&self.0) {
            eprintln!("dinh: {} is left behind: {error}", self.0.display());
        }
    }
}
