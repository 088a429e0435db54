//! TLS by rustls, with libpq's meaning of `sslmode`.
//!
//! `prefer` and `require` encrypt without looking at who the server is; with a root certificate `require` looks at its chain, as libpq does. Only
//! `verify-full` also holds the name in the certificate against the host.

mod verifier;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::ServerCertVerifier;
use rustls::crypto::{CryptoProvider, ring};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};
use tokio_postgres_rustls::MakeRustlsConnect;

use crate::error::{AdapterError, Error, Result};
use verifier::{AnyName, Anyone};

/// How much is asked of the connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SslMode {
    Disable,
    Prefer,
    Require,
    VerifyCa,
    VerifyFull,
}

impl SslMode {
    /// By libpq's name.
    pub(super) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "disable" => SslMode::Disable,
            "prefer" | "allow" => SslMode::Prefer,
            "require" => SslMode::Require,
            "verify-ca" => SslMode::VerifyCa,
            "verify-full" => SslMode::VerifyFull,
            _ => return None,
        })
    }

    /// What the driver must insist on.
    pub(super) fn of_driver(self) -> postgres::config::SslMode {
        match self {
            SslMode::Disable => postgres::config::SslMode::Disable,
            SslMode::Prefer => postgres::config::SslMode::Prefer,
            SslMode::Require | SslMode::VerifyCa | SslMode::VerifyFull => postgres::config::SslMode::Require,
        }
    }
}

/// Makes the connector.
///
/// # Errors
/// When the root certificates cannot be read.
pub(super) fn connector(mode: SslMode, roots: Option<&PathBuf>) -> Result<MakeRustlsConnect> {
    let provider = Arc::new(ring::default_provider());
    let verifier = verifier(mode, roots, &provider)?;
    let config = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions().map_err(failed)?;
    Ok(MakeRustlsConnect::new(config.dangerous().with_custom_certificate_verifier(verifier).with_no_client_auth()))
}

fn verifier(mode: SslMode, roots: Option<&PathBuf>, provider: &Arc<CryptoProvider>) -> Result<Arc<dyn ServerCertVerifier>> {
    let chain = || WebPkiServerVerifier::builder_with_provider(Arc::new(root_store(roots)?), Arc::clone(provider)).build().map_err(failed);
    Ok(match mode {
        SslMode::VerifyFull => chain()?,
        SslMode::VerifyCa => Arc::new(AnyName(chain()?)),
        SslMode::Require if roots.is_some() => Arc::new(AnyName(chain()?)),
        SslMode::Require | SslMode::Prefer | SslMode::Disable => Arc::new(Anyone(Arc::clone(provider))),
    })
}

fn root_store(path: Option<&PathBuf>) -> Result<RootCertStore> {
    let mut store = RootCertStore::empty();
    let certificates = match path {
        Some(path) => read(path)?,
        None => rustls_native_certs::load_native_certs().certs,
    };
    store.add_parsable_certificates(certificates);
    if store.is_empty() {
        let place = path.map_or_else(|| "the system".to_owned(), |path| format!("`{}`", path.display()));
        return Err(AdapterError::Tls { message: format!("{place} has no root certificate") }.into());
    }
    Ok(store)
}

fn read(path: &Path) -> Result<Vec<CertificateDer<'static>>> {
    let read = CertificateDer::pem_file_iter(path).and_then(Iterator::collect);
    read.map_err(|error| AdapterError::Tls { message: format!("cannot read `{}`: {error:?}", path.display()) }.into())
}

#[cold]
fn failed(error: impl std::error::Error + Send + Sync + 'static) -> Error {
    Error::from(AdapterError::Tls { message: error.to_string() }).because(error)
}
