//! Each field that holds other rows -> what ties them: foreign keys, tables between, and other associations.

use proc_macro2::Span;
use syn::ext::IdentExt;
use syn::{Ident, Path, Type};

use super::declared::{DeclaredField, Holds};
use super::resolve::find;
use super::{Association, Join, Schema, Tie};
use crate::attr::field::{AssociationKind, JoinTable, Through};
use crate::ctxt::Ctxt;
use crate::rename::snake_case;

/// Those of `held` that were understood.
pub fn associations(ctxt: &Ctxt, schema: &Schema, held: &[&DeclaredField]) -> Vec<Association> {
    held.iter().filter_map(|field| association(ctxt, schema, held, field)).collect()
}

fn association(ctxt: &Ctxt, schema: &Schema, held: &[&DeclaredField], field: &DeclaredField) -> Option<Association> {
    let Holds { kind, target } = field.holds.as_ref().filter(|_| field.is_consistent() && !is_broken(field))?;
    let (owner_key, tie) = match (&field.attr.through, &field.attr.join_through) {
        (Some(through), _) => through_others(ctxt, schema, held, field, through)?,
        (None, Some(table)) => (referenced(ctxt, schema, field)?, Tie::Join(join(schema, field, table, target)?)),
        (None, None) => direct(ctxt, schema, field, *kind)?,
    };
    Some(Association { ident: field.ident.clone(), name: field.name.clone(), kind: *kind, target: target.clone(), owner_key, tie })
}

/// Does it lack what its kind needs, or is it of a kind that cannot be? `check` has said so.
fn is_broken(field: &DeclaredField) -> bool {
    let is_many_to_many = field.attr.association.is_some_and(|(kind, _)| kind == AssociationKind::ManyToMany);
    let is_shared = field.holds.as_ref().is_some_and(|holds| holds.kind == AssociationKind::BelongsTo);
    (is_many_to_many && field.attr.join_through.is_none()) || (is_shared && field.attr.through.is_some())
}

/// One end holds the key of the other.
fn direct(ctxt: &Ctxt, schema: &Schema, field: &DeclaredField, kind: AssociationKind) -> Option<(usize, Tie)> {
    let attr = &field.attr;
    if kind == AssociationKind::BelongsTo {
        let foreign = attr.foreign_key.clone().unwrap_or_else(|| suffixed(&field.name, field.ident.span()));
        return Some((own_key(ctxt, schema, &foreign, attr.foreign_key.is_none())?, Tie::Field(attr.references.clone())));
    }
    let foreign = attr.foreign_key.clone().unwrap_or_else(|| suffixed(&own_name(schema), field.ident.span()));
    Some((referenced(ctxt, schema, field)?, Tie::Field(Some(foreign))))
}

/// S-46: the columns are named after both schemas, unless `join_keys` says otherwise.
fn join(schema: &Schema, field: &DeclaredField, table: &JoinTable, target: &Type) -> Option<Join> {
    let (owner, related) = match &field.attr.join_keys {
        Some(keys) => keys.clone(),
        None => {
            let Type::Path(path) = target else { return None };
            let name = snake_case(&path.path.segments.last()?.ident.unraw().to_string());
            (suffixed(&own_name(schema), field.ident.span()), suffixed(&name, field.ident.span()))
        }
    };
    Some(Join { table: table.clone(), owner, related })
}

/// S-44: the first step is an association of this schema, which says by which field the rows are tied to it.
fn through_others(ctxt: &Ctxt, schema: &Schema, held: &[&DeclaredField], field: &DeclaredField, through: &Through) -> Option<(usize, Tie)> {
    let mut first = field;
    let mut via = through;
    for _ in held {
        first = own_step(ctxt, held, via)?;
        match &first.attr.through {
            Some(next) => via = next,
            None => {
                let kind = first.holds.as_ref()?.kind;
                let is_join = first.attr.join_through.is_some();
                let owner_key = if is_join { referenced(ctxt, schema, first)? } else { direct(ctxt, schema, first, kind)?.0 };
                return Some((owner_key, Tie::Through(through.steps.iter().map(|step| absolute(schema, step)).collect())));
            }
        }
    }
    ctxt.error(&first.ident, "the steps of this association lead back to itself");
    None
}

/// The association of this schema that is the first step.
fn own_step<'a>(ctxt: &Ctxt, held: &[&'a DeclaredField], through: &Through) -> Option<&'a DeclaredField> {
    let name = &through.steps.first()?.segments.last()?.ident;
    let number = find(ctxt, held.iter().map(|field| field.name.as_str()), name, "association")?;
    held.get(number).copied()
}

/// `posts` and `Self::posts` as they are called outside of the schema.
fn absolute(schema: &Schema, step: &Path) -> Path {
    let holder = schema.holder();
    let mut segments = step.segments.iter().map(|segment| &segment.ident);
    match (segments.next(), segments.next(), segments.next()) {
        (Some(name), None, None) => syn::parse_quote!(#holder::#name),
        (Some(this), Some(name), None) if this == "Self" => syn::parse_quote!(#holder::#name),
        _ => step.clone(),
    }
}

fn own_name(schema: &Schema) -> String {
    snake_case(&schema.ident.unraw().to_string())
}

/// The field of this schema that holds the foreign key.
fn own_key(ctxt: &Ctxt, schema: &Schema, foreign: &Ident, by_default: bool) -> Option<usize> {
    let names = schema.columns.iter().map(|column| column.name.as_str());
    if by_default && !names.clone().any(|name| foreign == name) {
        ctxt.error(foreign, format_args!("no field `{foreign}` for this association; add it, or name another with `foreign_key = ..`"));
        return None;
    }
    find(ctxt, names, foreign, "field")
}

/// The field of this schema that the target's foreign key refers to: `references`, else the primary key (S-37).
fn referenced(ctxt: &Ctxt, schema: &Schema, field: &DeclaredField) -> Option<usize> {
    match (&field.attr.references, schema.key.as_slice()) {
        (Some(name), _) => find(ctxt, schema.columns.iter().map(|column| column.name.as_str()), name, "field"),
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
