//! TLS with the provider that the whole program uses and the certificates that the system trusts.

use std::sync::{Arc, OnceLock};

use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::ServerName;
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

use crate::OutboundError;

/// Made at the first need: a portal whose plugins fetch nothing reads no certificates.
#[derive(Clone, Default)]
pub(crate) struct Tls {
    made: Arc<OnceLock<Option<TlsConnector>>>,
}

impl Tls {
    pub(crate) async fn secure(
        &self,
        host: &str,
        plain: TcpStream,
    ) -> Result<TlsStream<TcpStream>, OutboundError> {
        let unreachable = |why: String| OutboundError::Unreachable(why);
        let connector = self.made.get_or_init(connector).as_ref();
        let connector = connector
            .ok_or_else(|| unreachable("the portal has no certificates to trust".to_owned()))?;
        let name = ServerName::try_from(host.to_owned())
            .map_err(|_| unreachable(format!("`{host}` is no name of a host")))?;
        let made = connector.connect(name, plain).await;
        // The reason names what the other side's certificate is for: not the vendor's to read.
        made.map_err(|_| {
            unreachable(format!(
                "no connection to `{host}` with a certificate that is trusted"
            ))
        })
    }
}

fn connector() -> Option<TlsConnector> {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    if roots.is_empty() {
        return None;
    }
    let provider = Arc::new(ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .ok()?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Some(TlsConnector::from(Arc::new(config)))
}
