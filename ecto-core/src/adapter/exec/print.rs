//! Parameters as text, for logs. What belongs to a redacted field is not shown.
//!
//! A parameter belongs to a field if the clause that it stands in names the field; one redacted field hides all parameters of its clause. That hides
//! now and then too much and never too little.

use std::fmt::Write;

use crate::adapter::Command;
use crate::query::{Extra, Op, Statement, Tokens, is_clause};
use crate::schema::SchemaMeta;
use crate::types::{Value, format_date, format_naive, format_time, format_utc, format_uuid};

const REDACTED: &str = "**redacted**";

/// The parameters of a command in the order of their placeholders.
pub(super) fn params(command: Command<'_>) -> Vec<String> {
    let mut printed = Vec::new();
    match command {
        Command::Raw(_, values) => printed.extend(values.iter().map(print)),
        Command::Bulk(..) => {}
        Command::Statement(statement) => {
            of_statement(&mut printed, statement);
            printed.extend(statement.bounds().map(print));
        }
    }
    printed
}

fn of_statement(printed: &mut Vec<String>, statement: &Statement) {
    of_tokens(printed, &statement.body, &statement.sources);
    of_tokens(printed, &statement.select, &statement.sources);
}

/// In the order of [`Statement::each_param`]: these first, then those of each subquery.
fn of_tokens<const N: usize>(printed: &mut Vec<String>, tokens: &Tokens<N>, sources: &[&'static SchemaMeta]) {
    let mut values = tokens.params.iter();
    let (mut clause, mut hidden) = (Vec::new(), false);
    for token in &tokens.tokens {
        match token.op {
            Op::Param | Op::ListParam => clause.extend(values.next()),
            Op::Column => hidden |= is_redacted(sources, usize::from(token.at.binding()), token.arg),
            Op::Set | Op::Returned => hidden |= is_redacted(sources, 0, token.arg),
            _ => {}
        }
        if ends_clause(token.op) {
            flush(printed, &mut clause, std::mem::take(&mut hidden));
        }
    }
    clause.extend(values);
    flush(printed, &mut clause, hidden);
    for extra in &tokens.extras {
        if let Extra::Statement(statement) = extra {
            of_statement(printed, statement);
        }
    }
}

fn flush(printed: &mut Vec<String>, clause: &mut Vec<&Value>, hidden: bool) {
    printed.extend(clause.drain(..).map(|value| if hidden { REDACTED.to_owned() } else { print(value) }));
}

fn ends_clause(op: Op) -> bool {
    is_clause(op) || matches!(op, Op::Returned | Op::Item)
}

fn is_redacted(sources: &[&'static SchemaMeta], binding: usize, field: u16) -> bool {
    sources.get(binding).and_then(|meta| meta.fields.get(usize::from(field))).is_some_and(|field| field.redact)
}

fn print(value: &Value) -> String {
    let mut text = String::new();
    push(&mut text, value);
    text
}

fn push(out: &mut String, value: &Value) {
    match value {
        Value::Date(x) => format_date(out, *x),
        Value::Time(x) => format_time(out, *x),
        Value::NaiveDateTime(x) => format_naive(out, *x),
        Value::DateTime(x) => format_utc(out, *x),
        Value::Uuid(x) => format_uuid(out, *x),
        Value::List(list) => push_list(out, list),
        Value::Text(x) => display(out, format_args!("{x:?}")),
        Value::Bytes(x) => display(out, format_args!("<{} bytes>", x.len())),
        Value::Json(x) => display(out, format_args!("{x}")),
        Value::Null => out.push_str("NULL"),
        Value::Bool(x) => display(out, format_args!("{x}")),
        Value::I16(x) => display(out, format_args!("{x}")),
        Value::I32(x) => display(out, format_args!("{x}")),
        Value::I64(x) => display(out, format_args!("{x}")),
        Value::F32(x) => display(out, format_args!("{x:?}")),
        Value::F64(x) => display(out, format_args!("{x:?}")),
        #[cfg(feature = "decimal")]
        Value::Decimal(x) => display(out, format_args!("{x}")),
    }
}

fn push_list(out: &mut String, list: &[Value]) {
    out.push('[');
    for (at, value) in list.iter().enumerate() {
        out.push_str(if at == 0 { "" } else { ", " });
        push(out, value);
    }
    out.push(']');
}

fn display(out: &mut String, text: std::fmt::Arguments<'_>) {
    // OK because writing to a String does not fail.
    let _ = out.write_fmt(text);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::{At, Token, Verb};
    use crate::schema::{FieldMeta, Writable};
    use crate::types::Kind;

    const fn field(name: &'static str, redact: bool) -> FieldMeta {
        FieldMeta {
            name,
            column: name,
            type_name: "string",
            kind: Kind::Text,
            nullable: false,
            default: None,
            autogenerate: None,
            cast: crate::schema::cast_field::<String>,
            is_virtual: false,
            redact,
            read_after_writes: false,
            writable: Writable::Always,
        }
    }

    static USERS: SchemaMeta =
        SchemaMeta { name: "User", table: "users", fields: &[field("name", false), field("password", true)], key: &[], relations: &[] };

    #[test]
    fn a_redacted_field_hides_the_parameters_of_its_clause() {
        let mut update = Statement::new(Verb::Update, &USERS);
        for (column, value) in [(0, "Al"), (1, "secret")] {
            update.body.push_param(Kind::Text, Value::Text(value.into()));
            update.body.push(Token::with(Op::Set, column));
        }
        update.body.push(Token::column(At::ROOT, 1));
        update.body.push_param(Kind::Text, Value::Text("old secret".into()));
        update.body.push(Token::new(Op::Eq));
        update.body.push(Token::new(Op::Where));
        assert_eq!(params(Command::Statement(&update)), ["\"Al\"", REDACTED, REDACTED]);
    }

    #[test]
    fn values_of_a_raw_statement_are_printed() {
        let values = [Value::Null, Value::List(Box::new([Value::I64(1), Value::I64(2)])), Value::Bytes(Box::new([0; 3]))];
        assert_eq!(params(Command::Raw("SELECT 1", &values)), ["NULL", "[1, 2]", "<3 bytes>"]);
    }
}
