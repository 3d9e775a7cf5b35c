//! A text that somebody has begun, with the words of an entry that is public.

use dinh_domain::declaration::FieldKind;
use dinh_domain::ids::{AccountId, CollectionId, EntryId, SiteId};
use dinh_domain::people::{Grant, Role, Staff};
use dinh_portal::{LoadedPlugin, Portal, Text};

use super::Entry;

/// Who writes it, where nobody has an account.
const WRITER: &str = "writer-of-the-matrix";
/// The role that writes and sees.
const ROLE: &str = "site-editor";

/// Writes it on the same site. Its files are left out: they belong to the other entry.
pub(super) async fn of(
    portal: &Portal,
    plugin: &LoadedPlugin,
    public: &Entry,
    name: &str,
) -> Result<Entry, String> {
    let told = |failure: dinh_portal::Failure| failure.to_string();
    let bad = |error: dinh_domain::ids::BadId| error.to_string();
    let site = SiteId::new(&public.site).map_err(bad)?;
    let sites = portal.sites().await.map_err(told)?;
    let site = sites.into_iter().find(|it| it.id == site);
    let site = site.ok_or_else(|| format!("there is no site `{}`", public.site))?;
    let writer = Staff {
        account: AccountId::new(WRITER).map_err(bad)?,
        grants: vec![Grant {
            role: Role::new(ROLE).map_err(|error| error.to_string())?,
            organisation: site.organisation.clone(),
        }],
        acting: Vec::new(),
    };
    let id = EntryId::new(&public.id).map_err(bad)?;
    let open = portal.open_entry(&writer, &id).await.map_err(told)?;
    let open = open.ok_or_else(|| format!("nobody can write on {}", public.site))?;
    let mut body = open.entry.working.entry.body;
    let declaration = &plugin.declaration;
    let collection = declaration.collections.get(name);
    for (field, it) in collection.iter().flat_map(|it| &it.schema) {
        if matches!(it.kind, FieldKind::Files { .. } | FieldKind::Table {}) {
            body.shift_remove(field);
        }
    }
    let id = &declaration.manifest.id;
    let text = Text {
        of: None,
        site: site.id.clone(),
        collection: CollectionId::new(id, name).map_err(bad)?,
        body,
        source: None,
        files: Vec::new(),
    };
    let written = portal.write_text(&writer, text).await.map_err(told)?;
    let written = written.map_err(|undone| format!("a draft could not be written: {undone:?}"))?;
    let open = portal.open_entry(&writer, &written.entry).await;
    let draft = open.map_err(told)?.ok_or("a draft is not there")?;
    let mount = public.path.rsplit_once('/').map(|(mount, _)| mount);
    let mount = mount.ok_or_else(|| format!("`{}` is no address of an entry", public.path))?;
    Ok(Entry {
        host: public.host.clone(),
        site: public.site.clone(),
        id: written.entry.to_string(),
        path: format!("{mount}/{}", draft.entry.working.entry.slug),
        title: draft.entry.working.entry.title,
    })
}
