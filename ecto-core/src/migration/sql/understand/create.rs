//! `CREATE TABLE`, and columns wherever they are made.

use sqlparser::ast::helpers::stmt_create_table::CreateTableBuilder;
use sqlparser::ast::{
    CheckConstraint, ColumnDef, ColumnOption, ColumnOptionDef, CreateTable as Written, Expr, GeneratedAs, GeneratedExpressionMode, Ident,
    Value, ValueWithSpan,
};

use super::constraint::{self, key_columns, unique_columns};
use super::name::Names;
use crate::ddl::{Check, Column, Constraint, CreateTable, Generated, Literal, Op, Type};

/// A new table. What goes with it when it is dropped need not be in the change: checks without a name, unique columns.
pub(super) fn table(written: Written, names: &Names) -> Option<Op> {
    let options = options(&written)?;
    let columns: Vec<Column> = written.columns.iter().map(|column| new_column(column, names)).collect::<Option<_>>()?;
    let mut create = CreateTable::new(names.table(&written.name)?, columns);
    create.if_not_exists = written.if_not_exists;
    create.options = Some(options).filter(|options| !options.is_empty());
    for written in &written.constraints {
        let (name, constraint) = constraint::table(written, names)?;
        keep(&mut create, name, constraint);
    }
    Some(Op::CreateTable(create)).filter(|_| !written.columns.is_empty())
}

/// What stands behind the columns. Everything else that the parser knows of a table must be as in one of which nothing is said.
fn options(written: &Written) -> Option<String> {
    let plain = CreateTableBuilder::new(written.name.clone())
        .if_not_exists(written.if_not_exists)
        .columns(written.columns.clone())
        .constraints(written.constraints.clone())
        .build();
    if plain == *written {
        return Some(String::new());
    }
    let text = written.to_string();
    let rest = text.strip_prefix(&plain.to_string())?.trim();
    let known = rest.split([' ', ',']).all(|word| ["", "STRICT", "WITHOUT", "ROWID"].contains(&word));
    (known && !rest.is_empty()).then(|| rest.to_owned())
}

/// What a constraint of the table says of its columns.
fn keep(create: &mut CreateTable, name: Option<String>, constraint: Constraint) {
    match (constraint, name) {
        (Constraint::Check(expression), Some(name)) => create.checks.push(Check { name, expression }),
        (Constraint::PrimaryKey(columns), _) => {
            create.columns.iter_mut().filter(|column| columns.contains(&column.name)).for_each(|column| column.primary_key = true);
        }
        (Constraint::ForeignKey(key), _) => {
            if let Some(column) = create.columns.iter_mut().find(|column| column.name == key.column) {
                column.reference = Some(Box::new(key.reference));
            }
        }
        (Constraint::Check(_) | Constraint::Unique(_) | Constraint::Exclude(_) | Constraint::Sql(_), _) => {}
    }
}

/// A column of a new table: it may have what a column has no field for, as that comes and goes with the table.
fn new_column(written: &ColumnDef, names: &Names) -> Option<Column> {
    let mut column = bare(written, names);
    for option in &written.options {
        if !told(&mut column, option, names)? {
            goes_with_its_table(&mut column, option, names)?;
        }
    }
    Some(column)
}

/// A column that is added: every word of it is in the column.
pub(super) fn added_column(written: &ColumnDef, names: &Names) -> Option<Column> {
    let mut column = bare(written, names);
    for option in &written.options {
        if !told(&mut column, option, names)? {
            return None;
        }
    }
    Some(column)
}

fn bare(written: &ColumnDef, names: &Names) -> Column {
    Column::new(names.one(&written.name), Type::Custom(written.data_type.to_string()))
}

/// Puts an option into the column. `false` if there is no field for it; `None` if it is not understood.
fn told(column: &mut Column, option: &ColumnOptionDef, names: &Names) -> Option<bool> {
    let ColumnOptionDef { name, option } = option;
    match (option, name) {
        (ColumnOption::Null, None) => column.null = Some(true),
        (ColumnOption::NotNull, None) => column.null = Some(false),
        (ColumnOption::Default(value), None) => column.default = Some(literal(value)),
        (ColumnOption::Collation(name), None) => column.collation = Some(names.alone(name)?),
        (ColumnOption::Check(CheckConstraint { name, expr, no_inherit: false, enforced: None }), outer) => {
            let Some(name) = name.as_ref().or(outer.as_ref()) else { return Some(false) };
            // A column has room for one.
            if column.check.is_some() {
                return Some(false);
            }
            column.check = Some(Check { name: names.one(name), expression: expr.to_string() });
        }
        (ColumnOption::ForeignKey(key), outer) => {
            let Some(mut reference) = constraint::reference(key, &[], names)? else { return Some(false) };
            reference.name = reference.name.or_else(|| outer.as_ref().map(|name: &Ident| names.one(name)));
            column.reference = Some(Box::new(reference));
        }
        (
            ColumnOption::Generated {
                generated_as: GeneratedAs::ExpStored | GeneratedAs::Always,
                sequence_options: None,
                generation_expr: Some(expression),
                generation_expr_mode,
                generated_keyword: _,
            },
            None,
        ) => {
            let expression = expression.to_string();
            column.generated = Some(match generation_expr_mode {
                Some(GeneratedExpressionMode::Stored) => Generated::Stored(expression),
                Some(GeneratedExpressionMode::Virtual) | None => Generated::Virtual(expression),
            });
        }
        _ => return Some(false),
    }
    Some(true)
}

fn goes_with_its_table(column: &mut Column, option: &ColumnOptionDef, names: &Names) -> Option<()> {
    match &option.option {
        ColumnOption::PrimaryKey(key) => {
            key_columns(key, names)?;
            column.primary_key = true;
        }
        ColumnOption::Unique(unique) => {
            unique_columns(unique, names)?;
        }
        ColumnOption::Check(CheckConstraint { no_inherit: false, enforced: None, .. })
        | ColumnOption::ForeignKey(_)
        | ColumnOption::Null
        | ColumnOption::NotNull
        | ColumnOption::Default(_)
        | ColumnOption::Collation(_) => {}
        ColumnOption::Generated { generated_as: GeneratedAs::Always | GeneratedAs::ByDefault, generation_expr: None, .. } => {}
        ColumnOption::DialectSpecific(words) if words.iter().all(|word| word.to_string().eq_ignore_ascii_case("autoincrement")) => {}
        _ => return None,
    }
    Some(())
}

/// A constant, where it is one: a database may take those more readily than what it has to work out.
fn literal(value: &Expr) -> Literal {
    let text = value.to_string();
    match value {
        Expr::Value(ValueWithSpan { value: Value::SingleQuotedString(text), .. }) => Literal::Text(text.clone()),
        Expr::Value(ValueWithSpan { value: Value::Boolean(value), .. }) => Literal::Bool(*value),
        Expr::Value(ValueWithSpan { value: Value::Null, .. }) => Literal::Null,
        Expr::Value(_) | Expr::UnaryOp { .. } => match (text.parse(), text.parse()) {
            (Ok(number), _) => Literal::Integer(number),
            (Err(_), Ok(number)) => Literal::Float(number),
            (Err(_), Err(_)) => Literal::Expression(text),
        },
        _ => Literal::Expression(text),
    }
}
