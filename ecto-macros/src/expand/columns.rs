//! The handle that a query's closures receive, `UserCols`, and `impl Columns`.

use proc_macro2::{Span, TokenStream, TokenTree};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::Ident;

use crate::ast::{Association, Column, Schema};

fn handle(schema: &Schema) -> Ident {
    format_ident!("{}Cols", schema.ident)
}

/// The struct, which stands beside the schema. Not generic in two copies but in its nullability: see `Nullability`.
pub fn holder(schema: &Schema) -> TokenStream {
    let Schema { ident, vis, krate, .. } = schema;
    let handle = handle(schema);
    let docs = format!("The columns and associations of [`{ident}`], as the closures of a query receive them.");
    let columns = schema.stored().map(|Column { ident, ty, span, .. }| {
        let krate = at(krate, *span);
        quote_spanned!(*span=> pub #ident: #krate::__private::ColOf<#ty, __N>,)
    });
    let associations = schema.associations.iter().map(
        |Association { ident: field, target, .. }| quote_spanned!(field.span()=> pub #field: #krate::__private::Assoc<#ident, #target>,),
    );
    quote! {
        #[doc = #docs]
        #[allow(missing_docs, dead_code, private_interfaces, reason = "its fields are those of the schema")]
        #vis struct #handle<__N: #krate::__private::Nullability = #krate::__private::NotNull> {
            #[doc(hidden)]
            __at: #krate::__private::At,
            #(#columns)*
            #(#associations)*
        }
    }
}

pub fn expand(schema: &Schema) -> TokenStream {
    let ident = &schema.ident;
    let handle = handle(schema);
    let columns = schema.columns.iter().zip(0u16..).filter(|(column, _)| !column.is_virtual);
    let columns = columns.map(|(Column { ident, span, .. }, number)| {
        let mut ident = ident.clone();
        ident.set_span(*span);
        quote_spanned!(*span=> #ident: __ecto::column(at, #number),)
    });
    let associations = schema.associations.iter().zip(0u16..).map(association);
    quote! {
        #[automatically_derived]
        impl<__N: __ecto::Nullability> ::core::clone::Clone for #handle<__N> {
            fn clone(&self) -> Self {
                *self
            }
        }
        // By hand, because a derive would ask that the types of the columns are `Copy`.
        #[automatically_derived]
        impl<__N: __ecto::Nullability> ::core::marker::Copy for #handle<__N> {}
        #[automatically_derived]
        #[diagnostic::do_not_recommend]
        impl<__N: __ecto::Nullability> __ecto::Handle for #handle<__N> {
            type Record = #ident;
            type Null = __N;
            fn __at(self) -> __ecto::At {
                self.__at
            }
        }
        #[automatically_derived]
        #[diagnostic::do_not_recommend]
        impl<__N: __ecto::Nullability> __ecto::Selected for #handle<__N> {
            type Row = __N::Row<#ident>;
            fn __push_selected(self, to: &mut __ecto::SelectList) {
                __ecto::select_row(self.__at, to);
            }
        }
        #[automatically_derived]
        #[diagnostic::do_not_recommend]
        impl __ecto::Columns for #ident {
            type Cols<__N: __ecto::Nullability> = #handle<__N>;
            #[inline]
            fn cols<__N: __ecto::Nullability>(at: __ecto::At) -> #handle<__N> {
                #handle { __at: at, #(#columns)* #(#associations)* }
            }
        }
    }
}

/// The same tokens at another place: an error about a type is shown on the type.
fn at(tokens: &impl ToTokens, span: Span) -> TokenStream {
    let place = |mut token: TokenTree| {
        token.set_span(span);
        token
    };
    tokens.to_token_stream().into_iter().map(place).collect()
}

fn association((Association { ident, .. }, number): (&Association, u16)) -> TokenStream {
    quote_spanned!(ident.span()=> #ident: __ecto::Assoc::new(at, #number),)
}
