//! Reading a backup from its first byte to its last, comparing everything with the manifest.

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

use dinh_package::{BLOCK, name_and_size};
use flate2::read::MultiGzDecoder;
use sha2::{Digest, Sha256};

use super::compare::{compare, head};
use super::count::{FilesCount, TableCount};
use super::line::BackupLine;
use super::manifest::{FILES, HEAD_FILE, MANIFEST_FILE, Manifest, TABLES, TableSum, hex};
use crate::failure::Failure;
use crate::install::swap::off_thread;

/// Largest member, in bytes: a stored file has 50 MiB at most, and a part 4 MiB and a row.
const MEMBER_BYTES_MAX: u64 = 128 << 20;

/// One piece of a backup.
pub(super) enum Member {
    /// Rows of a table, a line each.
    Rows(String, Vec<u8>),
    /// A stored file.
    Content(Vec<u8>),
}

/// Reads a backup and compares everything in it with its manifest.
pub async fn verify_backup(file: &Path) -> Result<BackupLine, Failure> {
    let path = file.to_owned();
    let read = off_thread(move || read(&path, |_| Ok(()))).await?;
    read.map_err(Failure::Refused)
}

/// Reads all of a backup; what is wrong with it where it is not whole. `visit` may end it.
pub(super) fn read(
    path: &Path,
    visit: impl FnMut(Member) -> Result<(), String>,
) -> Result<BackupLine, String> {
    let shown = path.display();
    let file = File::open(path).map_err(|error| format!("{shown}: {error}"))?;
    let unpacked = MultiGzDecoder::new(BufReader::new(file));
    let mut reading = Reading {
        from: unpacked,
        member: HEAD_FILE.to_owned(),
    };
    let whole = reading.whole(path, visit);
    whole.map_err(|why| format!("{shown} is no whole backup: {why}"))
}

struct Reading<R> {
    from: R,
    /// What is read, for messages.
    member: String,
}

impl<R: Read> Reading<R> {
    fn whole(
        &mut self,
        path: &Path,
        mut visit: impl FnMut(Member) -> Result<(), String>,
    ) -> Result<BackupLine, String> {
        let (name, bytes) = self.next()?;
        if name != HEAD_FILE {
            return Err(format!(
                "it begins with `{name}` and not with `{HEAD_FILE}`"
            ));
        }
        let head = head(&bytes)?;
        let head_hash = hex(&Sha256::digest(&bytes));
        let (mut tables, mut table) = (Vec::<TableSum>::new(), None::<TableCount>);
        let mut files = FilesCount::default();
        let bytes = loop {
            let (name, bytes) = self.next()?;
            let place = name.split('/').collect::<Vec<_>>();
            match place.as_slice() {
                [TABLES, of, _] if files.last.is_empty() => {
                    if table.as_ref().is_none_or(|it| it.name() != *of) {
                        tables.extend(table.take().map(TableCount::sum));
                    }
                    let counted = table.get_or_insert_with(|| TableCount::new(of));
                    if counted.next() != name {
                        return Err(format!("`{name}` stands where `{}` is due", counted.next()));
                    }
                    counted.add(&bytes);
                    visit(Member::Rows((*of).to_owned(), bytes))?;
                }
                [FILES, hash] if *hash > files.last.as_str() => {
                    if hex(&Sha256::digest(&bytes)) != *hash {
                        return Err(format!("`{name}` has another hash than its name says"));
                    }
                    files.add(hash, bytes.len() as u64);
                    visit(Member::Content(bytes))?;
                }
                [MANIFEST_FILE] => break bytes,
                _ => return Err(format!("`{name}` is out of its place")),
            }
        };
        tables.extend(table.map(TableCount::sum));
        let said: Manifest =
            serde_json::from_slice(&bytes).map_err(|error| format!("{MANIFEST_FILE}: {error}"))?;
        compare(&said, (&head_hash, &tables, files))?;
        self.end()?;
        let id = hex(&Sha256::digest(&bytes));
        Ok(BackupLine::new(path, id, head, &said))
    }

    /// The next member with its content.
    fn next(&mut self) -> Result<(String, Vec<u8>), String> {
        let mut block = [0; BLOCK];
        self.fill(&mut block)?;
        if block == [0; BLOCK] {
            return Err(format!("it ends without `{MANIFEST_FILE}`"));
        }
        let found = name_and_size(&block);
        let (name, size) =
            found.ok_or_else(|| format!("behind `{}` stands no member", self.member))?;
        if size > MEMBER_BYTES_MAX {
            return Err(format!(
                "`{name}` has {size} bytes, more than {MEMBER_BYTES_MAX}"
            ));
        }
        self.member.clone_from(&name);
        let size = usize::try_from(size).map_err(|error| error.to_string())?;
        let mut bytes = vec![0; size.next_multiple_of(BLOCK)];
        self.fill(&mut bytes)?;
        bytes.truncate(size);
        Ok((name, bytes))
    }

    fn fill(&mut self, bytes: &mut [u8]) -> Result<(), String> {
        let read = self.from.read_exact(bytes);
        read.map_err(|error| format!("it breaks off in `{}`: {error}", self.member))
    }

    fn end(&mut self) -> Result<(), String> {
        let mut blocks = [1; 2 * BLOCK];
        self.fill(&mut blocks)?;
        let more = self.from.read(&mut [0; 1]);
        match more {
            Ok(0) if blocks == [0; 2 * BLOCK] => Ok(()),
            Ok(_) => Err(format!("something stands behind `{MANIFEST_FILE}`")),
            Err(error) => Err(error.to_string()),
        }
    }
}
