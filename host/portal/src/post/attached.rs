//! Files that come with drafts.

use std::collections::BTreeMap;
use std::path::PathBuf;

use dinh_domain::fault::Fault;
use dinh_domain::file_text::TextState;
use dinh_domain::table::layout::Layout;
use dinh_files::{MAX_FILE_BYTES, TEXT_VERSION};
use dinh_store::FileText;
use tokio::io::AsyncReadExt;

use super::check::Checked;
use crate::failure::Failure;
use crate::portal::Portal;

/// A file to attach.
#[derive(Debug, Clone)]
pub struct NewFile {
    /// The field that holds it.
    pub field: String,
    /// Name to save it under.
    pub name: String,
    /// What readers see.
    pub label: String,
    /// Its content.
    pub content: NewContent,
    /// How it is laid out, where the field holds a table.
    pub layout: Option<Box<Layout>>,
}

/// The content of a file that is to be attached.
#[derive(Debug, Clone)]
pub enum NewContent {
    /// At hand.
    Bytes(Vec<u8>),
    /// In a file of this machine; read when its turn comes, so that one is held at a time.
    At(PathBuf),
}

impl From<Vec<u8>> for NewContent {
    fn from(bytes: Vec<u8>) -> Self {
        Self::Bytes(bytes)
    }
}

impl Portal {
    /// Reads the texts of the files of drafts, before any transaction; what was read once, here or
    /// with another entry, is not read again.
    pub(super) async fn read_attached(
        &self,
        checked: &mut [Result<Checked, Vec<Fault>>],
    ) -> Result<(), Failure> {
        let files = checked.iter().flatten().flat_map(Checked::read_files);
        let files: BTreeMap<String, i64> = files
            .map(|file| (file.hash.clone(), file.size_bytes))
            .collect();
        if files.is_empty() {
            return Ok(());
        }
        let hashes: Vec<String> = files.keys().cloned().collect();
        let mut read: Vec<FileText> = self.read_in_time(files).await?;
        let mut states = self.store().text_states(&hashes, TEXT_VERSION).await?;
        states.extend(read.iter().map(|it| (it.hash.clone(), it.state)));
        for one in checked.iter_mut().flatten() {
            let listed = one.files.iter().filter(|it| one.is_listed(it));
            let flagged = listed.filter_map(|file| {
                let state = states.get(&file.hash).copied();
                let state = state.filter(|state| *state != TextState::Text)?;
                Some((file.name.clone(), state))
            });
            one.flagged = flagged.collect();
            // Each text goes with the first entry that came with its file.
            one.texts = read
                .extract_if(.., |it| one.files.iter().any(|file| file.hash == it.hash))
                .collect();
        }
        Ok(())
    }
}

/// The bytes of a file of this machine, up to one more than is taken; none where it cannot be read.
pub(super) async fn fetch(path: PathBuf) -> Option<Vec<u8>> {
    let file = tokio::fs::File::open(path).await.ok()?;
    let mut bytes = Vec::new();
    let most = MAX_FILE_BYTES as u64 + 1;
    file.take(most).read_to_end(&mut bytes).await.ok()?;
    Some(bytes)
}
