//! Posting: from a draft to a published entry. Check, ask the plugin with no transaction open,
//! then write everything in one.

mod approve;
mod attached;
pub(crate) mod check;
mod revise;
mod taken;
mod versions;
mod write;

use dinh_domain::dates::Instant;
use dinh_domain::entry::Body;
use dinh_domain::fault::Fault;
use dinh_domain::ids::{CollectionId, SiteId};
use dinh_domain::visibility::Actor;

use crate::failure::Failure;
use crate::portal::Portal;
pub use attached::{NewContent, NewFile};
pub use check::CHECK_CPU_MS;
pub(crate) use check::Checked;
pub(crate) use write::{End, files as files_of, foreign_file};

/// What somebody wants posted.
#[derive(Debug, Clone)]
pub struct Draft {
    /// The site that gets it.
    pub site: SiteId,
    /// Its type.
    pub collection: CollectionId,
    /// Identifies it for ever: posting again updates.
    pub import_key: Option<String>,
    /// Fields.
    pub body: Body,
    /// Source to name; the posting organisation where none is given (Đ6.3).
    pub source: Option<String>,
    /// Gates that this source cannot meet.
    pub lifted: Vec<String>,
    /// Files to attach, by field.
    pub files: Vec<NewFile>,
    /// When it became public, where that was before now (demo content, a moved portal).
    pub published_at: Option<Instant>,
    /// Faults found on the way here. Such a draft is not posted, but checked to the end, so that
    /// its writer is told of all of them at once.
    pub faults: Vec<Fault>,
}

/// What became of a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Posted {
    /// A new entry.
    Created,
    /// A new revision of one.
    Updated,
    /// It says what is already published.
    Unchanged,
}

/// The answer for one draft.
pub(crate) type DraftResult = Result<Posted, Vec<Fault>>;

impl Portal {
    /// Posts drafts in one transaction. Each that has faults is left out, with all of them; the
    /// others are public and findable when this returns.
    pub async fn post(&self, actor: &str, drafts: Vec<Draft>) -> Result<Vec<DraftResult>, Failure> {
        let checked = self.checked(drafts).await?;
        let results = self.write(actor, checked, End::Commit).await?;
        self.settle().await;
        Ok(results)
    }

    /// Everything that comes before the transaction, draft by draft.
    pub(crate) async fn checked(
        &self,
        drafts: Vec<Draft>,
    ) -> Result<Vec<Result<Checked, Vec<Fault>>>, Failure> {
        let directory = self.directory().await?;
        let mut checked = Vec::new();
        for draft in drafts {
            let missing = || Failure::Refused(format!("there is no site `{}`", draft.site));
            let site = directory.site(&draft.site).cloned().ok_or_else(missing)?;
            let visit = self.visit(&directory, site, Actor::System)?;
            checked.push(self.check(&visit, draft).await?);
            // Long batches leave room for readers.
            tokio::task::yield_now().await;
        }
        self.read_attached(&mut checked).await?;
        Ok(checked)
    }
}
