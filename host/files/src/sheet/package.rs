//! The archive of a document that is written once from beginning to end (APPNOTE 6.3.3). The crate
//! that writes archives elsewhere can give such a stream no `mimetype` that office programs take: it
//! leaves the sizes of an uncompressed file to the end.

use std::io::{self, Write};

use flate2::write::DeflateEncoder;
use flate2::{Compression, Crc};

const LOCAL: u32 = 0x0403_4b50;
const DESCRIPTOR: u32 = 0x0807_4b50;
const CENTRAL: u32 = 0x0201_4b50;
const END: u32 = 0x0605_4b50;
/// Version 2.0: deflate.
const VERSION: u16 = 20;
const STORED: u16 = 0;
const DEFLATED: u16 = 8;
/// Sizes and checksum follow the bytes.
const SIZES_FOLLOW: u16 = 1 << 3;
/// 1 January 1980: the same content makes the same bytes.
const DATE: u16 = (1 << 5) | 1;

/// One file of the archive, as its directory lists it.
struct Listed {
    name: &'static str,
    flags: u16,
    method: u16,
    crc: u32,
    packed: u32,
    whole: u32,
    at: u32,
}

/// The file that is being written.
struct Open {
    name: &'static str,
    at: u64,
    begins: u64,
    crc: Crc,
    packer: DeflateEncoder<Vec<u8>>,
}

/// An archive under way.
#[derive(Default)]
pub(super) struct Package {
    ready: Vec<u8>,
    taken: u64,
    open: Option<Open>,
    listed: Vec<Listed>,
}

impl Package {
    /// A file as it is.
    pub(super) fn stored(&mut self, name: &'static str, bytes: &[u8]) -> io::Result<()> {
        self.whole(name, STORED, bytes, bytes)
    }

    /// A small file, packed.
    pub(super) fn packed(&mut self, name: &'static str, bytes: &[u8]) -> io::Result<()> {
        let mut packer = DeflateEncoder::new(Vec::new(), Compression::default());
        packer.write_all(bytes)?;
        self.whole(name, DEFLATED, bytes, &packer.finish()?)
    }

    /// Begins a file of unknown length.
    pub(super) fn begin(&mut self, name: &'static str) -> io::Result<()> {
        let at = self.written();
        self.local(name, SIZES_FOLLOW, DEFLATED, [0; 3]);
        self.open = Some(Open {
            name,
            at,
            begins: self.written(),
            crc: Crc::new(),
            packer: DeflateEncoder::new(Vec::new(), Compression::default()),
        });
        Ok(())
    }

    /// Adds to the file that was begun.
    pub(super) fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        let Some(open) = &mut self.open else {
            return Err(io::Error::other("no file was begun"));
        };
        open.crc.update(bytes);
        open.packer.write_all(bytes)?;
        self.ready.append(open.packer.get_mut());
        Ok(())
    }

    /// The bytes that were not taken yet.
    pub(super) fn take(&mut self) -> Vec<u8> {
        let ready = std::mem::take(&mut self.ready);
        self.taken += ready.len() as u64;
        ready
    }

    /// Ends the file that was begun, and the archive.
    pub(super) fn finish(mut self) -> io::Result<Vec<u8>> {
        if let Some(open) = self.open.take() {
            let (crc, whole) = (open.crc.sum(), u64::from(open.crc.amount()));
            self.ready.append(&mut open.packer.finish()?);
            let listed = Listed {
                name: open.name,
                flags: SIZES_FOLLOW,
                method: DEFLATED,
                crc,
                packed: fits(self.written() - open.begins)?,
                whole: fits(whole)?,
                at: fits(open.at)?,
            };
            self.numbers(&[DESCRIPTOR, crc, listed.packed, listed.whole]);
            self.listed.push(listed);
        }
        let directory = fits(self.written())?;
        let listed = std::mem::take(&mut self.listed);
        for file in &listed {
            self.central(file);
        }
        let length = fits(self.written() - u64::from(directory))?;
        let count = listed.len() as u16;
        self.numbers(&[END]);
        self.shorts(&[0, 0, count, count]);
        self.numbers(&[length, directory]);
        self.shorts(&[0]);
        Ok(self.take())
    }

    fn written(&self) -> u64 {
        self.taken + self.ready.len() as u64
    }

    fn whole(
        &mut self,
        name: &'static str,
        method: u16,
        bytes: &[u8],
        packed: &[u8],
    ) -> io::Result<()> {
        let mut crc = Crc::new();
        crc.update(bytes);
        let listed = Listed {
            name,
            flags: 0,
            method,
            crc: crc.sum(),
            packed: fits(packed.len() as u64)?,
            whole: fits(bytes.len() as u64)?,
            at: fits(self.written())?,
        };
        let sizes = [listed.crc, listed.packed, listed.whole];
        self.local(name, 0, method, sizes);
        self.ready.extend_from_slice(packed);
        self.listed.push(listed);
        Ok(())
    }

    fn local(&mut self, name: &str, flags: u16, method: u16, sizes: [u32; 3]) {
        self.numbers(&[LOCAL]);
        self.shorts(&[VERSION, flags, method, 0, DATE]);
        self.numbers(&sizes);
        self.shorts(&[name.len() as u16, 0]);
        self.ready.extend_from_slice(name.as_bytes());
    }

    fn central(&mut self, file: &Listed) {
        self.numbers(&[CENTRAL]);
        self.shorts(&[VERSION, VERSION, file.flags, file.method, 0, DATE]);
        self.numbers(&[file.crc, file.packed, file.whole]);
        self.shorts(&[file.name.len() as u16, 0, 0, 0, 0]);
        self.numbers(&[0, file.at]);
        self.ready.extend_from_slice(file.name.as_bytes());
    }

    fn numbers(&mut self, numbers: &[u32]) {
        let bytes = numbers.iter().flat_map(|number| number.to_le_bytes());
        self.ready.extend(bytes);
    }

    fn shorts(&mut self, shorts: &[u16]) {
        let bytes = shorts.iter().flat_map(|short| short.to_le_bytes());
        self.ready.extend(bytes);
    }
}

fn fits(number: u64) -> io::Result<u32> {
    u32::try_from(number)
        .map_err(|_| io::Error::new(io::ErrorKind::FileTooLarge, "the archive is too large"))
}
