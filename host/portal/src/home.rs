//! The home page: blocks that collections declare, in the site's order.

use std::borrow::Cow;

use dinh_domain::declaration::Block;
use dinh_domain::ids::{CollectionId, SiteId};
use dinh_domain::query::Query;
use dinh_domain::site::{Directory, Module, arranged};
use dinh_domain::visibility::{Purpose, Scope};
use dinh_store::{ListAsked, ListPage};

use crate::ask;
use crate::failure::Failure;
use crate::plugins::LoadedPlugin;
use crate::portal::Portal;
use crate::section::{Here, block_row, row_values};
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
        let shown = places.iter().filter(|it| !it.hidden).filter_map(|place| {
            let block = all.iter().find(|it| it.id == place.block)?;
            // One of a section that is switched off keeps its place and shows nothing.
            Some((
                block.block.as_ref(),
                self.here_in(visit, &block.collection)?,
            ))
        });
        let shown: Vec<(&Block, Here<'_>)> = shown.collect();
        let scope = visit.scope(Purpose::List);
        let asked = shown
            .iter()
            .map(|(block, here)| asked_of(block, here, &scope));
        let asked: Vec<AskedOf> = asked.collect();
        let lists = shown
            .iter()
            .zip(&asked)
            .map(|((block, here), asked)| ListAsked {
                scope: &asked.scope,
                id: &here.id,
                collection: here.collection,
                query: &asked.query,
                values: Some(&asked.values),
                popular_since: block.is_popular().then(|| popular_since(visit)),
            });
        let pages = self.store().lists(&lists.collect::<Vec<_>>()).await?;
        let blocks = shown.iter().zip(asked).zip(pages);
        let blocks = blocks.filter_map(|(((block, here), asked), page)| {
            shown_block(here, block, asked.params, &page)
        });
        Ok(Home {
            has_sections: visit.menu().next().is_some(),
            blocks: blocks.collect(),
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
}

/// What a block asks of its collection's list.
struct AskedOf<'a> {
    scope: Scope,
    query: Query,
    /// The indexes whose values are shown.
    values: Vec<&'a str>,
    /// The parameters of the list that shows the same.
    params: Vec<(String, String)>,
}

fn asked_of<'a>(block: &'a Block, here: &Here<'a>, scope: &Scope) -> AskedOf<'a> {
    let asked = ask::list(here.collection, &block.params(), here);
    let mut query = asked.query;
    query.per_page = block.count;
    AskedOf {
        scope: scope.only(&here.id),
        query,
        values: row_values(here.collection, block.columns.as_ref()),
        params: asked.params,
    }
}

/// None where there is nothing to show and nothing to say about it.
fn shown_block(
    here: &Here<'_>,
    block: &Block,
    asked: Vec<(String, String)>,
    page: &ListPage,
) -> Option<HomeBlock> {
    let (visit, collection) = (here.visit, here.collection);
    let empty = block.empty.as_ref();
    let empty = empty.map(|key| here.plugin.text(&visit.language, key));
    // A section that declares nothing shows that there is nothing yet.
    if page.entries.is_empty() && empty.is_none() && collection.blocks.is_some() {
        return None;
    }
    let columns = block.columns.as_ref();
    let rows = page.entries.iter();
    let rows = rows.filter_map(|it| block_row(here, it, columns));
    let title = here.plugin.text(&visit.language, &block.title);
    Some(HomeBlock {
        all_of: match block.filter.is_empty() || block.is_popular() {
            true => here.section.name.clone(),
            false => title.clone(),
        },
        title,
        section: here.section.clone(),
        asked,
        rows: rows.collect(),
        total: page.total,
        empty,
    })
}
