//! `Record::build`: the hot path, one read for each column.

use proc_macro2::TokenStream;
use quote::{format_ident, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Ident, Type};

use super::meta::plain_value;
use crate::ast::{Column, Schema};

/// So many columns are read by one call; more of them are calls inside of one another.
const COLUMNS: usize = 16;

pub fn expand(schema: &Schema) -> TokenStream {
    let ident = &schema.ident;
    let fields = schema.columns.iter().zip(0u16..).map(field);
    let slots = &schema.slots;
    let whole = quote!(::core::result::Result::Ok(#ident { #(#fields,)* #(#slots: ::core::default::Default::default(),)* }));
    let stored: Vec<(Ident, &Type)> = schema
        .columns
        .iter()
        .zip(0u16..)
        .filter(|(column, _)| !column.is_virtual)
        .map(|(column, number)| (value(number), &column.ty))
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
fn read(then: TokenStream, columns: &[(Ident, &Type)]) -> TokenStream {
    let function = format_ident!("columns{}", columns.len());
    let names = columns.iter().map(|(name, _)| name);
    let types = columns.iter().map(|(_, ty)| quote_spanned!(ty.span()=> __ecto::Itself<#ty>));
    quote!(__ecto::#function::<__C, #(#types,)* _, _>(row, |row, #(#names),*| #then))
}

/// What a column is called between being read and being a field: not like the field, whose name may be that of a constant.
fn value(number: u16) -> Ident {
    format_ident!("__{number}")
}

fn field((column, number): (&Column, u16)) -> TokenStream {
    let Column { ident, ty, .. } = column;
    if !column.is_virtual {
        let value = value(number);
        return quote!(#ident: #value);
    }
    let default = initial(column);
    quote_spanned! {ty.span()=>
        #ident: match <#ty as __ecto::SqlType>::__known_or(row.__known(#number), || #default) {
            ::core::result::Result::Ok(value) => value,
            ::core::result::Result::Err(error) => return ::core::result::Result::Err(error),
        }
    }
}

/// What a field without a column has when nothing is known of it.
fn initial(column: &Column) -> TokenStream {
    let ty = &column.ty;
    match &column.default {
        None => quote_spanned!(ty.span()=> ::core::default::Default::default()),
        Some(default) => {
            let default = plain_value(default);
            quote_spanned!(ty.span()=> <#ty as ::core::convert::From<<#ty as __ecto::SqlType>::Base>>::from(#default))
        }
    }
}
