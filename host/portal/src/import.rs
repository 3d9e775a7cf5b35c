//! Importing rows: each becomes an entry, found again by its key, or is rejected with every fault.

mod attached;
mod mapping;

use std::path::{Path, PathBuf};

use dinh_domain::declaration::ImportMapping;
use dinh_domain::fault::Fault;
use dinh_domain::file_text::TextState;
use dinh_domain::ids::{CollectionId, SiteId};
use serde_json::Value;

use crate::failure::Failure;
use crate::plugins::LoadedPlugin;
use crate::portal::Portal;
use crate::post::{Draft, End, Posted};

/// One line of an import file.
#[derive(Debug)]
pub struct ImportRow {
    /// Line in the file, from 1.
    pub line: u64,
    /// The row, or why the line is none.
    pub row: Result<Value, String>,
}

/// A rejected row.
#[derive(Debug, Clone, PartialEq)]
pub struct RowFaults {
    /// Line in the file, from 1.
    pub line: u64,
    /// The row as it was; null where the line was none.
    pub row: Value,
    /// Every fault.
    pub faults: Vec<TextFault>,
}

/// A fault with its text for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextFault {
    /// Where.
    pub path: String,
    /// Key of the message.
    pub message_key: String,
    /// The message in Vietnamese.
    pub message: String,
}

/// What became of rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize)]
pub struct ImportCount {
    /// New entries.
    pub created: u64,
    /// New revisions of known ones.
    pub updated: u64,
    /// Rows that said what was there.
    pub unchanged: u64,
    /// Rows left out.
    pub rejected: u64,
    /// Attached files that are kept and whose text is not searched.
    pub flagged_files: u64,
}

/// An import that is under way.
pub struct ImportRun {
    portal: Portal,
    site: SiteId,
    collection: CollectionId,
    mapping: Option<ImportMapping>,
    dry_run: bool,
    /// Folder of the files that rows name.
    files: Option<PathBuf>,
    /// What became of the rows so far.
    pub count: ImportCount,
    /// Attached files whose text is not searched, the first [`FLAGGED_MAX`].
    pub flagged: Vec<FlaggedFile>,
}

/// An attached file that came in and says nothing.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct FlaggedFile {
    /// Line of its row, from 1.
    pub line: u64,
    /// Its name.
    pub name: String,
    /// Why its text is not searched.
    pub state: TextState,
}

/// Most files that the report of one run names; the rest are in the list of files.
const FLAGGED_MAX: usize = 1_000;

impl Portal {
    /// Begins an import into a collection of a site, by a mapping of its plugin or, without one,
    /// of rows in the collection's own shape.
    pub async fn begin_import(
        &self,
        collection: &str,
        site: &str,
        map: Option<&str>,
        dry_run: bool,
    ) -> Result<ImportRun, Failure> {
        let refused = |message: String| Failure::Refused(message);
        let id = CollectionId::parse(collection).map_err(|error| refused(error.to_string()))?;
        let known = || {
            let known: Vec<String> = self
                .plugins()
                .collections()
                .iter()
                .map(ToString::to_string)
                .collect();
            refused(format!(
                "there is no collection `{id}`; there are: {}",
                known.join(", ")
            ))
        };
        let (plugin, _) = self.plugins().collection(&id).ok_or_else(known)?;
        let site_id = SiteId::new(site).map_err(|error| refused(error.to_string()))?;
        let directory = self.directory().await?;
        if directory.site(&site_id).is_none() {
            let known: Vec<&str> = directory.sites.iter().map(|it| it.id.as_str()).collect();
            let known = known.join(", ");
            return Err(refused(format!(
                "there is no site `{site}`; there are: {known}"
            )));
        }
        let shown = directory
            .modules
            .iter()
            .any(|it| it.site == site_id && it.plugin == *id.plugin() && it.enabled);
        if !shown {
            return Err(refused(format!(
                "{} is not enabled on {site}, so nothing would show: `dinh module enable {} --site {site}` first",
                id.plugin(),
                id.plugin()
            )));
        }
        let mapping = match map {
            None => None,
            Some(name) => Some(mapping_named(plugin, name).map_err(refused)?.clone()),
        };
        Ok(ImportRun {
            portal: self.clone(),
            site: site_id,
            collection: id,
            mapping,
            dry_run,
            files: None,
            count: ImportCount::default(),
            flagged: Vec::new(),
        })
    }
}

fn mapping_named<'a>(plugin: &'a LoadedPlugin, name: &str) -> Result<&'a ImportMapping, String> {
    let imports = &plugin.declaration.imports;
    imports.get(name).ok_or_else(|| {
        let known: Vec<&str> = imports.keys().map(String::as_str).collect();
        format!(
            "there is no mapping `{name}`; there are: {}",
            known.join(", ")
        )
    })
}

impl ImportRun {
    /// Rows may name files to attach, by their paths in this folder.
    pub fn files_from(&mut self, folder: &Path) {
        self.files = Some(folder.to_owned());
    }

