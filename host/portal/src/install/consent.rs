//! What a package asks for, in words that an operator decides by.

use dinh_domain::declaration::{Capability, JobDeclaration, Manifest};
use dinh_outbound::{ANSWER_BYTES_MAX, BODY_BYTES_MAX};
use dinh_runtime::Budget;
use serde::{Deserialize, Serialize};

use super::Installed;
use super::door::Plan;
use crate::allowance::{FETCHES_A_MINUTE_MAX, WRITES_A_MINUTE_MAX};
use crate::failure::Failure;
use crate::jobs::{ATTEMPTS_MAX, QUEUE_MOST};
use crate::plugins::LoadedPlugin;
use crate::post::check::CHECK;
use crate::values::KV_MOST;

/// What the operator grants.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Consent {
    /// Nothing beyond what was granted before: tell him what it asks for.
    Ask,
    /// The same, and it is laid down for who agrees in the back office.
    Wait,
    /// All that it asks for.
    All,
    /// These capabilities.
    Given {
        /// The plugin that they are for; none where the manifest says it.
        plugin: Option<String>,
        /// SHA-256 of the manifest that was shown; none where nothing was.
        manifest: Option<String>,
        /// Their names.
        capabilities: Vec<String>,
    },
}

impl Plan {
    /// What must be granted first; none where the consent covers everything.
    pub(super) fn asks(&self, consent: &Consent) -> Result<Option<Installed>, Failure> {
        let asked = self.asked();
        let known = self.granted.as_deref();
        let asks_more = known.is_none_or(|known| asked.iter().any(|one| !known.contains(one)));
        match consent {
            Consent::All => Ok(None),
            Consent::Ask | Consent::Wait if !asks_more => Ok(None),
            Consent::Ask | Consent::Wait => Ok(Some(Installed::Asks {
                told: self.told(),
                manifest: self.package.manifest_hash(),
                capabilities: asked,
            })),
            Consent::Given {
                plugin,
                manifest,
                capabilities,
            } => {
                let id = self.package.manifest.plugin.as_str();
                let mut faults = Vec::new();
                if let Some(other) = plugin.as_deref().filter(|it| *it != id) {
                    faults.push(format!("the grant is for `{other}`, the package is `{id}`"));
                }
                if manifest
                    .as_ref()
                    .is_some_and(|it| *it != self.package.manifest_hash())
                {
                    faults.push(
                        "the package changed since it was shown: look at it again".to_owned(),
                    );
                }
                let missing = asked.iter().filter(|one| !capabilities.contains(one));
                faults.extend(missing.map(|one| format!("`{one}` is asked for and not granted")));
                let more = capabilities.iter().filter(|one| !asked.contains(one));
                faults.extend(more.map(|one| format!("`{one}` is granted and not asked for")));
                if faults.is_empty() {
                    return Ok(None);
                }
                let faults = faults.join("\n");
                Err(Failure::Refused(format!(
                    "the grant does not fit:\n{faults}"
                )))
            }
        }
    }

    /// The capabilities that it asks for, by name.
    pub(super) fn asked(&self) -> Vec<String> {
        asked(&self.loaded.declaration.manifest)
    }

    fn told(&self) -> String {
        let (manifest, loaded) = (&self.package.manifest, &self.loaded);
        let name = |language| loaded.text(language, &loaded.declaration.manifest.name);
        let mut lines = vec![
            format!(
                "{} {}: {} / {}",
                manifest.plugin,
                manifest.version,
                name("vi"),
                name("en")
            ),
            format!(
                "  published by {} (key {})",
                self.publisher.name, self.publisher.id
            ),
        ];
        lines.push(match (&self.reviewer, self.package.reviewer()) {
            (Some(it), _) => format!("  reviewed by {} (key {})", it.name, it.id),
            (None, Some(key)) => format!(
                "  reviewed by the key {}, which is not known here",
                key.id()
            ),
            (None, None) => "  reviewed by nobody".to_owned(),
        });
        if let Some(before) = &self.before {
            lines.push(format!("  in place of {}", before.version));
        }
        if !manifest.hosts.is_empty() {
            lines.push(format!("  only for {}", manifest.hosts.join(", ")));
        }
        let both = sentences(&self.loaded, self.granted.as_deref());
        lines.push("Được phép:".to_owned());
        lines.extend(both.iter().map(|(new, vi, _)| line(*new, "mới", vi)));
        let (vi, en) = never(&self.loaded.declaration.manifest);
        lines.push(format!("  - {vi}"));
        lines.push("It may:".to_owned());
        lines.extend(both.iter().map(|(new, _, en)| line(*new, "new", en)));
        lines.push(format!("  - {en}"));
        lines.join("\n")
    }
}

