//! An entry on paper, and to keep.

use dinh_portal::shown::{self, Detail};
use dinh_render::SafeHtml;
use dinh_render::view::{CopyPage, CopyStyle, DetailPage, FactValue, Page, PrintPage};
use sha2::{Digest, Sha256};

use super::detail;
use super::setting::Setting;
use crate::links::with_params;
use crate::problem::Problem;
use crate::routes::VERIFY;

/// The theme's style sheet of copies.
const STYLE: &str = "copy.css";

/// The page for paper.
pub(crate) fn print(setting: &Setting<'_>, shown: Detail) -> Page<PrintPage> {
    let Page { mut frame, body } = detail::page(setting, shown);
    frame.noindex = true;
    let address = frame.canonical.clone().unwrap_or_default();
    Page {
        body: PrintPage {
            detail: absolute(setting, body),
            address,
        },
        frame,
    }
}

/// The file to keep.
pub(crate) fn copy(setting: &Setting<'_>, copy: shown::Copy) -> Result<Page<CopyPage>, Problem> {
    let Page { mut frame, body } = detail::page(setting, copy.detail);
    frame.noindex = true;
    let params = [("ma".to_owned(), copy.hash.clone())];
    let address = frame.canonical.clone().unwrap_or_default();
    Ok(Page {
        body: CopyPage {
            detail: absolute(setting, body),
            address,
            verify: setting.absolute(&with_params(VERIFY, &params)),
            hash: copy.hash,
            copied: FactValue::time(&copy.made_at),
            content: copy.content,
            style: style(setting)?,
        },
        frame,
    })
}

fn style(setting: &Setting<'_>) -> Result<CopyStyle, Problem> {
    let unfit = || Problem::Internal {
        cause: format!("the theme's {STYLE} is no style sheet that may stand in a page"),
    };
    let asset = setting.theme.asset(STYLE).ok_or_else(unfit)?;
    let css = std::str::from_utf8(asset.bytes).map_err(|_| unfit())?;
    Ok(CopyStyle {
        css: SafeHtml::style(css).ok_or_else(unfit)?,
        hash: base64(&Sha256::digest(css.as_bytes())),
    })
}

/// On paper and in a file an address without its host leads nowhere.
fn absolute(setting: &Setting<'_>, mut page: DetailPage) -> DetailPage {
    let complete = |href: &mut String| {
        if href.starts_with('/') {
            *href = setting.absolute(href);
        }
    };
    for file in &mut page.files {
        complete(&mut file.href);
    }
    for relation in page.relations.iter_mut().flat_map(|group| &mut group.items) {
        if let Some(href) = &mut relation.href {
            complete(href);
        }
    }
    page
}

/// RFC 4648, with padding.
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let byte = |at: usize| u32::from(chunk.get(at).copied().unwrap_or_default());
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for place in 0..4 {
            let digit = (bits >> (18 - 6 * place)) & 63;
            let known = DIGITS.get(digit as usize).filter(|_| place <= chunk.len());
            text.push(known.map_or('=', |digit| char::from(*digit)));
        }
    }
    text
}

#[cfg(test)]
mod tests;
