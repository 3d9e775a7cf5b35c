//! A portal with the plugin that takes what other systems send, and one of these.

use dinh::command::Command;
use dinh::plugin::operator::PluginWork;
use dinh_portal::SettingChange;
use dinh_tests::{RECEIVER, TestPortal, Visited, copied_bundle, lay_out_receiver};
use hmac::{Hmac, KeyInit, Mac};
use serde_json::Value;
use sha2::Sha256;
use tempfile::TempDir;

pub(crate) const SITE: &str = "dong-son";
pub(crate) const HOST: &str = "dong-son.localhost";
/// A site where it is not enabled.
pub(crate) const OTHER_HOST: &str = "xuan-luong.localhost";
/// What is shared with the sender.
pub(crate) const SECRET: &str = "bí mật chung của kho bạc";
pub(crate) const PAID: &str = "/moc/receiver/thanh-toan";
pub(crate) const RAW: &str = "/moc/receiver/tho";
pub(crate) const EVIL: &str = "/moc/receiver/xau";

pub(crate) struct Sender {
    pub(crate) portal: TestPortal,
    _bundle: TempDir,
}

impl Sender {
    pub(crate) async fn new() -> Self {
        let bundle = copied_bundle();
        lay_out_receiver(&bundle.path().join("plugins").join(RECEIVER));
        let portal = TestPortal::demo_of_bundle(bundle.path()).await;
        let sender = Self {
            portal,
            _bundle: bundle,
        };
        sender.enable(true).await;
        let work = PluginWork::SettingsSet {
            plugin: RECEIVER.to_owned(),
            site: SITE.to_owned(),
            changes: vec![SettingChange {
                name: "key".to_owned(),
                value: Some(SECRET.to_owned()),
                is_hidden: true,
            }],
            by: "operator".to_owned(),
        };
        let set = sender.portal.command(Command::Plugin(work)).await;
        set.unwrap();
        sender
    }

    pub(crate) async fn enable(&self, enabled: bool) {
        let command = Command::ModuleSet {
            site: SITE.to_owned(),
            plugin: RECEIVER.to_owned(),
            enabled,
        };
        self.portal.command(command).await.unwrap();
    }

    /// Sends bytes as another system does: no browser's headers.
    pub(crate) async fn send(&self, path: &str, body: &[u8], headers: &[(&str, &str)]) -> Visited {
        self.send_to(HOST, path, body, headers).await
    }

    pub(crate) async fn send_to(
        &self,
        host: &str,
        path: &str,
        body: &[u8],
        headers: &[(&str, &str)],
    ) -> Visited {
        let visitor = self.portal.visitor();
        visitor.deliver(host, path, body, headers).await
    }

    /// Sends a payment, signed.
    pub(crate) async fn pay(&self, body: &str, id: &str) -> Visited {
        let signature = signed(SECRET, id, body.as_bytes());
        let headers = [("X-Signature", signature.as_str()), ("X-Delivery", id)];
        self.send(PAID, body.as_bytes(), &headers).await
    }

    /// What the plugin has kept; null where it has not.
    pub(crate) async fn value(&self, key: &str) -> Value {
        let page = self.portal.visitor().get(HOST, "/nhan/da-nhan").await;
        let items = page.assert_status(200).json();
        let mut items = items.as_array().unwrap().iter();
        let found = items.find(|it| it[0] == key);
        found.map_or(Value::Null, |it| it[1].clone())
    }

    /// Jobs that wait, or were given up.
    pub(crate) async fn jobs(&self) -> u64 {
        let lines = self.portal.portal().plugin_lines().await.unwrap();
        let own = lines.into_iter().find(|it| it.plugin == RECEIVER).unwrap();
        own.jobs.iter().map(|it| it.waiting + it.given_up).sum()
    }
}

/// As a sender makes it, apart from the SDK that checks it: over the id and the body.
pub(crate) fn signed(secret: &str, id: &str, body: &[u8]) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
    mac.update(id.as_bytes());
    mac.update(b".");
    mac.update(body);
    let bytes = mac.finalize().into_bytes();
    let hex: String = bytes.iter().map(|it| format!("{it:02x}")).collect();
    format!("sha256={hex}")
}
