//! `impl Record`: fields by number.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};

use super::{build, meta};
use crate::ast::{Column, Schema};

pub fn expand(schema: &Schema) -> TokenStream {
    let ident = &schema.ident;
    let meta = meta::expand(schema);
    let values = schema.columns.iter().zip(0u16..).map(
        |(Column { ident, ty, span, .. }, number)| quote_spanned!(*span=> #number => <#ty as __ecto::SqlType>::to_value(&self.#ident),),
    );
    let sets = schema.columns.iter().zip(0u16..).map(
        |(Column { ident, ty, span, .. }, number)| quote_spanned!(*span=> #number => <#ty as __ecto::SqlType>::__replace(&mut self.#ident, value),),
    );
    let build = build::expand(schema);
    quote! {
        #[automatically_derived]
        #[diagnostic::do_not_recommend]
        impl __ecto::Record for #ident {
            const META: &'static __ecto::SchemaMeta = {
                static META: __ecto::SchemaMeta = #meta;
                &META
            };
            fn value(&self, field: u16) -> __ecto::Value {
                match field { #(#values)* _ => __ecto::Value::Null }
            }
            fn set(&mut self, field: u16, value: __ecto::Value) -> __ecto::Result<()> {
                match field { #(#sets)* _ => __ecto::no_field(Self::META, field) }
            }
            #build
        }
    }
}
