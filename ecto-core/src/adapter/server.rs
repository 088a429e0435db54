//! What serves a database, and how far it has come with what it does.

/// The program behind a connection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Server {
    /// Its name and its version.
    pub name: String,
    /// The number of its process that serves this connection, where it has such.
    pub backend: Option<String>,
}

/// How far a statement has come, as seen from another connection.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Advance {
    /// Which part of its work it does.
    pub phase: Option<String>,
    /// How much of that part is done.
    pub percent: Option<u8>,
    /// Whom it waits for.
    pub blocked_by: Option<String>,
}
