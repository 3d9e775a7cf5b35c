//! A serving portal with the plugin that has a form, on two sites, and a second plugin of its code.

use dinh_tests::{Ended, LEDGER, OTHER_LEDGER, Program, Visited, copied_bundle, install_ledger};
use tempfile::TempDir;

use crate::program::running::Server;

pub(crate) const SITE: &str = "dong-son";
pub(crate) const HOST: &str = "dong-son.localhost";
pub(crate) const OTHER_HOST: &str = "xuan-luong.localhost";
pub(crate) const FORM: &str = "/ledger/gui";

/// The program, serving.
pub(crate) struct Desk {
    // In this order: the server ends before its data goes.
    pub(crate) server: Server,
    pub(crate) program: Program,
    _bundle: TempDir,
}

impl Desk {
    pub(crate) async fn open() -> Self {
        Self::with(&[("DINH_HTTP_UNLIMITED_CLIENTS", "127.0.0.1")]).await
    }

    pub(crate) async fn with(more: &[(&'static str, &str)]) -> Self {
        let bundle = copied_bundle();
        install_ledger(bundle.path(), LEDGER);
        install_ledger(bundle.path(), OTHER_LEDGER);
        let program = Program::with_demo().await;
        let key = program.folder().join("seal.key");
        let mut settings = vec![
            ("DINH_BUNDLE_FOLDER", bundle.path().display().to_string()),
            ("DINH_SECRETS_KEY_FILE", key.display().to_string()),
        ];
        settings.extend(
            more.iter()
                .map(|(name, value)| (*name, (*value).to_owned())),
        );
        let program = program.with(settings);
        let server = Server::start(&program, "serve");
        let desk = Self {
            server,
            program,
            _bundle: bundle,
        };
        for (site, plugin) in [(SITE, LEDGER), ("xuan-luong", LEDGER), (SITE, OTHER_LEDGER)] {
            desk.run(&["module", "enable", "--site", site, plugin])
                .assert_code(0);
        }
        desk
    }

    /// A command of the operator's.
    pub(crate) fn run(&self, arguments: &[&str]) -> Ended {
        self.program.run(arguments)
    }

    pub(crate) async fn get(&self, host: &str, path: &str) -> Visited {
        self.server.visitor().get(host, path).await
    }

    /// Sends the form well filled, but for what the code is told by its subject.
    pub(crate) async fn send(&self, subject: &str) -> Visited {
        self.send_to(HOST, FORM, subject, "").await
    }

    pub(crate) async fn send_to(
        &self,
        host: &str,
        path: &str,
        subject: &str,
        words: &str,
    ) -> Visited {
        let fields = [("subject", subject), ("words", words), ("agreed", "1")];
        self.server.visitor().send(host, path, &fields).await
    }

    /// How many sendings were taken, as the page says.
    pub(crate) async fn assert_count(&self, host: &str, path: &str, count: u32) {
        let page = self.get(host, path).await.assert_status(200);
        page.assert_contains(&format!("; {count}"));
    }
}
