//! How long a portal with many installed plugins and sites takes to start, and what an idle plugin
//! holds.
//!
//! ```text
//! cargo build --release --workspace --bins && cargo bench --workspace --bench start
//! BENCH_PLUGINS=200 BENCH_SITES=1000 BENCH_JSON=start.json  (all optional)
//! ```
//!
//! `DINH_TEST_DATABASE_URL` chooses PostgreSQL.

#![expect(
    clippy::unwrap_used,
    reason = "a measurement that fails should say where"
)]

use std::io::{BufRead, BufReader};
use std::process::Child;
use std::time::Duration;

use dinh_domain::dates::Instant;
use dinh_domain::ids::{OrganisationId, PluginId, SiteId};
use dinh_domain::site::{Contact, Module, Organisation, Share, Site, SiteState};
use dinh_store::{NewChange, Store, StoreOptions};
use dinh_tests::{Code, NOTICES, Program, Vendor};
use serde_json::json;

/// Plugins of a site.
const ENABLED: usize = 10;
/// Starts from a warm cache; the middle one counts.
const WARM_STARTS: usize = 5;
/// What a started portal is left alone before it is looked at.
const IDLE: Duration = Duration::from_secs(3);

#[tokio::main]
async fn main() {
    let number = |name: &str, default: usize| {
        let given = std::env::var(name).ok();
        given.map_or(default, |text| text.parse().unwrap())
    };
    let (plugins, sites) = (number("BENCH_PLUGINS", 200), number("BENCH_SITES", 1_000));
    let program = Program::with_demo().await;
    make_sites(&program, sites).await;
    let without = Started::of(&program).left_alone();
    let began = std::time::Instant::now();
    install(&program, plugins);
    let installed_s = began.elapsed().as_secs_f64() / plugins as f64;
    enable(&program, plugins, sites).await;

    std::fs::remove_dir_all(program.folder().join("compiled")).unwrap();
    let cold = Started::of(&program);
    let cold_s = cold.seconds;
    drop(cold);
    let mut warm = Vec::new();
    let mut resident = 0.0;
    for _ in 0..WARM_STARTS {
        let started = Started::of(&program);
        warm.push(started.seconds);
        resident = started.left_alone();
    }
    warm.sort_by(f64::total_cmp);
    let told = json!({
        "plugins": plugins,
        "sites": sites,
        "install_s": installed_s,
        "cold_s": cold_s,
        "warm_s": warm[WARM_STARTS / 2],
        "resident_mib": resident,
        "plugin_mib": (resident - without) / plugins as f64,
    });
    println!("{told}");
    if let Some(path) = std::env::var_os("BENCH_JSON") {
        std::fs::write(path, told.to_string()).unwrap();
    }
}

/// A portal that serves; it ends with this.
struct Started {
    child: Child,
    /// From the start of the process until it said that it is ready.
    seconds: f64,
}

impl Started {
    fn of(program: &Program) -> Self {
        let began = std::time::Instant::now();
        let mut serve = program.command(&["serve"]);
        let mut child = serve.env("DINH_LOG_FILTER", "info").spawn().unwrap();
        let mut told = BufReader::new(child.stderr.take().unwrap());
        let mut line = String::new();
        while !line.contains("ready_ms") {
            line.clear();
            assert!(told.read_line(&mut line).unwrap() > 0, "it ended");
        }
        let seconds = began.elapsed().as_secs_f64();
        std::thread::spawn(move || told.lines().for_each(drop));
        Self { child, seconds }
    }

    /// Resident memory after a while, in MiB; it ends then.
    fn left_alone(self) -> f64 {
        std::thread::sleep(IDLE);
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status.lines().find_map(|it| it.strip_prefix("VmRSS:"));
        let kib = line.unwrap().split_whitespace().next().unwrap();
        kib.parse::<f64>().unwrap() / 1024.0
    }
}

impl Drop for Started {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

fn id(number: usize) -> String {
    format!("bench-{number}")
}

/// Packages of one small component, each with an id and bytes of its own.
fn install(program: &Program, count: usize) {
    let vendor = Vendor::new(program);
    let serving = Started::of(program);
    vendor.be_trusted(program, "vendor.pub");
    vendor.lay_out("1.0.0", "it", Code::Quiet);
    std::fs::remove_dir_all(vendor.plugin().join("cases")).unwrap();
    let manifest = std::fs::read_to_string(vendor.plugin().join("plugin.toml")).unwrap();
    let wasm = std::fs::read(vendor.plugin().join("plugin.wasm")).unwrap();
    for number in 0..count {
        let own = id(number);
        let text = manifest
            .replace(NOTICES, &own)
            .replace("thong-bao", &format!("muc-{number}"));
        vendor.write("plugin.toml", &text);
        // A custom section: the component is another one, and does the same.
        let section = [b"\x04name".as_slice(), own.as_bytes()].concat();
        let length = u8::try_from(section.len()).unwrap();
        let own = [wasm.as_slice(), &[0, length], &section].concat();
        std::fs::write(vendor.plugin().join("plugin.wasm"), own).unwrap();
        let package = vendor.pack_with(program, "vendor.key", &[]);
        let installed = program.run(&["plugin", "install", &package, "--grant-all"]);
        installed.assert_code(0);
        std::fs::remove_file(package).unwrap();
    }
    drop(serving);
}

async fn store(program: &Program) -> Store {
    let options = StoreOptions::new(program.database().url());
    Store::open(&options).await.unwrap()
}

fn site(number: usize) -> SiteId {
    SiteId::new(&format!("xa-{number}")).unwrap()
}

fn change() -> NewChange {
    NewChange {
        at: Instant(1_795_000_000_000),
        kind: "site-put".to_owned(),
        site: None,
        entry: None,
        actor: "bench".to_owned(),
        detail: String::new(),
    }
}

async fn make_sites(program: &Program, count: usize) {
    let store = store(program).await;
    let mut tx = store.begin_write().await.unwrap();
    for number in 0..count {
        let organisation = OrganisationId::new(&format!("xa-{number}")).unwrap();
        let name = format!("Xã {number}");
        let made = Organisation {
            id: organisation.clone(),
            parent: None,
            kind: "commune".to_owned(),
            name: name.clone(),
        };
        tx.put_organisation(&made).await.unwrap();
        let made = Site {
            id: site(number),
            organisation,
            name,
            upper_line: String::new(),
            introduction: String::new(),
            state: SiteState::Live,
            host: format!("xa-{number}.localhost"),
            aliases: Vec::new(),
            time_zone: "Asia/Ho_Chi_Minh".to_owned(),
            contact: Contact::default(),
        };
        tx.put_site(&made).await.unwrap();
    }
    tx.log_change(change());
    tx.commit().await.unwrap();
    store.close().await;
}

async fn enable(program: &Program, plugins: usize, sites: usize) {
    let store = store(program).await;
    let mut tx = store.begin_write().await.unwrap();
    for (site_number, place) in (0..sites).flat_map(|site| (0..ENABLED).map(move |it| (site, it))) {
        let number = (site_number * ENABLED + place) % plugins;
        let module = Module {
            site: site(site_number),
            plugin: PluginId::new(&id(number)).unwrap(),
            mount: format!("muc-{number}").try_into().unwrap(),
            enabled: true,
            share: Share::Search,
            position: 100,
        };
        tx.set_module(&module).await.unwrap();
    }
    tx.log_change(change());
    tx.commit().await.unwrap();
    store.close().await;
}
