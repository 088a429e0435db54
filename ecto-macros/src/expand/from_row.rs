//! `impl FromRow`: what `Record::build` reads, as a row of a query.

use proc_macro2::TokenStream;
use quote::quote;

use crate::ast::Schema;

pub fn expand(schema: &Schema) -> TokenStream {
    let ident = &schema.ident;
    let width = schema.stored().count();
    let unless_absent = unless_absent(schema);
    quote! {
        #[automatically_derived]
        #[diagnostic::do_not_recommend]
        impl __ecto::FromRow for #ident {
            const WIDTH: usize = #width;
            #[inline(always)]
            fn from_row<__C: __ecto::RowCursor>(row: &mut __C) -> __ecto::Result<Self> {
                <Self as __ecto::Record>::build(row)
            }
            fn from_row_opt<__C: __ecto::RowCursor>(row: &mut __C) -> __ecto::Result<::core::option::Option<Self>> {
                #unless_absent
            }
        }
    }
}

/// An outer join left the row empty: its primary key is NULL, or, without one, everything is.
fn unless_absent(schema: &Schema) -> TokenStream {
    let key = schema.key.first().filter(|number| !schema.columns[**number].is_virtual);
    match key {
        Some(number) => {
            let place = schema.columns[..*number].iter().filter(|column| !column.is_virtual).count();
            quote!(__ecto::unless_null(row, #place))
        }
        None => quote!(__ecto::unless_all_null(row)),
    }
}
