//! Names as the database will know them.

use sqlparser::ast::{Expr, Ident, IndexColumn, ObjectName, ObjectNamePart, OrderByExpr, OrderByOptions, OrderBySort};

use crate::ddl::{IndexPart, Nulls, Order, TableName};

/// How names are read.
pub(super) struct Names {
    /// Names without quotes are in lower case, however they are written.
    pub lower_case: bool,
}

impl Names {
    pub fn one(&self, ident: &Ident) -> String {
        match ident.quote_style {
            None if self.lower_case => ident.value.to_lowercase(),
            _ => ident.value.clone(),
        }
    }

    pub fn all<'a>(&self, idents: impl IntoIterator<Item = &'a Ident>) -> Vec<String> {
        idents.into_iter().map(|ident| self.one(ident)).collect()
    }

    /// `name`, or `prefix.name`.
    pub fn table(&self, name: &ObjectName) -> Option<TableName> {
        match self.path(name)?.as_slice() {
            [name] => Some(TableName::new(name)),
            [prefix, name] => Some(TableName::new(name).prefix(prefix)),
            _ => None,
        }
    }

    /// The words between the dots.
    pub fn path(&self, name: &ObjectName) -> Option<Vec<String>> {
        let word = |part: &ObjectNamePart| match part {
            ObjectNamePart::Identifier(ident) => Some(self.one(ident)),
            ObjectNamePart::Function(_) => None,
        };
        name.0.iter().map(word).collect()
    }

    /// A name without a prefix.
    pub fn alone(&self, name: &ObjectName) -> Option<String> {
        self.path(name)?.pop().filter(|_| name.0.len() == 1)
    }

    /// A column of a key: nothing but its name.
    pub fn key_column(&self, column: &IndexColumn) -> Option<String> {
        match self.index_part(column)? {
            IndexPart::Column { name, order: Order::Ascending, nulls: None } => Some(name),
            IndexPart::Column { .. } | IndexPart::Expression(_) | IndexPart::Sql(_) => None,
        }
    }

    pub fn index_part(&self, column: &IndexColumn) -> Option<IndexPart> {
        let IndexColumn { column: OrderByExpr { expr, options, with_fill }, operator_class } = column;
        let OrderByOptions { sort, nulls_first } = options;
        let order = match sort {
            None | Some(OrderBySort::Asc) => Order::Ascending,
            Some(OrderBySort::Desc) => Order::Descending,
            Some(OrderBySort::Using(_)) => return None,
        };
        let nulls = nulls_first.map(|first| if first { Nulls::First } else { Nulls::Last });
        let part = match (expr, operator_class) {
            (Expr::Identifier(ident), None) => IndexPart::Column { name: self.one(ident), order, nulls },
            _ => IndexPart::Sql(column.to_string()),
        };
        Some(part).filter(|_| with_fill.is_none())
    }
}
