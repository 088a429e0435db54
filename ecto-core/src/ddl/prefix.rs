//! A change put where everything of a run belongs.

use super::{Alteration, Column, Constraint, CreateTable, Op, TableName, Type};

impl Op {
    /// Gives this prefix to each name that has none.
    ///
    /// # Errors
    /// Another prefix that the change itself names.
    pub(crate) fn fill_prefix(&mut self, prefix: &str) -> Result<(), String> {
        match self {
            Op::CreateTable(create) => fill_table(create, prefix),
            Op::DropTable(drop) => {
                drop.was.as_mut().map_or(Ok(()), |was| fill_table(was, prefix))?;
                fill(&mut drop.table, prefix)
            }
            Op::RenameTable { from, to } => fill(from, prefix).and_then(|()| fill(to, prefix)),
            Op::AlterTable { table, alterations } => {
                alterations.iter_mut().for_each(|alteration| fill_alteration(alteration, prefix));
                fill(table, prefix)
            }
            Op::RenameColumn { table, .. } | Op::ValidateConstraint { table, .. } => fill(table, prefix),
            Op::CreateIndex(create) => fill(&mut create.index.table, prefix),
            Op::DropIndex(drop) => fill(&mut drop.index.table, prefix),
            Op::RenameIndex { index, .. } => fill(&mut index.table, prefix),
            Op::AddConstraint(add) => {
                fill_constraint(&mut add.constraint, prefix);
                fill(&mut add.table, prefix)
            }
            Op::DropConstraint(drop) => {
                if let Some(was) = &mut drop.was {
                    fill_constraint(&mut was.constraint, prefix);
                    fill(&mut was.table, prefix)?;
                }
                fill(&mut drop.table, prefix)
            }
            Op::CreateEnum(new) => fill(&mut new.name, prefix),
            Op::DropEnum(drop) => fill(&mut drop.name, prefix),
            Op::AddEnumValue(add) => fill(&mut add.name, prefix),
            Op::RenameEnumValue { name, .. } => fill(name, prefix),
            Op::CreateView(view) => fill(&mut view.name, prefix),
            Op::DropView(drop) => fill(&mut drop.name, prefix),
            // A prefix itself, and what is written in SQL, say where they are.
            Op::CreatePrefix(_) | Op::DropPrefix(_) | Op::Execute(_) => Ok(()),
        }
    }
}

fn fill(name: &mut TableName, prefix: &str) -> Result<(), String> {
    match &name.prefix {
        Some(other) if other != prefix => Err(other.clone()),
        Some(_) => Ok(()),
        None => {
            name.prefix = Some(prefix.to_owned());
            Ok(())
        }
    }
}

/// What is only referred to may be elsewhere.
fn fill_absent(name: &mut TableName, prefix: &str) {
    name.prefix.get_or_insert_with(|| prefix.to_owned());
}

fn fill_table(create: &mut CreateTable, prefix: &str) -> Result<(), String> {
    create.columns.iter_mut().for_each(|column| fill_column(column, prefix));
    fill(&mut create.table, prefix)
}

fn fill_alteration(alteration: &mut Alteration, prefix: &str) {
    match alteration {
        Alteration::Add(column) | Alteration::AddIfNotExists(column) | Alteration::Remove(column) => fill_column(column, prefix),
        Alteration::Modify { to, from } => std::iter::once(to).chain(from).for_each(|column| fill_column(column, prefix)),
        Alteration::RemoveNamed(_) | Alteration::RemoveIfExists(_) | Alteration::Set(_) | Alteration::Comment { .. } => {}
    }
}

fn fill_column(column: &mut Column, prefix: &str) {
    fill_type(&mut column.kind, prefix);
    if let Some(reference) = &mut column.reference {
        fill_absent(&mut reference.table, prefix);
    }
}

fn fill_type(kind: &mut Type, prefix: &str) {
    let mut kind = kind;
    while let Type::Array(element) = kind {
        kind = element;
    }
    if let Type::Enum(enumeration) = kind {
        fill_absent(&mut enumeration.name, prefix);
    }
}

fn fill_constraint(constraint: &mut Constraint, prefix: &str) {
    match constraint {
        Constraint::ForeignKey(key) => fill_absent(&mut key.reference.table, prefix),
        Constraint::Check(_) | Constraint::Exclude(_) | Constraint::Unique(_) | Constraint::PrimaryKey(_) | Constraint::Sql(_) => {}
    }
}
