//! From a URL to an adapter.

use std::sync::Arc;

use super::url::Url;
use super::{Adapter, ConnectOptions, PoolOptions};
use crate::error::{AdapterError, Error, Result};

/// A database that is known how to reach, and how its pool should be. Nothing was opened yet.
pub type Opened = (Arc<dyn Adapter>, PoolOptions);

/// Reads what stands behind the scheme.
type OpenUrl = fn(&Url<'_>, ConnectOptions, PoolOptions) -> Result<Opened>;

/// A kind of database, by what its URLs begin with.
pub(super) struct Scheme {
    pub(super) names: &'static [&'static str],
    pub(super) feature: &'static str,
    pub(super) example: &'static str,
    /// None if its feature is off.
    pub(super) open: Option<OpenUrl>,
}

#[rustfmt::skip]
static SCHEMES: &[Scheme] = &[
    #[cfg(feature = "sqlite")] super::sqlite::SCHEME,
    #[cfg(not(feature = "sqlite"))] Scheme { names: &["sqlite"], feature: "sqlite", example: "", open: None },
    #[cfg(feature = "postgres")] super::postgres::SCHEME,
    #[cfg(not(feature = "postgres"))] Scheme { names: &["postgres", "postgresql"], feature: "postgres", example: "", open: None },
];

/// Reads a URL. What it says goes over what `connect` and `pool` say.
///
/// `sqlite://relative.db`, `sqlite:///absolute.db` and `sqlite::memory:`; `postgres://user:password@host1,host2:port/database` (also
/// `postgresql://`). Options stand behind `?`: `pool_size`, `queue_timeout`, `idle_limit`, `max_lifetime` and `statement_cache` for both;
/// `busy_timeout` and `stable_plans` for SQLite; `sslmode`, `sslrootcert`, `connect_timeout`, `application_name`, `statement_timeout` and `prepare` for
/// PostgreSQL.
///
/// # Errors
/// When the scheme is unknown or its feature is off, or an option is unknown or has no such value. The text never holds a password.
pub fn open(url: &str, connect: ConnectOptions, pool: PoolOptions) -> Result<Opened> {
    let url = Url::parse(url)?;
    let Some(scheme) = SCHEMES.iter().find(|scheme| scheme.names.contains(&url.scheme)) else { return Err(unknown(url.scheme)) };
    match scheme.open {
        Some(open) => open(&url, connect, pool),
        None => Err(AdapterError::FeatureOff { scheme: url.scheme.to_owned(), feature: scheme.feature }.into()),
    }
}

#[cold]
pub(super) fn unknown(scheme: &str) -> Error {
    let names: Vec<String> = SCHEMES.iter().flat_map(|scheme| scheme.names).map(|name| format!("`{name}`")).collect();
    let examples: Vec<String> =
        SCHEMES.iter().filter(|scheme| scheme.open.is_some()).map(|scheme| format!("`{}`", scheme.example)).collect();
    AdapterError::UnknownScheme { scheme: scheme.to_owned(), known: names.join(", "), examples: examples.join(" or ") }.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(url: &str) -> String {
        match open(url, ConnectOptions::default(), PoolOptions::default()) {
            Ok(_) => panic!("{url} was taken"),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn unknown_schemes_are_told_which_are_known() {
        assert!(refusal("mysql://host/db").contains("`sqlite`, `postgres`, `postgresql`"));
        assert!(refusal("ecto://user:secret@host/db").contains("hint: Elixir's `ecto://`"));
        assert!(!refusal("ecto://user:secret@host/db").contains("secret"));
        refusal("blog.db");
    }

    #[test]
    #[cfg(feature = "sqlite")]
    fn options_of_the_url_go_over_those_of_the_call() {
        let (adapter, pool) =
            open("sqlite://blog.db?pool_size=3&busy_timeout=2s", ConnectOptions::default(), PoolOptions::default()).unwrap();
        assert_eq!((adapter.describe(), pool.size), ("sqlite://blog.db", 3));
        assert!(refusal("sqlite://blog.db?pool_sise=3").contains("`pool_sise` is not an option"));
        assert!(refusal("sqlite://blog.db?pool_size=0").contains("a number from 1"));
        assert!(refusal("sqlite://").contains("no path"));
    }
}
