//! Organisations, sites, modules and parked plugins.

use std::collections::HashMap;

use dinh_domain::dates::Instant;
use dinh_domain::ids::{PluginId, Slug};
use dinh_domain::site::{
    Directory, FormerMount, Module, Organisation, Places, Share, Site, SiteState,
};
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use crate::error::StoreError;
use crate::home;
use crate::sql::{Columns, Sql, damaged, to_json};
use crate::store::Store;
use crate::write::WriteTx;

/// Everything that visibility is decided from, but for the plugins' declarations.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct StoredDirectory {
    /// Organisations, sites and modules; the collections are empty.
    pub directory: Directory,
    /// Plugins of which a standing was set.
    pub plugins: Vec<PluginState>,
}

/// What was decided about a plugin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PluginState {
    /// The plugin.
    pub plugin: PluginId,
    /// Whether its code may run.
    pub state: PluginStanding,
    /// Why.
    pub reason: String,
    /// Since when.
    pub at: Instant,
}

/// Whether a plugin's code may run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PluginStanding {
    /// It runs.
    Enabled,
    /// It does not; what it declares still works.
    Parked,
}

impl Store {
    /// Organisations, sites, modules and plugin standings as they are now.
    pub async fn directory(&self) -> Result<StoredDirectory, StoreError> {
        stored(&mut *self.reader().await?).await
    }
}

async fn stored(on: &mut AnyConnection) -> Result<StoredDirectory, StoreError> {
    let places = Places {
        organisations: organisations(on).await?,
        sites: sites(on).await?,
        modules: modules(on).await?,
        former_mounts: former_mounts(on).await?,
        home_places: home::places(on).await?,
        collections: Vec::new(),
    };
    let directory = places.into();
    let plugins = plugins(on).await?;
    Ok(StoredDirectory { directory, plugins })
}

async fn organisations(on: &mut AnyConnection) -> Result<Vec<Organisation>, StoreError> {
    let rows = Sql::new("select id, parent_id, kind, name from organisation order by id")
        .all(on)
        .await?;
    let read = rows.iter().map(|row| {
        Ok(Organisation {
            id: row.read("id")?,
            parent: row.read_or_none("parent_id")?,
            kind: row.text("kind")?,
            name: row.text("name")?,
        })
    });
    read.collect()
}

async fn sites(on: &mut AnyConnection) -> Result<Vec<Site>, StoreError> {
    let rows = Sql::new(
        "select id, organisation_id, name, upper_line, introduction, state, time_zone, contact
         from site order by id",
    )
    .all(on)
    .await?;
    let mut sites = rows.iter().map(site).collect::<Result<Vec<_>, _>>()?;
    let places = sites.iter().enumerate();
    let places: HashMap<String, usize> =
        places.map(|(at, site)| (site.id.to_string(), at)).collect();
    let hosts =
        Sql::new("select host, site_id, is_canonical from site_host order by position, host")
            .all(on)
            .await?;
    for row in &hosts {
        let of: String = row.text("site_id")?;
        let place = places.get(&of);
        let Some(site) = place.and_then(|at| sites.get_mut(*at)) else {
            continue;
        };
        if row.flag("is_canonical")? {
            site.host = row.text("host")?;
        } else {
            site.aliases.push(row.text("host")?);
        }
    }
    Ok(sites)
}

fn site(row: &AnyRow) -> Result<Site, StoreError> {
    Ok(Site {
        id: row.read("id")?,
        organisation: row.read("organisation_id")?,
        name: row.text("name")?,
        upper_line: row.text("upper_line")?,
        introduction: row.text("introduction")?,
        state: word::<SiteState>(row, "state")?,
        host: String::new(),
        aliases: Vec::new(),
        time_zone: row.text("time_zone")?,
        contact: row.json("contact")?,
    })
}

async fn modules(on: &mut AnyConnection) -> Result<Vec<Module>, StoreError> {
    let rows = Sql::new(
        "select site_id, plugin, mount, enabled, share, position from module order by site_id, plugin",
    )
    .all(on)
    .await?;
    let read = rows.iter().map(|row| {
        Ok(Module {
            site: row.read("site_id")?,
            plugin: row.read("plugin")?,
            mount: row.read("mount")?,
            enabled: row.flag("enabled")?,
            share: word::<Share>(row, "share")?,
            position: row.integer("position")?,
        })
    });
    read.collect()
}

async fn former_mounts(on: &mut AnyConnection) -> Result<Vec<FormerMount>, StoreError> {
    let rows = Sql::new("select site_id, mount, plugin from former_mount order by site_id, mount")
        .all(on)
        .await?;
    let read = rows.iter().map(|row| {
        Ok(FormerMount {
            site: row.read("site_id")?,
            mount: row.read("mount")?,
            plugin: row.read("plugin")?,
        })
    });
    read.collect()
}

async fn plugins(on: &mut AnyConnection) -> Result<Vec<PluginState>, StoreError> {
    let rows = Sql::new("select id, state, reason, at from plugin_state order by id")
        .all(on)
        .await?;
    let read = rows.iter().map(|row| {
        let state = row.text("state")?;
        Ok(PluginState {
            plugin: row.read("id")?,
            state: match state.as_str() {
                "enabled" => PluginStanding::Enabled,
                "parked" => PluginStanding::Parked,
                other => return Err(damaged("state", format!("`{other}` is no standing"))),
            },
            reason: row.text("reason")?,
            at: row.instant("at")?,
        })
    });
    read.collect()
}

