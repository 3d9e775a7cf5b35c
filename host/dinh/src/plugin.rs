//! `dinh plugin …`: what vendors do to packages (`vendor`), what operators do with them
//! (`operator`, on the running server or here).

pub(crate) mod arguments;
pub(crate) mod jobs;
pub mod operator;
pub(crate) mod settings;
pub(crate) mod vendor;

use std::io::{IsTerminal, Write};
use std::path::PathBuf;

use dinh_portal::Consent;

use crate::command::{self, Command};
use crate::config::Config;
use operator::PluginWork;

/// Installs a package. What was not granted on the command line is asked for on the terminal; where
/// there is none, nothing happens.
pub(crate) async fn install(
    config: &Config,
    file: PathBuf,
    consent: Consent,
    by: String,
) -> Result<(), String> {
    let _log = crate::log::start(command::COMMAND_LOG)?;
    let work = |consent| {
        let (file, by) = (file.clone(), by.clone());
        Command::Plugin(PluginWork::Install { file, consent, by })
    };
    let said = command::said(config, work(consent)).await?;
    let Some(asks) = said.asks.clone() else {
        return said.print();
    };
    println!("{}", said.text);
    if !std::io::stdin().is_terminal() {
        return Err(
            "nothing was installed, since nobody granted this: run it again with --grant-all, or with --grant FILE".to_owned(),
        );
    }
    print!("Cấp những quyền này? Grant all of this? [c/y/N] ");
    std::io::stdout()
        .flush()
        .map_err(|error| error.to_string())?;
    let mut answer = String::new();
    std::io::stdin()
        .read_line(&mut answer)
        .map_err(|error| error.to_string())?;
    if !matches!(
        answer.trim().to_lowercase().as_str(),
        "y" | "yes" | "c" | "có"
    ) {
        return Err("nothing was installed: it was not granted".to_owned());
    }
    let consent = Consent::Given {
        plugin: None,
        manifest: Some(asks.manifest),
        capabilities: asks.capabilities,
    };
    command::said(config, work(consent)).await?.print()
}
