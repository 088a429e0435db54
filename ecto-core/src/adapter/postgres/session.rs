//! Opening a session, and making it ready.

use postgres::{Client, Config};
use tokio_postgres_rustls::MakeRustlsConnect;

use super::notice::Notices;
use super::runtime::blocking;
use super::url::Target;
use super::{fault, tls};
use crate::adapter::ConnectOptions;
use crate::error::Result;

/// What sessions are opened with.
pub(super) struct Door {
    config: Config,
    tls: MakeRustlsConnect,
    settings: String,
    description: String,
    database: String,
}

impl Door {
    /// For a target.
    ///
    /// # Errors
    /// When the root certificates cannot be read.
    pub(super) fn new(target: &Target, options: &ConnectOptions) -> Result<Self> {
        let mut config = target.config.clone();
        config.ssl_mode(target.ssl_mode.of_driver()).connect_timeout(options.connect_timeout);
        config.application_name(options.application_name.as_deref().unwrap_or("ecto"));
        Ok(Door {
            tls: tls::connector(target.ssl_mode, target.root_certificates.as_ref())?,
            settings: settings(options),
            description: target.description.clone(),
            database: target.database.clone(),
            config,
        })
    }

    /// Opens a session with the database, and tells where its remarks are heard.
    ///
    /// # Errors
    /// When the server cannot be reached, refuses the user, or has no such database.
    pub(super) fn open(&self) -> Result<(Client, Notices)> {
        let notices = Notices::default();
        let heard = notices.clone();
        let client = self.open_with(self.config.clone().notice_callback(move |notice| heard.hand_on(&notice)))?;
        Ok((client, notices))
    }

    /// Opens a session with another database of the same server.
    ///
    /// # Errors
    /// When the server cannot be reached, refuses the user, or has no such database.
    pub(super) fn open_other(&self, database: &str) -> Result<Client> {
        self.open_with(self.config.clone().dbname(database))
    }

    fn open_with(&self, config: &Config) -> Result<Client> {
        let opened = blocking(|| {
            let mut client = config.connect(self.tls.clone())?;
            client.batch_execute(&self.settings)?;
            Ok(client)
        });
        opened.map_err(|error| fault::connecting(error, &self.description, config.get_dbname().unwrap_or_default()))
    }

    /// The name of the database.
    pub(super) fn database(&self) -> &str {
        &self.database
    }

    /// The URL without its password.
    pub(super) fn description(&self) -> &str {
        &self.description
    }

    /// How a cancel request connects.
    pub(super) fn tls(&self) -> &MakeRustlsConnect {
        &self.tls
    }
}

/// The zone decides what a text in a raw statement means as a `timestamptz`; elsewhere nothing is sent as text.
fn settings(options: &ConnectOptions) -> String {
    let mut settings = "SET TimeZone = 'UTC'".to_owned();
    if let Some(timeout) = options.statement_timeout {
        settings.push_str(&format!("; SET statement_timeout = {}", timeout.as_millis()));
    }
    settings
}
