//! Rules over more than one attribute, each with a wrong example above it.

use proc_macro2::Span;
use syn::{GenericArgument, Ident, PathArguments, PathSegment, Type, TypePath};

use crate::ast::declared::DeclaredField;
use crate::attr::field::{AssociationKind, Autogenerate, JoinTable, Writable};
use crate::attr::schema::SchemaAttr;
use crate::ctxt::Ctxt;
use crate::symbol;

/// The functions that stand on a schema beside the constants of its fields.
pub const FUNCTIONS: &[&str] = &["query", "rows"];

/// A primary key has at most so many fields.
pub const MOST_KEYS: usize = 4;

/// Types of Rust's own that no column holds, each with what does.
const NEVER_COLUMNS: &[(&str, &str)] = &[
    ("u8", "i16"),
    ("u16", "i32"),
    ("u32", "i64"),
    ("u64", "i64"),
    ("u128", "Decimal"),
    ("i8", "i16"),
    ("i128", "Decimal"),
    ("usize", "i64"),
    ("isize", "i64"),
    ("char", "String"),
];

/// Types that nothing fills by itself.
const NEVER_GENERATED: &[&str] = &["String", "bool", "f32", "f64", "Vec", "Option"];

/// Can a column be of this type, as far as its name says? Otherwise an error.
///
/// ```text
/// struct User { id: u64 }
/// ```
pub fn can_be_column(ctxt: &Ctxt, ty: &Type) -> bool {
    let ty = without_option(ty);
    let found = last_name(ty).and_then(|name| NEVER_COLUMNS.iter().find(|(never, _)| *name == never));
    if let Some((never, instead)) = found {
        ctxt.error(ty, format_args!("`{never}` is not a column type: use `{instead}`"));
    }
    let is_list = is_list(ty);
    if is_list {
        ctxt.error(ty, "a list is not a column type, unless it is of bytes: `Vec<u8>`");
    }
    found.is_none() && !is_list
}

/// A `Vec` of anything but bytes.
fn is_list(ty: &Type) -> bool {
    let Type::Path(TypePath { qself: None, path }) = ty else { return false };
    let Some(PathSegment { ident, arguments: PathArguments::AngleBracketed(of) }) = path.segments.last() else { return false };
    let of_bytes = matches!(of.args.first(), Some(GenericArgument::Type(item)) if last_name(item).is_some_and(|name| name == "u8"));
    ident == "Vec" && !of_bytes
}

/// `T` of `Option<T>`.
pub fn without_option(ty: &Type) -> &Type {
    let Type::Path(TypePath { path, .. }) = ty else { return ty };
    match path.segments.last().map(|last| (&last.ident, &last.arguments)) {
        Some((name, PathArguments::AngleBracketed(of))) if name == "Option" => match of.args.first() {
            Some(GenericArgument::Type(inner)) => inner,
            _ => ty,
        },
        _ => ty,
    }
}

/// The last segment of a path: a macro sees names, not types.
pub fn last_name(ty: &Type) -> Option<&Ident> {
    let Type::Path(TypePath { qself: None, path }) = ty else { return None };
    path.segments.last().map(|segment| &segment.ident)
}

/// A struct with `derive(Schema)`.
pub fn schema(ctxt: &Ctxt, ident: &Ident, attr: &SchemaAttr, fields: &[DeclaredField]) {
    has_table(ctxt, ident, attr);
    one_form_of_key(ctxt, attr, fields);
    key_is_small(ctxt, attr, fields);
    columns_differ(ctxt, fields);
    for field in fields {
        associations_match(ctxt, field);
        join_is_whole(ctxt, field);
        through_stands_alone(ctxt, field);
        if field.is_association() {
            not_on_association(ctxt, field);
        } else {
            not_on_column(ctxt, field);
        }
        virtual_is_not_stored(ctxt, field);
        one_source_of_values(ctxt, field);
        generated_has_a_source(ctxt, field);
        not_function(ctxt, attr, field);
    }
}

/// A struct with `derive(Record)`.
///
/// ```text
/// #[derive(Record)]
/// struct SignUp { posts: HasMany<Post> }
/// ```
pub fn record(ctxt: &Ctxt, fields: &[DeclaredField]) {
    for field in fields.iter().filter(|field| field.is_association()) {
        ctxt.error(&field.ty, "a record without a table has no associations; derive `Schema`");
    }
}

