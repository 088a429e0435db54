//! Which changes are made in place, as far as they can be told without a look at the table.

use super::columns::adds_in_place;
use super::plan::ALTERS_CHECKS;
use crate::ddl::{Alteration, Constraint, Facet, Op};

/// May it take a rebuild? Foreign keys are off then, so it must never say no where it does.
pub(super) fn may_rebuild(op: &Op, version: i32) -> bool {
    match op {
        Op::AlterTable { alterations, .. } => alterations.iter().any(|alteration| match alteration {
            Alteration::Add(column) | Alteration::AddIfNotExists(column) => !adds_in_place(column, version),
            Alteration::Set(change) => !matches!(change.to, Facet::Null(_)) || version < ALTERS_CHECKS,
            Alteration::Modify { .. }
            | Alteration::Remove(_)
            | Alteration::RemoveNamed(_)
            | Alteration::RemoveIfExists(_)
            | Alteration::Comment { .. } => true,
        }),
        Op::AddConstraint(add) => !matches!(add.constraint, Constraint::Check(_)) || version < ALTERS_CHECKS,
        Op::DropConstraint(_) | Op::AddEnumValue(_) | Op::RenameEnumValue { .. } => true,
        Op::DropTable(drop) => drop.cascade,
        Op::DropIndex(drop) => drop.cascade,
        Op::CreateTable(_)
        | Op::RenameTable { .. }
        | Op::RenameColumn { .. }
        | Op::CreateIndex(_)
        | Op::RenameIndex { .. }
        | Op::ValidateConstraint { .. }
        | Op::CreateEnum(_)
        | Op::DropEnum(_)
        | Op::CreateView(_)
        | Op::DropView(_)
        | Op::CreatePrefix(_)
        | Op::DropPrefix(_)
        | Op::Execute(_) => false,
    }
}
