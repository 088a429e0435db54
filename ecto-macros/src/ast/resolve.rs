//! What was declared -> the schema: primary key and what fills itself. Associations are for `associate`.
//!
//! A name that does not lead anywhere is an error on the spot; rules between attributes are in `check`.

use syn::spanned::Spanned;
use syn::{DeriveInput, Ident, parse_quote};

use super::associate::associations;
use super::declared::{DeclaredField, fields};
use super::{Column, Fill, Schema};
use crate::attr::field::{Autogenerate, Writable};
use crate::attr::schema::{SchemaAttr, Timestamps};
use crate::ctxt::Ctxt;
use crate::{check, suggest, symbol};

/// Which derive asks.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Derive {
    Schema,
    Record,
}

/// Reads the input of a derive. With errors in `ctxt` it is what could be understood.
pub fn resolve(ctxt: &Ctxt, input: &DeriveInput, derive: Derive) -> Option<Schema> {
    let (what, on_struct, on_field) = match derive {
        Derive::Schema => ("Schema", symbol::ON_SCHEMA, symbol::ON_FIELD),
        Derive::Record => ("Record", symbol::ON_RECORD, symbol::ON_RECORD_FIELD),
    };
    let attr = SchemaAttr::parse(ctxt, &input.attrs, on_struct);
    let named = fields(ctxt, input, what)?;
    let declared: Vec<_> = named.iter().filter_map(|field| DeclaredField::parse(ctxt, &input.ident, field, on_field)).collect();
    match derive {
        Derive::Schema => check::schema(ctxt, &input.ident, &attr, &declared),
        Derive::Record => check::record(ctxt, &declared),
    }
    let (held, plain): (Vec<_>, Vec<_>) = declared.iter().partition(|field| field.is_association());
    let (plain, lost): (Vec<_>, Vec<_>) = plain.into_iter().partition(|field| check::can_be_column(ctxt, &field.ty));
    // What follows from a column that is none is not reported too.
    let quiet = Ctxt::new();
    let said = if lost.is_empty() { ctxt } else { &quiet };
    let schema = assemble(said, input, (derive, attr), [&plain, &held, &lost]);
    drop(quiet.check());
    Some(schema)
}

/// The schema of the fields that are columns and of those that hold other rows; the others are slots, which are read nowhere.
fn assemble(ctxt: &Ctxt, input: &DeriveInput, (derive, attr): (Derive, SchemaAttr), [plain, held, lost]: [&[&DeclaredField]; 3]) -> Schema {
    let key = if derive == Derive::Schema { primary_key(ctxt, &attr, plain) } else { Vec::new() };
    let mut columns: Vec<_> = plain.iter().enumerate().map(|(number, field)| column(field, key.contains(&number))).collect();
    if let Some(timestamps) = &attr.timestamps {
        fill_by_clock(ctxt, timestamps, &mut columns);
    }
    let mut schema = Schema {
        ident: input.ident.clone(),
        vis: input.vis.clone(),
        krate: attr.krate.unwrap_or_else(|| parse_quote!(::ecto_core)),
        table: attr.table.map(|table| table.value()).unwrap_or_default(),
        consts: attr.consts,
        columns,
        associations: Vec::new(),
        slots: held.iter().chain(lost).map(|field| field.ident.clone()).collect(),
        is_queried: derive == Derive::Schema,
        key,
    };
    if derive == Derive::Schema {
        schema.associations = associations(ctxt, &schema, held);
    }
    schema
}

/// Those that were named, else the field `id`, else none.
fn primary_key(ctxt: &Ctxt, attr: &SchemaAttr, plain: &[&DeclaredField]) -> Vec<usize> {
    if let Some(names) = &attr.primary_key {
        return names.iter().filter_map(|name| find(ctxt, plain.iter().map(|field| field.name.as_str()), name, "field")).collect();
    }
    let marked: Vec<_> = (0..plain.len()).filter(|number| plain[*number].attr.primary_key.is_some()).collect();
    if marked.is_empty() { plain.iter().position(|field| field.name == "id").into_iter().collect() } else { marked }
}

/// The number of what has this name; else an error.
pub fn find<'a>(ctxt: &Ctxt, mut names: impl Iterator<Item = &'a str> + Clone, wanted: &Ident, what: &str) -> Option<usize> {
    let name = syn::ext::IdentExt::unraw(wanted).to_string();
    let found = names.clone().position(|known| known == name);
    if found.is_none() {
        let known: Vec<_> = names.by_ref().collect();
        ctxt.error(wanted, suggest::unknown(what, &name, &known));
    }
    found
}

fn column(field: &DeclaredField, is_key: bool) -> Column {
    let attr = &field.attr;
    Column {
        ident: field.ident.clone(),
        name: field.name.clone(),
        span: field.ty.span(),
        ty: field.ty.clone(),
        source: attr.source.as_ref().map_or_else(|| field.name.clone(), syn::LitStr::value),
        default: attr.default.clone(),
        fill: fill(field, is_key),
        is_virtual: attr.is_virtual.is_some(),
        redact: attr.redact.is_some(),
        read_after_writes: attr.read_after_writes.is_some(),
        writable: attr.writable.map_or(Writable::Always, |(writable, _)| writable),
    }
}

fn fill(field: &DeclaredField, is_key: bool) -> Option<Fill> {
    match &field.attr.autogenerate {
        Some(Autogenerate { function: Some(function), .. }) => Some(Fill::Function(function.clone())),
        Some(Autogenerate { function: None, .. }) => Some(Fill::Generated(is_key)),
        None => (is_key && field.name == "id" && field.attr.default.is_none()).then_some(Fill::Key),
    }
}

fn fill_by_clock(ctxt: &Ctxt, timestamps: &Timestamps, columns: &mut [Column]) {
    let wanted = [(&timestamps.inserted_at, symbol::INSERTED_AT), (&timestamps.updated_at, symbol::UPDATED_AT)];
    for (field, part) in wanted.into_iter().filter_map(|(field, part)| field.as_ref().map(|field| (field, part))) {
        match columns.iter_mut().find(|column| *field == column.name) {
            Some(column) => column.fill = Some(if part == symbol::INSERTED_AT { Fill::InsertedAt } else { Fill::UpdatedAt }),
            None => ctxt.error(
                field,
                format_args!(
                    "`timestamps` needs a field `{field}`; name another with `timestamps({part} = ..)`, or say `timestamps({part} = false)`"
                ),
            ),
        }
    }
}
