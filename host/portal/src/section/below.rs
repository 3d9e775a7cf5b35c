//! Values of a code list that stand below others: who asks for one finds those below it too, and so they are counted.

use dinh_domain::declaration::{CodeList, Collection, IndexType};
use dinh_store::Count;

use crate::plugins::LoadedPlugin;

/// The list of a coded index.
pub(crate) fn list_of<'a>(
    (plugin, collection): (&'a LoadedPlugin, &'a Collection),
    index: &str,
) -> Option<&'a CodeList> {
    let declared = collection.index.get(index)?;
    let from = declared.from.as_deref().unwrap_or(index);
    let field = collection.schema.get(from)?;
    let is_coded = declared.kind == IndexType::Choice;
    plugin.declaration.list_of(field).filter(|_| is_coded)
}

/// The same where some of its values stand below others.
pub(crate) fn tree_of<'a>(
    place: (&'a LoadedPlugin, &'a Collection),
    index: &str,
) -> Option<&'a CodeList> {
    let is_tree = |it: &&CodeList| it.values.iter().any(|it| it.parent.is_some());
    list_of(place, index).filter(is_tree)
}

/// Counts with those below each value, in the order of the list; a value without any entry is left out.
pub(crate) fn rolled_up(tree: &CodeList, counts: &[Count]) -> Vec<Count> {
    let of = |id: &str| {
        counts
            .iter()
            .find(|it| it.key == id)
            .map_or(0, |it| it.count)
    };
    let values = tree.values.iter().map(|value| Count {
        key: value.id.clone(),
        shown: value.id.clone(),
        count: tree.with_below(&value.id).into_iter().map(of).sum(),
    });
    let unlisted = counts.iter().filter(|it| tree.get(&it.key).is_none());
    values
        .filter(|it| it.count > 0)
        .chain(unlisted.cloned())
        .collect()
}

/// A label with a mark for each value above it, for lists that show no tree.
pub(crate) fn indented(tree: Option<&CodeList>, id: &str, label: String) -> String {
    let depth = tree.and_then(|tree| tree.depth(id)).unwrap_or(0);
    format!("{}{label}", "– ".repeat(depth))
}

#[cfg(test)]
mod tests {
    use dinh_domain::declaration::CodeList;
    use dinh_store::Count;

    use super::rolled_up;

    #[test]
    fn a_value_counts_what_stands_below_it() {
        let value = |id: &str, parent: &str| {
            format!("[[value]]\nid = \"{id}\"\nvi = \"{id}\"\nen = \"{id}\"\n{parent}\n")
        };
        let below = |of: &str| format!("parent = \"{of}\"");
        let text = [
            value("4", ""),
            value("401", &below("4")),
            value("40101", &below("401")),
            value("5", ""),
        ];
        let tree: CodeList = toml::from_str(&text.concat()).unwrap();
        let count = |key: &str, count| Count {
            key: key.to_owned(),
            shown: key.to_owned(),
            count,
        };
        let counts = [count("40101", 3), count("4", 1), count("gone", 2)];
        assert_eq!(
            rolled_up(&tree, &counts),
            [
                count("4", 4),
                count("401", 3),
                count("40101", 3),
                count("gone", 2)
            ]
        );
    }
}
