//! `impl Schema`: the primary key.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};

use crate::ast::{Column, Schema};

pub fn expand(schema: &Schema) -> TokenStream {
    let ident = &schema.ident;
    let columns: Vec<&Column> = schema.key.iter().map(|number| &schema.columns[*number]).collect();
    let types = columns.iter().map(|column| &column.ty);
    let values = columns.iter().map(|Column { ident, .. }| quote!(::core::clone::Clone::clone(&self.#ident)));
    let (key, value) = match columns.as_slice() {
        [Column { ty, span, .. }] => (quote_spanned!(*span=> #ty), quote!(#(#values)*)),
        _ => (quote!((#(#types),*)), quote!((#(#values),*))),
    };
    let single = single(schema, &columns);
    quote! {
        #[automatically_derived]
        #[diagnostic::do_not_recommend]
        impl __ecto::Schema for #ident {
            type Key = #key;
            fn key(&self) -> #key {
                #value
            }
        }
        #single
    }
}

fn single(schema: &Schema, columns: &[&Column]) -> Option<TokenStream> {
    let [Column { ident: field, ty, .. }] = columns else { return None };
    let (ident, holder) = (&schema.ident, schema.holder());
    Some(quote! {
        #[automatically_derived]
        #[diagnostic::do_not_recommend]
        impl __ecto::SingleKey for #ident {
            type One = #ty;
            const KEY: __ecto::Field<#ident, #ty> = #holder::#field;
        }
    })
}
