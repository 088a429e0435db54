//! The schemas of the design, as an application writes them.
#![deny(warnings, missing_docs)]

use chrono::{DateTime, Utc};
use ecto_core::Schema;
use ecto_core::schema::{BelongsTo, HasMany, HasOne, Record as _, RelationKind, Schema as _};

/// A user.
#[derive(Schema, Debug, Clone, PartialEq)]
#[schema(table = "users", timestamps)]
pub struct User {
    /// Primary key by name.
    pub id: i64,
    /// Text.
    pub name: String,
    /// May be missing.
    pub age: Option<i32>,
    /// Has a default.
    #[schema(default = false)]
    pub confirmed: bool,
    /// By another foreign key.
    #[schema(has_many, foreign_key = author_id)]
    pub posts: HasMany<Post>,
    /// At most one.
    pub profile: HasOne<Profile>,
    /// By the clock.
    pub inserted_at: DateTime<Utc>,
    /// By the clock.
    pub updated_at: DateTime<Utc>,
}

/// A post.
#[derive(Schema, Debug, Clone, PartialEq)]
#[schema(table = "posts")]
pub struct Post {
    id: i64,
    title: String,
    author_id: Option<i64>,
    author: BelongsTo<User>,
}

/// A profile.
#[derive(Schema, Debug, Clone, PartialEq)]
#[schema(table = "profiles")]
pub struct Profile {
    id: i64,
    user_id: i64,
    user: BelongsTo<User>,
}

fn main() {
    let meta = User::META;
    assert_eq!((meta.name, meta.table, meta.key), ("User", "users", &[0u16][..]));
    let fields: Vec<_> = meta.fields.iter().map(|field| (field.name, field.type_name, field.nullable)).collect();
    assert_eq!(fields[..4], [("id", "integer", false), ("name", "string", false), ("age", "integer", true), ("confirmed", "boolean", false)]);
    let posts = &meta.relations[0];
    let hop = posts.first_hop();
    assert_eq!((posts.name, posts.kind, hop.from, hop.to), ("posts", RelationKind::HasMany, 0, 2));
    assert!(std::ptr::eq((hop.target)(), Post::META));
    let author = &Post::META.relations[0];
    assert_eq!((author.kind, author.first_hop().from, author.first_hop().to), (RelationKind::BelongsTo, 2, 0));
    assert_eq!((User::age.name(), User::age.index(), User::age.nullable()), ("age", 2, true));
    assert_eq!(Post::author.relation().name, "author");
    let post = Post { id: 7, title: "x".into(), author_id: Some(3), author: BelongsTo::default() };
    assert_eq!(post.key(), 7);
    let query = User::query().join(|u| u.posts).left_join(|(_, p)| p.author).filter(|(u, p, a)| p.title.eq("x").and(u.age.gt(3)).and(a.name.is_nil()));
    let _ = query.select(|(u, p, a)| (u.name, p, a.confirmed));
}
