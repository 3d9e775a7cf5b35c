//! Published versions rise: what readers may have quoted by a number is not another text afterwards.

use dinh_domain::declaration::Collection;
use dinh_domain::entry::Body;
use dinh_domain::fault::Fault;
use dinh_store::{Working, WriteTx};

use crate::desk::told;
use crate::failure::Failure;
use crate::plugins::LoadedPlugin;
use crate::section::version_number;
use crate::table;

/// Why a text may not become public with the number that it has. What was taken down counts too.
pub(super) async fn not_risen(
    tx: &mut WriteTx,
    (plugin, collection): (&LoadedPlugin, &Collection),
    known: &Working,
    body: &Body,
) -> Result<Option<Fault>, Failure> {
    let (Some(declared), Some(public)) = (&collection.versions, &known.published) else {
        return Ok(None);
    };
    let public = tx.body_of(public).await?;
    let Some(before) = version_number(declared, &public) else {
        return Ok(None);
    };
    let fault = |key: &str| Some(Fault::new(&declared.field, key).with("before", before));
    Ok(match version_number(declared, body) {
        Some(now) if now > before => None,
        Some(now) if now == before => {
            let text = |body: &Body, name: &str| told(plugin, collection, body, name);
            let mut fields = declared.compare.iter();
            let differs = fields.any(|name| match table::is_in(collection, name) {
                true => table::differs(name, &public, body),
                false => text(&public, name) != text(body, name),
            });
            differs.then(|| fault("fault.version-changed")).flatten()
        }
        _ => fault("fault.version-fell"),
    })
}
