//! The typed constants, `User::email` and `User::posts`, and where others find them.

use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::Ident;
use syn::spanned::Spanned;

use crate::ast::{Association, Column, Schema, Tie};

pub fn expand(schema: &Schema) -> TokenStream {
    let (ident, holder) = (&schema.ident, schema.holder());
    let fields = schema.columns.iter().zip(0u16..).map(|(column, number)| field(schema, column, number));
    let associations = schema.associations.iter().zip(0u16..).map(|(one, number)| association(schema, one, number));
    let query = query(schema);
    quote! {
        #[automatically_derived]
        #[diagnostic::do_not_recommend]
        impl __ecto::Constants for #ident {
            type Of = #holder;
        }
        #[allow(non_upper_case_globals, dead_code, missing_docs, private_interfaces, reason = "the constants are named like the fields")]
        #[automatically_derived]
        impl #holder {
            #(#fields)*
            #(#associations)*
        }
        #query
    }
}

/// Where a query begins: of schemas only.
fn query(schema: &Schema) -> Option<TokenStream> {
    let ident = &schema.ident;
    let docs = format!("Every row of `{}`, to be narrowed down.", schema.table);
    // At the place of the struct, so that a compile error shows that as the place of the bounds, and not the derive.
    let rows = format_ident!("rows", span = ident.span());
    let bounds = quote_spanned!(ident.span()=> F: __ecto::FieldsOfRow<#ident>, R: __ecto::RowOf<F>, F::Checked: ::core::marker::Sized, R::Checked: ::core::marker::Sized,);
    schema.is_queried.then(|| {
        quote! {
            #[automatically_derived]
            impl #ident {
                #[doc = #docs]
                pub fn query() -> __ecto::Query<#ident> {
                    __ecto::Query::new()
                }

                /// Rows of values for some of the fields, for `insert_all`.
                pub fn #rows<F, R>(fields: F, rows: impl ::core::iter::IntoIterator<Item = R>) -> __ecto::Rows<#ident, R>
                where
                    #bounds
                {
                    __ecto::Rows::new(fields, rows)
                }
            }
        }
    })
}

fn field(schema: &Schema, column: &Column, number: u16) -> TokenStream {
    let owner = &schema.ident;
    let Column { ident, name, ty, .. } = column;
    quote_spanned! {ident.span()=>
        pub const #ident: __ecto::Field<#owner, #ty> = __ecto::Field { __index: #number, __name: #name, __get: |row| &row.#ident };
    }
}

fn association(schema: &Schema, association: &Association, number: u16) -> TokenStream {
    let owner = &schema.ident;
    let Association { ident, target, owner_key, .. } = association;
    let Column { ident: key, ty, .. } = &schema.columns[*owner_key];
    let kind = format_ident!("{}Of", association.kind_name());
    let tie = key_type(schema, association);
    let related = match &association.tie {
        Tie::Field(field) => {
            let related = related(target, field.as_ref());
            quote_spanned!(target.span()=> ::core::option::Option::Some(|row| <_ as __ecto::KeyRef<#tie>>::key_ref(#related.get(row))))
        }
        Tie::Join(_) | Tie::Through(_) => quote!(::core::option::Option::None),
    };
    // At the place of the target, where its other errors are, so that they are one.
    quote_spanned! {target.span()=>
        pub const #ident: __ecto::#kind<#owner, #target, #tie> =
            __ecto::#kind::new(#number, |row| <#ty as __ecto::KeyRef<#tie>>::key_ref(&row.#key), #related, |row| &mut row.#ident);
    }
}

/// The type of the key by which the rows of an association find their owner.
pub fn key_type(schema: &Schema, association: &Association) -> TokenStream {
    let (target, ty) = (&association.target, &schema.columns[association.owner_key].ty);
    match &association.tie {
        Tie::Field(None) => quote_spanned!(target.span()=> <#target as __ecto::SingleKey>::One),
        Tie::Field(Some(_)) | Tie::Join(_) | Tie::Through(_) => quote!(<#ty as __ecto::SqlType>::Base),
    }
}

/// The struct of `consts = ..`, which stands beside the schema.
pub fn holder(schema: &Schema) -> Option<TokenStream> {
    let (consts, vis) = (schema.consts.as_ref()?, &schema.vis);
    let docs = format!("The fields of [`{}`], as constants.", schema.ident);
    Some(quote! {
        #[doc = #docs]
        #[derive(::core::fmt::Debug, ::core::clone::Clone, ::core::marker::Copy)]
        #vis struct #consts;
    })
}

/// The constant of a field of another schema; `None` for its single primary key.
pub fn related(target: &impl ToTokens, field: Option<&Ident>) -> TokenStream {
    match field {
        Some(field) => quote_spanned!(target.span()=> <<#target as __ecto::Constants>::Of>::#field),
        None => quote_spanned!(target.span()=> <#target as __ecto::SingleKey>::KEY),
    }
}
