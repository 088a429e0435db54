//! `Record::build`: the hot path, one read for each column.

use proc_macro2::TokenStream;
use quote::{format_ident, quote, quote_spanned};
use syn::Ident;

use super::meta::plain_value;
use crate::ast::{Column, Schema};

/// So many columns are read by one call; more of them are calls inside of one another.
const COLUMNS: usize = 16;

pub fn expand(schema: &Schema) -> TokenStream {
    let ident = &schema.ident;
    let fields = schema.columns.iter().zip(0u16..).map(field);
    let slots = &schema.slots;
    let whole = quote!(::core::result::Result::Ok(#ident { #(#fields,)* #(#slots: ::core::default::Default::default(),)* }));
    let stored: Vec<(Ident, &Column)> = schema
        .columns
        .iter()
        .zip(0u16..)
        .filter(|(column, _)| !column.is_virtual)
        .map(|(column, number)| (value(number), column))
        .collect();
    let read = stored.chunks(COLUMNS).rev().fold(whole, read);
    quote! {
        #[inline(always)]
        fn build<__C: __ecto::RowCursor>(row: &mut __C) -> __ecto::Result<Self> {
            #read
        }
    }
}

/// Reads some columns before what is to be done with all of them. The types are written out so that an error about one is shown there.
fn read(then: TokenStream, columns: &[(Ident, &Column)]) -> TokenStream {
    let function = format_ident!("columns{}", columns.len());
    let names = columns.iter().map(|(name, _)| name);
    let types = columns.iter().map(|(_, Column { ty, span, .. })| quote_spanned!(*span=> __ecto::Itself<#ty>));
    quote!(__ecto::#function::<__C, #(#types,)* _, _>(row, |row, #(#names),*| #then))
}

/// What a column is called between being read and being a field: not like the field, whose name may be that of a constant.
fn value(number: u16) -> Ident {
    format_ident!("__{number}")
}

fn field((column, number): (&Column, u16)) -> TokenStream {
    let Column { ident, ty, span, .. } = column;
    if !column.is_virtual {
        let value = value(number);
        return quote!(#ident: #value);
    }
    let default = initial(column);
    quote_spanned! {*span=>
        #ident: match <#ty as __ecto::SqlType>::__known_or(row.__known(#number), || #default) {
            ::core::result::Result::Ok(value) => value,
            ::core::result::Result::Err(error) => return ::core::result::Result::Err(error),
        }
    }
}

/// What a field without a column has when nothing is known of it.
fn initial(column: &Column) -> TokenStream {
    let Column { ty, span, default, .. } = column;
    match default {
        None => quote_spanned!(*span=> ::core::default::Default::default()),
        Some(default) => {
            let default = plain_value(default);
            quote_spanned!(*span=> <#ty as ::core::convert::From<<#ty as __ecto::SqlType>::Base>>::from(#default))
        }
    }
}
