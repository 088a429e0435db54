//! The statement that fills the new table from the old one.

use super::super::alter::Plan;
use super::super::rows::free_rowid;
use crate::adapter::sql::ddl::quote;

/// Everything that has a place in the new table, `OR ABORT`: a clause of the table's own would leave out rows in silence.
pub(super) fn statement(plan: &Plan, new: &str) -> String {
    let mut columns = Vec::new();
    let mut values = Vec::new();
    if let Some(rowid) = kept_rowid(plan) {
        columns.push(rowid.to_owned());
        values.push(rowid.to_owned());
    }
    for column in plan.new.columns().iter().filter(|column| column.generated().is_none()) {
        let name = &column.name.text;
        if let Some(value) = source(plan, name) {
            columns.push(quote(name));
            values.push(value);
        }
    }
    if columns.is_empty() {
        let key = plan.new.rowid_alias().map(|column| quote(&column.name.text));
        columns.extend(key.or_else(|| free_rowid(&[&plan.new]).map(str::to_owned)));
        values.push("row_number() OVER ()".into());
    }
    let (columns, values) = (columns.join(", "), values.join(", "));
    let order = order(plan).map(|order| format!(" ORDER BY {order}")).unwrap_or_default();
    format!("INSERT OR ABORT INTO main.{} ({columns}) SELECT {values} FROM main.{}{order}", quote(new), quote(&plan.table.name))
}

/// Where a column's values come from; none for one that is new and has only its default.
fn source(plan: &Plan, column: &str) -> Option<String> {
    let changed = plan.values.iter().find(|(changed, _)| changed.eq_ignore_ascii_case(column)).map(|(_, value)| value.clone());
    changed.or_else(|| (!plan.is_fresh(column)).then(|| quote(column)))
}

/// Something outside may know rows by it, like an index of words.
fn kept_rowid(plan: &Plan) -> Option<&'static str> {
    let tables = [&plan.old, &plan.new];
    let has_own = !tables.iter().any(|table| table.without_rowid()) && plan.new.rowid_alias().is_none();
    free_rowid(&tables).filter(|_| has_own)
}

/// A table without rowid is a tree of its keys: in their order each row goes behind the one before it, and no page is split.
fn order(plan: &Plan) -> Option<String> {
    let key = plan.new.primary_key().filter(|_| plan.new.without_rowid())?;
    let sources: Vec<(&String, String)> = key.columns.iter().filter_map(|column| Some((column, source(plan, column)?))).collect();
    let all_stay = sources.len() == key.columns.len() && sources.iter().all(|(column, source)| quote(column) == *source);
    // As it is written, with its collations and directions.
    let list = key.list.filter(|_| all_stay).map(|list| list.of(plan.new.sql()).to_owned());
    let direction = if key.descending { " DESC" } else { "" };
    let values = || sources.iter().map(|(_, source)| format!("{source}{direction}")).collect::<Vec<_>>().join(", ");
    Some(list.unwrap_or_else(values)).filter(|order| !order.is_empty())
}
