//! A migration made ready to run: described, cut into steps, and looked at. What cannot work is found here, before anything runs.

use std::borrow::Cow;

use super::details::Detail;
use super::ground::Ground;
use super::schedule::Direction;
use super::source::{Available, Described, Undo};
use super::sql::{ends_transaction, meaning, split};
use super::work::{Code, Work};
use super::{MigrationOptions, hash};
use crate::adapter::sql::ddl::write;
use crate::adapter::{Pace, Understood, Written};
use crate::ddl::{Op, Origin, Raw, Statement};
use crate::error::{Error, MigrationError, Result};

/// A migration, ready to run.
pub(super) struct Prepared<'a> {
    pub version: i64,
    pub name: &'a str,
    pub direction: Direction,
    pub options: MigrationOptions,
    pub segments: Vec<Segment>,
    /// What is noted of it, as far as it is known before it has run.
    pub detail: Detail,
    pub undo: Undo,
    origins: Vec<(Op, Origin)>,
}

/// What is done without looking left or right.
pub(super) enum Segment {
    /// Changes in a row: those that belong together may be made at once.
    Changes(Vec<Written>),
    Run(Code),
}

/// Describes a migration, and looks at each of its changes and writes it. `recorded` is what was recorded to undo it.
pub(super) fn prepare<'a>(
    available: &'a Available,
    direction: Direction,
    ground: Ground<'_>,
    recorded: Option<&str>,
) -> Result<Prepared<'a>> {
    let prepared = available.describe(direction, ground, recorded).and_then(|described| {
        let Described { works, options, undo, origins } = described;
        let changes = Vec::with_capacity(works.len());
        let mut cut = Cut { ground, options, origins: &origins, segments: Vec::new(), changes };
        works.into_iter().try_for_each(|work| cut.take(work))?;
        let segments = cut.close();
        // On the way back nobody asks for it.
        let hash = (direction == Direction::Up).then(|| available.text_hash().unwrap_or_else(|| hash::of_segments(&segments)));
        let detail = Detail { name: Some(available.name.clone()), hash, ..Detail::default() };
        Ok(Prepared { version: available.version, name: &available.name, direction, options, segments, detail, undo, origins })
    });
    prepared.map_err(|error| in_migration(error, available.version, &available.name))
}

/// Cuts what a migration does into segments.
struct Cut<'a> {
    ground: Ground<'a>,
    options: MigrationOptions,
    origins: &'a [(Op, Origin)],
    segments: Vec<Segment>,
    /// The segment that is not at its end yet.
    changes: Vec<Written>,
}

impl Cut<'_> {
    fn take(&mut self, work: Work) -> Result<()> {
        match work {
            Work::Op(Op::Execute(raw)) => self.one_by_one(raw),
            Work::Op(op) => self.change(op),
            Work::Flush => {
                self.end();
                Ok(())
            }
            Work::Run(code) => {
                self.end();
                self.segments.push(Segment::Run(code));
                Ok(())
            }
        }
    }

    fn end(&mut self) {
        if !self.changes.is_empty() {
            self.segments.push(Segment::Changes(std::mem::take(&mut self.changes)));
        }
    }

    fn close(mut self) -> Vec<Segment> {
        self.end();
        self.segments
    }

    /// A text may hold several statements. Each is sent by itself, so that none of them hides from the checks.
    fn one_by_one(&mut self, raw: Raw) -> Result<()> {
        let statements = match split(&raw.up.sql, self.ground.adapter.ddl().syntax()) {
            Ok(statements) => statements,
            Err(error) => return Err(locate(error.into(), &Op::Execute(raw))),
        };
        statements.into_iter().try_for_each(|sql| {
            let up = Statement { sql: sql.to_owned(), origin: raw.up.origin.clone() };
            self.change(Op::Execute(Raw { up, down: None }))
        })
    }

    fn change(&mut self, mut op: Op) -> Result<()> {
        self.ground.place(&mut op)?;
        match self.fits(&op).and_then(|()| write(&op, self.ground.adapter.ddl())) {
            Ok(statements) => {
                self.changes.push(Written { op, statements });
                Ok(())
            }
            Err(error) => Err(place(error, &op, self.origins)),
        }
    }

    /// Can it be done in a transaction, if it is to be?
    fn fits(&self, op: &Op) -> Result<()> {
        if !self.options.transaction {
            return Ok(());
        }
        let refused = match op {
            Op::Execute(raw) => match ends_transaction(&raw.up.sql) {
                Some(word) => Some(MigrationError::EndsTransaction { word }),
                None => meaning(op, self.ground.adapter.ddl()).unwrap_or_default().iter().find_map(|change| match change {
                    Understood::Op(op) => self.alone(op),
                    Understood::Comment(_) => None,
                }),
            },
            op => self.alone(op),
        };
        refused.map_or(Ok(()), |error| Err(locate(error.into(), op)))
    }

    fn alone(&self, op: &Op) -> Option<MigrationError> {
        let fits = self.ground.adapter.structure().fits_transaction(op);
        (!fits).then(|| MigrationError::NeedsNoTransaction { operation: format!("{} concurrently", op.describe()) })
    }
}

/// Says in which migration it happened.
pub(super) fn in_migration(error: Error, version: i64, name: &str) -> Error {
    error.context(format!("migration {version} {name}"))
}

/// Says at which change it happened.
pub(super) fn locate(error: Error, op: &Op) -> Error {
    match op {
        Op::Execute(Raw { up: Statement { origin: Some(origin), .. }, .. }) => at(error, origin),
        op => error.context(op.describe()),
    }
}

impl MigrationOptions {
    pub(super) fn pace(self) -> Pace {
        Pace { transaction: self.transaction, lock_timeout: self.lock_timeout, timeout: self.timeout }
    }
}

fn at(error: Error, Origin { file, line, number }: &Origin) -> Error {
    error.context(format!("{}:{line}: statement {number}", file.display()))
}

fn place(error: Error, op: &Op, origins: &[(Op, Origin)]) -> Error {
    let origin = origins.iter().find(|(done, _)| done == op);
    origin.into_iter().fold(error, |error, (_, origin)| at(error, origin))
}

impl Prepared<'_> {
    /// Says where the statement stands that this is done instead of.
    pub fn place(&self, error: Error, op: &Op) -> Error {
        place(error, op, &self.origins)
    }

    /// How many steps it has, if it runs without a transaction.
    pub fn steps(&self) -> usize {
        let count = |segment: &Segment| match segment {
            Segment::Changes(changes) => changes.len(),
            Segment::Run(_) => 1,
        };
        self.segments.iter().map(count).sum()
    }

    /// All changes in a row.
    pub fn all(&self) -> Cow<'_, [Written]> {
        match self.segments.as_slice() {
            [Segment::Changes(changes)] => Cow::Borrowed(changes),
            _ => Cow::Owned(self.changes().cloned().collect()),
        }
    }

    /// Every change, in order.
    pub fn changes(&self) -> impl Iterator<Item = &Written> {
        self.segments.iter().flat_map(|segment| match segment {
            Segment::Changes(changes) => changes.as_slice(),
            Segment::Run(_) => &[],
        })
    }
}
