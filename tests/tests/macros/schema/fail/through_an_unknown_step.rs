#![allow(dead_code)]
use ecto_core::prelude::*;

#[derive(Schema)]
#[schema(table = "users")]
struct User {
    id: i64,
    posts: HasMany<Post>,
    #[schema(through(User::post, Post::comments))]
    comments: HasMany<Comment>,
}

#[derive(Schema)]
#[schema(table = "posts")]
struct Post {
    id: i64,
    user_id: i64,
    comments: HasMany<Comment>,
}

#[derive(Schema)]
#[schema(table = "comments")]
struct Comment {
    id: i64,
    post_id: i64,
    post: BelongsTo<Post>,
}

fn main() {}
