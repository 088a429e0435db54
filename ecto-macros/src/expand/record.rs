//! `impl Record`: fields by number.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;

use super::meta::{self, plain_value};
use crate::ast::{Column, Schema};

pub fn expand(schema: &Schema) -> TokenStream {
    let ident = &schema.ident;
    let meta = meta::expand(schema);
    let values =
        schema.columns.iter().zip(0u16..).map(
            |(Column { ident, ty, .. }, number)| quote_spanned!(ty.span()=> #number => <#ty as __ecto::SqlType>::to_value(&self.#ident),),
        );
    let sets = schema.columns.iter().zip(0u16..).map(
        |(Column { ident, ty, .. }, number)| quote_spanned!(ty.span()=> #number => <#ty as __ecto::SqlType>::__replace(&mut self.#ident, value),),
    );
    let fields = schema.columns.iter().zip(0u16..).map(assembled);
    let slots = &schema.slots;
    quote! {
        #[automatically_derived]
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
            fn assemble<__C: __ecto::RowCursor>(known: &mut __ecto::Known, row: &mut __C) -> __ecto::Result<Self> {
                ::core::result::Result::Ok(#ident { #(#fields,)* #(#slots: ::core::default::Default::default(),)* })
            }
        }
    }
}

fn assembled((column, number): (&Column, u16)) -> TokenStream {
    let Column { ident, ty, .. } = column;
    let value = if column.is_virtual {
        let default = initial(column);
        quote_spanned!(ty.span()=> <#ty as __ecto::SqlType>::__known_or(known.take(#number), || #default))
    } else {
        quote_spanned!(ty.span()=> <#ty as __ecto::SqlType>::__known_or_next(known.take(#number), row))
    };
    let value = or_return(&value);
    quote_spanned!(ty.span()=> #ident: #value)
}

/// `value?`, written out: without the traits behind `?` a schema takes the compiler noticeably less time.
pub fn or_return(value: &TokenStream) -> TokenStream {
    quote! {
        match #value {
            ::core::result::Result::Ok(value) => value,
            ::core::result::Result::Err(error) => return ::core::result::Result::Err(error),
        }
    }
}

/// What a field without a column has when nothing is known of it.
pub fn initial(column: &Column) -> TokenStream {
    let ty = &column.ty;
    match &column.default {
        None => quote_spanned!(ty.span()=> ::core::default::Default::default()),
        Some(default) => {
            let default = plain_value(default);
            quote_spanned!(ty.span()=> <#ty as ::core::convert::From<<#ty as __ecto::SqlType>::Base>>::from(#default))
        }
    }
}
