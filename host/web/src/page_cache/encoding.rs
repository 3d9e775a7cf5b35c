use std::io::Write;

use bytes::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;
use http::HeaderMap;
use http::header::ACCEPT_ENCODING;

/// Shorter bodies fit into one packet either way, in bytes.
const MIN_BYTES: usize = 1_024;
/// A compressed form that is longer than this part of the plain one is not worth its place.
const WORTHWHILE_PERCENT: usize = 90;
/// Level of gzip, 1 to 9: made once for many readers.
const GZIP_LEVEL: u32 = 7;
/// Quality of brotli, 0 to 11: from 6 on it takes many times as long for a few hundredths.
const BROTLI_QUALITY: i32 = 5;
/// Window of brotli, as a power of two: as far back as the longest texts reach.
const BROTLI_WINDOW: i32 = 22;
/// Buffer of the encoder, in bytes.
const BUFFER_BYTES: usize = 16 * 1024;

/// How a body is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Encoding {
    Identity,
    Gzip,
    Brotli,
}

impl Encoding {
    /// What is read best of what a reader takes (RFC 9110, section 12.5.3): by its weights, and
    /// among equals the shortest.
    pub(crate) fn accepted(headers: &HeaderMap) -> Self {
        let mut lines = headers.get_all(ACCEPT_ENCODING).iter().peekable();
        if lines.peek().is_none() {
            return Self::Identity;
        }
        let mut weights = Weights::default();
        for line in lines.filter_map(|line| line.to_str().ok()) {
            line.split(',').for_each(|part| weights.read(part));
        }
        let brotli = weights.brotli.or(weights.any).unwrap_or(0);
        let gzip = weights.gzip.or(weights.any).unwrap_or(0);
        // Unless it says otherwise, a reader takes the plain form, but rather another that it names.
        let identity = weights.identity.unwrap_or(0);
        let best = brotli.max(gzip).max(identity);
        match best {
            0 => Self::Identity,
            best if brotli == best => Self::Brotli,
            best if gzip == best => Self::Gzip,
            _ => Self::Identity,
        }
    }

    /// As `Content-Encoding` names it; none for the plain form.
    pub(crate) fn name(self) -> Option<&'static str> {
        match self {
            Self::Identity => None,
            Self::Gzip => Some("gzip"),
            Self::Brotli => Some("br"),
        }
    }

    /// The compressed form of a body; none where it is not worth it. Takes milliseconds.
    pub(crate) fn of(self, body: &[u8]) -> Option<Bytes> {
        let encoded = match self {
            Self::Identity => return None,
            Self::Gzip => gzip(body),
            Self::Brotli => brotli(body),
        };
        let encoded = encoded.ok()?;
        (encoded.len() * 100 <= body.len() * WORTHWHILE_PERCENT).then(|| encoded.into())
    }
}

/// Whether bodies of a media type get shorter; pictures, archives and PDF are compressed already.
pub(crate) fn is_worthwhile(media_type: &str, length: usize) -> bool {
    let name = media_type.split(';').next().unwrap_or_default().trim();
    let text = name.starts_with("text/")
        || name.ends_with("+xml")
        || name.ends_with("+json")
        || matches!(
            name,
            "application/json" | "application/xml" | "application/javascript"
        );
    text && length >= MIN_BYTES
}

fn gzip(body: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(
        Vec::with_capacity(body.len() / 3),
        Compression::new(GZIP_LEVEL),
    );
    encoder.write_all(body)?;
    encoder.finish()
}

fn brotli(body: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut encoded = Vec::with_capacity(body.len() / 3);
    let params = brotli::enc::BrotliEncoderParams {
        quality: BROTLI_QUALITY,
        lgwin: BROTLI_WINDOW,
        ..Default::default()
    };
    let mut encoder = brotli::CompressorWriter::with_params(&mut encoded, BUFFER_BYTES, &params);
    encoder.write_all(body)?;
    encoder.flush()?;
    drop(encoder);
    Ok(encoded)
}

/// Weights in thousandths; none where a coding is not named.
#[derive(Default)]
struct Weights {
    brotli: Option<u32>,
    gzip: Option<u32>,
    identity: Option<u32>,
    any: Option<u32>,
}

impl Weights {
    fn read(&mut self, part: &str) {
        let (name, parameters) = part.split_once(';').unwrap_or((part, ""));
        let named = match name.trim().to_ascii_lowercase().as_str() {
            "br" => &mut self.brotli,
            "gzip" | "x-gzip" => &mut self.gzip,
            "identity" => &mut self.identity,
            "*" => &mut self.any,
            _ => return,
        };
        *named = Some(weight(parameters));
    }
}

/// The weight in thousandths; what cannot be read refuses the coding.
fn weight(parameters: &str) -> u32 {
    let given = parameters.split(';').map(str::trim).find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        name.trim().eq_ignore_ascii_case("q").then(|| value.trim())
    });
    let Some(given) = given else {
        return if parameters.trim().is_empty() {
            1_000
        } else {
            0
        };
    };
    match given.parse::<f32>() {
        Ok(q) if (0.0..=1.0).contains(&q) => (q * 1_000.0).round() as u32,
        _ => 0,
    }
}
