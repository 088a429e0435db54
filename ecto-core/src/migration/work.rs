//! What a migration does, in order: changes of structure, and functions of the application.

use std::fmt;
use std::panic::Location;
use std::sync::Arc;

use crate::ddl::Op;
use crate::error::{DdlError, Result};
use crate::repo::Repo;

/// One thing that a migration does.
#[derive(Debug, Clone)]
#[expect(clippy::large_enum_variant, reason = "a migration has a handful of them, for a moment")]
pub(super) enum Work {
    Op(Op),
    Run(Code),
    /// What stands before it is done before what stands behind it is looked at: nothing is gathered across it.
    Flush,
}

type Function = Arc<dyn Fn(&Repo) -> Result<()> + Send + Sync>;

/// A function of the application, and perhaps the one that undoes it.
#[derive(Clone)]
pub(super) struct Code {
    pub up: Function,
    pub down: Option<Function>,
    /// Where it was given.
    pub place: &'static Location<'static>,
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Code").field("place", &self.place.to_string()).finish_non_exhaustive()
    }
}

impl Code {
    pub fn describe(&self) -> String {
        format!("run the function at {}:{}", self.place.file(), self.place.line())
    }

    fn reverse(&self) -> Result<Code> {
        match &self.down {
            Some(down) => Ok(Code { up: Arc::clone(down), down: Some(Arc::clone(&self.up)), place: self.place }),
            None => {
                Err(DdlError::Irreversible { operation: self.describe(), remedy: Some("say how to undo it: `run_both(up, down)`") }.into())
            }
        }
    }
}

impl Work {
    /// `None` where nothing needs to be undone.
    fn reverse(&self) -> Result<Option<Work>> {
        Ok(match self {
            Work::Op(op) => op.reverse()?.map(Work::Op),
            Work::Run(code) => Some(Work::Run(code.reverse()?)),
            Work::Flush => Some(Work::Flush),
        })
    }
}

impl Work {
    /// Can it be undone? The same as [`reverse`](Work::reverse), without making what undoes it.
    pub fn check_reversible(&self) -> Result<()> {
        match self {
            Work::Op(op) => op.check_reversible(),
            Work::Run(_) | Work::Flush => self.reverse().map(drop),
        }
    }
}

/// The way back: each undone, the last one first.
pub(super) fn reverse(works: &[Work]) -> Result<Vec<Work>> {
    works.iter().rev().filter_map(|work| work.reverse().transpose()).collect()
}
