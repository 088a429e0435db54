//! The schema as the macro understands it: what every expander reads.

mod associate;
pub mod declared;
pub mod resolve;

use proc_macro2::Span;
use syn::{Expr, Ident, Path, Type, Visibility};

use crate::attr::field::{AssociationKind, JoinTable, Writable};

/// A struct with `derive(Schema)`, or, without a table, with `derive(Record)`.
pub struct Schema {
    pub ident: Ident,
    pub vis: Visibility,
    /// The path to ecto-core.
    pub krate: Path,
    /// Empty for a record.
    pub table: String,
    /// The struct on which the constants stand, if it is not the schema itself.
    pub consts: Option<Ident>,
    /// Every field that is not an association; its place is its number.
    pub columns: Vec<Column>,
    pub associations: Vec<Association>,
    /// The fields of all associations, also of those that were not understood.
    pub slots: Vec<Ident>,
    /// Does it have the functions of a schema, `query` and `rows`?
    pub is_queried: bool,
    /// The numbers of the primary key's fields.
    pub key: Vec<usize>,
}

/// A field that is not an association.
pub struct Column {
    pub ident: Ident,
    /// Without `r#`.
    pub name: String,
    pub ty: Type,
    /// Where the type stands: what is wrong with it is shown there. Kept, because asking for it joins the places of its tokens.
    pub span: Span,
    pub source: String,
    pub default: Option<Expr>,
    pub fill: Option<Fill>,
    pub is_virtual: bool,
    pub redact: bool,
    pub read_after_writes: bool,
    pub writable: Writable,
}

/// What fills a field that is not given.
pub enum Fill {
    /// What is usual for a primary key of its type.
    Key,
    /// A fresh value of its type; `true` on a primary key, which the database may fill.
    Generated(bool),
    /// A function.
    Function(Expr),
    /// The clock.
    InsertedAt,
    UpdatedAt,
}

/// A field that holds other rows.
pub struct Association {
    pub ident: Ident,
    /// Without `r#`.
    pub name: String,
    /// By the type of the field: `HasMany`, `HasOne` or `BelongsTo`.
    pub kind: AssociationKind,
    pub target: Type,
    /// The number of the field of this schema that ties them.
    pub owner_key: usize,
    pub tie: Tie,
}

/// What ties the rows of an association to their owner.
pub enum Tie {
    /// A field of the target; `None` for its single primary key.
    Field(Option<Ident>),
    /// A table between the two.
    Join(Join),
    /// Other associations, one behind the other.
    Through(Vec<Path>),
}

/// A table that holds the keys of both sides.
pub struct Join {
    pub table: JoinTable,
    /// Its column with the key of the owner.
    pub owner: Ident,
    /// Its column with the key of the target.
    pub related: Ident,
}

impl Association {
    /// What the kind is called, in the names of types and variants.
    pub fn kind_name(&self) -> &'static str {
        match (&self.tie, self.kind) {
            (Tie::Join(_), _) => "ManyToMany",
            (Tie::Through(_), AssociationKind::HasOne) => "HasOneThrough",
            (Tie::Through(_), _) => "HasManyThrough",
            (Tie::Field(_), kind) => kind.container(),
        }
    }
}

impl Schema {
    /// The struct on which the constants stand.
    pub fn holder(&self) -> &Ident {
        self.consts.as_ref().unwrap_or(&self.ident)
    }

    /// The fields that have a column, in the order in which they are selected.
    pub fn stored(&self) -> impl Iterator<Item = &Column> {
        self.columns.iter().filter(|column| !column.is_virtual)
    }
}
