//! The shelf as an S3 bucket, shared by all nodes: objects named by the SHA-256 of their content.

mod known;
mod transport;

use std::ops::Range;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use futures_util::TryStreamExt;
use object_store::aws::{AmazonS3, AmazonS3Builder, Checksum};
use object_store::path::Path;
use object_store::{
    Attribute, Attributes, BackoffConfig, ClientOptions, GetOptions, GetResult, MultipartUpload,
    ObjectStore, ObjectStoreExt, PutMultipartOptions, PutOptions, RetryConfig,
};
use sha2::{Digest, Sha256};

use crate::contents::Contents;
use crate::error::FileError;
use crate::shelf::hex;
use known::Known;

/// A request that failed is tried again so often: a restart of the store is survived, and a store
/// that is away is told of while the reader still waits.
const RETRIES_MAX: usize = 3;
/// No request is tried again after this: readers wait 30 s for an answer, and not for us alone.
const RETRY_WITHIN: Duration = Duration::from_secs(10);
/// Wait before the second try; it doubles with each.
const RETRY_AFTER: Duration = Duration::from_millis(100);
/// Longest wait between two tries.
const RETRY_AFTER_MAX: Duration = Duration::from_secs(2);
/// Contents beyond this go up in parts, in bytes: one that fails is tried again alone. S3 wants at
/// least 5 MiB.
const PART_BYTES: usize = 8 * 1024 * 1024;
/// Where our own word for the hash stands beside an object.
const HASH_NOTE: &str = "dinh-sha256";

/// Where the bucket is and who we are there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct S3Options {
    /// `https://…` (or `http://…` within a machine or a guarded network), without the bucket.
    pub endpoint: String,
    /// As the store calls it; many know `us-east-1` alone.
    pub region: String,
    /// The bucket; it must be there.
    pub bucket: String,
    /// First part of all keys; may be empty.
    pub prefix: String,
    /// Public half of the credentials.
    pub access_key: String,
    /// Secret half.
    pub secret_key: Secret,
}

/// A text that is never shown.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(pub String);

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("(secret)")
    }
}

/// A bucket.
#[derive(Debug)]
pub(crate) struct Bucket {
    store: AmazonS3,
    /// Address and bucket, for messages.
    shown: String,
    prefix: Path,
    known: Arc<Known>,
}

impl Bucket {
    pub(crate) fn new(options: &S3Options) -> Result<Self, FileError> {
        let shown = format!("{}/{}", options.endpoint, options.bucket);
        let bad = |cause: String| FileError::Options(format!("files.endpoint: {shown}: {cause}"));
        let secure = options.endpoint.starts_with("https://");
        if !secure && !options.endpoint.starts_with("http://") {
            return Err(bad("it begins with neither https:// nor http://".to_owned()));
        }
        let retry = RetryConfig {
            backoff: BackoffConfig {
                init_backoff: RETRY_AFTER,
                max_backoff: RETRY_AFTER_MAX,
                base: 2.,
            },
            max_retries: RETRIES_MAX,
            retry_timeout: RETRY_WITHIN,
        };
        let store = AmazonS3Builder::new()
            .with_endpoint(options.endpoint.trim_end_matches('/'))
            .with_region(&options.region)
            .with_bucket_name(&options.bucket)
            .with_access_key_id(&options.access_key)
            .with_secret_access_key(&options.secret_key.0)
            .with_virtual_hosted_style_request(false)
            .with_checksum_algorithm(Checksum::SHA256)
            .with_retry(retry)
            .with_client_options(ClientOptions::new().with_allow_http(!secure))
            .with_http_connector(transport::Connector)
            .build()
            .map_err(|error| bad(error.to_string()))?;
        let prefix =
            Path::parse(&options.prefix).map_err(|error| bad(format!("files.prefix: {error}")))?;
        Ok(Self {
            store,
            shown,
            prefix,
            known: Arc::default(),
        })
    }

