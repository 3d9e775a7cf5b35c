//! The home page: blocks that collections declare, in the site's order.

use std::borrow::Cow;

use dinh_domain::declaration::Block;
use dinh_domain::ids::{CollectionId, SiteId};
use dinh_domain::site::{Directory, Module, arranged};
use dinh_domain::visibility::Purpose;

use crate::ask;
use crate::failure::Failure;
use crate::plugins::LoadedPlugin;
use crate::portal::Portal;
use crate::section::{Here, block_row};
use crate::shown::{Home, HomeBlock};
use crate::usage::popular_since;
use crate::visit::Visit;

/// A block of a section of a site.
pub(crate) struct SiteBlock<'a> {
    /// What its place is kept by: the plugin and its name there.
    pub(crate) id: String,
    pub(crate) module: &'a Module,
    pub(crate) plugin: &'a LoadedPlugin,
    pub(crate) collection: CollectionId,
    pub(crate) block: Cow<'a, Block>,
}

impl Portal {
    /// What the site shows first: the blocks of its sections, but for those that are hidden and those that have
    /// nothing to show and nothing to say about it.
    pub async fn home(&self, visit: &Visit) -> Result<Home, Failure> {
        let directory = &visit.directory;
        let all = self.blocks_on(directory, &visit.site.id);
        let declared = all.iter().map(|it| it.id.as_str());
        let places = arranged(directory.home_places(&visit.site.id), declared);
        let mut blocks = Vec::new();
        for place in places.iter().filter(|it| !it.hidden) {
            let block = all.iter().find(|it| it.id == place.block);
            // One of a section that is switched off keeps its place and shows nothing.
            let block = block.and_then(|it| Some((it, self.here_in(visit, &it.collection)?)));
            if let Some((block, here)) = block {
                blocks.extend(self.block(&here, &block.block).await?);
            }
        }
        Ok(Home {
            has_sections: visit.menu().next().is_some(),
            blocks,
        })
    }

    /// The blocks of all sections that a site has or had, in menu order.
    pub(crate) fn blocks_on<'a>(
        &'a self,
        directory: &'a Directory,
        site: &SiteId,
    ) -> Vec<SiteBlock<'a>> {
        let modules = directory.modules_on(site);
        let known = modules.filter_map(|it| Some((it, self.plugins().get(&it.plugin)?)));
        let blocks = known.flat_map(|(module, plugin)| {
            let plugin: &LoadedPlugin = plugin;
            let declared = plugin.declaration.blocks().into_iter();
            declared.filter_map(move |it| {
                Some(SiteBlock {
                    id: format!("{}/{}", module.plugin, it.block.name),
                    collection: CollectionId::new(&module.plugin, it.name).ok()?,
                    module,
                    plugin,
                    block: it.block,
                })
            })
        });
        blocks.collect()
    }

    async fn block(&self, here: &Here<'_>, block: &Block) -> Result<Option<HomeBlock>, Failure> {
        let (visit, id, collection) = (here.visit, &here.id, here.collection);
        let asked = ask::list(collection, &block.params(), here);
        let mut query = asked.query;
        query.per_page = block.count;
        let scope = visit.scope(Purpose::List).only(id);
        let page = match block.is_popular() {
            true => {
                let since = popular_since(visit);
                let store = self.store();
                store.popular(&scope, (id, collection), &query, since).await
            }
            false => self.store().list(&scope, id, collection, &query).await,
        }?;
        let empty = block.empty.as_ref();
        let empty = empty.map(|key| here.plugin.text(&visit.language, key));
        // A section that declares nothing shows that there is nothing yet.
        if page.entries.is_empty() && empty.is_none() && collection.blocks.is_some() {
            return Ok(None);
        }
        let columns = block.columns.as_ref();
        let rows = page.entries.iter();
        let rows = rows.filter_map(|it| block_row(here, it, columns));
        let title = here.plugin.text(&visit.language, &block.title);
        Ok(Some(HomeBlock {
            all_of: match block.filter.is_empty() || block.is_popular() {
                true => here.section.name.clone(),
                false => title.clone(),
            },
            title,
            section: here.section.clone(),
            asked: asked.params,
            rows: rows.collect(),
            total: page.total,
            empty,
        }))
    }
}
