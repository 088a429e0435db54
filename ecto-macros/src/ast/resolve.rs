//! What was declared -> the schema: primary key, foreign keys, and what fills itself.
//!
//! A name that does not lead anywhere is an error on the spot; rules between attributes are in `check`.

use proc_macro2::Span;
use syn::{DeriveInput, Ident, parse_quote};

use super::declared::{DeclaredField, Holds, fields};
use super::{Association, Column, Fill, Schema};
use crate::attr::field::{AssociationKind, Autogenerate, Writable};
use crate::attr::schema::{SchemaAttr, Timestamps};
use crate::ctxt::Ctxt;
use crate::rename::snake_case;
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
    let key = if derive == Derive::Schema { primary_key(ctxt, &attr, &plain) } else { Vec::new() };
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
        slots: held.iter().map(|field| field.ident.clone()).collect(),
        is_queried: derive == Derive::Schema,
        key,
    };
    if derive == Derive::Schema {
        schema.associations = held.iter().filter_map(|field| association(ctxt, &schema, field)).collect();
    }
    Some(schema)
}

/// Those that were named, else the field `id`, else none.
fn primary_key(ctxt: &Ctxt, attr: &SchemaAttr, plain: &[&DeclaredField]) -> Vec<usize> {
    if let Some(names) = &attr.primary_key {
        return names.iter().filter_map(|name| find(ctxt, plain.iter().map(|field| field.name.as_str()), name)).collect();
    }
    let marked: Vec<_> = (0..plain.len()).filter(|number| plain[*number].attr.primary_key.is_some()).collect();
    if marked.is_empty() { plain.iter().position(|field| field.name == "id").into_iter().collect() } else { marked }
}

/// The number of the field of this name; else an error.
fn find<'a>(ctxt: &Ctxt, mut names: impl Iterator<Item = &'a str> + Clone, wanted: &Ident) -> Option<usize> {
    let name = syn::ext::IdentExt::unraw(wanted).to_string();
    let found = names.clone().position(|known| known == name);
    if found.is_none() {
        let known: Vec<_> = names.by_ref().collect();
        ctxt.error(wanted, suggest::unknown("field", &name, &known));
    }
    found
}

fn column(field: &DeclaredField, is_key: bool) -> Column {
    let attr = &field.attr;
    Column {
        ident: field.ident.clone(),
        name: field.name.clone(),
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

fn association(ctxt: &Ctxt, schema: &Schema, field: &DeclaredField) -> Option<Association> {
    let Holds { kind, target } = field.holds.as_ref().filter(|_| field.is_consistent())?;
    let attr = &field.attr;
    let (owner_key, related) = match kind {
        AssociationKind::BelongsTo => {
            let foreign = attr.foreign_key.clone().unwrap_or_else(|| suffixed(&field.name, field.ident.span()));
            (own_key(ctxt, schema, &foreign, attr.foreign_key.is_none())?, attr.references.clone())
        }
        AssociationKind::HasMany | AssociationKind::HasOne => {
            let foreign = attr.foreign_key.clone().unwrap_or_else(|| suffixed(&snake_case(&schema.ident.to_string()), field.ident.span()));
            (referenced(ctxt, schema, field)?, Some(foreign))
        }
    };
    Some(Association { ident: field.ident.clone(), name: field.name.clone(), kind: *kind, target: target.clone(), owner_key, related })
}

/// The field of this schema that holds the foreign key.
fn own_key(ctxt: &Ctxt, schema: &Schema, foreign: &Ident, by_default: bool) -> Option<usize> {
    let names = schema.columns.iter().map(|column| column.name.as_str());
    if by_default && !names.clone().any(|name| foreign == name) {
        ctxt.error(foreign, format_args!("no field `{foreign}` for this association; add it, or name another with `foreign_key = ..`"));
        return None;
    }
    find(ctxt, names, foreign)
}

/// The field of this schema that the target's foreign key refers to: `references`, else the primary key (S-37).
fn referenced(ctxt: &Ctxt, schema: &Schema, field: &DeclaredField) -> Option<usize> {
    match (&field.attr.references, schema.key.as_slice()) {
        (Some(name), _) => find(ctxt, schema.columns.iter().map(|column| column.name.as_str()), name),
        (None, [one]) => Some(*one),
        (None, _) => {
            ctxt.error(
                &field.ident,
                format_args!(
                    "`{}` has no single primary key: say which field the foreign key refers to with `references = ..`",
                    schema.ident
                ),
            );
            None
        }
    }
}

fn suffixed(name: &str, span: Span) -> Ident {
    Ident::new(&format!("{name}_id"), span)
}
