//! A portal with the plugin that drafts entries, on two sites, and the people who find them.

use dinh::command::Command;
use dinh_domain::ids::{CollectionId, EntryId, SiteId};
use dinh_domain::people::Staff;
use dinh_portal::{OpenEntry, Room, RoomQuery, Text, Undone, Written};
use dinh_tests::{SCRIBE, TestPortal, Visited, copied_bundle, install_scribe, staff};
use serde_json::{Map, Value, json};
use tempfile::TempDir;

pub(crate) const SITE: &str = "dong-son";
pub(crate) const HOST: &str = "dong-son.localhost";
pub(crate) const OTHER_SITE: &str = "xuan-luong";
pub(crate) const OTHER_HOST: &str = "xuan-luong.localhost";
pub(crate) const NOTE: &str = "scribe/note";
pub(crate) const FORM: &str = "/scribe/chep";
pub(crate) const HOOK: &str = "/moc/scribe/bao";

pub(crate) struct Bureau {
    pub(crate) portal: TestPortal,
    _bundle: TempDir,
}

/// Who writes on the site.
pub(crate) fn officer() -> Staff {
    staff("lan", "unit-officer", SITE)
}

/// Who approves there.
pub(crate) fn head() -> Staff {
    staff("hai", "unit-head", SITE)
}

/// One draft of the entry with the key.
pub(crate) fn keyed(key: &str, fields: Value) -> Value {
    json!({ "save": [{ "in": NOTE, "key": key, "fields": fields }] })
}

impl Bureau {
    pub(crate) async fn open() -> Self {
        let bundle = copied_bundle();
        install_scribe(bundle.path());
        let portal = TestPortal::demo_of_bundle(bundle.path()).await;
        let bureau = Self {
            portal,
            _bundle: bundle,
        };
        bureau.set(SITE, true).await;
        bureau.set(OTHER_SITE, true).await;
        bureau
    }

    pub(crate) async fn set(&self, site: &str, enabled: bool) {
        let command = Command::ModuleSet {
            site: site.to_owned(),
            plugin: SCRIBE.to_owned(),
            enabled,
        };
        self.portal.command(command).await.unwrap();
    }

    /// Sends the form.
    pub(crate) async fn send(&self, told: &Value) -> Visited {
        let words = told.to_string();
        let fields = [("words", words.as_str())];
        self.portal.visitor().send(HOST, FORM, &fields).await
    }

    /// Tells the webhook.
    pub(crate) async fn deliver(&self, host: &str, told: &Value) -> Visited {
        let body = told.to_string();
        let visitor = self.portal.visitor();
        visitor.deliver(host, HOOK, body.as_bytes(), &[]).await
    }

    /// Tells the webhook, which must take it; what was answered to each draft.
    pub(crate) async fn told(&self, told: &Value) -> Vec<String> {
        self.told_at(HOST, told).await
    }

    pub(crate) async fn told_at(&self, host: &str, told: &Value) -> Vec<String> {
        self.deliver(host, told).await.assert_status(200);
        self.said_at(host).await
    }

    /// What the last call that ended well was answered.
    pub(crate) async fn said_at(&self, host: &str) -> Vec<String> {
        let page = self.portal.visitor().get(host, "/scribe/da-noi").await;
        let said = page.assert_status(200).json();
        let said = said.as_str().unwrap_or_default();
        said.lines().map(str::to_owned).collect()
    }

    /// The entries of the collection on a site, as its head finds them.
    pub(crate) async fn entries_at(&self, site: &str) -> Vec<EntryId> {
        let query = RoomQuery {
            room: Room::All,
            collection: Some(CollectionId::parse(NOTE).unwrap()),
            ..RoomQuery::default()
        };
        let head = staff("hai", "unit-head", site);
        let page = self.portal.portal().room(&head, &query).await.unwrap();
        page.lines.into_iter().map(|it| it.id).collect()
    }

    pub(crate) async fn entries(&self) -> Vec<EntryId> {
        self.entries_at(SITE).await
    }

    /// The only one.
    pub(crate) async fn only(&self) -> OpenEntry {
        let entries = self.entries().await;
        assert_eq!(entries.len(), 1, "{entries:?}");
        self.portal.open(&head(), &entries[0]).await.unwrap()
    }

    /// The field of an entry's newest text.
    pub(crate) async fn field(&self, name: &str) -> Value {
        let open = self.only().await;
        let body = &open.entry.working.entry.body;
        body.get(name).cloned().unwrap_or_default()
    }

    /// An officer writes over the newest text of the only entry.
    pub(crate) async fn write(&self, fields: Value) -> Result<Written, Undone> {
        let known = self.only().await.entry.working.entry;
        let mut body: Map<String, Value> = known.body.clone();
        body.extend(fields.as_object().cloned().unwrap_or_default());
        let text = Text {
            of: Some((known.id, known.revision)),
            site: SiteId::new(SITE).unwrap(),
            collection: CollectionId::parse(NOTE).unwrap(),
            body,
            source: None,
            files: Vec::new(),
        };
        let portal = self.portal.portal();
        portal.write_text(&officer(), text).await.unwrap()
    }

    /// The newest text of the only entry.
    pub(crate) async fn newest(&self) -> Written {
        let entry = self.only().await.entry.working.entry;
        Written {
            entry: entry.id,
            revision: entry.revision,
        }
    }

    /// The officer sends it and the head approves it.
    pub(crate) async fn publish(&self) {
        let text = self.newest().await;
        assert_eq!(
            self.portal.take(&officer(), &text, "submit").await,
            "submitted"
        );
        let text = self.newest().await;
        assert_eq!(
            self.portal.take(&head(), &text, "approve").await,
            "published"
        );
    }
}
