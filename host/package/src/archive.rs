//! The archive: a tar of plain files whose headers say a name and a size and nothing else.

use crate::{Fault, fault};

/// Largest package, in bytes: code of 16 MiB, texts and pictures.
pub const PACKAGE_BYTES_MAX: usize = 32 << 20;
/// Everything in a tar stands in blocks of so many bytes.
pub const BLOCK: usize = 512;
/// Where a header says the name, the size, its checksum and the kind of the member.
const NAME: std::ops::Range<usize> = 0..100;
const SIZE: std::ops::Range<usize> = 124..135;
const CHECKSUM: std::ops::Range<usize> = 148..156;
const KIND: usize = 156;
/// For faults that are of no one file.
pub(crate) const WHOLE: &str = "package";

/// Adds a file. Its name was checked: it fits a header.
pub(crate) fn add(archive: &mut Vec<u8>, name: &str, bytes: &[u8]) {
    archive.extend_from_slice(&header(name, bytes.len() as u64));
    archive.extend_from_slice(bytes);
    archive.resize(archive.len().next_multiple_of(BLOCK), 0);
}

/// The end of an archive.
pub(crate) fn end(archive: &mut Vec<u8>) {
    archive.extend_from_slice(&[0; 2 * BLOCK]);
}

/// The one header that a name (at most 100 bytes) and a size (below 8 GiB) have in an archive of ours.
pub fn header(name: &str, size: u64) -> [u8; BLOCK] {
    let mut block = [0; BLOCK];
    let mut put = |at: usize, text: &[u8]| block[at..at + text.len()].copy_from_slice(text);
    put(NAME.start, name.as_bytes());
    put(100, b"0000644\0");
    put(108, b"0000000\0");
    put(116, b"0000000\0");
    put(SIZE.start, format!("{size:011o}\0").as_bytes());
    put(136, b"00000000000\0");
    put(CHECKSUM.start, b"        ");
    put(KIND, b"0");
    put(257, b"ustar\x0000");
    put(329, b"0000000\0");
    put(337, b"0000000\0");
    let sum: u32 = block.iter().map(|byte| u32::from(*byte)).sum();
    block[CHECKSUM].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    block
}

/// How large a member may be.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Size {
    AtMost(u64),
    Exactly(u64),
}

/// Reads an archive member by member.
pub(crate) struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    /// The next member, which must be this file.
    pub(crate) fn next(&mut self, name: &str, size: Size) -> Result<&'a [u8], Fault> {
        let block = self.take(BLOCK).ok_or_else(|| truncated(name))?;
        let (found, bytes) = read_header(block).map_err(|it| fault(WHOLE, it))?;
        if found != name {
            return Err(fault(
                WHOLE,
                format!("`{found}` stands where `{name}` is due: the order is the manifest's"),
            ));
        }
        match size {
            Size::Exactly(due) if bytes != due => {
                return Err(fault(
                    name,
                    format!("the archive says {bytes} bytes, the manifest {due}"),
                ));
            }
            Size::AtMost(most) if bytes > most => {
                return Err(fault(
                    name,
                    format!("{bytes} bytes, at most {most} are taken"),
                ));
            }
            _ => {}
        }
        let length = usize::try_from(bytes).map_err(|_| truncated(name))?;
        let content = self.take(length).ok_or_else(|| truncated(name))?;
        let padding = length.next_multiple_of(BLOCK) - length;
        let padding = self.take(padding).ok_or_else(|| truncated(name))?;
        if padding.iter().any(|byte| *byte != 0) {
            return Err(fault(name, "bytes stand behind the end of the file"));
        }
        Ok(content)
    }

    /// Nothing but the end is left.
    pub(crate) fn end(self) -> Result<(), Fault> {
        if self.rest == [0; 2 * BLOCK] {
            return Ok(());
        }
        let next = self.rest.get(..BLOCK).map(read_header);
        Err(match next {
            Some(Ok((name, _))) => fault(
                WHOLE,
                format!("`{name}` is not in the manifest, or stands twice"),
            ),
            _ => fault(WHOLE, "the archive does not end where its last file ends"),
        })
    }

    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        Some(taken)
    }
}

fn truncated(name: &str) -> Fault {
    fault(
        WHOLE,
        format!("the archive breaks off before the end of `{name}`"),
    )
}

/// Name and size of a header that is exactly ours; none of any other.
pub fn name_and_size(block: &[u8]) -> Option<(String, u64)> {
    let (name, size) = said(block);
    let is_ours = name.len() <= NAME.end && size.is_some_and(|it| header(&name, it) == block);
    Some((name, size.filter(|_| is_ours)?))
}

/// What the header says, whether it is ours or not.
fn said(block: &[u8]) -> (String, Option<u64>) {
    let text = |range: std::ops::Range<usize>| {
        let field = block.get(range).unwrap_or_default();
        let end = field.iter().position(|byte| *byte == 0);
        let field = field.get(..end.unwrap_or(field.len())).unwrap_or_default();
        std::str::from_utf8(field).unwrap_or_default().to_owned()
    };
    let size = u64::from_str_radix(&text(SIZE), 8).ok();
    (text(NAME), size)
}

/// Name and size of a header that is exactly ours.
fn read_header(block: &[u8]) -> Result<(String, u64), String> {
    let (name, _) = said(block);
    let shown: String = name.chars().filter(|it| !it.is_control()).collect();
    match block.get(KIND) {
        Some(b'0') => {}
        Some(b'1' | b'2') => {
            return Err(format!(
                "`{shown}` is a link: a package holds plain files only"
            ));
        }
        Some(b'5') => {
            return Err(format!(
                "`{shown}` is a folder: a package holds plain files only"
            ));
        }
        _ => return Err("this is no package: make it with `dinh plugin pack`".to_owned()),
    }
    let ours = name_and_size(block).filter(|(_, size)| *size <= PACKAGE_BYTES_MAX as u64);
    ours.ok_or_else(|| {
        format!(
            "the header of `{shown}` says more than a name and a size, or is damaged: make the package with `dinh plugin pack`"
        )
    })
}

#[cfg(test)]
mod tests;
