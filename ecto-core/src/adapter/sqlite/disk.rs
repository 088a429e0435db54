//! How much a disk still takes.

use std::path::Path;

/// Bytes that are free on the disk of a file; `None` where that cannot be asked.
pub(super) type FreeSpace = fn(&Path) -> Option<u64>;

#[cfg(unix)]
pub(super) fn free_space(file: &Path) -> Option<u64> {
    let disk = rustix::fs::statvfs(file).ok()?;
    // Some that are no disks say zero of everything.
    (disk.f_blocks > 0).then(|| disk.f_bavail.saturating_mul(disk.f_frsize))
}

#[cfg(not(unix))]
pub(super) fn free_space(_file: &Path) -> Option<u64> {
    None
}
