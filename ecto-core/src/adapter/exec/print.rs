//! Parameters as text, for logs. What belongs to a redacted field is not shown.
//!
//! A parameter belongs to a field if the clause that it stands in names the field; one redacted field hides all parameters of its clause. That hides
//! now and then too much and never too little.

use std::fmt::Write;

use crate::adapter::{Command, filled};
use crate::query::{Extra, Op, Statement, Token, Tokens, is_clause};
use crate::types::{Value, format_date, format_naive, format_time, format_utc, format_uuid};

const REDACTED: &str = "**redacted**";

/// The parameters of a command in the order of their placeholders.
pub(super) fn params(command: Command<'_>) -> Vec<String> {
    match command {
        Command::Raw(_, params) => params.iter().map(print).collect(),
        Command::Bulk(..) => Vec::new(),
        Command::Statement(statement) => of_statement(statement),
        Command::Given(statement, params) => of_statement(&filled(statement, params)),
        Command::Outline(outline, params) => of_statement(&filled(&outline.statement(), params)),
    }
}

fn of_statement(statement: &Statement) -> Vec<String> {
    let mut printer = Printer { printed: Vec::new(), around: Vec::new() };
    printer.statement(statement);
    printer.printed
}

/// Prints in the order of [`Statement::each_param`].
struct Printer<'a> {
    printed: Vec<String>,
    /// The statements around the place where it is, the innermost last: a column may be of any of them.
    around: Vec<&'a Statement>,
}

impl<'a> Printer<'a> {
    fn statement(&mut self, statement: &'a Statement) {
        self.around.push(statement);
        self.tokens(&statement.body);
        self.tokens(&statement.select);
        for (_, query) in &statement.queries {
            self.statement(query);
        }
        self.printed.extend(statement.bounds().map(print));
        self.around.pop();
    }

    /// These first, then those of each subquery.
    fn tokens<const N: usize, const P: usize>(&mut self, tokens: &'a Tokens<N, P>) {
        let mut values = tokens.params.iter();
        let (mut clause, mut hidden) = (Vec::new(), false);
        for token in &tokens.tokens {
            if matches!(token.op, Op::Param | Op::ListParam) {
                clause.extend(values.next());
            }
            hidden |= self.is_redacted(*token);
            if ends_clause(token.op) {
                self.flush(&mut clause, std::mem::take(&mut hidden));
            }
        }
        clause.extend(values);
        self.flush(&mut clause, hidden);
        for extra in &tokens.extras {
            if let Extra::Statement(statement) = extra {
                self.statement(statement);
            }
        }
    }

    fn flush(&mut self, clause: &mut Vec<&Value>, hidden: bool) {
        self.printed.extend(clause.drain(..).map(|value| if hidden { REDACTED.to_owned() } else { print(value) }));
    }

    /// Does it name a redacted field?
    fn is_redacted(&self, token: Token) -> bool {
        let source = match token.op {
            Op::Column => {
                self.around.iter().rev().find(|around| around.level == token.at.level()).and_then(|it| it.source(token.at.binding().into()))
            }
            Op::Set | Op::Returned => self.around.last().map(|innermost| innermost.root()),
            _ => None,
        };
        source.and_then(|source| source.fields.get(usize::from(token.arg))).is_some_and(|field| field.redact)
    }
}

fn ends_clause(op: Op) -> bool {
    is_clause(op) || matches!(op, Op::Returned | Op::Item)
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
    use crate::query::{At, Verb};
    use crate::schema::{FieldMeta, SchemaMeta, Writable};
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
        let values = std::mem::take(&mut update.body.params);
        let borrowed: Vec<_> = values.iter().map(Value::as_param).collect();
        assert_eq!(params(Command::Given(&update, &borrowed)), ["\"Al\"", REDACTED, REDACTED]);
    }

    #[test]
    fn every_parameter_is_printed_and_a_redacted_field_of_an_outer_query_stays_hidden() {
        let mut inner = Statement { level: 1, limit: Some(Value::I64(3)), ..Statement::new(Verb::Select, &USERS) };
        inner.body.push(Token::column(At::ROOT, 1));
        inner.body.push_param(Kind::Text, Value::Text("secret".into()));
        inner.body.push(Token::new(Op::Eq));
        inner.body.push(Token::new(Op::Where));
        let mut outer = Statement::new(Verb::Select, &USERS);
        outer.body.extras.push(Extra::Statement(inner.into()));
        outer.body.push(Token::new(Op::Exists));
        outer.body.push(Token::new(Op::Where));
        let whole = Statement { offset: Some(Value::I64(5)), ..Statement::over(outer) };
        assert_eq!(params(Command::Statement(&whole)), [REDACTED, "3", "5"]);
    }

    #[test]
    fn values_of_a_raw_statement_are_printed() {
        let values = [Value::Null, Value::List(Box::new([Value::I64(1), Value::I64(2)])), Value::Bytes(Box::new([0; 3]))];
        assert_eq!(params(Command::Raw("SELECT 1", &values)), ["NULL", "[1, 2]", "<3 bytes>"]);
    }
}
