//! Associations as data, and what must hold of them that only the compiler can see.

use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Path, Type};

use super::consts::{key_type, related};
use crate::ast::{Association, Join, Schema, Tie};
use crate::attr::field::JoinTable;

/// The expression of a `Relation`.
pub fn expand(schema: &Schema, association: &Association) -> TokenStream {
    let Association { name, target, owner_key, tie, .. } = association;
    let kind = format_ident!("{}", association.kind_name());
    let owner_key = *owner_key as u16;
    let route = match tie {
        Tie::Field(field) => {
            let hop = hop(&quote!(#owner_key), target, &related(target, field.as_ref()));
            quote!(__ecto::Route::Hops(&[#hop]))
        }
        Tie::Join(join) => join_route(schema, association, join),
        Tie::Through(steps) => quote!(__ecto::Route::Through(&[#(|| __ecto::relation_of(#steps)),*])),
    };
    quote_spanned!(association.ident.span()=> __ecto::Relation { name: #name, kind: __ecto::RelationKind::#kind, route: #route })
}

/// One step: from the field of this number to the table of a schema.
fn hop(from: &TokenStream, target: &impl ToTokens, to: &TokenStream) -> TokenStream {
    let schema = quote_spanned!(target.span()=> <#target as __ecto::Constants>::SCHEMA);
    quote!(__ecto::Hop { from: #from, target: || #schema, to: #to.index() })
}

fn join_route(schema: &Schema, association: &Association, join: &Join) -> TokenStream {
    let target = &association.target;
    let owner_key = association.owner_key as u16;
    let key = related(target, None);
    match &join.table {
        JoinTable::Schema(table) => {
            let there = hop(&quote!(#owner_key), table, &related(table, Some(&join.owner)));
            let from = related(table, Some(&join.related));
            let back = hop(&quote!(#from.index()), target, &key);
            quote!(__ecto::Route::Hops(&[#there, #back]))
        }
        JoinTable::Named(table) => {
            let (owner, related) = (join.owner.to_string(), join.related.to_string());
            let key_of_owner = key_type(schema, association);
            let key_of_target = quote_spanned!(target.span()=> <#target as __ecto::SingleKey>::One);
            let back = hop(&quote!(1), target, &key);
            quote! {{
                static JOIN: __ecto::SchemaMeta = __ecto::SchemaMeta {
                    name: #table,
                    table: #table,
                    fields: &[
                        __ecto::FieldMeta::new(#owner, <#key_of_owner as __ecto::SqlType>::COLUMN),
                        __ecto::FieldMeta::new(#related, <#key_of_target as __ecto::SqlType>::COLUMN),
                    ],
                    key: &[],
                    relations: &[],
                };
                __ecto::Route::Hops(&[__ecto::Hop { from: #owner_key, target: || &JOIN, to: 0 }, #back])
            }}
        }
    }
}

/// The keys of a table between fit both sides; the steps of a `through` follow from one another.
pub fn checks(schema: &Schema) -> TokenStream {
    schema.associations.iter().map(|association| check(schema, association)).collect()
}

fn check(schema: &Schema, association: &Association) -> TokenStream {
    let target = &association.target;
    match &association.tie {
        Tie::Join(Join { table: JoinTable::Schema(table), owner, related: other }) => {
            let key_of_owner = key_type(schema, association);
            let of_owner = key_fits(table, &related(table, Some(owner)), &key_of_owner);
            let of_target = key_fits(table, &related(table, Some(other)), &quote!(<#target as __ecto::SingleKey>::One));
            quote!(#of_owner #of_target)
        }
        Tie::Through(steps) => chain(schema, steps, target),
        Tie::Field(_) | Tie::Join(_) => TokenStream::new(),
    }
}

fn key_fits(table: &Path, field: &TokenStream, key: &TokenStream) -> TokenStream {
    quote_spanned! {table.span()=>
        const _: fn(&#table) -> ::core::option::Option<&#key> = |row| <_ as __ecto::KeyRef<#key>>::key_ref(#field.get(row));
    }
}

fn chain(schema: &Schema, steps: &[Path], target: &Type) -> TokenStream {
    let owner = &schema.ident;
    let steps = steps.iter().map(|step| quote_spanned!(step.span()=> .step(#step)));
    let ends = quote_spanned!(target.span()=> __ecto::Chain<#target>);
    quote! {
        const _: fn() = || {
            let _: #ends = __ecto::Chain::<#owner>::new() #(#steps)*;
        };
    }
}