    /// Imports some rows in one transaction; returns the rejected ones.
    pub async fn rows(&mut self, rows: Vec<ImportRow>) -> Result<Vec<RowFaults>, Failure> {
        let mut rejected = Vec::new();
        let (mut lines, mut drafts) = (Vec::new(), Vec::new());
        for ImportRow { line, row } in rows {
            let row = match row {
                Ok(row) => row,
                Err(reason) => {
                    let fault = Fault::new("", "fault.row").with("reason", reason);
                    rejected.push(self.told(line, Value::Null, vec![fault]));
                    continue;
                }
            };
            match self.draft(row.clone()) {
                Ok(draft) => {
                    lines.push((line, row));
                    drafts.push(draft);
                }
                Err(faults) => rejected.push(self.told(line, row, faults)),
            }
        }
        let checked = self.portal.checked(drafts).await?;
        for ((line, _), checked) in lines.iter().zip(&checked) {
            let files = checked.iter().flat_map(|it| &it.flagged);
            for (name, state) in files {
                self.count.flagged_files += 1;
                if self.flagged.len() < FLAGGED_MAX {
                    let (line, name, state) = (*line, name.clone(), *state);
                    self.flagged.push(FlaggedFile { line, name, state });
                }
            }
        }
        let end = if self.dry_run {
            End::Forget
        } else {
            End::Commit
        };
        let results = self.portal.write("import", checked, end).await?;
        for ((line, row), result) in lines.into_iter().zip(results) {
            match result {
                Ok(Posted::Created) => self.count.created += 1,
                Ok(Posted::Updated) => self.count.updated += 1,
                Ok(Posted::Unchanged) => self.count.unchanged += 1,
                Err(faults) => rejected.push(self.told(line, row, faults)),
            }
        }
        self.count.rejected += rejected.len() as u64;
        Ok(rejected)
    }

    /// Makes everything imported findable.
    pub async fn finish(self) -> Result<ImportCount, Failure> {
        if !self.dry_run {
            self.portal.read_missing_files().await?;
            self.portal.catch_up().await?;
        }
        Ok(self.count)
    }

    fn draft(&self, row: Value) -> Result<Draft, Vec<Fault>> {
        let missing = || vec![Fault::new("", "fault.collection")];
        let (plugin, collection) = self
            .portal
            .plugins()
            .collection(&self.collection)
            .ok_or_else(missing)?;
        let mapping = self.mapping.as_ref();
        let mut mapped = mapping::map(&plugin.declaration, collection, mapping, row)?;
        let folder = self.files.as_deref();
        let files = attached::take(folder, collection, &mut mapped.body)?;
        Ok(Draft {
            site: self.site.clone(),
            collection: self.collection.clone(),
            import_key: Some(mapped.key),
            body: mapped.body,
            source: mapped.source,
            lifted: mapped.lifted,
            files,
            published_at: None,
            faults: mapped.faults,
        })
    }

    fn told(&self, line: u64, row: Value, faults: Vec<Fault>) -> RowFaults {
        let plugin = self.portal.plugins().get(self.collection.plugin());
        let faults = faults.into_iter().map(|fault| TextFault {
            message: message(plugin.map(AsRef::as_ref), &fault),
            path: fault.path,
            message_key: fault.message_key,
        });
        RowFaults {
            line,
            row,
            faults: faults.collect(),
        }
    }
}

/// The host's own faults, in Vietnamese.
const MESSAGES: [(&str, &str); 24] = [
    ("fault.required", "thiếu thông tin bắt buộc: {field}"),
    ("fault.unknown-field", "trường này không có trong khai báo"),
    ("fault.integer", "phải là số nguyên"),
    ("fault.text", "phải là văn bản"),
    (
        "fault.control-character",
        "có ký tự điều khiển không hợp lệ",
    ),
    ("fault.too-long", "dài {count} ký tự, quá giới hạn {max}"),
    ("fault.too-many", "có {count} mục, quá giới hạn {max}"),
    ("fault.list", "phải là danh sách"),
    ("fault.date", "“{given}” không phải ngày dạng YYYY-MM-DD"),
    ("fault.choice", "“{given}” không có trong danh mục"),
    ("fault.relation", "quan hệ phải có kind và target"),
    (
        "fault.outline",
        "nội dung phải là văn bản hoặc danh sách đoạn",
    ),
    ("fault.level", "cấp của đoạn không có trong khai báo"),
    ("fault.file", "tệp không có mã hợp lệ"),
    (
        "fault.file-missing",
        "không đọc được tệp “{name}” trong thư mục của tệp nhập",
    ),
    (
        "fault.file-too-large",
        "tệp “{name}” lớn hơn giới hạn {max} byte",
    ),
    (
        "fault.media-type",
        "tệp “{name}” không thuộc loại được nhận",
    ),
    (
        "fault.row",
        "dòng này không phải một đối tượng JSON: {reason}",
    ),
    (
        "fault.key",
        "thiếu khóa của dòng, hoặc khóa dài quá {max} ký tự",
    ),
    (
        "fault.exists-already",
        "đã có mục khác trùng số hiệu: {entry}",
    ),
    ("fault.workflow", "quy trình không cho phép: {reason}"),
    (
        "fault.check-unavailable",
        "chưa kiểm tra được bằng mã của chuyên mục; hãy thử lại",
    ),
    (
        "fault.too-large",
        "dữ liệu dài {count} byte, quá giới hạn {max}",
    ),
    ("fault.collection", "không có bộ sưu tập này"),
];

fn message(plugin: Option<&LoadedPlugin>, fault: &Fault) -> String {
    let field = |key: &str| {
        let text = plugin.and_then(|plugin| plugin.locales.text("vi", key));
        text.unwrap_or(key).to_owned()
    };
    let args: Vec<(String, String)> = fault
        .args
        .iter()
        .map(|(name, value)| (name.clone(), field(value)))
        .collect();
    let own: Vec<(&str, &str)> = args
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    let by_plugin = plugin.and_then(|it| it.locales.format("vi", &fault.message_key, &own));
    by_plugin.unwrap_or_else(|| {
        let known = MESSAGES.iter().find(|(key, _)| *key == fault.message_key);
        let mut text = known
            .map_or(fault.message_key.as_str(), |(_, text)| *text)
            .to_owned();
        for (name, value) in &args {
            text = text.replace(&format!("{{{name}}}"), value);
        }
        text
    })
}
