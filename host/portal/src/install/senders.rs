//! Who may send to a package's code, in words that an operator decides by.

use dinh_runtime::Budget;

use crate::plugins::LoadedPlugin;

/// A line for each webhook: whether it is new, in Vietnamese, in English.
pub(super) fn senders(
    loaded: &LoadedPlugin,
    known: Option<&[String]>,
) -> Vec<(bool, String, String)> {
    let manifest = &loaded.declaration.manifest;
    let webhooks = manifest.webhooks.iter();
    let told = webhooks.map(|webhook| {
            let grant = format!("webhook:{}", webhook.name);
            let new = known.is_some_and(|known| !known.contains(&grant));
            let address = webhook.address(&manifest.id);
            let (kib, minute) = (webhook.max_bytes.div_ceil(1_024), webhook.per_minute);
            let system = |language| loaded.text(language, &webhook.system);
            let headers = match webhook.headers.as_slice() {
                [] => "–".to_owned(),
                headers => headers.join(", "),
            };
            (
                new,
                format!(
                    "{}: gửi đến {address}, tối đa {kib} KiB mỗi lần, {minute} lần mỗi phút trên từng trang; tiêu đề được chuyển: {headers} [{grant}]",
                    system("vi")
                ),
                format!(
                    "{}: send to {address}, at most {kib} KiB each and {minute} a minute on each site; headers handed on: {headers} [{grant}]",
                    system("en")
                ),
            )
        });
    told.collect()
}

/// In Vietnamese and English.
pub(super) fn sentence() -> (String, String) {
    let ms = Budget::RECEIVE.cpu_ms;
    (
        format!(
            "Nhận những gì các hệ thống bên ngoài nêu dưới đây gửi đến địa chỉ riêng, mỗi lần tối đa {ms} ms; ai biết địa chỉ cũng gửi được, mã của nó phải tự kiểm tra chữ ký."
        ),
        format!(
            "Be given what the outside systems named below send to addresses of their own, each within {ms} ms; whoever knows an address can send there, its code must check the signature."
        ),
    )
}
