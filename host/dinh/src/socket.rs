//! Commands on a running server: one JSON line in, then JSON lines out, over a Unix socket (0600)
//! in the data folder.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use dinh_portal::Portal;
use serde::{Deserialize, Serialize};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{UnixListener, UnixStream};
use tokio::sync::mpsc;

use crate::command::{self, Command, Said};
use crate::import::{Progress, Teller};

/// Longest command, in bytes: a path and some names.
const MAX_COMMAND_BYTES: u64 = 64 * 1024;

/// A line of the answer.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Line {
    /// How far it is.
    Progress(Progress),
    /// Done, with what to print.
    Done(Said),
    /// Failed, with the reason.
    Failed(String),
}

/// Opens the socket, replacing one that a dead server left (the folder's lock is ours).
pub(crate) fn open(path: &Path) -> std::io::Result<UnixListener> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let listener = UnixListener::bind(path)?;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600))?;
    Ok(listener)
}

/// Answers commands until the task is dropped.
pub(crate) async fn answer(listener: UnixListener, portal: Portal) {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => {
                let portal = portal.current();
                tokio::spawn(async move {
                    if let Err(error) = converse(stream, &portal).await {
                        tracing::warn!(%error, "a command's connection broke");
                    }
                });
            }
            Err(error) => {
                tracing::error!(%error, "the command socket does not accept");
                tokio::time::sleep(std::time::Duration::from_secs(1)).await;
            }
        }
    }
}

async fn converse(stream: UnixStream, portal: &Portal) -> std::io::Result<()> {
    let user = stream.peer_cred().ok().map(|it| it.uid());
    let (read, mut write) = stream.into_split();
    let mut text = String::new();
    BufReader::new(read)
        .take(MAX_COMMAND_BYTES)
        .read_line(&mut text)
        .await?;
    let command: Command = match serde_json::from_str(&text) {
        Ok(command) => command,
        Err(error) => {
            let told = format!(
                "the server does not understand the command ({error}); is it another version?"
            );
            return send(&mut write, &Line::Failed(told)).await;
        }
    };
    let (progress, mut told) = mpsc::unbounded_channel();
    let portal = portal.clone().asked_from(&command::command_line(user));
    // A command goes on when its terminal goes away: what was begun is finished.
    let mut work = tokio::spawn(async move { command::execute(&portal, command, &progress).await });
    let result = loop {
        tokio::select! {
            Some(line) = told.recv() => send(&mut write, &Line::Progress(line)).await?,
            result = &mut work => break result,
        }
    };
    while let Ok(line) = told.try_recv() {
        send(&mut write, &Line::Progress(line)).await?;
    }
    let last = match result {
        Ok(Ok(said)) => Line::Done(said),
        Ok(Err(reason)) => Line::Failed(reason),
        Err(error) => Line::Failed(format!("the command broke off: {error}")),
    };
    send(&mut write, &last).await
}

async fn send(write: &mut (impl AsyncWriteExt + Unpin), line: &Line) -> std::io::Result<()> {
    let mut text = serde_json::to_string(line).map_err(std::io::Error::other)?;
    text.push('\n');
    write.write_all(text.as_bytes()).await
}

/// Sends a command to the server that owns a folder; none where no server answers.
pub(crate) async fn ask(path: &Path, command: &Command) -> Option<Result<Said, String>> {
    let stream = UnixStream::connect(path).await.ok()?;
    Some(follow(stream, command).await)
}

async fn follow(stream: UnixStream, command: &Command) -> Result<Said, String> {
    let broke =
        |error: std::io::Error| format!("the connection to the running server broke: {error}");
    let (read, mut write) = stream.into_split();
    let mut text = serde_json::to_string(command).map_err(|error| error.to_string())?;
    text.push('\n');
    write.write_all(text.as_bytes()).await.map_err(broke)?;
    let mut teller = Teller::new(command.is_for_program());
    let mut lines = BufReader::new(read).lines();
    while let Some(line) = lines.next_line().await.map_err(broke)? {
        let line = serde_json::from_str(&line).map_err(|error| error.to_string())?;
        if let Line::Progress(progress) = &line {
            teller.tell(progress);
            continue;
        }
        teller.end();
        return match line {
            Line::Done(said) => Ok(said),
            Line::Failed(reason) => Err(reason),
            Line::Progress(_) => continue,
        };
    }
    teller.end();
    Err("the server ended before the command was done; run it again".to_owned())
}