/// What it may not do, in Vietnamese and English.
pub(crate) fn never(manifest: &Manifest) -> (&'static str, &'static str) {
    let asked = &manifest.capabilities;
    let writes = [Capability::Kv, Capability::ContentWrite];
    if asked.contains(&Capability::Fetch) {
        (
            "Không ghi gì khác, không gửi đi nơi nào khác, không mở tệp.",
            "Not write anything else, send to anywhere else or open files.",
        )
    } else if writes.iter().any(|it| asked.contains(it)) {
        (
            "Không ghi gì khác, không gửi gì, không mở tệp, không nối mạng.",
            "Not write anything else, send, open files or connect to anything.",
        )
    } else {
        (
            "Không ghi, không gửi gì, không mở tệp, không nối mạng.",
            "Not write, send, open files or connect to anything.",
        )
    }
}

/// What a plugin may do: whether that is new beside what is known, in Vietnamese, in English.
pub(crate) fn sentences(
    loaded: &LoadedPlugin,
    known: Option<&[String]>,
) -> Vec<(bool, String, String)> {
    let declaration = &loaded.declaration;
    let manifest = &declaration.manifest;
    let collections: Vec<&str> = declaration.collections.keys().map(String::as_str).collect();
    let collections = collections.join(", ");
    let mut told = Vec::new();
    for capability in &manifest.capabilities {
        let name = capability.as_str();
        let new = known.is_some_and(|known| known.iter().all(|it| it != name));
        let (vi, en) = sentence(*capability, &collections);
        told.push((new, format!("{vi} [{name}]"), format!("{en} [{name}]")));
        if *capability == Capability::Webhooks {
            told.extend(super::senders::senders(loaded, known));
        }
        if *capability == Capability::ContentWrite {
            told.extend(super::writes::collections(loaded, known));
        }
        if *capability != Capability::Fetch {
            continue;
        }
        for place in &manifest.fetch {
            let name = format!("fetch:{place}");
            let new = known.is_some_and(|known| !known.contains(&name));
            told.push((
                new,
                format!("Gửi đến {place} [{name}]"),
                format!("Send to {place} [{name}]"),
            ));
        }
    }
    for job in &manifest.jobs {
        let (vi, en) = due(job);
        told.push((false, vi, en));
    }
    if !manifest.routes.is_empty() {
        let (count, mount, ms) = (manifest.routes.len(), &manifest.mount, Budget::PAGE.cpu_ms);
        told.push((
            false,
            format!("Tính {count} loại trang dưới /{mount}, mỗi trang tối đa {ms} ms."),
            format!("Compute pages of {count} kind(s) below /{mount}, each within {ms} ms."),
        ));
    }
    for hook in &manifest.hooks {
        let (name, ms) = (&hook.collection, CHECK.cpu_ms);
        told.push((
            false,
            format!("Kiểm tra, bổ sung hoặc từ chối mỗi mục của {name} trước khi lưu, tối đa {ms} ms."),
            format!("Check, complete or refuse each entry of {name} before it is stored, within {ms} ms."),
        ));
    }
    told
}

fn line(new: bool, word: &str, text: &str) -> String {
    if new {
        format!("  - ({word}) {text}")
    } else {
        format!("  - {text}")
    }
}

/// Every word that must be granted: capabilities, each system that requests may go to, each webhook, and each
/// collection that is written.
pub(super) fn asked(manifest: &Manifest) -> Vec<String> {
    let capabilities = manifest.capabilities.iter();
    let capabilities = capabilities.map(|it| it.as_str().to_owned());
    let places = manifest.fetch.iter().map(|it| format!("fetch:{it}"));
    let webhooks = manifest.webhooks.iter();
    let webhooks = webhooks.map(|it| format!("webhook:{}", it.name));
    let writes = manifest.writes.iter().map(|it| super::writes::grant(it));
    capabilities
        .chain(places)
        .chain(webhooks)
        .chain(writes)
        .collect()
}

/// When a job runs.
fn due(job: &JobDeclaration) -> (String, String) {
    let name = &job.name;
    match (&job.every, &job.daily) {
        (Some(every), _) => (
            format!("Chạy việc {name} cứ mỗi {every}."),
            format!("Run the job {name} every {every}."),
        ),
        (None, Some(daily)) => (
            format!("Chạy việc {name} hằng ngày lúc {daily}."),
            format!("Run the job {name} every day at {daily}."),
        ),
        (None, None) => (
            format!("Chạy việc {name} khi mã của nó xếp hàng."),
            format!("Run the job {name} when its code enqueues it."),
        ),
    }
}