/// ```text
/// #[derive(Schema)]
/// struct User { id: i64 }
/// ```
fn has_table(ctxt: &Ctxt, ident: &Ident, attr: &SchemaAttr) {
    if attr.table.is_none() && ctxt.is_clean() {
        ctxt.error(
            ident,
            format_args!("a schema needs a table: add `#[schema(table = \"..\")]` to `{ident}`, or derive `Record` if it has none"),
        );
    }
}

/// ```text
/// #[schema(primary_key = a)]
/// struct Pair { a: i64, #[schema(primary_key)] b: i64 }
/// ```
fn one_form_of_key(ctxt: &Ctxt, attr: &SchemaAttr, fields: &[DeclaredField]) {
    if attr.primary_key.is_some() {
        for span in fields.iter().filter_map(|field| field.attr.primary_key) {
            at(ctxt, span, "the primary key is given on the struct already");
        }
    }
}

/// ```text
/// #[schema(primary_key = (a, b, c, d, e))]
/// ```
fn key_is_small(ctxt: &Ctxt, attr: &SchemaAttr, fields: &[DeclaredField]) {
    let marked: Vec<Span> = fields.iter().filter_map(|field| field.attr.primary_key).collect();
    let named: Vec<Span> = attr.primary_key.iter().flatten().map(Ident::span).collect();
    if let Some(span) = marked.get(MOST_KEYS).or(named.get(MOST_KEYS)) {
        at(ctxt, *span, "a primary key has at most four fields");
    }
}

/// ```text
/// struct User { name: String, #[schema(source = "name")] nick: String }
/// ```
fn columns_differ(ctxt: &Ctxt, fields: &[DeclaredField]) {
    let mut seen = Vec::new();
    for field in fields.iter().filter(|field| !field.is_association() && field.attr.is_virtual.is_none()) {
        let column = field.attr.source.as_ref().map_or_else(|| field.name.clone(), syn::LitStr::value);
        if seen.contains(&column) {
            ctxt.error(&field.ident, format_args!("the column `{column}` has a field already"));
        }
        seen.push(column);
    }
}

/// The attribute and the type say the same.
///
/// ```text
/// struct User { #[schema(has_many)] posts: Vec<Post>, #[schema(has_one)] pets: HasMany<Pet> }
/// ```
fn associations_match(ctxt: &Ctxt, field: &DeclaredField) {
    if let Some((kind, _)) = field.attr.association
        && !field.is_consistent()
    {
        ctxt.error(&field.ty, format_args!("`{}` needs a field of type `{}<..>`", kind.attribute(), kind.container()));
    }
}

/// S-46: a table between two schemas is named, and its keys stand there.
///
/// ```text
/// struct Post { #[schema(many_to_many)] tags: HasMany<Tag>, #[schema(join_through = "posts_tags")] topics: HasMany<Topic> }
/// ```
fn join_is_whole(ctxt: &Ctxt, field: &DeclaredField) {
    let attr = &field.attr;
    let kind = attr.association.filter(|(kind, _)| *kind == AssociationKind::ManyToMany);
    match (kind, &attr.join_through) {
        (Some((_, span)), None) => {
            at(ctxt, span, "`many_to_many` needs the table between: `join_through = \"posts_tags\"`, or a schema of it")
        }
        (Some(_), Some(_)) => {
            if let Some(key) = &attr.foreign_key {
                ctxt.error(key, "`many_to_many` has its keys in the table between: `join_keys = (post_id, tag_id)`");
            }
        }
        (None, Some(JoinTable::Named(table))) => ctxt.error(table, "`join_through` is for `many_to_many`"),
        (None, Some(JoinTable::Schema(table))) => ctxt.error(table, "`join_through` is for `many_to_many`"),
        (None, None) => {
            if let Some((key, _)) = &attr.join_keys {
                ctxt.error(key, "`join_keys` is for `many_to_many`");
            }
        }
    }
}

/// S-44: the steps say everything.
///
/// ```text
/// struct User { #[schema(through(User::posts))] posts_again: HasMany<Post>, #[schema(through(User::posts, Post::author))] author: BelongsTo<User> }
/// ```
fn through_stands_alone(ctxt: &Ctxt, field: &DeclaredField) {
    let attr = &field.attr;
    let Some(through) = &attr.through else { return };
    if through.steps.len() < 2 {
        at(ctxt, through.span, "`through` needs at least two steps: `through(User::posts, Post::comments)`");
    }
    if field.holds.as_ref().is_none_or(|holds| holds.kind == AssociationKind::BelongsTo) {
        ctxt.error(&field.ty, "`through` needs a field of type `HasMany<..>` or `HasOne<..>`");
    }
    let keys = [(&attr.foreign_key, symbol::FOREIGN_KEY), (&attr.references, symbol::REFERENCES)];
    for (key, name) in keys.iter().filter_map(|(key, name)| key.as_ref().map(|key| (key, name))) {
        ctxt.error(key, format_args!("`{name}` is said by the steps of `through`"));
    }
    if let Some((AssociationKind::ManyToMany, span)) = attr.association {
        at(ctxt, span, "either `many_to_many` or `through`");
    }
}

