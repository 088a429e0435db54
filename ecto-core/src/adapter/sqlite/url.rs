//! What a `sqlite:` URL says.

use std::path::PathBuf;
use std::sync::Arc;

use super::SqliteAdapter;
use crate::adapter::open::{Opened, Scheme};
use crate::adapter::url::{self, Url, malformed};
use crate::adapter::{ConnectOptions, PoolOptions};
use crate::error::{AdapterError, Result};

const KNOWN: &str = "`pool_size`, `queue_timeout`, `idle_limit`, `max_lifetime`, `statement_cache`, `busy_timeout`, `stable_plans`";

pub(in crate::adapter) const SCHEME: Scheme =
    Scheme { names: &["sqlite"], feature: "sqlite", example: "sqlite://blog.db", open: Some(from_url) };

/// Reads a URL; an error if it has no path, or an option that SQLite does not have.
fn from_url(url: &Url<'_>, mut connect: ConnectOptions, mut pool: PoolOptions) -> Result<Opened> {
    for (name, value) in &url.options {
        match name.as_str() {
            "busy_timeout" => connect.busy_timeout = url::duration(name, value)?,
            "stable_plans" => connect.stable_plans = url::switch(name, value)?,
            _ if url::common(name, value, &mut connect, &mut pool)? => {}
            _ => return Err(AdapterError::UnknownOption { option: name.clone(), scheme: "sqlite", known: KNOWN }.into()),
        }
    }
    Ok((Arc::new(SqliteAdapter::new(path(url.rest)?, connect)), pool))
}

fn path(rest: &str) -> Result<Option<PathBuf>> {
    match rest {
        ":memory:" | "//:memory:" => return Ok(None),
        _ => {}
    }
    match rest.strip_prefix("//") {
        Some("") | None => Err(malformed("it has no path, expected `sqlite://relative.db`, `sqlite:///absolute.db` or `sqlite::memory:`")),
        Some(path) => Ok(Some(PathBuf::from(url::decode(path)?.into_owned()))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_slashes_are_relative_and_three_absolute() {
        assert_eq!(path("//blog.db").unwrap(), Some("blog.db".into()));
        assert_eq!(path("///var/my%20blog.db").unwrap(), Some("/var/my blog.db".into()));
        assert_eq!(path(":memory:").unwrap(), None);
        assert!(path("blog.db").is_err());
    }
}
