//! What data a change destroys.

use super::{Alteration, Op};

impl Op {
    /// What data it destroys, in words: ``the rows of table `users` ``. Of a statement of the database's own language nobody knows.
    #[must_use]
    pub fn losses(&self) -> Vec<String> {
        match self {
            Op::DropTable(drop) => vec![format!("the rows of table `{}`", drop.table)],
            Op::AlterTable { table, alterations } => {
                alterations.iter().filter_map(removed).map(|column| format!("column `{column}` of `{table}`")).collect()
            }
            Op::CreateTable(_)
            | Op::RenameTable { .. }
            | Op::RenameColumn { .. }
            | Op::CreateIndex(_)
            | Op::DropIndex(_)
            | Op::RenameIndex { .. }
            | Op::AddConstraint(_)
            | Op::DropConstraint(_)
            | Op::ValidateConstraint { .. }
            | Op::CreateEnum(_)
            | Op::DropEnum(_)
            | Op::AddEnumValue(_)
            | Op::RenameEnumValue { .. }
            | Op::CreateView(_)
            | Op::DropView(_)
            | Op::CreatePrefix(_)
            | Op::DropPrefix(_)
            | Op::Execute(_) => Vec::new(),
        }
    }
}

fn removed(alteration: &Alteration) -> Option<&str> {
    match alteration {
        Alteration::Remove(column) => Some(&column.name),
        Alteration::RemoveNamed(name) | Alteration::RemoveIfExists(name) => Some(name),
        Alteration::Add(_)
        | Alteration::AddIfNotExists(_)
        | Alteration::Modify { .. }
        | Alteration::Set(_)
        | Alteration::Comment { .. } => None,
    }
}
