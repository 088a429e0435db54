//! Creating, finding and dropping a file.

use std::fs::{self, File};
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

use super::SqliteAdapter;
use crate::adapter::{Adapter, Role, Storage, StorageStatus};
use crate::error::{AdapterError, Error, Result};

/// What every SQLite file begins with.
const HEADER: &[u8; 16] = b"SQLite format 3\0";

impl Storage for SqliteAdapter {
    /// An empty file counts as none: SQLite makes a database of it at the first write.
    fn status(&self) -> Result<StorageStatus> {
        let Some(path) = self.path() else { return Ok(StorageStatus::Up) };
        let mut header = [0; 16];
        match File::open(path).and_then(|mut file| read_up_to(&mut file, &mut header)) {
            Ok(0) => Ok(StorageStatus::Down),
            Ok(_) if header == *HEADER => Ok(StorageStatus::Up),
            Ok(_) => Err(AdapterError::NotADatabase { path: path.display().to_string(), database: super::CAPABILITIES.database }.into()),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(StorageStatus::Down),
            Err(error) => Err(cannot_open(path, error)),
        }
    }

    /// With its folders.
    fn create(&self) -> Result<bool> {
        let Some(path) = self.path() else { return Ok(false) };
        if self.status()? == StorageStatus::Up {
            return Ok(false);
        }
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(|error| cannot_open(folder, error))?;
        }
        // The header is written with the first page.
        self.connect(Role::Writer)?.script("PRAGMA user_version = 0; VACUUM")?;
        Ok(true)
    }

    /// With the files that WAL mode keeps beside it. A file that is no database stays.
    fn drop(&self, _force: bool) -> Result<bool> {
        let Some(path) = self.path() else { return Ok(false) };
        if self.status()? == StorageStatus::Down {
            return Ok(false);
        }
        fs::remove_file(path).map_err(|error| cannot_open(path, error))?;
        for suffix in ["-wal", "-shm", "-journal"] {
            let beside = beside(path, suffix);
            match fs::remove_file(&beside) {
                Ok(()) => {}
                Err(error) if error.kind() == ErrorKind::NotFound => {}
                Err(error) => return Err(cannot_open(&beside, error)),
            }
        }
        Ok(true)
    }
}

fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

fn read_up_to(file: &mut File, header: &mut [u8]) -> std::io::Result<usize> {
    let mut read = 0;
    while read < header.len() {
        match file.read(&mut header[read..])? {
            0 => break,
            more => read += more,
        }
    }
    Ok(read)
}

#[cold]
fn cannot_open(path: &Path, error: std::io::Error) -> Error {
    Error::from(AdapterError::CannotOpen { path: path.display().to_string(), message: error.to_string() }).because(error)
}
