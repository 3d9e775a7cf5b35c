//! The arguments of what vendors do.

use std::path::PathBuf;

use clap::{Args, Subcommand};

#[derive(Debug, Subcommand)]
pub(crate) enum VendorCommand {
    /// Make a new plugin, which builds as it is, in a folder of its name.
    New(NewArguments),
    /// Tell everything that is wrong with a plugin, at once.
    Check {
        /// The plugin's folder.
        #[arg(default_value = ".")]
        folder: PathBuf,
        /// Print JSON.
        #[arg(long)]
        json: bool,
    },
    /// Lay the JSON Schemas of the files of a plugin into `schemas`, for editors.
    Schemas {
        /// The plugin's folder.
        #[arg(default_value = ".")]
        folder: PathBuf,
    },
    /// Compile a plugin's code and lay its component into the folder.
    Build {
        /// The plugin's folder, with its Cargo.toml.
        #[arg(default_value = ".")]
        folder: PathBuf,
        /// Download nothing.
        #[arg(long)]
        offline: bool,
    },
    /// Show a plugin in a demo, and build and show it anew whenever a file of it changes.
    Dev {
        /// The plugin's folder.
        #[arg(default_value = ".")]
        folder: PathBuf,
        /// Download nothing.
        #[arg(long)]
        offline: bool,
    },
    /// Run a plugin's cases against a portal of its own in memory and demo content.
    Test {
        /// The plugin's folder, with its built component inside.
        #[arg(default_value = ".")]
        folder: PathBuf,
    },
    /// Make a pair of keys: NAME.key, which is secret, and NAME.pub, which goes to operators.
    Keygen {
        /// Whose, for people.
        #[arg(long)]
        name: String,
        /// Where they go, without the ending.
        #[arg(short, long, value_name = "PATH")]
        output: PathBuf,
        /// Secret key that this one follows: operators who trust that one then trust this one.
        #[arg(long, value_name = "FILE")]
        follows: Option<PathBuf>,
    },
    /// Pack and sign a plugin.
    Pack {
        /// The plugin's folder, with its built component inside.
        #[arg(default_value = ".")]
        folder: PathBuf,
        /// Secret key of the publisher.
        #[arg(long, value_name = "FILE")]
        key: PathBuf,
        /// Where it goes; `<plugin>-<version>.dinh` where none is named.
        #[arg(short, long, value_name = "FILE")]
        output: Option<PathBuf>,
        /// Host of a portal that alone may use it; may be given several times.
        #[arg(long = "host", value_name = "HOST")]
        hosts: Vec<String>,
    },
    /// Add the signature of a reviewer to a package.
    Countersign {
        /// The package.
        file: PathBuf,
        /// Secret key of the reviewer.
        #[arg(long, value_name = "FILE")]
        key: PathBuf,
    },
    /// Check a package as a host does before it asks anybody.
    Verify {
        /// The package.
        file: PathBuf,
    },
}

#[derive(Debug, Args)]
pub(crate) struct NewArguments {
    /// Its id: English words of a-z and 0-9 with `-` between them.
    pub(crate) name: String,
    /// The SDK: a folder, `https://…` of a git repository with `#<revision>`, or a version of the registry. Where none
    /// is given, the SDK that belongs to this program is laid into the plugin's folder.
    #[arg(long, value_name = "PATH|GIT|VERSION")]
    pub(crate) sdk: Option<String>,
    /// Who publishes it, for people.
    #[arg(long, default_value = "Vendor")]
    pub(crate) publisher: String,
    /// Address of a page or a mailbox of the publisher.
    #[arg(long, default_value = "https://vendor.example")]
    pub(crate) contact: String,
    /// Where holes are reported.
    #[arg(long, default_value = "security@vendor.example")]
    pub(crate) security_contact: String,
    /// Folder in which the plugin's own folder is made.
    #[arg(long, value_name = "FOLDER", default_value = ".")]
    pub(crate) into: PathBuf,
}
