//! Plugins that come as packages: from the operator's hand to the page, and back.
//!
//! In this order: whom the operator trusts (`keys`), what a package must be (`door`), what it asks
//! for in plain words (`consent`), how it takes its place (`swap`), how it is taken back
//! (`lifecycle`), and what a node makes of it at every start (`start`).

mod consent;
mod door;
mod keys;
mod lifecycle;
mod origin;
mod revoke;
mod senders;
mod start;
pub(crate) mod swap;
mod waiting;
mod writes;

use std::future::Future;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::Arc;

use tokio::sync::OwnedMutexGuard;

use crate::failure::Failure;
use crate::people::By;
use crate::portal::Portal;

pub use consent::Consent;
pub(crate) use consent::{never, sentences};
pub use door::{check_files, check_package};
pub use keys::KeyLine;
pub use origin::PackageOrigin;
pub(crate) use start::load_installed;
pub use waiting::WaitingLine;

/// Runs the cases of a plugin's folder against a portal of its own; the error says which failed.
pub type Rehearsal =
    Arc<dyn Fn(PathBuf) -> Pin<Box<dyn Future<Output = Result<(), String>> + Send>> + Send + Sync>;

/// What came of a package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Installed {
    /// It runs now; a sentence about it.
    Done(String),
    /// Nothing happened: it asks for more than was granted.
    Asks {
        /// What it is and may do, in Vietnamese and English.
        told: String,
        /// SHA-256 of the manifest that this is about.
        manifest: String,
        /// Everything that it asks for.
        capabilities: Vec<String>,
    },
}

impl Portal {
    /// Checks a package, and installs it where its capabilities were granted: a new plugin, a new
    /// version of one that serves meanwhile, or what a disk lost of the same version. Whatever goes
    /// wrong, the version that ran goes on.
    pub async fn install(
        &self,
        package: Vec<u8>,
        consent: Consent,
        by: &str,
    ) -> Result<Installed, Failure> {
        self.install_by(package, consent, By::Operator(by)).await
    }

    pub(crate) async fn install_by(
        &self,
        package: Vec<u8>,
        consent: Consent,
        by: By<'_>,
    ) -> Result<Installed, Failure> {
        let _alone = self.alone().await?;
        let portal = self.follow_plugins_alone().await?;
        let plan = portal.plan(package).await?;
        if let Some(asks) = plan.asks(&consent)? {
            if consent == Consent::Wait {
                return portal.lay_down(plan, by).await;
            }
            return Ok(asks);
        }
        portal.carry_out(plan, by).await.map(Installed::Done)
    }

    /// One operator at a time looks after plugins; this node's own following of others is waited for.
    async fn alone(&self) -> Result<(OwnedMutexGuard<()>, OwnedMutexGuard<()>), Failure> {
        let operator = self.operating().clone().try_lock_owned().map_err(|_| {
            Failure::Refused(
                "another operator is installing or removing a plugin: wait until that is done"
                    .to_owned(),
            )
        })?;
        Ok((operator, self.installing().clone().lock_owned().await))
    }
}
