//! `impl FromRow`: the hot path, one read for each column.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;

use super::record::{initial, or_return};
use crate::ast::{Column, Schema};

pub fn expand(schema: &Schema) -> TokenStream {
    let ident = &schema.ident;
    let width = schema.stored().count();
    let fields = schema.columns.iter().map(read);
    let slots = &schema.slots;
    let absent = absent(schema);
    quote! {
        #[automatically_derived]
        impl __ecto::FromRow for #ident {
            const WIDTH: usize = #width;
            #[inline(always)]
            fn from_row<__C: __ecto::RowCursor>(row: &mut __C) -> __ecto::Result<Self> {
                ::core::result::Result::Ok(#ident { #(#fields,)* #(#slots: ::core::default::Default::default(),)* })
            }
            fn from_row_opt<__C: __ecto::RowCursor>(row: &mut __C) -> __ecto::Result<::core::option::Option<Self>> {
                if #absent {
                    row.skip(#width);
                    return ::core::result::Result::Ok(::core::option::Option::None);
                }
                <Self as __ecto::FromRow>::from_row(row).map(::core::option::Option::Some)
            }
        }
    }
}

fn read(column: &Column) -> TokenStream {
    let Column { ident, ty, .. } = column;
    if column.is_virtual {
        let initial = initial(column);
        return quote_spanned!(ty.span()=> #ident: #initial);
    }
    let value = or_return(&quote_spanned!(ty.span()=> <#ty as __ecto::SqlType>::__read(row)));
    quote_spanned!(ty.span()=> #ident: #value)
}

/// An outer join left the row empty: its primary key is NULL, or, without one, everything is.
fn absent(schema: &Schema) -> TokenStream {
    let key = schema.key.first().filter(|number| !schema.columns[**number].is_virtual);
    match key {
        Some(number) => {
            let place = schema.columns[..*number].iter().filter(|column| !column.is_virtual).count();
            quote!(row.peek_null(#place))
        }
        None => quote!(__ecto::all_null(row, <Self as __ecto::FromRow>::WIDTH)),
    }
}
