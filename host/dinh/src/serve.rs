//! `dinh serve` and `dinh demo`.

use std::path::PathBuf;
use std::sync::Arc;

use dinh_files::Shelf;
use dinh_portal::Portal;
use dinh_render::Theme;
use dinh_runtime::Engine;
use dinh_web::{HttpOptions, Notice, Web};
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::oneshot;

use crate::bundle::Bundle;
use crate::config::{Config, MIB};
use crate::data_folder::DataFolder;
use crate::{assemble, demo, log, socket};

/// What the portal holds when it starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Content {
    /// What is in the data folder.
    AsIs,
    /// Demo sites and entries, made at the first start.
    Demo,
}

/// Somebody who works at a plugin while the portal serves.
pub struct Author {
    /// Is given the portal and its engine when it is ready.
    pub ready: oneshot::Sender<(Portal, Engine)>,
    /// What stands in place of its pages.
    pub notice: Notice,
}

/// Serves until the process is asked to end; `with` are folders of plugins beside those of the bundle.
pub async fn run(config: &Config, content: Content, with: &[PathBuf]) -> Result<(), String> {
    run_for(config, content, with, None).await
}

/// The same for somebody who works at a plugin meanwhile.
pub async fn run_for(
    config: &Config,
    content: Content,
    with: &[PathBuf],
    author: Option<Author>,
) -> Result<(), String> {
    // Dropped last: it writes what is left.
    let _log = log::start(&config.log)?;
    let started = std::time::Instant::now();
    let folder = DataFolder::own(&config.data).map_err(|error| error.to_string())?;
    let folder = folder.with_seal_key(config.seal_key_file.as_deref());
    let listener = TcpListener::bind(config.listen).await.map_err(|error| {
        format!(
            "cannot listen on {}: {error}; name another address with DINH_LISTEN",
            config.listen
        )
    })?;
    let operator = operator_listener(config).await?;
    let bundle = bundle(config, with)?;
    let theme = assemble::theme(&bundle)?;
    let engine = assemble::keeping_engine(config, &folder)?;
    let plugins = assemble::plugins_or_reasons(&engine, &bundle).await?;
    let shelf = assemble::shelf(config, &folder)?;
    tokio::spawn(told_if_unusable(shelf.clone()));
    let database = assemble::database(config, &config.data);
    let clock = assemble::wall_clock();
    let mut config = config.clone();
    if content == Content::Demo {
        // Whoever tries the demo has no authenticator for four people.
        config.people.totp_obligatory = false;
        // No proxy stands before it: its addresses have its own port.
        config.public_port = config.public_port.or(Some(config.listen.port()));
    }
    let config = &config;
    let portal = assemble::portal(
        &folder,
        &database,
        shelf,
        plugins,
        engine.clone(),
        clock,
        config,
    )
    .await?;
    if content == Content::Demo {
        demo::fill(&portal).await?;
    }
    let path = DataFolder::socket(&config.data);
    let commands = socket::open(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    let answering = tokio::spawn(socket::answer(commands, portal.clone()));
    let keeping = tokio::spawn(kept(portal.clone(), theme.clone()));
    let mut web = Web::new(portal.clone(), theme, http(config)?);
    if let Some(author) = author {
        web = web.interrupted_by(author.notice);
        // He may have gone meanwhile.
        let _told = author.ready.send((portal.clone(), engine));
    }
    let ready_ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
    tracing::info!(address = %config.listen, ready_ms, "ready");
    if content == Content::Demo {
        println!("{}", demo::welcome(config.listen.port()));
    }
    let telling = tokio::spawn({
        let web = web.clone();
        async move { tell_operators(&web, operator).await }
    });
    let served = web.serve(listener, asked_to_end()).await;
    for task in [keeping, answering, telling] {
        task.abort();
        // It ends with what it was asked to: being aborted.
        let _ended = task.await;
    }
    leave(&portal).await;
    served.map_err(|error| error.to_string())
}

/// Writes what would be lost, and leaves to others what was begun.
async fn leave(portal: &Portal) {
    if let Err(error) = portal.write_usage().await {
        tracing::warn!(%error, "what was counted of readers in the last minute is lost");
    }
    if let Err(error) = portal.release_jobs().await {
        tracing::warn!(%error, "jobs that were cut off wait for the end of their lease");
    }
}

/// What the portal does unasked, and the mail that it sends.
async fn kept(portal: Portal, theme: Arc<Theme>) {
    tokio::join!(portal.keep_up(), portal.keep_mailing(&theme));
}

/// The bundle with further plugins.
fn bundle(config: &Config, with: &[PathBuf]) -> Result<Bundle, String> {
    let mut bundle = Bundle::find(config.bundle.as_deref()).map_err(|error| error.to_string())?;
    for folder in with {
        let put = bundle.put_plugin(folder);
        put.map_err(|error| error.to_string())?;
    }
    Ok(bundle)
}

/// The operator's listener, if one is named.
async fn operator_listener(config: &Config) -> Result<Option<TcpListener>, String> {
    let Some(address) = config.operator_listen else {
        return Ok(None);
    };
    let listener = TcpListener::bind(address).await.map_err(|error| {
        format!(
            "cannot listen on {address}: {error}; name another address with DINH_OPERATOR_LISTEN"
        )
    })?;
    if !address.ip().is_loopback() {
        tracing::warn!(
            %address,
            "the operator's listener is open to other machines: nobody has to sign in there"
        );
    }
    Ok(Some(listener))
}

async fn tell_operators(web: &Web, listener: Option<TcpListener>) {
    let Some(listener) = listener else {
        return;
    };
    if let Err(error) = web.serve_operator(listener, std::future::pending()).await {
        tracing::error!(%error, "the operator's listener does not answer");
    }
}

/// A portal without its files is better than none; the operator learns of it now all the same.
async fn told_if_unusable(shelf: Shelf) {
    if let Err(error) = shelf.try_out().await {
        tracing::error!(%error, "attached files cannot be kept or shown");
    }
}

fn http(config: &Config) -> Result<HttpOptions, String> {
    Ok(HttpOptions {
        public_scheme: config
            .public_scheme
            .parse()
            .map_err(|error: dinh_web::UnknownScheme| error.to_string())?,
        public_port: config.public_port,
        admin_host: config.admin_host.clone(),
        trusted_proxies: config.trusted_proxies.clone(),
        client_requests_per_second: config.client_requests_per_second,
        client_connections: config.client_connections,
        unlimited_clients: config.unlimited_clients.clone(),
        page_cache_bytes: u64::from(config.page_cache_mib) * MIB,
        cache_status: config.cache_status,
        ..HttpOptions::default()
    })
}

async fn asked_to_end() {
    let (Ok(mut terminate), Ok(mut interrupt)) = (
        signal(SignalKind::terminate()),
        signal(SignalKind::interrupt()),
    ) else {
        return std::future::pending().await;
    };
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    tracing::info!("asked to end; answering what is under way");
}
