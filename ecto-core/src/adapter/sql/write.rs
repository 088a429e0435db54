//! The door: any statement as text. And `INSERT`, `UPDATE`, `DELETE`.

use sea_query::{Alias, DeleteStatement, Expr, InsertStatement, QueryBuilder, ReturningClause, SelectStatement, TableRef, UpdateStatement};

use super::Dialect;
use super::expr::{Walk, Writer};
use super::param::Numbered;
use super::source::Scope;
use crate::error::{Error, QueryError, Result};
use crate::query::{Op, Statement, Verb, check};

/// A finished statement, in sea-query's form.
#[derive(Debug)]
pub enum Tree {
    #[doc(hidden)]
    Select(Box<SelectStatement>),
    #[doc(hidden)]
    Insert(Box<InsertStatement>),
    #[doc(hidden)]
    Update(Box<UpdateStatement>),
    #[doc(hidden)]
    Delete(Box<DeleteStatement>),
}

impl Tree {
    /// Prints it in one database's way.
    pub(crate) fn print_with<B: QueryBuilder>(&self, builder: B, out: &mut Numbered) {
        match self {
            Tree::Select(statement) => statement.build_collect_into(builder, out),
            Tree::Insert(statement) => statement.build_collect_into(builder, out),
            Tree::Update(statement) => statement.build_collect_into(builder, out),
            Tree::Delete(statement) => statement.build_collect_into(builder, out),
        };
    }
}

/// The SQL text of a statement.
///
/// Parameters have the numbers of [`Statement::each_param`], lists the shapes of [`list`](super::list) where the database has no arrays.
///
/// # Errors
/// When the database cannot do what the statement asks for, or a handle of another query was used in it.
pub fn write(statement: &Statement, dialect: &dyn Dialect) -> Result<String> {
    check(statement, dialect.capabilities())?;
    let mut writer = Writer { dialect, scopes: Vec::new(), compares_items: false };
    let tree = match statement.verb {
        Verb::Select => Tree::Select(Box::new(writer.select(statement, 0)?.0)),
        Verb::Insert => Tree::Insert(Box::new(writer.insert(statement)?)),
        Verb::Update => Tree::Update(Box::new(writer.update(statement)?)),
        Verb::Delete => Tree::Delete(Box::new(writer.delete(statement)?)),
    };
    let mut out = Numbered::new(dialect.placeholder());
    dialect.print(&tree, &mut out);
    Ok(out.into_sql())
}

impl<'a> Writer<'a> {
    fn insert(&mut self, statement: &'a Statement) -> Result<InsertStatement> {
        self.scopes.push(Scope { statement, depth: 0 });
        let (mut columns, mut values) = (Vec::new(), Vec::new());
        let end = Walk::over(self, &statement.body, 0, &mut |walk, token| {
            columns.push(assigned_column(statement, token.op, token.arg)?);
            values.push(walk.take_value()?);
            Ok(())
        })?;
        let mut out = InsertStatement::new();
        out.into_table(plain_table(statement));
        if columns.is_empty() {
            out.or_default_values();
        } else {
            out.columns(columns).values(values).map_err(|error| Error::from(QueryError::Malformed).because(error))?;
        }
        if let Some(returning) = self.returning(statement, end)? {
            out.returning(returning);
        }
        Ok(out)
    }

    fn update(&mut self, statement: &'a Statement) -> Result<UpdateStatement> {
        self.scopes.push(Scope { statement, depth: 0 });
        let mut out = UpdateStatement::new();
        out.table(self.innermost()?.table(0, statement.root()));
        let end = Walk::over(self, &statement.body, 0, &mut |walk, token| {
            if token.op == Op::Where {
                out.and_where(walk.take()?);
            } else {
                out.value(assigned_column(statement, token.op, token.arg)?, walk.take_value()?);
            }
            Ok(())
        })?;
        if let Some(returning) = self.returning(statement, end)? {
            out.returning(returning);
        }
        Ok(out)
    }

    fn delete(&mut self, statement: &'a Statement) -> Result<DeleteStatement> {
        self.scopes.push(Scope { statement, depth: 0 });
        let mut out = DeleteStatement::new();
        out.from_table(self.innermost()?.table(0, statement.root()));
        let end = Walk::over(self, &statement.body, 0, &mut |walk, _| {
            out.and_where(walk.take()?);
            Ok(())
        })?;
        if let Some(returning) = self.returning(statement, end)? {
            out.returning(returning);
        }
        Ok(out)
    }

    /// What a write returns: columns of its table, and expressions over the written row.
    fn returning(&mut self, statement: &'a Statement, before: usize) -> Result<Option<ReturningClause>> {
        if statement.select.tokens.is_empty() {
            return Ok(None);
        }
        let mut items: Vec<Expr> = Vec::new();
        Walk::over(self, &statement.select, before, &mut |walk, token| {
            match token.op {
                Op::Item => items.push(walk.take()?),
                Op::Returned => items.push(Expr::col(column(statement, token.arg)?)),
                Op::Row => {
                    for field in statement.root().columns() {
                        items.push(Expr::col(column(statement, field)?));
                    }
                }
                _ => return Err(QueryError::Malformed.into()),
            }
            Ok(())
        })?;
        Ok(Some(ReturningClause::Exprs(items)))
    }
}

fn assigned_column(statement: &Statement, op: Op, field: u16) -> Result<Alias> {
    if op == Op::Set { column(statement, field) } else { Err(QueryError::Malformed.into()) }
}

fn column(statement: &Statement, field: u16) -> Result<Alias> {
    let field = statement.root().fields.get(usize::from(field)).ok_or(QueryError::ForeignHandle)?;
    Ok(Alias::new(field.column))
}

/// The table of an insert, which has no alias.
fn plain_table(statement: &Statement) -> TableRef {
    let table = Alias::new(statement.root().table);
    match &statement.prefix {
        Some(prefix) => TableRef::from((Alias::new(prefix.to_string()), table)),
        None => TableRef::from(table),
    }
}
