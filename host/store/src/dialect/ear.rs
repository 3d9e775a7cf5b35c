//! Hearing at once that another node has committed a change.

use std::time::Duration;

use sqlx::postgres::PgListener;

use super::Dialect;

/// What commits are announced on.
const CHANNEL: &str = "dinh_change";
/// Longest wait for the connection that listens.
const CONNECT_WAIT: Duration = Duration::from_secs(5);

/// A connection of its own that hears commits.
pub(crate) struct Ear(PgListener);

impl Dialect {
    /// Whether several nodes may share the data, and tell each other of commits.
    pub(crate) fn announces(self) -> bool {
        self == Self::Postgres
    }

    /// The statement that tells the others of this transaction, when it is committed.
    pub(crate) fn announcement(self) -> Option<String> {
        self.announces().then(|| format!("notify {CHANNEL}"))
    }
}

impl Ear {
    /// Begins to listen.
    pub(crate) async fn open(url: &str) -> Result<Self, sqlx::Error> {
        let opened = async {
            let mut listener = PgListener::connect(url).await?;
            listener.eager_reconnect(false);
            listener.listen(CHANNEL).await?;
            Ok(Self(listener))
        };
        let opened = tokio::time::timeout(CONNECT_WAIT, opened).await;
        opened.unwrap_or(Err(sqlx::Error::PoolTimedOut))
    }

    /// Waits for the next commit; false when the connection is lost.
    pub(crate) async fn next(&mut self) -> Result<bool, sqlx::Error> {
        Ok(self.0.try_recv().await?.is_some())
    }
}
