//! The struct as it was written: its fields with their attributes, each association recognized.

use syn::ext::IdentExt;
use syn::{Data, DeriveInput, Fields, GenericArgument, Ident, PathArguments, Type, TypePath};

use crate::attr::field::{AssociationKind, FieldAttr};
use crate::ctxt::Ctxt;

/// A field with its attributes.
pub struct DeclaredField {
    pub ident: Ident,
    /// Without `r#`.
    pub name: String,
    pub ty: Type,
    pub attr: FieldAttr,
    pub holds: Option<Holds>,
}

/// The target of an association.
pub struct Holds {
    pub kind: AssociationKind,
    pub target: Type,
}

/// The fields of a struct with names; `what` is the derive, for the error text.
pub fn fields<'a>(ctxt: &Ctxt, input: &'a DeriveInput, what: &str) -> Option<&'a Fields> {
    if !input.generics.params.is_empty() {
        ctxt.error(&input.generics, format_args!("`derive({what})` is for structs without generic parameters: a table has one shape"));
        return None;
    }
    match &input.data {
        Data::Struct(data) if matches!(data.fields, Fields::Named(_)) => Some(&data.fields),
        _ => {
            ctxt.error(&input.ident, format_args!("`derive({what})` is for structs with named fields"));
            None
        }
    }
}

impl DeclaredField {
    /// Reads one field; `known` are the attributes that it may have.
    pub fn parse(ctxt: &Ctxt, owner: &Ident, field: &syn::Field, known: &[&str]) -> Option<Self> {
        let ident = field.ident.clone()?;
        let attr = FieldAttr::parse(ctxt, &field.attrs, known);
        let holds = container(&field.ty, owner);
        Some(DeclaredField { name: ident.unraw().to_string(), ident, ty: field.ty.clone(), attr, holds })
    }
}

impl DeclaredField {
    /// By its type, or by an attribute that its type may contradict.
    pub fn is_association(&self) -> bool {
        self.holds.is_some() || self.attr.association.is_some()
    }

    /// Do its attribute and its type say the same?
    pub fn is_consistent(&self) -> bool {
        let container = self.holds.as_ref().map(|holds| holds.kind.container());
        self.attr.association.is_none_or(|(wanted, _)| container == Some(wanted.container()))
    }
}

/// `HasMany<Post>`, by the last segment of the path: a macro sees names, not types.
pub fn container(ty: &Type, owner: &Ident) -> Option<Holds> {
    let Type::Path(TypePath { path, .. }) = ty else { return None };
    let last = path.segments.last()?;
    let kinds = [AssociationKind::HasMany, AssociationKind::HasOne, AssociationKind::BelongsTo];
    let kind = kinds.into_iter().find(|kind| last.ident == kind.container())?;
    let PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
    let Some(GenericArgument::Type(target)) = arguments.args.first() else { return None };
    Some(Holds { kind, target: named(target, owner) })
}

/// `Self` would be another type inside of the handle struct.
fn named(target: &Type, owner: &Ident) -> Type {
    match target {
        Type::Path(TypePath { qself: None, path }) if path.is_ident("Self") => {
            Type::Path(TypePath { qself: None, path: owner.clone().into() })
        }
        other => other.clone(),
    }
}
