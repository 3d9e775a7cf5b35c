//! A portal of one test.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Weak;

use dinh::bundle::Bundle;
use dinh::command::{self, Command};
use dinh::demo::browse;
use dinh_domain::ids::{CollectionId, EntryId, PluginId, SiteId, Slug};
use dinh_domain::site::{Share, Site};
use dinh_domain::visibility::{Actor, Purpose, scope};
use dinh_files::Reader;
use dinh_outbound::Mailer;
use dinh_portal::{Clock, MailOptions, PeopleOptions, Portal, Posted};
use dinh_runtime::Engine;
use dinh_store::{NewChange, Store};
use dinh_web::{HttpOptions, Web};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

use crate::clock::{DAY, TestClock};
use crate::database::Database;
use crate::draft::{COLLECTION, Document, PLUGIN};
use crate::mail_sink::MailSink;
use crate::program::Program;
use crate::template::{self, Opened, Own, Template};
use crate::visitor::Visitor;

/// A portal with the demo in it, served; everything of it is gone when it is dropped.
pub struct TestPortal {
    portal: Portal,
    store: Store,
    clock: TestClock,
    address: SocketAddr,
    serving: JoinHandle<()>,
    /// Gone when nothing of the portal is left: then its folder may be opened again.
    index: Weak<()>,
    // In this order: the database is dropped before its folder.
    database: Database,
    folder: TempDir,
}

impl TestPortal {
    /// With the demo, on [`DAY`].
    pub async fn demo() -> Self {
        let template = template::template().await;
        Self::opened(template, &template.engine, &template.plugins).await
    }

    /// With the demo and with a reader of attached files of its own.
    pub async fn demo_read_by(reader: Reader) -> Self {
        let template = template::template().await;
        let (folder, database) = data_with_demo().await;
        let (engine, plugins) = (&template.engine, &template.plugins);
        let own = Own {
            reader,
            ..Own::default()
        };
        let change = Self::unlimited;
        Self::with(own, folder, database, template, engine, plugins, change).await
    }

    /// With the demo, and the rules for people that hold everywhere else.
    pub async fn demo_with_strict_rules() -> Self {
        let template = template::template().await;
        let (folder, database) = data_with_demo().await;
        let (engine, plugins) = (&template.engine, &template.plugins);
        let own = Own {
            people: PeopleOptions::default(),
            ..Own::default()
        };
        let change = Self::unlimited;
        Self::with(own, folder, database, template, engine, plugins, change).await
    }

    /// With the demo, behind a proxy, and with a regulation that says what sites must have.
    pub async fn demo_with_profile(name: &str) -> Self {
        let template = template::template().await;
        let (folder, database) = data_with_demo().await;
        let (engine, plugins) = (&template.engine, &template.plugins);
        let own = Own {
            profile: dinh::rules::profile(name).unwrap(),
            ..Own::default()
        };
        let change = |options: &mut HttpOptions| {
            options.trusted_proxies = vec![std::net::Ipv4Addr::LOCALHOST.into()];
            options.unlimited_clients = (1..=40).map(|it| [192, 0, 2, it].into()).collect();
        };
        Self::with(own, folder, database, template, engine, plugins, change).await
    }

    /// With the demo, behind a proxy, so that callers have addresses, and with a mail server.
    pub async fn demo_with_mail(sink: &MailSink) -> Self {
        let template = template::template().await;
        let (folder, database) = data_with_demo().await;
        let (engine, plugins) = (&template.engine, &template.plugins);
        let own = Own {
            mail: Some(mail(sink)),
            ..Own::default()
        };
        let change = |options: &mut HttpOptions| {
            options.trusted_proxies = vec![std::net::Ipv4Addr::LOCALHOST.into()];
            options.unlimited_clients = (1..=40).map(|it| [192, 0, 2, it].into()).collect();
        };
        Self::with(own, folder, database, template, engine, plugins, change).await
    }

