//! Which constraint is meant.

use super::constraint::{Constraint, Kind};
use super::splice::Splices;
use super::{ColumnText, TableText};
use crate::error::StructureError;

/// A constraint, and the column that it stands behind.
#[derive(Clone, Copy)]
pub(super) struct Found<'a> {
    pub constraint: &'a Constraint,
    pub column: Option<&'a ColumnText>,
}

impl TableText {
    fn found(&self) -> impl Iterator<Item = Found<'_>> {
        let of_columns = self
            .columns
            .iter()
            .flat_map(|column| column.constraints.iter().map(move |constraint| Found { constraint, column: Some(column) }));
        of_columns.chain(self.constraints.iter().map(|constraint| Found { constraint, column: None }))
    }

    /// The only constraint that fits; `what` tells it.
    fn only(&self, what: impl Fn() -> String, fits: impl Fn(&Constraint) -> bool) -> Result<Found<'_>, StructureError> {
        let table = || self.name.text.clone();
        let found: Vec<Found<'_>> = self.found().filter(|found| fits(found.constraint)).collect();
        match found.as_slice() {
            [] => Err(StructureError::NoConstraint { table: table(), what: what() }),
            [only] => Ok(*only),
            several => Err(StructureError::Ambiguous { table: table(), what: what(), count: several.len() }),
        }
    }

    /// A constraint by its name.
    pub(super) fn named(&self, name: &str) -> Result<Found<'_>, StructureError> {
        let is_named = |constraint: &Constraint| constraint.name.as_ref().is_some_and(|found| found.eq_ignore_ascii_case(name));
        let found = self.only(|| format!("constraint `{name}`"), |constraint| is_named(constraint) && constraint.kind.is_droppable());
        if matches!(found, Err(StructureError::NoConstraint { .. }))
            && let Some(other) = self.constraints().find(|constraint| is_named(constraint))
        {
            let (table, clause) = (self.name.text.clone(), other.kind.noun());
            return Err(StructureError::NotDroppable { table, name: name.to_owned(), clause });
        }
        found
    }

    pub(super) fn key(&self) -> Result<Found<'_>, StructureError> {
        self.only(|| "primary key".into(), |constraint| matches!(constraint.kind, Kind::PrimaryKey(_)))
    }

    pub(super) fn unique(&self, columns: &[String]) -> Result<Found<'_>, StructureError> {
        self.only(
            || format!("unique constraint of {}", columns.join(", ")),
            |constraint| matches!(&constraint.kind, Kind::Unique { columns: found } if same_names(found, columns)),
        )
    }

    pub(super) fn check(&self, expression: &str) -> Result<Found<'_>, StructureError> {
        self.only(
            || format!("check `{expression}`"),
            |constraint| matches!(&constraint.kind, Kind::Check { expression: found } if super::token::same(&found.text, expression)),
        )
    }

    pub(super) fn foreign_key(&self, columns: &[String], parent: &str) -> Result<Found<'_>, StructureError> {
        self.only(
            || format!("foreign key from {} to `{parent}`", columns.join(", ")),
            |constraint| {
                matches!(&constraint.kind, Kind::ForeignKey(key)
                    if key.parent.eq_ignore_ascii_case(parent) && same_names(&key.columns, columns))
            },
        )
    }

    /// Takes a constraint away.
    pub(super) fn remove(&self, found: Found<'_>, splices: &mut Splices) {
        let Some(column) = found.column else { return self.remove_item(found.constraint.span, splices) };
        splices.remove(self.with_space(found.constraint.span));
        if matches!(found.constraint.kind, Kind::ForeignKey(_)) {
            for deferral in deferrals(column, found.constraint) {
                splices.remove(self.with_space(deferral.span));
            }
        }
    }
}

/// A `DEFERRABLE` behind a foreign key belongs to it even if other clauses stand between; left alone, it would go to another key.
fn deferrals<'a>(column: &'a ColumnText, key: &'a Constraint) -> impl Iterator<Item = &'a Constraint> {
    let behind = column.constraints.iter().skip_while(|constraint| constraint.span != key.span).skip(1);
    behind.take_while(|constraint| !matches!(constraint.kind, Kind::ForeignKey(_))).filter(|constraint| constraint.kind == Kind::Deferral)
}

fn same_names(left: &[String], right: &[String]) -> bool {
    left.len() == right.len() && left.iter().zip(right).all(|(this, that)| this.eq_ignore_ascii_case(that))
}
