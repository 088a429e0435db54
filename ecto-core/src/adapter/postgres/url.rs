//! What a `postgres:` URL says.

use std::path::PathBuf;
use std::sync::Arc;

use postgres::Config;

use super::PostgresAdapter;
use super::tls::SslMode;
use crate::adapter::open::{Opened, Scheme};
use crate::adapter::url::{self, Url, malformed};
use crate::adapter::{ConnectOptions, PoolOptions};
use crate::error::{AdapterError, Result};

const KNOWN: &str = "`pool_size`, `queue_timeout`, `idle_limit`, `max_lifetime`, `statement_cache`, `sslmode`, `sslrootcert`, `connect_timeout`, \
                     `application_name`, `statement_timeout`, `prepare`";

/// Where to connect to, and how.
pub(super) struct Target {
    pub(super) config: Config,
    pub(super) ssl_mode: SslMode,
    pub(super) root_certificates: Option<PathBuf>,
    /// The URL without its password.
    pub(super) description: String,
    /// The name of the database.
    pub(super) database: String,
}

pub(in crate::adapter) const SCHEME: Scheme = Scheme {
    names: &["postgres", "postgresql"],
    feature: "postgres",
    example: "postgres://user:password@host/database",
    open: Some(from_url),
};

/// Reads a URL; an error if it names no database, or an option that PostgreSQL does not have.
fn from_url(url: &Url<'_>, mut connect: ConnectOptions, mut pool: PoolOptions) -> Result<Opened> {
    let mut target = target(url.rest)?;
    for (name, value) in &url.options {
        match name.as_str() {
            "sslmode" => {
                let expected = "`disable`, `prefer`, `require`, `verify-ca` or `verify-full`";
                target.ssl_mode = SslMode::named(value).ok_or_else(|| url::bad_value(name, value, expected))?;
            }
            "sslrootcert" => target.root_certificates = Some(PathBuf::from(value)),
            "connect_timeout" => connect.connect_timeout = url::duration(name, value)?,
            "statement_timeout" => connect.statement_timeout = Some(url::duration(name, value)?),
            "application_name" => connect.application_name = Some(value.clone()),
            "prepare" => connect.prepare = url::switch(name, value)?,
            _ if url::common(name, value, &mut connect, &mut pool)? => {}
            _ => return Err(AdapterError::UnknownOption { option: name.clone(), scheme: "postgres", known: KNOWN }.into()),
        }
    }
    Ok((Arc::new(PostgresAdapter::new(target, connect)?), pool))
}

/// `//user:password@host1:port,host2/database`.
fn target(rest: &str) -> Result<Target> {
    let Some(rest) = rest.strip_prefix("//") else {
        return Err(malformed("expected `postgres://user:password@host/database`"));
    };
    let (authority, database) = rest.split_once('/').unwrap_or((rest, ""));
    let (user, hosts) = authority.rsplit_once('@').unwrap_or(("", authority));
    let mut config = Config::new();
    let user_name = user_info(user, &mut config)?;
    for host in hosts.split(',') {
        add_host(host, &mut config)?;
    }
    let database = match url::decode(database)?.into_owned() {
        name if name.is_empty() => return Err(malformed("it names no database, expected `postgres://user:password@host/database`")),
        name => name,
    };
    config.dbname(&database);
    let description =
        format!("postgres://{user_name}{}/{database}", if user_name.is_empty() { hosts.to_owned() } else { format!("@{hosts}") });
    Ok(Target { config, ssl_mode: SslMode::Prefer, root_certificates: None, description, database })
}

/// Takes over user and password; answers with the user.
fn user_info(text: &str, config: &mut Config) -> Result<String> {
    let (user, password) = text.split_once(':').map_or((text, None), |(user, password)| (user, Some(password)));
    let user = url::decode(user)?.into_owned();
    if !user.is_empty() {
        config.user(&user);
    }
    if let Some(password) = password {
        config.password(url::decode(password)?.as_bytes());
    }
    Ok(user)
}

fn add_host(text: &str, config: &mut Config) -> Result<()> {
    let (host, port) = match text.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((address, port)) => (address, port.strip_prefix(':')),
        None => text.split_once(':').map_or((text, None), |(host, port)| (host, Some(port))),
    };
    let host = url::decode(host)?;
    config.host(if host.is_empty() { "localhost" } else { &host });
    let port = port.filter(|port| !port.is_empty()).map_or(Ok(5432), str::parse);
    config.port(port.map_err(|_not_a_number| malformed("a port must be a number up to 65535"))?);
    Ok(())
}

#[cfg(test)]
mod tests {
    use postgres::config::Host;

    use super::*;

    #[test]
    fn every_part_reaches_the_driver_and_the_password_nobody_else() {
        let target = target("//al:p%40ss%3a@db1:6432,[::1],db2/my%20blog").unwrap();
        assert_eq!(target.config.get_user(), Some("al"));
        assert_eq!(target.config.get_password(), Some(&b"p@ss:"[..]));
        assert_eq!(target.config.get_ports(), [6432, 5432, 5432]);
        assert_eq!(target.config.get_hosts(), ["db1", "::1", "db2"].map(|host| Host::Tcp(host.to_owned())));
        assert_eq!((target.database.as_str(), target.description.as_str()), ("my blog", "postgres://al@db1:6432,[::1],db2/my blog"));
    }

    #[test]
    fn hosts_default_and_databases_do_not() {
        assert_eq!(target("///blog").unwrap().config.get_hosts(), [Host::Tcp("localhost".to_owned())]);
        assert_eq!(target("//%2Fvar%2Frun/blog").unwrap().config.get_hosts(), [Host::Unix("/var/run".into())]);
        assert!(target("//localhost").is_err() && target("//localhost:x/blog").is_err() && target("localhost/blog").is_err());
    }
}