fn fetches() -> (String, String) {
    let (page, form) = (Budget::PAGE.fetches, Budget::SUBMIT.fetches);
    let (body, answer) = (BODY_BYTES_MAX >> 10, ANSWER_BYTES_MAX >> 10);
    let (minute, ms) = (FETCHES_A_MINUTE_MAX, Budget::SUBMIT.fetch_ms);
    (
        format!(
            "Gửi yêu cầu đến và nhận trả lời từ các hệ thống nêu dưới đây, không nơi nào khác: tối đa {page} lần mỗi trang, {form} lần mỗi lượt xử lý biểu mẫu (một lượt gửi có thể được xử lý lại), {minute} lần mỗi phút cho trang và bấy nhiêu cho biểu mẫu trên từng trang thông tin; gửi tối đa {body} KiB, nhận tối đa {answer} KiB, chờ tối đa {ms} ms."
        ),
        format!(
            "Send requests to the systems named below and nowhere else: at most {page} a page, {form} each time a form is worked on (a sending may be worked on again), {minute} a minute for pages and as many for forms on each site; at most {body} KiB sent, {answer} KiB received and {ms} ms waited."
        ),
    )
}

fn jobs() -> (String, String) {
    let (seconds, jobs) = (Budget::JOB.cpu_ms / 1_000, QUEUE_MOST.jobs);
    let (fetches, calls) = (Budget::JOB.fetches, Budget::JOB.host_calls);
    (
        format!(
            "Tự làm việc khi không ai chờ: mỗi bước tối đa {seconds} giây, {calls} lần hỏi và {fetches} yêu cầu gửi đi; tối đa {jobs} việc chờ trên từng trang; việc hỏng {ATTEMPTS_MAX} lần liền thì dừng và báo người vận hành."
        ),
        format!(
            "Work while nobody waits: each step within {seconds} s, {calls} questions and {fetches} requests; at most {jobs} jobs wait on each site; one that fails {ATTEMPTS_MAX} times in a row is given up and shown to the operator."
        ),
    )
}

fn sentence(capability: Capability, collections: &str) -> (String, String) {
    let (page, check) = (Budget::PAGE.host_calls, CHECK.host_calls);
    match capability {
        Capability::Kv => {
            let (keys, mib) = (KV_MOST.keys, KV_MOST.bytes >> 20);
            let writes = WRITES_A_MINUTE_MAX;
            (
                format!(
                    "Lưu dữ liệu riêng của nó trên từng trang: tối đa {keys} khóa, {mib} MiB, {writes} lần ghi mỗi phút; chỉ ghi khi công dân gửi biểu mẫu, khi việc của nó chạy hoặc khi hệ thống bên ngoài gửi đến; không ghi khi có người xem."
                ),
                format!(
                    "Keep data of its own on each site: at most {keys} keys, {mib} MiB, {writes} writes a minute; written only when a citizen sends a form, a job of it runs or another system sends to it; never when somebody looks."
                ),
            )
        }
        Capability::Fetch => fetches(),
        Capability::Jobs => jobs(),
        Capability::Webhooks => super::senders::sentence(),
        Capability::ContentWrite => super::writes::sentence(),
        Capability::Settings => (
            "Đọc những gì người vận hành đặt cho nó, kể cả bí mật đặt riêng cho nó.".to_owned(),
            "Read what the operator sets for it, secrets for it included.".to_owned(),
        ),
        Capability::Forms => {
            let ms = Budget::SUBMIT.cpu_ms;
            (
                format!("Nhận những gì công dân gửi qua biểu mẫu của nó, mỗi lần tối đa {ms} ms."),
                format!("Be given what citizens send by its forms, each within {ms} ms."),
            )
        }
        Capability::ContentRead => (
            format!(
                "Đọc các mục của chính nó ({collections}) với đúng quyền của người xem: tối đa {page} lần hỏi mỗi trang, {check} mỗi lần kiểm tra."
            ),
            format!(
                "Read entries of its own ({collections}) with the rights of whoever looks: at most {page} questions a page, {check} a check."
            ),
        ),
        Capability::Clock => (
            "Hỏi ngày, giờ.".to_owned(),
            "Ask for the date and the time.".to_owned(),
        ),
        Capability::Log => (
            "Ghi vào nhật ký của người vận hành, số dòng mỗi lần gọi có hạn.".to_owned(),
            "Write to the operator's log, a bounded number of lines a call.".to_owned(),
        ),
    }
}
