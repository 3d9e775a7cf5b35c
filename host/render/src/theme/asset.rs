//! Files that a theme serves.

use std::collections::BTreeMap;

/// A served file.
#[derive(Debug, Clone, Copy)]
pub struct Asset<'a> {
    /// The file.
    pub bytes: &'a [u8],
    /// Its media type.
    pub media_type: &'static str,
}

#[derive(Debug)]
pub(super) struct Assets {
    base: String,
    files: BTreeMap<String, Vec<u8>>,
}

impl Assets {
    pub(super) fn new(theme: &str, files: BTreeMap<String, Vec<u8>>) -> Self {
        Self {
            base: format!("/giao-dien/{theme}/{:016x}", fingerprint(&files)),
            files,
        }
    }

    pub(super) fn base(&self) -> &str {
        &self.base
    }

    pub(super) fn get(&self, path: &str) -> Option<Asset<'_>> {
        self.files.get(path).map(|bytes| Asset {
            bytes,
            media_type: media_type(path),
        })
    }
}

fn media_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map(|(_, ending)| ending) {
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("ico") => "image/x-icon",
        Some("woff2") => "font/woff2",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

/// FNV-1a over names and contents: the same on every machine, and good enough to tell versions apart.
fn fingerprint(files: &BTreeMap<String, Vec<u8>>) -> u64 {
    let bytes = files.iter().flat_map(|(name, content)| {
        name.bytes()
            .chain([0])
            .chain(content.iter().copied())
            .chain([0])
    });
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}
