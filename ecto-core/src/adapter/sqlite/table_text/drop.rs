//! Removing a column, unless something else needs it.

use super::constraint::{Constraint, Kind};
use super::splice::Splices;
use super::token::mentions;
use super::{ColumnText, TableText};
use crate::error::StructureError;

impl TableText {
    pub(super) fn drop_column(&self, name: &str, splices: &mut Splices) -> Result<(), StructureError> {
        let column = self.column(name)?;
        if self.columns.len() == 1 {
            return Err(StructureError::LastColumn { table: self.name.text.clone(), column: column.name.text.clone() });
        }
        let is_key = column.constraints.iter().any(|constraint| matches!(constraint.kind, Kind::PrimaryKey(_)));
        if is_key && self.without_rowid() {
            return Err(self.key_error("a table without rowid needs its primary key"));
        }
        if let Some(by) = self.user_of(column) {
            return Err(StructureError::ColumnInUse { table: self.name.text.clone(), column: column.name.text.clone(), by });
        }
        self.remove_item(column.span, splices);
        Ok(())
    }

    /// What else names the column, for a reader.
    fn user_of(&self, column: &ColumnText) -> Option<String> {
        let others = self.columns.iter().filter(|other| other.span != column.span);
        let of_others = others.flat_map(|other| other.constraints.iter().map(move |constraint| (Some(other), constraint)));
        let of_table = self.constraints.iter().map(|constraint| (None, constraint));
        let (owner, user) = of_others.chain(of_table).find(|(_, constraint)| self.uses(constraint, &column.name.text))?;
        let behind = owner.map(|owner| format!(" of column `{}`", owner.name.text)).unwrap_or_default();
        Some(match &user.name {
            Some(name) => format!("{} `{name}`{behind}", user.kind.noun()),
            None => format!("{}{behind}: {}", user.kind.noun(), self.text_of(user)),
        })
    }

    fn uses(&self, constraint: &Constraint, column: &str) -> bool {
        let lists = |columns: &[String]| columns.iter().any(|found| found.eq_ignore_ascii_case(column));
        match &constraint.kind {
            Kind::PrimaryKey(key) => lists(&key.columns),
            Kind::Unique { columns } => lists(columns),
            Kind::Check { expression } => mentions(&expression.text, column),
            Kind::Generated(generated) => mentions(&generated.expression.text, column),
            Kind::ForeignKey(key) => {
                let is_own = key.parent.eq_ignore_ascii_case(&self.name.text);
                let is_key = || self.primary_key().is_some_and(|own| lists(&own.columns));
                lists(&key.columns) || (is_own && (lists(&key.parent_columns) || (key.parent_columns.is_empty() && is_key())))
            }
            Kind::NotNull | Kind::Null | Kind::Default { .. } | Kind::Collate { .. } | Kind::Deferral | Kind::Bare => false,
        }
    }
}
