//! The portal's part, in memory, and the engine that all tests share.

use std::path::PathBuf;
use std::sync::{Arc, LazyLock, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use dinh_runtime::{
    Budget, Call, CallError, Capability, CountQuery, Counts, Engine, EngineOptions, Entry,
    EntryPage, FacetCounts, FetchError, FetchRequest, FetchResponse, HostCalls, HostError, KvError,
    KvPage, Level, Link, Outcome, Plugin, Query, Request, Setting, SettingError, TableCell,
    TableDescription, TableDimension, TablePicks, TablePlace, TableRole, Validated, ValueCount,
};
use serde_json::{Map, Value};

pub(crate) static ENGINE: LazyLock<Engine> =
    LazyLock::new(|| Engine::new(EngineOptions::default()).unwrap());

pub(crate) static WASM: LazyLock<Vec<u8>> = LazyLock::new(|| guest("probe_guest"));
pub(crate) static QUIET_WASM: LazyLock<Vec<u8>> = LazyLock::new(|| guest("quiet_guest"));

fn guest(name: &str) -> Vec<u8> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..");
    let target = std::env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| "target".into());
    let file = root
        .join(target)
        .join(format!("wasm32-wasip2/plugin/{name}.wasm"));
    std::fs::read(&file).unwrap_or_else(|error| {
        panic!(
            "{}: {error}. The guests are not built: run `make plugins`",
            file.display()
        )
    })
}

/// The probe on an engine that others use too; tests that trip the breaker take a site of their own.
static PROBE: LazyLock<Plugin> = LazyLock::new(|| load(&ENGINE));

pub(crate) fn load(engine: &Engine) -> Plugin {
    Plugin::load(engine, "probe", &WASM, &Capability::ALL).unwrap()
}

/// Answers from fixed entries and keeps what it was asked.
#[derive(Default)]
pub(crate) struct Host {
    pub(crate) delay: Duration,
    pub(crate) body: Option<String>,
    /// How long a table's note is.
    pub(crate) note_bytes: usize,
    pub(crate) asked: Mutex<Vec<String>>,
    pub(crate) queries: Mutex<Vec<Query>>,
    pub(crate) logged: Mutex<Vec<(Level, String)>>,
}

impl Host {
    pub(crate) fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }

    async fn ask(&self, what: String) {
        self.asked.lock().unwrap().push(what);
        if !self.delay.is_zero() {
            tokio::time::sleep(self.delay).await;
        }
    }

    fn entry(&self, id: &str) -> Entry {
        Entry {
            id: id.into(),
            collection: "probe/note".into(),
            title: format!("Note {id}"),
            revision: 3,
            body: self
                .body
                .clone()
                .unwrap_or_else(|| r#"{"kind":"notice"}"#.into()),
            ..Entry::default()
        }
    }
}

#[async_trait]
impl HostCalls for Host {
    async fn get(&self, collection: &str, id: &str) -> Result<Entry, HostError> {
        self.ask(format!("get {collection} {}", &id[..id.len().min(20)]))
            .await;
        match id {
            "missing" => Err(HostError::NotFound),
            "denied" => Err(HostError::Denied("not yours".into())),
            "away" => Err(HostError::Unavailable("try later".into())),
            id => Ok(self.entry(id)),
        }
    }

    async fn get_many(&self, collection: &str, ids: &[String]) -> Result<Vec<Entry>, HostError> {
        self.ask(format!("get-many {collection} {}", ids.len()))
            .await;
        Ok(ids.iter().map(|id| self.entry(id)).collect())
    }

    async fn query(&self, collection: &str, query: Query) -> Result<EntryPage, HostError> {
        self.ask(format!("query {collection}")).await;
        let entries = (0..query.limit)
            .map(|id| self.entry(&id.to_string()))
            .collect();
        self.queries.lock().unwrap().push(query);
        Ok(EntryPage {
            entries,
            next: Some("more".into()),
            total: Some(9),
        })
    }

    async fn count(&self, collection: &str, query: CountQuery) -> Result<Counts, HostError> {
        self.ask(format!("count {collection} by {}", query.by.join(",")))
            .await;
        Ok(Counts {
            total: 9,
            by: vec![FacetCounts {
                field: "kind".into(),
                values: vec![ValueCount {
                    value: "notice".into(),
                    count: 9,
                }],
            }],
        })
    }

    async fn links(
        &self,
        collection: &str,
        ids: &[String],
        field: Option<&str>,
    ) -> Result<Vec<Link>, HostError> {
        self.ask(format!("links {collection} {} {field:?}", ids.join(",")))
            .await;
        Ok(vec![Link {
            of: "1".into(),
            field: "relations".into(),
            kind: "replaces".into(),
            outgoing: true,
            facts: r#"{"issued":"2024-05-01"}"#.into(),
            ..Link::default()
        }])
    }

