//! The lock that keeps two runs apart: one of the operating system, on a file beside the database.
//!
//! The system lets it go with the process that holds it, however that ends. Whoever holds it removes the file before letting go; so
//! who locked a file must look whether it is still the one that has the name. A file that was left behind by a crash is locked by nobody.

use std::fs::{File, Metadata, OpenOptions, TryLockError};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use crate::adapter::{Connection, Holder, RunLock, process};
use crate::error::{AdapterError, Error, Result};

/// How much of the file is read: more than its one line.
const LONGEST: u64 = 300;

/// On `<database>.migrate.lock`.
pub(super) struct FileLock {
    path: PathBuf,
    held: Option<File>,
}

impl FileLock {
    /// Two names of the same file must not be two locks, so links are followed.
    pub(super) fn beside(database: &Path) -> Self {
        let mut path = database.canonicalize().unwrap_or_else(|_| database.to_owned()).into_os_string();
        path.push(".migrate.lock");
        FileLock { path: path.into(), held: None }
    }

    fn explain(&self, error: std::io::Error) -> Error {
        Error::from(AdapterError::CannotOpen { path: self.path.display().to_string(), message: error.to_string() }).because(error)
    }
}

impl RunLock for FileLock {
    fn try_acquire(&mut self, _connection: &mut dyn Connection) -> Result<bool> {
        let opened = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&self.path);
        let mut file = opened.map_err(|error| self.explain(error))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Ok(false),
            Err(TryLockError::Error(error)) => return Err(self.explain(error)),
        }
        let found = file.metadata().map_err(|error| self.explain(error))?;
        if !is_named(&found, &self.path) {
            return Ok(false);
        }
        // What a crash left in it goes.
        let cleared = if found.len() > 0 { file.set_len(0) } else { Ok(()) };
        cleared.and_then(|()| file.write_all(process::name().as_bytes())).map_err(|error| self.explain(error))?;
        self.held = Some(file);
        Ok(true)
    }

    fn holder(&mut self, _connection: &mut dyn Connection) -> Result<Option<Holder>> {
        let mut text = String::new();
        // Where nobody is named, the wait is told of without a name.
        let read = File::open(&self.path).and_then(|file| file.take(LONGEST).read_to_string(&mut text));
        Ok(read.ok().filter(|_| !text.is_empty()).map(|_| Holder { description: format!("process {text}"), remedy: None }))
    }

    fn release(&mut self, _connection: &mut dyn Connection) -> Result<()> {
        match self.held.take() {
            Some(file) => {
                // Where a file that is open cannot be removed, it stays, which does no harm.
                let _ = std::fs::remove_file(&self.path);
                file.unlock().map_err(|error| self.explain(error))
            }
            None => Ok(()),
        }
    }
}

/// Does the name still lead to this file?
#[cfg(unix)]
fn is_named(file: &Metadata, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    std::fs::metadata(path).is_ok_and(|named| (file.dev(), file.ino()) == (named.dev(), named.ino()))
}

/// Files that are open are not removed here.
#[cfg(not(unix))]
fn is_named(_file: &Metadata, _path: &Path) -> bool {
    true
}
