//! `derive(SqlType)`: an enum without fields is stored by name, a newtype as what it holds.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Data, DataEnum, DeriveInput, Fields, Ident, Type};

use crate::attr::sql_type::{EnumAttr, only_crate, plain_name, renamed};
use crate::check::{can_be_column, last_name};
use crate::ctxt::Ctxt;
use crate::symbol;

/// The impls, and the path to ecto-core; `None` if the input is neither of the two.
pub fn expand(ctxt: &Ctxt, input: &DeriveInput) -> Option<(syn::Path, TokenStream)> {
    if !input.generics.params.is_empty() {
        ctxt.error(&input.generics, "`derive(SqlType)` is for types without generic parameters");
        return None;
    }
    match &input.data {
        Data::Enum(data) => {
            let attr = EnumAttr::parse(ctxt, &input.attrs);
            let variants = variants(ctxt, input, data, &attr);
            let impls = variants.map_or_else(|| opaque(&input.ident), |variants| enumeration(&input.ident, &variants));
            Some((attr.krate, impls))
        }
        Data::Struct(data) if matches!(&data.fields, Fields::Unnamed(fields) if fields.unnamed.len() == 1) => {
            let krate = only_crate(ctxt, &input.attrs, symbol::SQL_TYPE);
            let inner = data.fields.iter().next().map(|field| &field.ty)?;
            let is_stored = can_be_column(ctxt, inner) && no_option(ctxt, inner);
            Some((krate, if is_stored { newtype(&input.ident, inner) } else { opaque(&input.ident) }))
        }
        _ => {
            ctxt.error(&input.ident, "`derive(SqlType)` is for enums without fields, and for structs with one unnamed field");
            Some((only_crate(ctxt, &input.attrs, symbol::SQL_TYPE), opaque(&input.ident)))
        }
    }
}

/// ```text
/// struct Nick(Option<String>);
/// ```
fn no_option(ctxt: &Ctxt, inner: &Type) -> bool {
    let is_option = last_name(inner).is_some_and(|name| name == "Option");
    if is_option {
        ctxt.error(
            inner,
            "a column type is never NULL: leave the `Option` out, and make the fields that may be NULL an `Option` of this type",
        );
    }
    !is_option
}

/// Each variant with the name that is stored. U-05: no name twice, and at least one.
fn variants<'a>(ctxt: &Ctxt, input: &DeriveInput, data: &'a DataEnum, attr: &EnumAttr) -> Option<Vec<(&'a Ident, String)>> {
    let mut found: Vec<(&Ident, String)> = Vec::new();
    for variant in &data.variants {
        if !matches!(variant.fields, Fields::Unit) {
            ctxt.error(&variant.fields, "a value that is stored by its name has no fields");
            return None;
        }
        let given = renamed(ctxt, variant);
        let name = given.as_ref().map_or_else(|| attr.rename_all.apply(&plain_name(&variant.ident)), syn::LitStr::value);
        if let Some((first, _)) = found.iter().find(|(_, taken)| *taken == name) {
            ctxt.error(variant, format_args!("the name `{name}` is taken by `{first}` already"));
        }
        found.push((&variant.ident, name));
    }
    if found.is_empty() {
        ctxt.error(&input.ident, "an enum without values cannot be stored");
        return None;
    }
    Some(found)
}

fn enumeration(ident: &Ident, variants: &[(&Ident, String)]) -> TokenStream {
    let name = ident.to_string();
    let idents: Vec<_> = variants.iter().map(|(ident, _)| ident).collect();
    let names = variants.iter().map(|(_, name)| name);
    let places = 0..idents.len();
    let forwards = forwards(
        &quote!(__ecto::decode_variant(value)),
        &quote!(__ecto::dump_variant(self)),
        &quote!(__ecto::param_of_variant(self)),
        &quote!(__ecto::variant_of(&value)),
    );
    quote_spanned! {ident.span()=>
        #[automatically_derived]
        impl __ecto::EnumType for #ident {
            const NAME: &'static str = #name;
            const VARIANTS: &'static [Self] = &[#(#ident::#idents),*];
            const NAMES: &'static [&'static str] = &[#(#names),*];
            fn position(&self) -> usize {
                match self { #(#ident::#idents => #places),* }
            }
        }
        #[automatically_derived]
        #[diagnostic::do_not_recommend]
        impl __ecto::SqlType for #ident {
            #forwards
        }
        #[automatically_derived]
        #[diagnostic::do_not_recommend]
        impl __ecto::Scalar for #ident {
            const NAME: &'static str = "enum";
            const KIND: __ecto::Kind = __ecto::Kind::Text;
            const LITERAL: bool = true;
            type View = #ident;
            fn view(value: &__ecto::Value) -> ::core::option::Option<&#ident> {
                __ecto::view_variant(value)
            }
            fn cast(input: __ecto::Input<'_>) -> ::core::result::Result<Self, __ecto::CastError> {
                __ecto::cast_variant(input)
            }
        }
        __ecto::scalar_from_row!(#ident);
    }
}