    /// Keeps a content. The store compares what it got with the checksum we send, and says it is
    /// kept only then.
    pub(crate) async fn put(&self, hash: &str, bytes: Bytes) -> Result<(), FileError> {
        let key = self.key(hash);
        if self.holds(&key, hash, bytes.len() as u64).await? {
            return Ok(());
        }
        let mut attributes = Attributes::new();
        attributes.insert(
            Attribute::Metadata(HASH_NOTE.into()),
            hash.to_owned().into(),
        );
        let put = if bytes.len() > PART_BYTES {
            self.put_parts(&key, bytes, attributes).await
        } else {
            let options = PutOptions {
                attributes,
                ..PutOptions::default()
            };
            self.store.put_opts(&key, bytes.into(), options).await
        };
        let put = put.map_err(|error| self.failed(&key, error))?;
        self.known.note(hash, put.e_tag);
        Ok(())
    }

    async fn put_parts(
        &self,
        key: &Path,
        bytes: Bytes,
        attributes: Attributes,
    ) -> object_store::Result<object_store::PutResult> {
        let options = PutMultipartOptions {
            attributes,
            ..PutMultipartOptions::default()
        };
        let mut upload = self.store.put_multipart_opts(key, options).await?;
        match send_parts(&mut *upload, bytes).await {
            Ok(put) => Ok(put),
            Err(error) => {
                // What it took so far would be kept, and paid for, without ever being seen.
                if let Err(left) = upload.abort().await {
                    tracing::warn!(%key, error = %left, "parts of an upload are left behind");
                }
                Err(error)
            }
        }
    }

    /// Whether the object is there, of this size, and put there by us.
    async fn holds(&self, key: &Path, hash: &str, size_bytes: u64) -> Result<bool, FileError> {
        let Some(found) = self.head(key).await? else {
            return Ok(false);
        };
        let note = found.attributes.get(&Attribute::Metadata(HASH_NOTE.into()));
        let is_ours = note.is_some_and(|note| note.as_ref() == hash);
        Ok(is_ours && found.meta.size == size_bytes)
    }

    pub(crate) async fn exists(&self, hash: &str) -> Result<bool, FileError> {
        Ok(self.head(&self.key(hash)).await?.is_some())
    }

