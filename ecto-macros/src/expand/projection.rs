//! `derive(Projection)`: a struct that the rows of a select are read into, and the struct that such a select returns.

use proc_macro2::TokenStream;
use quote::{format_ident, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{DeriveInput, Ident, Path, Type};

use crate::ast::declared::fields;
use crate::attr::sql_type::only_crate;
use crate::ctxt::Ctxt;
use crate::symbol;

/// A struct with `derive(Projection)`.
pub struct Projection<'a> {
    input: &'a DeriveInput,
    krate: Path,
    fields: Vec<(&'a Ident, &'a Type)>,
}

impl<'a> Projection<'a> {
    pub fn parse(ctxt: &Ctxt, input: &'a DeriveInput) -> Option<Self> {
        let krate = only_crate(ctxt, &input.attrs, symbol::PROJECTION);
        let named = fields(ctxt, input, "Projection")?;
        let fields: Vec<_> = named.iter().filter_map(|field| Some((field.ident.as_ref()?, &field.ty))).collect();
        if fields.is_empty() {
            ctxt.error(&input.ident, "a projection needs at least one field");
            return None;
        }
        Some(Projection { input, krate, fields })
    }

    pub fn krate(&self) -> &Path {
        &self.krate
    }

    fn select(&self) -> Ident {
        format_ident!("{}Cols", self.input.ident)
    }

    /// A type parameter for each field.
    fn generics(&self) -> Vec<Ident> {
        (0..self.fields.len()).map(|at| format_ident!("__T{at}")).collect()
    }

    /// The struct that a select returns: generic in each field, since each may be any expression of its type.
    pub fn select_struct(&self) -> TokenStream {
        let (ident, vis, select) = (&self.input.ident, &self.input.vis, self.select());
        let docs = format!("What a query selects to read its rows into [`{ident}`].");
        let names = self.fields.iter().map(|(name, _)| name);
        let generics = self.generics();
        quote! {
            #[doc = #docs]
            #[allow(missing_docs, reason = "its fields are those of the projection")]
            #vis struct #select<#(#generics),*> {
                #(pub #names: #generics,)*
            }
        }
    }

    pub fn impls(&self) -> TokenStream {
        let (from_row, select) = (self.row_impl(), self.select_impl());
        quote!(#from_row #select)
    }

    fn select_impl(&self) -> TokenStream {
        let (ident, select) = (&self.input.ident, self.select());
        let names = self.fields.iter().map(|(name, _)| name);
        let generics = self.generics();
        let bounds =
            self.fields.iter().zip(&generics).map(|((_, ty), generic)| quote_spanned!(ty.span()=> #generic::Out: __ecto::Fills<#ty>,));
        quote! {
            #[automatically_derived]
            impl<#(#generics: __ecto::Select),*> __ecto::Selected for #select<#(#generics),*>
            where
                #(#bounds)*
            {
                type Row = #ident;
                fn __push_selected(self, to: &mut __ecto::SelectList) {
                    #(__ecto::Select::__push_select(self.#names, to);)*
                }
            }
        }
    }

    fn row_impl(&self) -> TokenStream {
        let ident = &self.input.ident;
        let widths = self.fields.iter().map(|(_, ty)| quote_spanned!(ty.span()=> + <#ty as __ecto::FromRow>::WIDTH));
        let reads = self.fields.iter().map(|(name, ty)| quote_spanned!(ty.span()=> #name: <#ty as __ecto::FromRow>::from_row(row)?));
        quote! {
            #[automatically_derived]
            #[diagnostic::do_not_recommend]
            impl __ecto::FromRow for #ident {
                const WIDTH: usize = 0 #(#widths)*;
                #[inline(always)]
                fn from_row<__C: __ecto::RowCursor>(row: &mut __C) -> __ecto::Result<Self> {
                    ::core::result::Result::Ok(#ident { #(#reads),* })
                }
                fn from_row_opt<__C: __ecto::RowCursor>(row: &mut __C) -> __ecto::Result<::core::option::Option<Self>> {
                    __ecto::unless_all_null(row)
                }
            }
        }
    }
}
