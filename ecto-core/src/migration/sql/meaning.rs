//! What the statements of a file are, to the database that they run on.

use super::understand::understand;
use crate::adapter::sql::ddl::DdlDialect;
use crate::adapter::{Adapter, Understood};
use crate::ddl::{Op, Origin, Raw, Statement};
use crate::error::MigrationError;

/// What a change means: of a statement that is not understood nobody knows.
pub(in crate::migration) fn meaning(op: &Op, dialect: &dyn DdlDialect) -> Option<Vec<Understood>> {
    match op {
        Op::Execute(raw) => understand(&raw.up.sql, dialect),
        op => Some(vec![Understood::Op(op.clone())]),
    }
}

/// A statement as it is written, if the database takes it; else the changes that it stands for.
pub(in crate::migration) fn for_database(op: Op, adapter: &dyn Adapter) -> Vec<Op> {
    let Some(changes) = meaning(&op, adapter.ddl()) else { return vec![op] };
    let lacking = |change: &Understood| matches!(change, Understood::Op(op) if !adapter.structure().takes(op));
    let at_once = adapter.ddl().capabilities().alters_at_once || changes.len() == 1;
    if at_once && !changes.iter().any(lacking) {
        return vec![op];
    }
    let ops = changes.into_iter().filter_map(|change| match change {
        Understood::Op(op) => Some(op),
        Understood::Comment(_) => None,
    });
    ops.collect()
}

/// What stands in the way of undoing these, if anything does: the first statement that is not understood, or that nothing undoes.
pub(in crate::migration) fn obstacle(ops: &[Op], dialect: &dyn DdlDialect) -> Option<MigrationError> {
    ops.iter().find_map(|op| match meaning(op, dialect) {
        None => Some(MigrationError::NotUnderstood { place: place(op), statement: shown(op) }),
        Some(changes) => changes.iter().find_map(without_inverse),
    })
}

fn without_inverse(change: &Understood) -> Option<MigrationError> {
    match change {
        Understood::Op(op @ (Op::AddEnumValue(_) | Op::Execute(_))) => Some(MigrationError::NoInverse { operation: op.describe() }),
        Understood::Op(_) | Understood::Comment(_) => None,
    }
}

fn place(op: &Op) -> String {
    match op {
        Op::Execute(Raw { up: Statement { origin: Some(Origin { file, line, .. }), .. }, .. }) => format!("{}:{line}: ", file.display()),
        _ => String::new(),
    }
}

fn shown(op: &Op) -> String {
    op.describe().trim_start_matches("execute ").trim_matches('`').to_owned()
}