    /// Takes an object away; one that is not there is gone already.
    pub(crate) async fn remove(&self, hash: &str) -> Result<(), FileError> {
        let key = self.key(hash);
        match self.store.delete(&key).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(self.failed(&key, error)),
        }
    }

    async fn head(&self, key: &Path) -> Result<Option<GetResult>, FileError> {
        let options = GetOptions {
            head: true,
            ..GetOptions::default()
        };
        match self.store.get_opts(key, options).await {
            Ok(found) => Ok(Some(found)),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(self.failed(key, error)),
        }
    }

    /// Reads a part. What comes whole is compared with its hash on the way. A part can only be
    /// trusted when the whole was compared before: once for each object as its tag names it.
    pub(crate) async fn read(
        &self,
        hash: &str,
        size_bytes: u64,
        part: Range<u64>,
    ) -> Result<Contents, FileError> {
        if part.is_empty() && size_bytes > 0 {
            return Ok(Contents::new(0, futures_util::stream::empty()));
        }
        let key = self.key(hash);
        if part == (0..size_bytes) {
            let found = self.get(&key, size_bytes, None).await?;
            return Ok(self.whole(hash, &key, found));
        }
        let found = self.get(&key, size_bytes, Some(part.clone())).await?;
        if self.known.has(hash, found.meta.e_tag.as_deref()) {
            return Ok(streamed(found));
        }
        drop(found);
        self.verify(hash, size_bytes).await?;
        let found = self.get(&key, size_bytes, Some(part)).await?;
        let is_same =
            found.meta.e_tag.is_none() || self.known.has(hash, found.meta.e_tag.as_deref());
        if is_same {
            return Ok(streamed(found));
        }
        Err(FileError::Damaged {
            place: self.place(&key),
            detail: "was changed while it was read".to_owned(),
        })
    }

    async fn get(
        &self,
        key: &Path,
        size_bytes: u64,
        part: Option<Range<u64>>,
    ) -> Result<GetResult, FileError> {
        let options = GetOptions {
            range: part.map(Into::into),
            ..GetOptions::default()
        };
        let found = self.store.get_opts(key, options).await;
        let found = found.map_err(|error| self.failed(key, error))?;
        if found.meta.size != size_bytes {
            return Err(FileError::wrong_size(
                self.place(key),
                found.meta.size,
                size_bytes,
            ));
        }
        Ok(found)
    }

    fn whole(&self, hash: &str, key: &Path, found: GetResult) -> Contents {
        let (known, named) = (self.known.clone(), hash.to_owned());
        let tag = found.meta.e_tag.clone();
        streamed(found).checked(hash.to_owned(), self.place(key), move || {
            known.note(&named, tag);
        })
    }

    /// Reads an object to its end and compares it with its hash.
    async fn verify(&self, hash: &str, size_bytes: u64) -> Result<(), FileError> {
        let key = self.key(hash);
        let found = self.get(&key, size_bytes, None).await?;
        let mut stream = Box::pin(self.whole(hash, &key, found).stream());
        loop {
            match stream.try_next().await {
                Ok(Some(_)) => {}
                Ok(None) => return Ok(()),
                Err(error) if error.kind() == std::io::ErrorKind::InvalidData => {
                    return Err(FileError::Damaged {
                        place: self.place(&key),
                        detail: "has other bytes than its name says".to_owned(),
                    });
                }
                Err(error) => return Err(self.away(error.to_string())),
            }
        }
    }

    /// Whether nothing lies below the prefix.
    pub(crate) async fn is_empty(&self) -> Result<bool, FileError> {
        let below = (!self.prefix.as_ref().is_empty()).then_some(&self.prefix);
        match self.store.list(below).try_next().await {
            Ok(first) => Ok(first.is_none()),
            Err(error) => Err(self.failed(&self.prefix, error)),
        }
    }

    /// Writes, reads and removes an object that no file can have.
    pub(crate) async fn try_out(&self) -> Result<(), FileError> {
        let probe = Bytes::from(format!("dinh probe {}", std::process::id()));
        let name = format!("probe-{}", hex(&Sha256::digest(&probe)));
        let key = self.prefix.clone().join(name);
        let failed = |error| self.failed(&key, error);
        self.store
            .put(&key, probe.clone().into())
            .await
            .map_err(failed)?;
        let back = self.store.get(&key).await.map_err(failed)?;
        let back = back.bytes().await.map_err(failed)?;
        self.store.delete(&key).await.map_err(failed)?;
        if back == probe {
            return Ok(());
        }
        Err(self.away("it gives back other bytes than it was given".to_owned()))
    }

    fn key(&self, hash: &str) -> Path {
        self.prefix.clone().join(&hash[..2]).join(hash)
    }

    fn place(&self, key: &Path) -> String {
        format!("{}/{key}", self.shown)
    }

    fn away(&self, cause: String) -> FileError {
        let store = self.shown.clone();
        FileError::Away { store, cause }
    }

    fn failed(&self, key: &Path, error: object_store::Error) -> FileError {
        match error {
            // A bucket that is not there is the operator's to make, and no file's fault.
            object_store::Error::NotFound { source, .. }
                if !told(&*source).contains("NoSuchBucket") =>
            {
                FileError::Missing {
                    place: self.place(key),
                }
            }
            other => self.away(told(&other)),
        }
    }
}

async fn send_parts(
    upload: &mut dyn MultipartUpload,
    mut bytes: Bytes,
) -> object_store::Result<object_store::PutResult> {
    while !bytes.is_empty() {
        let part = bytes.split_to(bytes.len().min(PART_BYTES));
        upload.put_part(part.into()).await?;
    }
    upload.complete().await
}

fn streamed(found: GetResult) -> Contents {
    let length = found.range.end - found.range.start;
    Contents::new(length, found.into_stream().map_err(std::io::Error::other))
}

/// An error with its causes, in one line, each once.
fn told(error: &(dyn std::error::Error + 'static)) -> String {
    let mut told = error.to_string();
    let mut cause = error.source();
    while let Some(next) = cause {
        let text = next.to_string();
        if !told.contains(&text) {
            told.push_str(": ");
            told.push_str(&text);
        }
        cause = next.source();
    }
    told.replace('\n', " ")
}
