// What the mistakes are made with. Each needs a part of it.

#[allow(unused_imports)]
use ecto_core::prelude::*;

#[allow(dead_code)]
#[derive(Schema)]
#[schema(table = "users")]
pub struct User {
    pub id: i64,
    pub name: String,
    pub age: Option<i32>,
    pub confirmed: bool,
    pub posts: HasMany<Post>,
}

#[allow(dead_code)]
#[derive(Schema)]
#[schema(table = "posts")]
pub struct Post {
    pub id: i64,
    pub user_id: i64,
    pub title: String,
    pub published: bool,
    pub rating: f64,
    pub user: BelongsTo<User>,
    pub comments: HasMany<Comment>,
}

#[allow(dead_code)]
#[derive(Schema)]
#[schema(table = "comments")]
pub struct Comment {
    pub id: i64,
    pub post_id: i64,
    pub text: String,
}
