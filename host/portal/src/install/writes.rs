//! Which entries a package's code drafts, in words that an operator decides by.

use dinh_runtime::DRAFT_BYTES_MAX;

use crate::drafts::{DRAFTS_A_CALL_MAX, DRAFTS_WAITING_MAX};
use crate::plugins::LoadedPlugin;

/// What a collection's grant is called.
pub(super) fn grant(collection: &str) -> String {
    format!("content.write:{collection}")
}

/// A line for each collection: whether it is new, in Vietnamese, in English.
pub(super) fn collections(
    loaded: &LoadedPlugin,
    known: Option<&[String]>,
) -> Vec<(bool, String, String)> {
    let declaration = &loaded.declaration;
    let written = declaration.manifest.writes.iter().map(|name| {
        let grant = grant(name);
        let new = known.is_some_and(|known| !known.contains(&grant));
        let plural = |language| {
            let declared = declaration.collections.get(name);
            declared.map_or_else(String::new, |it| loaded.text(language, &it.plural))
        };
        (
            new,
            format!("Soạn bản nháp: {} ({name}) [{grant}]", plural("vi")),
            format!("Draft: {} ({name}) [{grant}]", plural("en")),
        )
    });
    written.collect()
}

/// In Vietnamese and English.
pub(super) fn sentence() -> (String, String) {
    let (call, kib, waiting) = (DRAFTS_A_CALL_MAX, DRAFT_BYTES_MAX >> 10, DRAFTS_WAITING_MAX);
    (
        format!(
            "Soạn bản nháp và sửa bản nháp của chính nó cho các loại nội dung nêu dưới đây, để cán bộ xem, sửa và gửi duyệt: tối đa {call} bản mỗi lần chạy, mỗi bản tối đa {kib} KiB, tối đa {waiting} bản chờ trên từng trang; không tự gửi duyệt, không tự công bố, không ghi đè lên bản cán bộ đang soạn; chỉ ghi khi công dân gửi biểu mẫu, khi việc của nó chạy hoặc khi hệ thống bên ngoài gửi đến."
        ),
        format!(
            "Write drafts of the collections named below, and its own drafts again, for officers to read, correct and send to be approved: at most {call} a call of at most {kib} KiB each, at most {waiting} that wait on each site; never sent or published by itself, never over what an officer is writing; only when a citizen sends a form, a job of it runs or another system sends to it."
        ),
    )
}
