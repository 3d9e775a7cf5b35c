//! What vendors do: make, check, build, test, pack and sign a plugin. No portal is needed.

pub(crate) mod arguments;
mod build;
mod check;
mod dev;
pub(super) mod package;
mod scaffold;
mod schemas;

use crate::config::Config;
use crate::demo;
use arguments::VendorCommand;

/// Does it.
pub(crate) async fn run(config: &Config, command: VendorCommand) -> Result<(), String> {
    match command {
        VendorCommand::New(it) => scaffold::run(config, &it),
        VendorCommand::Schemas { folder } => schemas::run(&folder),
        VendorCommand::Check { folder, json } => check::run(&folder, json).await,
        VendorCommand::Build { folder, offline } => build::run(&folder, offline),
        VendorCommand::Dev { folder, offline } => dev::run(config, &folder, offline).await,
        VendorCommand::Test { folder } => demo::cases::run(config, &folder).await,
        VendorCommand::Keygen {
            name,
            output,
            follows,
        } => package::keygen(&name, &output, follows.as_deref()),
        VendorCommand::Pack {
            folder,
            key,
            output,
            hosts,
        } => package::pack(&folder, &key, output, hosts).await,
        VendorCommand::Countersign { file, key } => package::countersign(&file, &key).await,
        VendorCommand::Verify { file } => package::verify(&file).await,
    }
}
