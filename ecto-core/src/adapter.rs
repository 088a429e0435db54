//! The port: what a database must be able to do for the rest of the library, and nothing more.
//!
//! One folder per database implements it, with the same six files in each: `connection` runs statements, `dialect` overrides
//! what its SQL writes differently, `codec` turns values into the driver's and back, `fault` names what went wrong,
//! `storage` creates and drops databases, `structure` describes what is in one.

pub(crate) mod ask;
pub mod deadline;
pub mod exec;
pub(crate) mod hash;
mod open;
mod options;
pub(crate) mod outline;
mod pool;
mod port;
mod process;
mod recorded;
pub mod recorder;
mod row;
mod server;
pub(crate) mod sql;
mod statements;
mod structure;
mod url;

#[cfg(feature = "postgres")]
mod postgres;
#[cfg(feature = "sqlite")]
mod sqlite;

pub use open::{Opened, open};
pub use options::{ConnectOptions, PoolOptions};
pub use outline::Outline;
pub use pool::{Lease, Pool, PoolCount};
pub use port::{
    Adapter, Bulk, Cancel, Command, Connection, NoticeListener, Role, Sink, Step, Storage, StorageStatus, Topology, TransactionMode, filled,
};
pub use row::Row;
pub use server::{Advance, Server};
pub use structure::{Alter, AsItIs, Emit, Holder, Manners, NoLock, Pace, Probe, Remark, RunLock, Structure, Understood, Written};