    async fn describe_table(&self, place: TablePlace<'_>) -> Result<TableDescription, HostError> {
        self.ask(format!("describe {}/{}", place.id, place.field))
            .await;
        let code = |id: &str| (id.to_owned(), id.to_uppercase());
        Ok(TableDescription {
            title: "Rice".into(),
            unit: "ha".into(),
            decimals: 1,
            notes: vec!["n".repeat(self.note_bytes)],
            version: "v1".into(),
            dimensions: vec![TableDimension {
                id: "commune".into(),
                label: "Commune".into(),
                role: TableRole::Geo,
                codes: vec![code("a"), code("b")],
            }],
            cells: 2,
        })
    }

    async fn slice_table(
        &self,
        place: TablePlace<'_>,
        picks: TablePicks,
    ) -> Result<Vec<TableCell>, HostError> {
        self.ask(format!("slice {}/{} {picks:?}", place.id, place.field))
            .await;
        let cell = |number: Option<&str>, sign| TableCell {
            number: number.map(str::to_owned),
            sign,
        };
        Ok(vec![cell(Some("-12.5"), "p"), cell(None, "..")])
    }

    async fn kv_get(&self, key: &str) -> Result<Option<String>, KvError> {
        self.ask(format!("kv get {key}")).await;
        Ok(Some("1".into()))
    }

    async fn kv_set(&self, key: &str, value: Option<&str>) -> Result<(), KvError> {
        self.ask(format!("kv set {key} {value:?}")).await;
        Err(KvError::ReadOnly)
    }

    async fn kv_scan(
        &self,
        prefix: &str,
        cursor: Option<&str>,
        limit: u32,
    ) -> Result<KvPage, KvError> {
        self.ask(format!("kv scan {prefix} {cursor:?} {limit}"))
            .await;
        Ok(KvPage::default())
    }

    async fn setting(&self, name: &str) -> Result<Option<Setting>, SettingError> {
        self.ask(format!("setting {name}")).await;
        let is_secret = name == "secret";
        let value = "correct horse".into();
        Ok(Some(Setting { value, is_secret }))
    }

    async fn fetch(&self, _: FetchRequest, _: Duration) -> Result<FetchResponse, FetchError> {
        Err(FetchError::Denied("no network".to_owned()))
    }

    async fn enqueue(&self, _: dinh_runtime::NewJob) -> Result<(), dinh_runtime::JobError> {
        Err(dinh_runtime::JobError::ReadOnly)
    }

    async fn save_draft(
        &self,
        _: dinh_runtime::NewDraft,
    ) -> Result<dinh_runtime::SavedDraft, dinh_runtime::DraftError> {
        Err(dinh_runtime::DraftError::ReadOnly)
    }

    fn log(&self, level: Level, message: &str) {
        self.logged.lock().unwrap().push((level, message.into()));
    }
}

/// A request of the probe, with good defaults.
pub(crate) struct Visit {
    pub(crate) site: String,
    pub(crate) host: Arc<Host>,
    pub(crate) budget: Budget,
    pub(crate) request: Request,
    pub(crate) now_ms: u64,
}

pub(crate) fn visit(route: &str) -> Visit {
    Visit {
        // A site of its own, so that no test trips another's breaker.
        site: format!("site-of-{route}"),
        host: Arc::default(),
        budget: Budget::PAGE,
        request: Request {
            route: route.into(),
            locale: "vi".into(),
            ..Request::default()
        },
        now_ms: 1_735_689_600_000,
    }
}

impl Visit {
    pub(crate) fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.request.query.push((name.into(), value.to_string()));
        self
    }

    pub(crate) fn host(mut self, host: &Arc<Host>) -> Self {
        self.host = host.clone();
        self
    }

    pub(crate) fn at(mut self, now_ms: u64) -> Self {
        self.now_ms = now_ms;
        self
    }

    pub(crate) fn on(mut self, site: &str) -> Self {
        self.site = site.into();
        self
    }

    /// For a test of another limit than time, on a machine that is busy.
    pub(crate) fn unhurried(mut self) -> Self {
        self.budget.cpu_ms = 5_000;
        self.budget.wall_ms = 60_000;
        self
    }

    pub(crate) fn call(&self) -> Call {
        Call {
            site: self.site.clone(),
            host: self.host.clone(),
            now_ms: self.now_ms,
            today: "2025-01-01".into(),
            budget: self.budget,
        }
    }

    pub(crate) async fn get(self) -> Result<Outcome, CallError> {
        self.get_from(&PROBE).await
    }

    pub(crate) async fn get_from(self, plugin: &Plugin) -> Result<Outcome, CallError> {
        plugin.page(self.call(), self.request).await
    }

    pub(crate) async fn model(self) -> Map<String, Value> {
        match self.get().await.unwrap() {
            Outcome::View(view) => view.model,
            other => panic!("no view: {other:?}"),
        }
    }

    pub(crate) async fn error(self) -> CallError {
        self.get().await.unwrap_err()
    }
}

/// Validates an entry whose body asks the probe for something.
pub(crate) async fn validate(ask: &str, host: &Arc<Host>) -> Result<Validated, CallError> {
    let call = Call {
        budget: Budget::VALIDATE,
        ..visit(&format!("validate-{ask}")).host(host).call()
    };
    let entry = format!(r#"{{"id":"1","key":null,"site":"s","body":{{"ask":"{ask}"}}}}"#);
    PROBE.validate(call, "publish", "probe/note", &entry).await
}