    /// Another node on the same database, with the same mail server.
    pub async fn second_node_with_mail(&self, sink: &MailSink) -> Portal {
        let template = template::template().await;
        let (engine, plugins) = (&template.engine, &template.plugins);
        let folder = self.folder().join("second");
        std::fs::create_dir(&folder).unwrap();
        std::fs::copy(self.folder().join("seal.key"), folder.join("seal.key")).unwrap();
        let own = Own {
            mail: Some(mail(sink)),
            ..Own::default()
        };
        let reading = self.clock.reading();
        let opened = template::open_by(own, &folder, &self.database, engine, plugins, reading);
        opened.await.portal
    }

    /// Sends what is due by mail; how many messages were tried.
    pub async fn send_mail(&self) -> u64 {
        Self::send_mail_of(&self.portal).await
    }

    /// The same on another node.
    pub async fn send_mail_of(node: &Portal) -> u64 {
        let template = template::template().await;
        node.work_off_mail(&template.theme).await.unwrap()
    }

    /// With an engine that no other test shares: what is parked here is parked nowhere else.
    pub async fn demo_with_own_engine() -> Self {
        let template = template::template().await;
        let (engine, plugins) = template::engine_of_its_own(&template::bundle()).await;
        Self::opened(template, &engine, &plugins).await
    }

    /// With the demo and a bundle of its own, and an engine that no other test shares.
    pub async fn demo_of_bundle(bundle: &Path) -> Self {
        let template = template::template().await;
        let bundle = Bundle::find(Some(bundle)).unwrap();
        let (engine, plugins) = template::engine_of_its_own(&bundle).await;
        Self::opened(template, &engine, &plugins).await
    }

    /// Another node with a bundle and an engine of its own, on the same database.
    pub async fn second_node_of_bundle(&self, bundle: &Path) -> Portal {
        let bundle = Bundle::find(Some(bundle)).unwrap();
        let (engine, plugins) = template::engine_of_its_own(&bundle).await;
        let folder = self.folder().join("second");
        std::fs::create_dir(&folder).unwrap();
        let reading = self.clock.reading();
        let opened = template::open(&folder, &self.database, &engine, &plugins, reading);
        opened.await.portal
    }

    async fn opened(template: &Template, engine: &Engine, plugins: &dinh_portal::Plugins) -> Self {
        let (folder, database) = data_with_demo().await;
        Self::on(folder, database, template, engine, plugins).await
    }

    /// On data that a program has left.
    pub async fn of(folder: TempDir, database: Database) -> Self {
        let template = template::template().await;
        Self::on(
            folder,
            database,
            template,
            &template.engine,
            &template.plugins,
        )
        .await
    }

    /// The same with an engine that no other test shares.
    pub async fn of_with_own_engine(folder: TempDir, database: Database) -> Self {
        let template = template::template().await;
        let (engine, plugins) = template::engine_of_its_own(&template::bundle()).await;
        Self::on(folder, database, template, &engine, &plugins).await
    }

    /// With the demo, and limits of its own; what is not set is as the operator's defaults are, but
    /// for the port.
    pub async fn demo_with(change: impl FnOnce(&mut HttpOptions)) -> Self {
        let template = template::template().await;
        let (folder, database) = data_with_demo().await;
        let (engine, plugins) = (&template.engine, &template.plugins);
        let own = Own::default();
        Self::with(own, folder, database, template, engine, plugins, change).await
    }

    async fn on(
        folder: TempDir,
        database: Database,
        template: &Template,
        engine: &Engine,
        plugins: &dinh_portal::Plugins,
    ) -> Self {
        let own = Own::default();
        let change = Self::unlimited;
        Self::with(own, folder, database, template, engine, plugins, change).await
    }

    /// Tests ask as fast as they can, all from one address.
    fn unlimited(options: &mut HttpOptions) {
        options.unlimited_clients = vec![std::net::Ipv4Addr::LOCALHOST.into()];
        options.cache_status = true;
    }

