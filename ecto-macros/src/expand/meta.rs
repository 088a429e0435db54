//! The static `SchemaMeta`: a call of a builder for each field.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Expr, ExprLit, Lit};

use super::relation;
use crate::ast::{Column, Fill, Schema};
use crate::attr::field::Writable;

/// The expression of the static.
pub fn expand(schema: &Schema) -> TokenStream {
    let name = schema.ident.to_string();
    let table = &schema.table;
    let fields = schema.columns.iter().map(field);
    let key = schema.key.iter().map(|number| *number as u16);
    let relations = schema.associations.iter().map(|association| relation::expand(schema, association));
    quote! {
        __ecto::SchemaMeta { name: #name, table: #table, fields: &[#(#fields),*], key: &[#(#key),*], relations: &[#(#relations),*] }
    }
}

fn field(column: &Column) -> TokenStream {
    let (name, ty) = (&column.name, &column.ty);
    let mut out = quote_spanned!(column.span=> __ecto::FieldMeta::new(#name, <#ty as __ecto::SqlType>::COLUMN));
    if column.source != column.name {
        let source = &column.source;
        out.extend(quote!(.source(#source)));
    }
    if let Some(default) = &column.default {
        let default = plain_value(default);
        out.extend(quote!(.default(|| __ecto::default_value::<#ty>(#default))));
    }
    out.extend(column.fill.as_ref().map(|fill| filled(column, fill)));
    out.extend(column.is_virtual.then(|| quote!(.without_column())));
    out.extend(column.redact.then(|| quote!(.redacted())));
    out.extend(column.read_after_writes.then(|| quote!(.read_back())));
    out.extend(match column.writable {
        Writable::Always => None,
        Writable::Insert => Some(quote!(.writable(__ecto::Writable::Insert))),
        Writable::Never => Some(quote!(.writable(__ecto::Writable::Never))),
    });
    out
}

fn filled(column: &Column, fill: &Fill) -> TokenStream {
    let ty = &column.ty;
    let clock = quote_spanned!(column.span=> __ecto::timestamp::<<#ty as __ecto::SqlType>::Base>);
    match fill {
        Fill::Key => quote!(.primary_key()),
        Fill::Generated(is_key) => quote_spanned!(column.span=> .generated(#is_key)),
        Fill::Function(function) => {
            quote_spanned!(function.span()=> .filled_by(__ecto::Autogenerate::Insert(|| __ecto::default_value::<#ty>((#function)()))))
        }
        Fill::InsertedAt => quote!(.filled_by(__ecto::Autogenerate::InsertedAt(#clock))),
        Fill::UpdatedAt => quote!(.filled_by(__ecto::Autogenerate::UpdatedAt(#clock))),
    }
}

/// A text literal becomes whatever the field is; everything else must have its type.
pub fn plain_value(value: &Expr) -> TokenStream {
    match value {
        Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => quote_spanned!(text.span()=> __ecto::default_text(#text)),
        other => quote!(#other),
    }
}
