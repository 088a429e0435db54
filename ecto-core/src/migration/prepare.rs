//! A migration made ready to run: described, cut into steps, and looked at. What cannot work is found here, before anything runs.

use std::borrow::Cow;

use super::MigrationOptions;
use super::details::Detail;
use super::ground::Ground;
use super::schedule::Direction;
use super::source::{Available, Described};
use super::sql::{ends_transaction, meaning, split};
use super::work::{Code, Work};
use crate::adapter::{Adapter, Pace, Understood};
use crate::capability::Syntax;
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
    /// Is what undoes it made from the catalogue, and recorded?
    pub keeps_way_back: bool,
    origins: Vec<(Op, Origin)>,
}

/// What is done without looking left or right.
pub(super) enum Segment {
    /// Changes in a row: those that belong together may be made at once.
    Ops(Vec<Op>),
    Run(Code),
}

/// Describes a migration and looks at each of its changes. `recorded` is what was recorded to undo it.
pub(super) fn prepare<'a>(
    available: &'a Available,
    direction: Direction,
    ground: Ground<'_>,
    recorded: Option<&str>,
) -> Result<Prepared<'a>> {
    let adapter = ground.adapter;
    let prepared = available.describe(direction, ground, recorded).and_then(|described| {
        let Described { works, options, keeps_way_back, origins } = described;
        // On the way back nobody asks for it.
        let hash = (direction == Direction::Up).then(|| available.hash_of(&works));
        let mut segments = segments(works, adapter.ddl().syntax())?;
        ops_mut(&mut segments).try_for_each(|op| ground.place(op))?;
        let detail = Detail { name: Some(available.name.clone()), hash, ..Detail::default() };
        let prepared =
            Prepared { version: available.version, name: &available.name, direction, options, segments, detail, keeps_way_back, origins };
        prepared.ops().try_for_each(|op| check(op, options, adapter).map_err(|error| prepared.place(error, op)))?;
        Ok(prepared)
    });
    prepared.map_err(|error| in_migration(error, available.version, &available.name))
}

fn ops_mut(segments: &mut [Segment]) -> impl Iterator<Item = &mut Op> {
    segments.iter_mut().flat_map(|segment| match segment {
        Segment::Ops(ops) => ops.as_mut_slice(),
        Segment::Run(_) => &mut [],
    })
}

fn segments(works: Vec<Work>, syntax: &Syntax) -> Result<Vec<Segment>> {
    let mut segments = Vec::new();
    let mut ops = Vec::new();
    let close = |ops: &mut Vec<Op>, segments: &mut Vec<Segment>| {
        if !ops.is_empty() {
            segments.push(Segment::Ops(std::mem::take(ops)));
        }
    };
    for work in works {
        match work {
            Work::Op(Op::Execute(raw)) => one_by_one(raw, syntax, &mut ops)?,
            Work::Op(op) => ops.push(op),
            Work::Flush => close(&mut ops, &mut segments),
            Work::Run(code) => {
                close(&mut ops, &mut segments);
                segments.push(Segment::Run(code));
            }
        }
    }
    close(&mut ops, &mut segments);
    Ok(segments)
}

/// A text may hold several statements. Each is sent by itself, so that none of them hides from the checks.
fn one_by_one(raw: Raw, syntax: &Syntax, ops: &mut Vec<Op>) -> Result<()> {
    let statements = match split(&raw.up.sql, syntax) {
        Ok(statements) => statements,
        Err(error) => return Err(locate(error.into(), &Op::Execute(raw))),
    };
    ops.extend(statements.into_iter().map(|sql| {
        let up = Statement { sql: sql.to_owned(), origin: raw.up.origin.clone() };
        Op::Execute(Raw { up, down: None })
    }));
    Ok(())
}

fn check(op: &Op, options: MigrationOptions, adapter: &dyn Adapter) -> Result<()> {
    adapter.structure().check(op)?;
    if !options.transaction {
        return Ok(());
    }
    let refused = match op {
        Op::Execute(raw) => ends_transaction(&raw.up.sql).map(|word| MigrationError::EndsTransaction { word }),
        _ => None,
    };
    let refused = refused.or_else(|| {
        let changes = meaning(op, adapter.ddl()).unwrap_or_default();
        changes.iter().find_map(|change| match change {
            Understood::Op(op) if !adapter.structure().fits_transaction(op) => {
                Some(MigrationError::NeedsNoTransaction { operation: format!("{} concurrently", op.describe()) })
            }
            Understood::Op(_) | Understood::Comment(_) => None,
        })
    });
    refused.map_or(Ok(()), |error| Err(locate(error.into(), op)))
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

impl Prepared<'_> {
    /// Says where the statement stands that this is done instead of.
    pub fn place(&self, error: Error, op: &Op) -> Error {
        let origin = self.origins.iter().find(|(done, _)| done == op);
        origin.into_iter().fold(error, |error, (_, origin)| at(error, origin))
    }

    /// How many steps it has, if it runs without a transaction.
    pub fn steps(&self) -> usize {
        let count = |segment: &Segment| match segment {
            Segment::Ops(ops) => ops.len(),
            Segment::Run(_) => 1,
        };
        self.segments.iter().map(count).sum()
    }

    /// All changes in a row.
    pub fn all(&self) -> Cow<'_, [Op]> {
        match self.segments.as_slice() {
            [Segment::Ops(ops)] => Cow::Borrowed(ops),
            _ => Cow::Owned(self.ops().cloned().collect()),
        }
    }

    /// Every change, in order.
    pub fn ops(&self) -> impl Iterator<Item = &Op> {
        self.segments.iter().flat_map(|segment| match segment {
            Segment::Ops(ops) => ops.as_slice(),
            Segment::Run(_) => &[],
        })
    }
}
