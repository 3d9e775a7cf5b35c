//! Attached files.

use dinh_domain::ids::FileId;
use dinh_domain::visibility::Purpose;

use crate::failure::Failure;
use crate::portal::Portal;
use crate::shown::FileFound;
use crate::visit::Visit;

impl Portal {
    /// A file, if a public entry that the reader may see on this site holds it.
    pub async fn file(&self, visit: &Visit, id: &str) -> Result<Option<FileFound>, Failure> {
        let Ok(id) = FileId::new(id) else {
            return Ok(None);
        };
        let Some(file) = self.store().file(&visit.scope(Purpose::Read), &id).await? else {
            return Ok(None);
        };
        Ok(Some(FileFound {
            path: self.shelf().place(&file.hash),
            name: file.name,
            media_type: file.media_type,
            size_bytes: u64::try_from(file.size_bytes).unwrap_or_default(),
            sha256: file.hash,
        }))
    }
}
