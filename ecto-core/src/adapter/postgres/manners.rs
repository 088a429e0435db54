//! How a session behaves while migrations run on it: what it waits for, and for how long.

use std::time::Duration;

use super::structure::is_concurrent;
use crate::adapter::sql::ddl::string;
use crate::adapter::{Connection, Manners, Pace, Written, ask, process};
use crate::error::Result;

/// A queued `ALTER TABLE` keeps out all who come later, readers too: so it does not queue for long.
const PATIENCE: Duration = Duration::from_secs(2);
/// How often the server looks whether the client is still there, so that a killed run lets its locks go.
const CHECK: &str = "2000";

/// The settings that are changed; all can be set by anyone.
const NAMES: [&str; 6] =
    ["search_path", "lock_timeout", "statement_timeout", "idle_in_transaction_session_timeout", "application_name", CHECK_INTERVAL];
/// From version 14 on, and not on every system.
const CHECK_INTERVAL: &str = "client_connection_check_interval";

/// What the settings were before.
#[derive(Default)]
pub(super) struct SessionManners {
    before: Vec<(&'static str, String)>,
    /// Is the session ours until the connection is given back?
    own: bool,
    can_check: bool,
}

impl SessionManners {
    fn usual(&self, name: &str) -> &str {
        self.before.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value)
    }
}

/// One statement for all of them.
fn set(settings: &[(&str, &str)], local: bool) -> String {
    let calls: Vec<String> = settings.iter().map(|(name, value)| format!("set_config('{name}', {}, {local})", string(value))).collect();
    format!("SELECT {}", calls.join(", "))
}

impl Manners for SessionManners {
    fn enter(&mut self, own: bool, connection: &mut dyn Connection) -> Result<()> {
        let asked: Vec<String> = NAMES.iter().map(|name| format!("current_setting('{name}', true)")).collect();
        let row = ask::row(connection, &format!("SELECT {}", asked.join(", ")))?;
        self.before = NAMES.into_iter().zip(row).filter_map(|(name, value)| Some((name, value?))).collect();
        self.own = own;
        if own {
            connection.script(&set(&[("application_name", &format!("ecto migrate {}", process::name()))], false))?;
            // Servers that do not know it, or whose system cannot do it, refuse.
            self.can_check = connection.script(&set(&[(CHECK_INTERVAL, CHECK)], false)).is_ok();
        }
        Ok(())
    }

    fn adopt(&mut self, pace: Pace, changes: &[Written], connection: &mut dyn Connection) -> Result<()> {
        // Settings of a session that is not ours would stay behind with others.
        if !pace.transaction && !self.own {
            return Ok(());
        }
        // What builds beside the others only queues behind old transactions, and keeps nobody out.
        let patient = changes.iter().any(|change| is_concurrent(&change.op));
        let patience = if patient { Duration::ZERO } else { pace.lock_timeout.unwrap_or(PATIENCE) };
        let [patience, limit] = [patience, pace.timeout.unwrap_or_default()].map(|limit| limit.as_millis().to_string());
        let mut settings = vec![
            ("search_path", self.usual("search_path")),
            ("lock_timeout", patience.as_str()),
            ("statement_timeout", limit.as_str()),
            ("idle_in_transaction_session_timeout", "0"),
        ];
        if self.can_check {
            // Without a transaction the server is to finish, holding the lock of the run: so nobody starts the same a second time.
            settings.push((CHECK_INTERVAL, if pace.transaction { CHECK } else { "0" }));
        }
        connection.script(&set(&settings, pace.transaction))
    }

    fn leave(&mut self, connection: &mut dyn Connection) -> Result<()> {
        let settings: Vec<(&str, &str)> = self.before.iter().map(|(name, value)| (*name, value.as_str())).collect();
        match self.own && !settings.is_empty() {
            true => connection.script(&set(&settings, false)),
            false => Ok(()),
        }
    }

    fn spoils_transaction(&self) -> bool {
        true
    }

    fn limits_statements(&self) -> bool {
        true
    }
}
