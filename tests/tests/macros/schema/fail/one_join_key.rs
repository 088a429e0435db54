#![allow(dead_code)]
use ecto_core::prelude::*;

#[derive(Schema)]
#[schema(table = "posts")]
struct Post {
    id: i64,
    #[schema(many_to_many, join_through = "posts_tags", join_keys = (post_id))]
    tags: HasMany<Tag>,
}

#[derive(Schema)]
#[schema(table = "tags")]
struct Tag {
    id: i64,
}

fn main() {}
