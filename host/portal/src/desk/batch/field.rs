//! What a column of a spreadsheet may fill, and what it wants, in words. Pure.

use dinh_domain::declaration::{Collection, Declaration, Field, FieldKind};
use dinh_domain::table::layout::Given;

use crate::plugins::LoadedPlugin;

/// Begins every cell of the row of the template that says what its column wants: such a row is no entry.
const GUIDE: &str = "Hướng dẫn:";
/// Names of a list that are told; the others are on the form.
const NAMES_TOLD: usize = 40;

/// A field that a column may fill.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BatchField {
    /// Its name in the declaration.
    pub name: String,
    /// What people call it.
    pub label: String,
    /// What its cells hold, in words.
    pub guide: String,
    /// An entry without it is not approved.
    pub is_needed: bool,
}

/// Whether a cell can hold a value of a field. Files, edges, tables and rows are given on the form of each entry.
pub(super) fn fits(kind: &FieldKind) -> bool {
    !matches!(
        kind,
        FieldKind::Files { .. }
            | FieldKind::Relations { .. }
            | FieldKind::Table {}
            | FieldKind::Rows { .. }
    )
}

/// The fields of a collection that columns may fill, in its order.
pub(super) fn fields(plugin: &LoadedPlugin, collection: &Collection) -> Vec<BatchField> {
    let own = collection
        .schema
        .iter()
        .filter(|(_, field)| fits(&field.kind));
    let named = own.map(|(name, field)| BatchField {
        name: name.clone(),
        label: plugin.text("vi", &field.label),
        guide: guide(&plugin.declaration, field),
        is_needed: field.required || field.gate,
    });
    named.collect()
}

/// What people call the fields that no column fills.
pub(super) fn others(plugin: &LoadedPlugin, collection: &Collection) -> Vec<String> {
    let fields = collection.schema.values();
    let others = fields.filter(|it| !fits(&it.kind));
    others.map(|it| plugin.text("vi", &it.label)).collect()
}

/// Whether a row is the one of the template that says what each column wants.
pub(super) fn is_guide(cells: &[Given]) -> bool {
    let mut filled = cells.iter().map(Given::text).filter(|it| !it.is_empty());
    let first = filled.next();
    first.is_some_and(|it| it.starts_with(GUIDE)) && filled.all(|it| it.starts_with(GUIDE))
}

fn guide(declaration: &Declaration, field: &Field) -> String {
    let wants = match &field.kind {
        FieldKind::Text { max_chars, .. }
        | FieldKind::Code { max_chars }
        | FieldKind::Outline { max_chars, .. } => format!("chữ, không quá {max_chars} ký tự"),
        FieldKind::Texts { max_items, .. } => {
            format!("mỗi dòng trong ô là một mục, không quá {max_items} mục")
        }
        FieldKind::Date { .. } => "ngày, ví dụ 31/12/2024".to_owned(),
        FieldKind::Instant {} => "ngày và giờ, ví dụ 31/12/2024 17:00".to_owned(),
        FieldKind::Integer {} => "số nguyên".to_owned(),
        FieldKind::Choice { .. } => {
            let values = declaration.list_of(field).map(|it| it.values.as_slice());
            let values = values.unwrap_or_default();
            let named = values.iter().take(NAMES_TOLD).map(|it| it.name("vi"));
            let mut names = named.collect::<Vec<_>>().join("; ");
            if values.len() > NAMES_TOLD {
                names += "; …";
            }
            format!("một trong: {names}")
        }
        FieldKind::Files { .. }
        | FieldKind::Relations { .. }
        | FieldKind::Table {}
        | FieldKind::Rows { .. } => String::new(),
    };
    let needed = if field.required || field.gate {
        " (cần có khi gửi duyệt)"
    } else {
        ""
    };
    format!("{GUIDE} {wants}{needed}")
}