fn newtype(ident: &Ident, inner: &Type) -> TokenStream {
    let forwards = forwards(
        &quote!(__ecto::decode_newtype(value)),
        &quote!(__ecto::dump_newtype(self)),
        &quote!(__ecto::param_of_newtype(self)),
        &quote!(__ecto::newtype_of(value)),
    );
    quote_spanned! {inner.span()=>
        #[automatically_derived]
        impl __ecto::Newtype for #ident {
            type Inner = #inner;
            fn wrap(inner: #inner) -> Self {
                #ident(inner)
            }
            fn inner(&self) -> &#inner {
                &self.0
            }
            fn into_inner(self) -> #inner {
                self.0
            }
        }
        #[automatically_derived]
        #[diagnostic::do_not_recommend]
        impl __ecto::SqlType for #ident {
            #forwards
            fn into_value(self) -> __ecto::Value {
                __ecto::value_of_newtype(self)
            }
        }
        #[automatically_derived]
        #[diagnostic::do_not_recommend]
        impl __ecto::Scalar for #ident {
            const NAME: &'static str = __ecto::inner_type::<Self>().name;
            const KIND: __ecto::Kind = __ecto::inner_type::<Self>().kind;
            const LITERAL: bool = __ecto::is_literal::<Self>();
            type View = __ecto::ViewOf<Self>;
            fn view(value: &__ecto::Value) -> ::core::option::Option<&Self::View> {
                __ecto::view_newtype::<Self>(value)
            }
            fn cast(input: __ecto::Input<'_>) -> ::core::result::Result<Self, __ecto::CastError> {
                __ecto::cast_newtype(input)
            }
        }
        __ecto::scalar_from_row!(#ident);
    }
}

/// A column type of which nothing is known: what follows an error, so that its columns are not errors too.
fn opaque(ident: &Ident) -> TokenStream {
    let nothing = quote!(::core::unimplemented!());
    let forwards = forwards(&nothing, &nothing, &nothing, &nothing);
    quote! {
        #[automatically_derived]
        #[diagnostic::do_not_recommend]
        #[allow(unused_variables, reason = "an error stands before it")]
        impl __ecto::SqlType for #ident {
            #forwards
        }
        #[automatically_derived]
        #[diagnostic::do_not_recommend]
        #[allow(unused_variables, reason = "an error stands before it")]
        impl __ecto::Scalar for #ident {
            const NAME: &'static str = "";
            const KIND: __ecto::Kind = __ecto::Kind::Text;
            type View = #ident;
            fn view(value: &__ecto::Value) -> ::core::option::Option<&#ident> {
                #nothing
            }
            fn cast(input: __ecto::Input<'_>) -> ::core::result::Result<Self, __ecto::CastError> {
                #nothing
            }
        }
        __ecto::scalar_from_row!(#ident);
    }
}

/// The methods of `SqlType`, each with its body.
fn forwards(decode: &TokenStream, to_value: &TokenStream, as_param: &TokenStream, from_value: &TokenStream) -> TokenStream {
    quote! {
        type Base = Self;
        type Null = __ecto::NotNull;
        #[inline]
        fn decode<'__a, __V: __ecto::ColumnValue<'__a>>(value: __V) -> __ecto::Result<Self> {
            #decode
        }
        fn to_value(&self) -> __ecto::Value {
            #to_value
        }
        fn as_param(&self) -> __ecto::Param<'_> {
            #as_param
        }
        fn from_value(value: __ecto::Value) -> __ecto::Result<Self> {
            #from_value
        }
    }
}
