use dinh_portal::shown::{Verdict, Verified};
use dinh_render::view::{FactValue, Page, VerifyPage, VerifyState};

use super::setting::Setting;
use crate::routes::VERIFY;

/// Whether a saved copy says what is published.
pub(crate) fn page(setting: &Setting<'_>, verified: Verified) -> Page<VerifyPage> {
    let mut frame = setting.lone_frame(setting.text("verify.title"));
    frame.canonical = Some(setting.absolute(VERIFY));
    frame.noindex = verified.verdict != Verdict::NotAsked;
    let mut body = VerifyPage {
        action: VERIFY.to_owned(),
        asked: verified.asked,
        state: VerifyState::NotAsked,
        entry: None,
        published: None,
        ended: None,
        reason: None,
    };
    match verified.verdict {
        Verdict::NotAsked => {}
        Verdict::Malformed => body.state = VerifyState::Malformed,
        Verdict::Unknown => body.state = VerifyState::Unknown,
        Verdict::Current { way, published_at } => {
            body.state = VerifyState::Current;
            body.entry = Some(setting.link(&way));
            body.published = Some(FactValue::time(&published_at));
        }
        Verdict::Former {
            way,
            published_at,
            replaced_at,
        } => {
            body.state = VerifyState::Former;
            body.entry = Some(setting.link(&way));
            body.published = Some(FactValue::time(&published_at));
            body.ended = Some(FactValue::time(&replaced_at));
        }
        Verdict::Withdrawn {
            published_at,
            at,
            reason,
            successor,
        } => {
            body.state = VerifyState::Withdrawn;
            body.entry = successor.as_ref().map(|way| setting.link(way));
            body.published = Some(FactValue::time(&published_at));
            body.ended = Some(FactValue::time(&at));
            body.reason = Some(reason).filter(|reason| !reason.is_empty());
        }
    }
    Page { frame, body }
}
