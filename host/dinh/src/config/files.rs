//! `[files]`: where attached files lie.

use dinh_files::{S3Options, Secret};

/// Region when nothing says otherwise: what stores outside of a cloud call themselves.
const DEFAULT_REGION: &str = "us-east-1";

/// What the operator said about attached files.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FilesConfig {
    store: Option<String>,
    endpoint: Option<String>,
    region: Option<String>,
    bucket: Option<String>,
    prefix: Option<String>,
    access_key: Option<String>,
    secret_key: Option<Secret>,
}

/// Where attached files lie.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileStore {
    /// In the data folder.
    Folder,
    /// In a bucket.
    S3(S3Options),
}

impl FilesConfig {
    /// Takes the value of a key that is known.
    pub(super) fn set(&mut self, key: &str, value: String) {
        let value = Some(value).filter(|value| !value.is_empty());
        match key {
            "store" => self.store = value,
            "endpoint" => self.endpoint = value,
            "region" => self.region = value,
            "bucket" => self.bucket = value,
            "prefix" => self.prefix = value,
            "access_key" => self.access_key = value,
            _ => self.secret_key = value.map(Secret),
        }
    }

    /// What it amounts to, or which key is missing or too much.
    pub fn store(&self) -> Result<FileStore, String> {
        match self.store.as_deref() {
            None | Some("folder") => self.folder(),
            Some("s3") => self.s3().map(FileStore::S3),
            Some(other) => Err(format!(
                "files.store: `{other}` is neither `folder` nor `s3`"
            )),
        }
    }

    /// A bucket that is named but not used is a mistake better told of now.
    fn folder(&self) -> Result<FileStore, String> {
        match &self.bucket {
            None => Ok(FileStore::Folder),
            Some(_) => Err("files.bucket is set, but files.store is not `s3`".to_owned()),
        }
    }

    fn s3(&self) -> Result<S3Options, String> {
        let missing = |key: &str| format!("files.store is `s3`, and files.{key} is missing");
        let given = |key: &str, value: &Option<String>| value.clone().ok_or_else(|| missing(key));
        Ok(S3Options {
            endpoint: given("endpoint", &self.endpoint)?,
            region: self.region.clone().unwrap_or(DEFAULT_REGION.to_owned()),
            bucket: given("bucket", &self.bucket)?,
            prefix: self.prefix.clone().unwrap_or_default(),
            access_key: given("access_key", &self.access_key)?,
            secret_key: self
                .secret_key
                .clone()
                .ok_or_else(|| missing("secret_key"))?,
        })
    }
}

impl FileStore {
    /// For `dinh check`; without credentials.
    pub fn shown(&self) -> String {
        match self {
            Self::Folder => "in the data folder".to_owned(),
            Self::S3(options) => {
                let place = format!("{}/{}", options.endpoint, options.bucket);
                format!("{place}/{}", options.prefix)
                    .trim_end_matches('/')
                    .to_owned()
            }
        }
    }
}