/// ```text
/// struct User { #[schema(source = "p")] posts: HasMany<Post> }
/// ```
fn not_on_association(ctxt: &Ctxt, field: &DeclaredField) {
    for (span, name) in column_attributes(field) {
        at(ctxt, span, format_args!("`{name}` is for columns; `{}` is an association", field.name));
    }
}

/// ```text
/// struct Post { #[schema(foreign_key = author_id)] title: String }
/// ```
fn not_on_column(ctxt: &Ctxt, field: &DeclaredField) {
    for (name, value) in [(symbol::FOREIGN_KEY, &field.attr.foreign_key), (symbol::REFERENCES, &field.attr.references)] {
        if let Some(value) = value {
            ctxt.error(value, format_args!("`{name}` is for associations: fields of type `HasMany<..>`, `HasOne<..>` or `BelongsTo<..>`"));
        }
    }
}

/// ```text
/// struct User { #[schema(virtual, source = "pw")] password: String }
/// ```
fn virtual_is_not_stored(ctxt: &Ctxt, field: &DeclaredField) {
    if field.attr.is_virtual.is_some() && !field.is_association() {
        let stored =
            column_attributes(field).into_iter().filter(|(_, name)| ![symbol::VIRTUAL, symbol::DEFAULT, symbol::REDACT].contains(name));
        for (span, name) in stored {
            at(ctxt, span, format_args!("`{name}` is for columns; `{}` is virtual", field.name));
        }
    }
}

/// S-20 and S-23: what this library fills is neither filled by the database nor closed to writes.
///
/// ```text
/// struct User { #[schema(autogenerate, read_after_writes)] token: Uuid }
/// ```
fn one_source_of_values(ctxt: &Ctxt, field: &DeclaredField) {
    if field.attr.autogenerate.is_none() {
        return;
    }
    if let Some(span) = field.attr.read_after_writes {
        at(ctxt, span, "`read_after_writes` and `autogenerate` exclude each other: either the database or this library fills the field");
    }
    if let Some((writable, span)) = field.attr.writable
        && writable != Writable::Always
    {
        at(ctxt, span, "`autogenerate` needs a field that is always writable");
    }
}

/// ```text
/// struct User { #[schema(autogenerate)] token: String }
/// ```
fn generated_has_a_source(ctxt: &Ctxt, field: &DeclaredField) {
    if let Some(Autogenerate { span, function: None }) = field.attr.autogenerate
        && last_name(&field.ty).is_some_and(|name| NEVER_GENERATED.iter().any(|never| name == never))
    {
        at(ctxt, span, "`autogenerate` alone is for UUIDs and for integer primary keys; name a function: `autogenerate = path`");
    }
}

/// ```text
/// struct Search { id: i64, query: String }
/// ```
fn not_function(ctxt: &Ctxt, attr: &SchemaAttr, field: &DeclaredField) {
    let name = &field.name;
    if attr.consts.is_none() && FUNCTIONS.contains(&name.as_str()) {
        let text =
            format!("a field named `{name}` clashes with the function `{name}(..)`; move the constants with `#[schema(consts = ..)]`");
        ctxt.error(&field.ident, text);
    }
}

/// Every attribute here that only a column can have, with its place.
fn column_attributes(field: &DeclaredField) -> Vec<(Span, &'static str)> {
    let attr = &field.attr;
    let all = [
        (attr.source.as_ref().map(syn::LitStr::span), symbol::SOURCE),
        (attr.default.as_ref().map(syn::spanned::Spanned::span), symbol::DEFAULT),
        (attr.is_virtual, symbol::VIRTUAL),
        (attr.redact, symbol::REDACT),
        (attr.read_after_writes, symbol::READ_AFTER_WRITES),
        (attr.primary_key, symbol::PRIMARY_KEY),
        (attr.autogenerate.as_ref().map(|autogenerate| autogenerate.span), symbol::AUTOGENERATE),
        (attr.writable.map(|(_, span)| span), symbol::WRITABLE),
    ];
    all.into_iter().filter_map(|(span, name)| span.map(|span| (span, name))).collect()
}

fn at(ctxt: &Ctxt, span: Span, text: impl std::fmt::Display) {
    ctxt.push(syn::Error::new(span, text));
}