    async fn with(
        own: Own,
        folder: TempDir,
        database: Database,
        template: &Template,
        engine: &Engine,
        plugins: &dinh_portal::Plugins,
        change: impl FnOnce(&mut HttpOptions),
    ) -> Self {
        let clock = TestClock::at(DAY);
        let reading: Clock = clock.reading();
        let Opened {
            portal,
            store,
            index,
        } = template::open_by(own, folder.path(), &database, engine, plugins, reading).await;
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        let mut options = HttpOptions {
            public_port: Some(address.port()),
            ..HttpOptions::default()
        };
        change(&mut options);
        let web = Web::new(portal.clone(), template.theme.clone(), options);
        let serving = tokio::spawn(async move {
            web.serve(listener, std::future::pending()).await.unwrap();
        });
        Self {
            portal,
            store,
            clock,
            address,
            serving,
            index,
            database,
            folder,
        }
    }

    /// Somebody who visits its sites.
    pub fn visitor(&self) -> Visitor {
        Visitor::new(self.address)
    }

    /// Its use cases.
    pub fn portal(&self) -> &Portal {
        &self.portal
    }

    /// Its clock.
    pub fn clock(&self) -> &TestClock {
        &self.clock
    }

    /// Its database.
    pub fn database(&self) -> &Database {
        &self.database
    }

    /// Its data folder.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Ends it and hands its data on.
    pub async fn close(self) -> (TempDir, Database) {
        self.serving.abort();
        drop(self.portal);
        self.store.close().await;
        template::ended(&self.index).await;
        (self.folder, self.database)
    }

    /// Runs a command as an operator would on the running portal; all that it prints, or why not.
    pub async fn command(&self, command: Command) -> Result<String, String> {
        let (progress, _told) = mpsc::unbounded_channel();
        let said = command::execute(&self.portal, command, &progress).await?;
        match said.failed {
            None => Ok(said.text),
            Some(reason) => Err(format!("{}; {reason}", said.text)),
        }
    }

    /// Enables or disables the plugin of the documents on a site.
    pub async fn set_module(&self, site: &str, enabled: bool) {
        let (site, plugin) = (site.to_owned(), PLUGIN.to_owned());
        self.command(Command::ModuleSet {
            site,
            plugin,
            enabled,
        })
        .await
        .unwrap();
    }

    /// Switches everything off or on that a site has.
    pub async fn set_sections(&self, site: &str, enabled: bool) {
        for module in self.portal.modules().await.unwrap() {
            if module.site == site {
                let set = Command::ModuleSet {
                    site: site.to_owned(),
                    plugin: module.plugin,
                    enabled,
                };
                self.command(set).await.unwrap();
            }
        }
    }

    /// Says how far a site's documents are seen from above; no command does yet.
    pub async fn set_share(&self, site: &str, share: Share) {
        let (site, plugin) = (SiteId::new(site).unwrap(), PluginId::new(PLUGIN).unwrap());
        let directory = self.store.directory().await.unwrap().directory;
        let mut module = directory.module(&site, &plugin).unwrap().clone();
        module.share = share;
        let mut tx = self.store.begin_write().await.unwrap();
        tx.set_module(&module).await.unwrap();
        tx.log_change(NewChange {
            at: self.portal.now(),
            kind: "module-shared".to_owned(),
            site: Some(site),
            entry: None,
            actor: "test".to_owned(),
            detail: format!("{share:?}"),
        });
        tx.commit().await.unwrap();
    }

    /// Changes a site as its operator would.
    pub async fn change_site(&self, id: &str, change: impl FnOnce(&mut Site)) {
        let directory = self.store.directory().await.unwrap().directory;
        let mut site = directory.site(&SiteId::new(id).unwrap()).unwrap().clone();
        change(&mut site);
        let organisation = directory.organisation_of(&site).unwrap();
        self.portal.put_site(organisation, &site).await.unwrap();
    }

