//! Attached files: who may have one.

use std::ops::Range;

use dinh_domain::ids::FileId;
use dinh_domain::visibility::{Purpose, Scope};
use dinh_files::{Contents, Shelf};
use dinh_store::StoredFile;

use crate::failure::Failure;
use crate::portal::Portal;
use crate::shown::FileFound;
use crate::visit::Visit;

impl Portal {
    /// A file, if a public entry that the reader may see on this site holds it.
    pub async fn file(
        &self,
        visit: &Visit,
        id: &str,
    ) -> Result<Option<(FileFound, FileContent)>, Failure> {
        let Ok(id) = FileId::new(id) else {
            return Ok(None);
        };
        let scope = visit.scope(Purpose::Read);
        let file = match self.store().file(&scope, &id).await? {
            Some(file) => Some(file),
            None => self.file_of_version(&scope, &id).await?,
        };
        Ok(file.map(|file| self.content_of(file)))
    }

    /// A file that a former text of a public entry holds, where that text stays readable as a version.
    async fn file_of_version(
        &self,
        scope: &Scope,
        id: &FileId,
    ) -> Result<Option<StoredFile>, Failure> {
        let Some(former) = self.store().former_file(scope, id).await? else {
            return Ok(None);
        };
        let declared = self.plugins().collection(&former.collection);
        let Some(declared) = declared.and_then(|(_, it)| it.versions.as_ref()) else {
            return Ok(None);
        };
        let versions = self.versions_of(declared, &former.entry).await?;
        let mut versions = versions.iter();
        let is_shown = versions.any(|it| former.revisions.contains(&it.revision));
        Ok(is_shown.then_some(former.file))
    }

    /// What is known of a file, and the way to its bytes; the caller has asked for whom.
    pub(crate) fn content_of(&self, file: StoredFile) -> (FileFound, FileContent) {
        let size_bytes = u64::try_from(file.size_bytes).unwrap_or_default();
        let content = FileContent {
            shelf: self.shelf().clone(),
            sha256: file.hash.clone(),
            size_bytes,
        };
        let found = FileFound {
            name: file.name,
            media_type: file.media_type,
            size_bytes,
            sha256: file.hash,
        };
        (found, content)
    }
}

/// The bytes of a file that the reader may have.
#[derive(Debug, Clone)]
pub struct FileContent {
    shelf: Shelf,
    sha256: String,
    size_bytes: u64,
}

impl FileContent {
    /// Opens the file, or a part of it. What is missing or damaged fails here, before the first
    /// byte, or ends before the last one.
    pub async fn open(&self, part: Range<u64>) -> Result<Contents, Failure> {
        Ok(self.shelf.read(&self.sha256, self.size_bytes, part).await?)
    }
}
