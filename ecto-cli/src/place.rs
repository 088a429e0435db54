//! Where a database is, by what its URL says.

/// Is it a file, or a server on this machine, by what the URL says?
pub fn is_local(database: &str) -> bool {
    let Some((_, rest)) = database.split_once("://") else { return true };
    let authority = rest.split(['/', '?']).next().unwrap_or_default();
    let hosts = authority.rsplit('@').next().unwrap_or_default();
    let local = |host: &str| {
        let name =
            host.strip_prefix('[').and_then(|host| host.split(']').next()).unwrap_or_else(|| host.split(':').next().unwrap_or_default());
        name.is_empty() || name.starts_with('%') || matches!(name, "localhost" | "127.0.0.1" | "::1")
    };
    database.starts_with("sqlite:") || hosts.split(',').all(local)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_on_this_machine_is_known_by_its_host() {
        let here = [
            "sqlite://a.db",
            "sqlite::memory:",
            "postgres://u@localhost/x",
            "postgres://127.0.0.1:5432/x",
            "postgres://[::1]:5432/x",
            "postgres:///x",
        ];
        let there =
            ["postgres://u@db.example/x", "postgres://localhost,db/x", "postgres://u@10.0.0.1:5432/x", "postgres://localhost.example/x"];
        assert!(here.into_iter().all(is_local));
        assert!(!there.into_iter().any(is_local));
    }
}
