//! What a statement of SQL means, as changes of structure: understood whole or not at all.
//!
//! A clause that is not modelled here must not be lost, since the way back is made from what was understood. So structures of the parser
//! are taken apart with every field named, or compared with a plain one; what is left over makes the statement not understood.

mod alter;
mod constraint;
mod create;
mod index;
mod name;
mod object;

use sqlparser::ast::Statement;
use sqlparser::parser::Parser;

use crate::adapter::Understood;
use crate::adapter::sql::ddl::DdlDialect;
use crate::ddl::{DropIndex, Index, Op};
use name::Names;

/// The changes that one statement makes, in order; `None` where a part of it is not understood.
pub(in crate::migration) fn understand(sql: &str, dialect: &dyn DdlDialect) -> Option<Vec<Understood>> {
    if let Some(plain) = drop_concurrently(sql) {
        return parsed(&plain, dialect).map(|ops| ops.into_iter().map(concurrently).collect());
    }
    parsed(sql, dialect)
}

fn parsed(sql: &str, dialect: &dyn DdlDialect) -> Option<Vec<Understood>> {
    let names = Names { lower_case: dialect.syntax().lower_case_names };
    dialect.grammars().iter().find_map(|grammar| {
        let mut statements = Parser::parse_sql(grammar.as_ref(), sql).ok()?;
        let statement = statements.pop().filter(|_| statements.is_empty())?;
        meaning(statement, &names)
    })
}

fn meaning(statement: Statement, names: &Names) -> Option<Vec<Understood>> {
    let one = |op| vec![Understood::Op(op)];
    match statement {
        Statement::CreateTable(create) => create::table(create, names).map(one),
        Statement::CreateIndex(create) => index::create(create, names).map(one),
        Statement::AlterIndex { name, operation } => index::rename(&name, operation, names).map(one),
        Statement::AlterTable(alter) => alter::table(alter, names).map(|ops| ops.into_iter().map(Understood::Op).collect()),
        Statement::CreateView(view) => object::create_view(view, names).map(one),
        Statement::CreateType { name, representation } => object::create_type(&name, representation, names).map(one),
        Statement::AlterType(alter) => object::alter_type(alter, names).map(one),
        Statement::CreateSchema { .. } | Statement::Drop { .. } => object::create_or_drop(statement, names).map(one),
        Statement::Comment { object_type, object_name, comment: _, if_exists: false } => {
            object::comment(&object_type, &object_name, names).map(|remark| vec![Understood::Comment(remark)])
        }
        // The statements of a language that is not ours, most of which change no structure.
        _ => None,
    }
}

/// `DROP INDEX CONCURRENTLY` is a word more than the parser knows: the statement without it.
fn drop_concurrently(sql: &str) -> Option<String> {
    let mut rest = sql;
    for word in ["DROP", "INDEX", "CONCURRENTLY"] {
        let (first, behind) = rest.trim_start().split_once(char::is_whitespace)?;
        rest = first.eq_ignore_ascii_case(word).then_some(behind)?;
    }
    Some(format!("DROP INDEX {rest}"))
}

fn concurrently(change: Understood) -> Understood {
    match change {
        Understood::Op(Op::DropIndex(drop)) => {
            let index = Index { concurrently: true, ..drop.index };
            Understood::Op(Op::DropIndex(DropIndex { index, ..drop }))
        }
        other => other,
    }
}

#[cfg(test)]
#[cfg(all(feature = "sqlite", feature = "postgres"))]
mod tests;
