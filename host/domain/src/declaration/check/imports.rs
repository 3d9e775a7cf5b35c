//! Mappings of foreign files name what there is.

use super::super::{
    Declaration, DeclarationFault, FILE_MEMBER, FieldKind, ImportField, ImportMapping,
    TITLE_MEMBER, TableFile,
};

pub(super) fn imports(declaration: &Declaration, faults: &mut Vec<DeclarationFault>) {
    let known = |field: &str| {
        field == "source"
            || declaration
                .collections
                .values()
                .any(|it| it.schema.contains_key(field))
    };
    for (name, mapping) in &declaration.imports {
        let mut fault = |message: String| {
            let file = format!("imports/{name}.toml");
            faults.push(DeclarationFault {
                file,
                line: None,
                message,
            });
        };
        let targets = mapping
            .fields
            .keys()
            .chain(mapping.values.keys())
            .chain(&mapping.lift);
        for field in targets.filter(|field| !known(field)) {
            fault(format!("there is no field `{field}` in any collection"));
        }
        for (field, source) in &mapping.fields {
            if let ImportField::Mapped(member) = source
                && let Some(list) = &member.by_label
                && !declaration.lists.contains_key(list)
            {
                fault(format!(
                    "field `{field}`: there is no list lists/{list}.toml"
                ));
            }
        }
        if let Some(table) = &mapping.table {
            of_table(declaration, mapping, table, &mut fault);
        }
    }
}

/// A file that is one table has two members, and its field takes one.
fn of_table(
    declaration: &Declaration,
    mapping: &ImportMapping,
    table: &TableFile,
    fault: &mut impl FnMut(String),
) {
    let kinds = declaration.collections.values();
    let mut kinds = kinds.filter_map(|it| it.schema.get(&table.field));
    if !kinds.any(|it| matches!(it.kind, FieldKind::Table {})) {
        let field = &table.field;
        fault(format!(
            "table.field: `{field}` is no field of kind `table`"
        ));
    }
    let members = mapping.fields.values().map(ImportField::from);
    let members = std::iter::once(mapping.key.as_str()).chain(members);
    for member in members.filter(|it| ![FILE_MEMBER, TITLE_MEMBER].contains(it)) {
        fault(format!(
            "`{member}`: a table of figures has the members `{FILE_MEMBER}` and `{TITLE_MEMBER}` alone"
        ));
    }
}
