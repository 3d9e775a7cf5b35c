//! A whole package: made by its publisher, read by everybody else.

use dinh_domain::declaration::PluginFiles;
use dinh_domain::ids::PluginId;

use crate::archive::{self, PACKAGE_BYTES_MAX, Reader, Size, WHOLE};
use crate::hex::sha256;
use crate::key::{PublicKey, SecretKey};
use crate::manifest::{Identity, MANIFEST_BYTES_MAX, MANIFEST_FILE, Manifest};
use crate::signatures::{SIGNATURES_FILE, Signatures};
use crate::{Fault, fault};

/// Largest file of signatures, in bytes: two of them.
const SIGNATURES_BYTES_MAX: u64 = 4 << 10;

/// A package that is what its manifest says, and whose signatures are of its manifest. Whether the
/// signers are trusted is another question.
#[derive(Debug, Clone)]
pub struct Package {
    /// What it is.
    pub manifest: Manifest,
    pub(crate) manifest_bytes: Vec<u8>,
    pub(crate) signatures: Signatures,
    /// The plugin's folder.
    pub files: PluginFiles,
}

impl Package {
    /// Reads a package. Its shape is checked while it is read; what can be told apart is told all
    /// at once.
    pub fn read(bytes: &[u8]) -> Result<Self, Vec<Fault>> {
        if bytes.len() > PACKAGE_BYTES_MAX {
            return Err(vec![fault(
                WHOLE,
                format!("more than {PACKAGE_BYTES_MAX} bytes, which is the most that is taken"),
            )]);
        }
        let mut archive = Reader::new(bytes);
        let alone = |fault: Fault| vec![fault];
        let manifest_bytes = archive.next(MANIFEST_FILE, Size::AtMost(MANIFEST_BYTES_MAX));
        let manifest_bytes = manifest_bytes.map_err(alone)?;
        let signed = archive.next(SIGNATURES_FILE, Size::AtMost(SIGNATURES_BYTES_MAX));
        let signed = signed.map_err(alone)?;
        let mut faults = Vec::new();
        let manifest = Manifest::parse(manifest_bytes).map_err(|told| faults.extend(told));
        let signatures: Option<Signatures> =
            dinh_domain::declaration::one_file(SIGNATURES_FILE, signed, &mut faults);
        let (Ok(manifest), Some(signatures)) = (manifest, signatures) else {
            return Err(faults);
        };
        faults.extend(signatures.faults(&manifest, manifest_bytes));
        // One way to write them, so that no byte of a package is without meaning.
        if signatures
            .text()
            .is_ok_and(|text| text.as_bytes() != signed)
        {
            faults.push(fault(
                SIGNATURES_FILE,
                "the file is not as `dinh plugin pack` writes it",
            ));
        }
        let files = contents(archive, &manifest, &mut faults);
        if let Some(bytes) = files.get("plugin.toml") {
            match identity(bytes) {
                Ok(own) => faults.extend(differences(&manifest, &own)),
                Err(told) => faults.extend(told),
            }
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        Ok(Self {
            manifest,
            manifest_bytes: manifest_bytes.to_vec(),
            signatures,
            files,
        })
    }

    /// Makes a package of a plugin's folder.
    pub fn pack(
        files: PluginFiles,
        key: &SecretKey,
        hosts: Vec<String>,
    ) -> Result<Self, Vec<Fault>> {
        let missing = || vec![fault("plugin.toml", "the file is missing")];
        let own = identity(files.get("plugin.toml").ok_or_else(missing)?)?;
        let manifest = Manifest::of(own, key.public().id(), hosts, &files);
        let mut faults = Vec::new();
        manifest.check(&mut |_, message| faults.push(fault(WHOLE, message)));
        if !faults.is_empty() {
            return Err(faults);
        }
        let text = manifest
            .text()
            .map_err(|it| vec![fault(MANIFEST_FILE, it)])?;
        let manifest_bytes = text.into_bytes();
        let signatures = Signatures::by_publisher(&manifest_bytes, key);
        Ok(Self {
            manifest,
            manifest_bytes,
            signatures,
            files,
        })
    }

    /// The same with the signature of a reviewer, in place of another's.
    #[must_use]
    pub fn reviewed_by(mut self, key: &SecretKey) -> Self {
        self.signatures = self.signatures.with_reviewer(&self.manifest_bytes, key);
        self
    }

    /// As a file. Reading it gives this package again.
    pub fn bytes(&self) -> Result<Vec<u8>, String> {
        let mut bytes = Vec::new();
        archive::add(&mut bytes, MANIFEST_FILE, &self.manifest_bytes);
        archive::add(
            &mut bytes,
            SIGNATURES_FILE,
            self.signatures.text()?.as_bytes(),
        );
        for (path, content) in &self.files {
            archive::add(&mut bytes, path, content);
        }
        archive::end(&mut bytes);
        Ok(bytes)
    }

    /// SHA-256 of the manifest: two packages that share it hold the same files.
    pub fn manifest_hash(&self) -> String {
        sha256(&self.manifest_bytes)
    }

    /// Who published it.
    pub fn publisher(&self) -> PublicKey {
        self.signatures.publisher.key
    }

    /// Who reviewed it.
    pub fn reviewer(&self) -> Option<PublicKey> {
        self.signatures.reviewer.map(|it| it.key)
    }
}

/// The files that the manifest lists, as far as the archive goes.
fn contents(mut archive: Reader<'_>, manifest: &Manifest, faults: &mut Vec<Fault>) -> PluginFiles {
    let mut files = PluginFiles::new();
    for listed in &manifest.files {
        match archive.next(&listed.path, Size::Exactly(listed.size)) {
            Ok(bytes) => {
                if sha256(bytes) != listed.sha256 {
                    faults.push(fault(
                        &listed.path,
                        "its content is not what the manifest says",
                    ));
                }
                files.insert(listed.path.clone(), bytes.to_vec());
            }
            // What follows cannot be found behind it.
            Err(broken) => {
                faults.push(broken);
                return files;
            }
        }
    }
    faults.extend(archive.end().err());
    files
}

fn identity(bytes: &[u8]) -> Result<Identity, Vec<Fault>> {
    let bad = |message: String| vec![fault("plugin.toml", message)];
    let text = std::str::from_utf8(bytes).map_err(|_| bad("the file is not UTF-8".to_owned()))?;
    let table: toml::Table = toml::from_str(text).map_err(|error| {
        let lines = |at: usize| text.get(..at).unwrap_or_default().matches('\n').count() + 1;
        let line = error.span().map(|span| lines(span.start));
        let (file, message) = ("plugin.toml".to_owned(), error.message().to_owned());
        vec![Fault {
            file,
            line,
            message,
        }]
    })?;
    let value = |key: &str| {
        let value = table.get(key).and_then(toml::Value::as_str);
        value.ok_or_else(|| bad(format!("`{key}` is missing")))
    };
    let version = value("version")?;
    Ok(Identity {
        plugin: PluginId::new(value("id")?).map_err(|error| bad(error.to_string()))?,
        version: version
            .parse()
            .map_err(|error| bad(format!("version `{version}`: {error}")))?,
        contract: value("contract")?.to_owned(),
    })
}

fn differences(manifest: &Manifest, own: &Identity) -> Vec<Fault> {
    let pairs = [
        ("id", own.plugin.to_string(), manifest.plugin.to_string()),
        (
            "version",
            own.version.to_string(),
            manifest.version.to_string(),
        ),
        ("contract", own.contract.clone(), manifest.contract.clone()),
    ];
    let differ = pairs.into_iter().filter(|(_, own, said)| own != said);
    let told = differ.map(|(key, own, said)| {
        fault(
            "plugin.toml",
            format!("`{key}` is `{own}`, the manifest says `{said}`"),
        )
    });
    told.collect()
}
