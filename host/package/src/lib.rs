//! Packages of plugins: one `.dinh` file, signed by its publisher, and the folders into which they
//! are unpacked.
//!
//! A package is a tar archive of one shape: `manifest.toml` with the size and SHA-256 of every file,
//! `signatures.toml` over the manifest, then the files in the order of the manifest. Every byte of
//! it is laid down by the manifest, so that two packages with the same manifest are the same.
//! Beside packages: the sealing of what operators tell plugins in secret (`seal`), since keys are
//! handled in this crate alone.
//! Absent here: the database, the network, the clock, and any judgement about whom to trust.

mod archive;
mod folder;
mod hex;
mod key;
mod key_file;
mod manifest;
mod package;
mod part;
mod seal;
mod signatures;
mod vendor;

pub use archive::{BLOCK, PACKAGE_BYTES_MAX, header, name_and_size};
pub use folder::{FolderError, PluginFolder, Staged};
pub use key::{KeyId, PublicKey, SecretKey, Signature};
pub use key_file::{Follows, PublicKeyFile, SecretKeyFile};
pub use manifest::{Listed, MANIFEST_FILE, Manifest};
pub use package::Package;
pub use seal::{Envelope, SealError, SealKeyFile};
pub use signatures::{SIGNATURES_FILE, Signatures, Signed};
pub use vendor::{plugin_files, read_package, read_plugin};

/// One fault of a package: file, line where there is one, what is wrong and what to do.
pub use dinh_domain::declaration::DeclarationFault as Fault;

/// A fault of a whole file.
fn fault(file: &str, message: impl Into<String>) -> Fault {
    Fault {
        file: file.to_owned(),
        line: None,
        message: message.into(),
    }
}

#[cfg(test)]
mod tests;