/// A word that serde knows as a unit variant.
fn word<T: serde::de::DeserializeOwned>(row: &AnyRow, column: &str) -> Result<T, StoreError> {
    let word = serde_json::Value::String(row.text(column)?);
    serde_json::from_value(word).map_err(|error| damaged(column, error))
}

fn from_word(column: &str, value: &impl serde::Serialize) -> Result<String, StoreError> {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => Ok(word),
        other => Err(damaged(column, format!("{other:?} is no word"))),
    }
}

impl WriteTx {
    /// Adds an organisation, or changes it.
    pub async fn put_organisation(&mut self, it: &Organisation) -> Result<(), StoreError> {
        Sql::new(
            "insert into organisation (id, parent_id, kind, name) values ($1, $2, $3, $4)
             on conflict (id) do update set parent_id = excluded.parent_id, kind = excluded.kind,
             name = excluded.name",
        )
        .with(&it.id)
        .with(it.parent.as_ref())
        .with(&it.kind)
        .with(&it.name)
        .run(self.on())
        .await?;
        Ok(())
    }

    /// Adds a site, or changes it and its host names.
    pub async fn put_site(&mut self, it: &Site) -> Result<(), StoreError> {
        Sql::new(
            "insert into site (id, organisation_id, name, upper_line, introduction, state, time_zone,
             contact) values ($1, $2, $3, $4, $5, $6, $7, $8)
             on conflict (id) do update set organisation_id = excluded.organisation_id,
             name = excluded.name, upper_line = excluded.upper_line,
             introduction = excluded.introduction, state = excluded.state,
             time_zone = excluded.time_zone, contact = excluded.contact",
        )
        .with(&it.id)
        .with(&it.organisation)
        .with(&it.name)
        .with(&it.upper_line)
        .with(&it.introduction)
        .with(from_word("state", &it.state)?)
        .with(&it.time_zone)
        .with(to_json("contact", &it.contact)?)
        .run(self.on())
        .await?;
        Sql::new("delete from site_host where site_id = $1")
            .with(&it.id)
            .run(self.on())
            .await?;
        let hosts = std::iter::once(&it.host).chain(&it.aliases);
        for (position, host) in (0_i64..).zip(hosts) {
            Sql::new(
                "insert into site_host (host, site_id, is_canonical, position)
                 values ($1, $2, $3, $4)",
            )
            .with(host)
            .with(&it.id)
            .with(position == 0)
            .with(position)
            .run(self.on())
            .await?;
        }
        Ok(())
    }

    /// As [`Store::directory`], within this transaction.
    pub async fn directory(&mut self) -> Result<StoredDirectory, StoreError> {
        stored(self.on()).await
    }

    /// A section leaves a path of its site for another one: what is linked there leads on.
    pub async fn move_mount(
        &mut self,
        former: &Module,
        to: &Slug,
        at: Instant,
    ) -> Result<(), StoreError> {
        Sql::new("delete from former_mount where site_id = $1 and mount = $2")
            .with(&former.site)
            .with(to)
            .run(self.on())
            .await?;
        Sql::new(
            "insert into former_mount (site_id, mount, plugin, at) values ($1, $2, $3, $4)
             on conflict (site_id, mount) do update set plugin = excluded.plugin, at = excluded.at",
        )
        .with(&former.site)
        .with(&former.mount)
        .with(&former.plugin)
        .with(at)
        .run(self.on())
        .await?;
        Ok(())
    }

    /// Adds a module to a site, or changes it.
    pub async fn set_module(&mut self, it: &Module) -> Result<(), StoreError> {
        // Its path is its own now, whatever stood there before.
        Sql::new("delete from former_mount where site_id = $1 and mount = $2")
            .with(&it.site)
            .with(&it.mount)
            .run(self.on())
            .await?;
        Sql::new(
            "insert into module (site_id, plugin, mount, enabled, share, position)
             values ($1, $2, $3, $4, $5, $6)
             on conflict (site_id, plugin) do update set mount = excluded.mount,
             enabled = excluded.enabled, share = excluded.share, position = excluded.position",
        )
        .with(&it.site)
        .with(&it.plugin)
        .with(&it.mount)
        .with(it.enabled)
        .with(from_word("share", &it.share)?)
        .with(it.position)
        .run(self.on())
        .await?;
        Ok(())
    }

    /// Sets whether a plugin's code may run.
    pub async fn set_plugin_state(&mut self, it: &PluginState) -> Result<(), StoreError> {
        let state = match it.state {
            PluginStanding::Enabled => "enabled",
            PluginStanding::Parked => "parked",
        };
        Sql::new(
            "insert into plugin_state (id, state, reason, at) values ($1, $2, $3, $4)
             on conflict (id) do update set state = excluded.state, reason = excluded.reason,
             at = excluded.at",
        )
        .with(&it.plugin)
        .with(state)
        .with(&it.reason)
        .with(it.at)
        .run(self.on())
        .await?;
        Ok(())
    }
}