    /// Gives the entry at an address of a site another slug; no use case does yet.
    pub async fn move_slug(&self, site: &str, path: &str, to: &str) {
        let entry = self.entry_id(site, path).await;
        let mut tx = self.store.begin_write().await.unwrap();
        let former = path.trim_start_matches('/');
        let (slug, now) = (Slug::new(to).unwrap(), self.portal.now());
        tx.move_slug(&entry, &slug, former, now).await.unwrap();
        tx.log_change(NewChange {
            at: self.portal.now(),
            kind: "slug-moved".to_owned(),
            site: Some(SiteId::new(site).unwrap()),
            entry: Some(entry),
            actor: "test".to_owned(),
            detail: to.to_owned(),
        });
        tx.commit().await.unwrap();
    }

    /// Runs a statement on its database.
    pub async fn sql(&self, statement: &str) {
        self.database.run(statement).await;
    }

    /// Takes its database away.
    pub async fn lose_database(&self) {
        self.store.close().await;
    }

    /// Another node on the same database, with an index of its own.
    pub async fn second_node(&self) -> Portal {
        let template = template::template().await;
        let (engine, plugins) = (&template.engine, &template.plugins);
        let folder = self.folder().join("second");
        std::fs::create_dir(&folder).unwrap();
        let reading = self.clock.reading();
        template::open(&folder, &self.database, engine, plugins, reading)
            .await
            .portal
    }

    /// The program as another node on the same database; none, with a word, where the database is
    /// not one that nodes share.
    pub fn program_beside(&self) -> Option<Program> {
        let is_shared = self.database.is_shared_by_nodes();
        is_shared.then(|| Program::on(self.database.shared()))
    }

    /// Posts a document; its faults are returned as `path key`.
    pub async fn try_post(&self, document: Document) -> Result<Posted, Vec<String>> {
        Self::try_post_on(&self.portal, document).await
    }

    /// The same on another node.
    pub async fn try_post_on(node: &Portal, document: Document) -> Result<Posted, Vec<String>> {
        let posted = node.post("test", vec![document.draft()]).await.unwrap();
        let result = posted.into_iter().next().unwrap();
        result.map_err(|faults| {
            faults
                .iter()
                .map(|fault| format!("{} {}", fault.path, fault.message_key))
                .collect()
        })
    }

    /// Posts a document that has no fault.
    pub async fn post(&self, document: Document) -> Posted {
        self.try_post(document).await.unwrap()
    }

    /// The entry at an address of a site (`/van-ban/slug`).
    pub async fn entry_id(&self, site: &str, path: &str) -> EntryId {
        self.entry_id_in(COLLECTION, site, path).await
    }

    /// The same for an entry of another collection.
    pub async fn entry_id_in(&self, collection: &str, site: &str, path: &str) -> EntryId {
        let (_, slug) = path.rsplit_once('/').unwrap();
        let (site, collection) = (
            SiteId::new(site).unwrap(),
            CollectionId::parse(collection).unwrap(),
        );
        let directory = self.store.directory().await.unwrap().directory;
        let directory = directory.declaring(self.portal.plugins().collections());
        let scope = scope(&Actor::Visitor, &directory, &site, Purpose::Read);
        let slug = Slug::new(slug).unwrap();
        let found = self
            .store
            .entry_by_slug(&scope, &site, &collection, &slug)
            .await
            .unwrap();
        found.expect("an entry at that address").id
    }

    /// Asks it for something that no browser would.
    pub async fn raw(&self, request: &[u8]) -> browse::Answer {
        browse::ask(self.address, request).await.unwrap()
    }
}

/// Through a sink; addresses in messages have no port.
fn mail(sink: &MailSink) -> MailOptions {
    let server = sink.url().parse().unwrap();
    MailOptions {
        mailer: Mailer::new(&server, None, "cong@yen-the.example.vn").unwrap(),
        origin: std::sync::Arc::new(|host| format!("http://{host}")),
        per_minute: 600,
    }
}

/// A data folder and a database with the demo in them, that nobody has open.
pub(crate) async fn data_with_demo() -> (TempDir, Database) {
    let template = template::template().await;
    let folder = tempfile::tempdir().unwrap();
    template::copy(&template.folder, folder.path());
    let database = Database::copy_of(folder.path(), &template.database).await;
    (folder, database)
}
