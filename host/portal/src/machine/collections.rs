//! What a site has, as programs are told: fields, filters and orders from the declaration.

use dinh_domain::declaration::{CodeList, ColumnKind, Field, FieldKind, IndexType};
use dinh_domain::ids::CollectionId;

use super::exact::{self, End};
use crate::portal::Portal;
use crate::search::index_label;
use crate::section::Here;
use crate::shown::{
    CollectionDescribed, FieldDescribed, FieldShape, ParameterDescribed, ParameterShape,
};
use crate::visit::Visit;

impl Portal {
    /// The collections of the sections that the visited site has enabled.
    pub fn collections(&self, visit: &Visit) -> Vec<CollectionDescribed> {
        let sections = visit.sections.iter();
        sections
            .filter_map(|section| self.here_in(visit, &section.collection))
            .map(|here| described(&here))
            .collect()
    }

    /// One of them.
    pub fn described(&self, visit: &Visit, id: &CollectionId) -> Option<CollectionDescribed> {
        let here = self.here_in(visit, id)?;
        Some(described(&here))
    }
}

fn described(here: &Here<'_>) -> CollectionDescribed {
    let (plugin, language) = (here.plugin, &here.visit.language);
    let fields = here.collection.schema.iter().map(|(name, field)| {
        let list = plugin.declaration.list_of(field);
        FieldDescribed {
            name: name.clone(),
            label: plugin.text(language, &field.label),
            required: field.required,
            shape: shape(field, list, language),
        }
    });
    let filters = here.collection.view.list.filters.iter();
    CollectionDescribed {
        id: here.id.clone(),
        section: here.section.clone(),
        label: plugin.text(language, &here.collection.label),
        plural: plugin.text(language, &here.collection.plural),
        fields: fields.collect(),
        filters: filters.flat_map(|name| parameters(here, name)).collect(),
        orders: exact::orders(here.collection),
    }
}

fn parameters(here: &Here<'_>, index: &str) -> Vec<ParameterDescribed> {
    let Some(kind) = here.collection.index.get(index).map(|it| it.kind) else {
        return Vec::new();
    };
    let label = index_label(here.plugin, here.collection, index, &here.visit.language);
    let ends = exact::ends(kind, index).into_iter();
    ends.map(|(end, name)| ParameterDescribed {
        name,
        label: label.clone(),
        is_list: end == End::Equal,
        shape: match kind {
            IndexType::Choice => ParameterShape::Choice(values(here, index)),
            IndexType::Year => ParameterShape::Year,
            IndexType::Date => ParameterShape::Date,
            IndexType::Integer => ParameterShape::Integer,
            IndexType::Text | IndexType::Texts | IndexType::Code => ParameterShape::Text {
                max_chars: exact::MAX_VALUE_CHARS,
            },
        },
    })
    .collect()
}

fn values(here: &Here<'_>, index: &str) -> Vec<(String, String)> {
    let from = here.collection.index.get(index);
    let from = from.and_then(|it| it.from.as_deref()).unwrap_or(index);
    let field = here.collection.schema.get(from);
    let list = field.and_then(|field| here.plugin.declaration.list_of(field));
    list.map_or_else(Vec::new, |list| named(list, &here.visit.language))
}

fn named(list: &CodeList, language: &str) -> Vec<(String, String)> {
    let values = list.values.iter();
    values
        .map(|value| (value.id.clone(), value.name(language).to_owned()))
        .collect()
}

fn shape(field: &Field, list: Option<&CodeList>, language: &str) -> FieldShape {
    let values = || list.map_or_else(Vec::new, |list| named(list, language));
    match &field.kind {
        FieldKind::Text { .. } | FieldKind::Code { .. } => FieldShape::Text,
        FieldKind::Texts { .. } => FieldShape::Texts,
        FieldKind::Date { .. } => FieldShape::Date,
        FieldKind::Instant {} => FieldShape::Instant,
        FieldKind::Rows { columns, .. } => FieldShape::Rows(
            columns
                .iter()
                .map(|(name, it)| (name.clone(), it.kind == ColumnKind::Integer))
                .collect(),
        ),
        FieldKind::Integer {} => FieldShape::Integer,
        FieldKind::Choice { .. } => FieldShape::Choice(values()),
        FieldKind::Relations { .. } => FieldShape::Relations(values()),
        FieldKind::Outline { .. } => FieldShape::Outline,
        FieldKind::Files { .. } => FieldShape::Files,
        FieldKind::Table {} => FieldShape::Table,
    }
}
