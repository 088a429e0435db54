//! Members, their profiles, what they post and what others say to it: associations of every kind.

use ecto_core::adapter::recorder::Recorder;
use ecto_core::adapter::{ConnectOptions, PoolOptions, open};
use ecto_core::prelude::*;

use crate::Stage;

/// Somebody who may have a profile and posts.
#[derive(Schema, Debug, PartialEq)]
#[schema(table = "members")]
pub struct Member {
    /// The key.
    pub id: i64,
    /// What posts call their author.
    pub handle: String,
    /// At most one.
    pub profile: HasOne<Profile>,
    /// Any number.
    #[schema(foreign_key = author_id)]
    pub posts: HasMany<Post>,
    /// What they like, by way of a schema.
    #[schema(many_to_many, join_through = Like)]
    pub liked: HasMany<Post>,
    /// What others said to their posts.
    #[schema(through(Member::posts, Post::comments))]
    pub comments: HasMany<Comment>,
    /// What their posts are about.
    #[schema(through(Self::posts, Post::tags))]
    pub tags: HasMany<Tag>,
    /// Who likes their posts.
    #[schema(through(posts, Post::fans))]
    pub fans: HasMany<Member>,
    /// Who writes about the same things: both steps are many.
    #[schema(through(Member::tags, Tag::authors))]
    pub peers: HasMany<Member>,
    /// The profiles of who likes their posts.
    #[schema(through(Member::posts, Post::fans, Member::profile))]
    pub fan_profiles: HasMany<Profile>,
}

/// What a member says of themselves.
#[derive(Schema, Debug, PartialEq)]
#[schema(table = "profiles")]
pub struct Profile {
    /// The key.
    pub id: i64,
    /// Whose.
    pub member_id: i64,
    /// A text.
    pub about: String,
}

/// Something posted, perhaps by nobody.
#[derive(Schema, Debug, PartialEq)]
#[schema(table = "posts")]
pub struct Post {
    /// The key.
    pub id: i64,
    /// The author, if there is one.
    pub author_id: Option<i64>,
    /// A text.
    pub title: String,
    /// How often it was read.
    pub visits: i32,
    /// Shared by all posts of the author.
    pub author: BelongsTo<Member>,
    /// Any number.
    pub comments: HasMany<Comment>,
    /// What it is about, by way of a table without a schema.
    #[schema(many_to_many, join_through = "posts_tags")]
    pub tags: HasMany<Tag>,
    /// Who likes it.
    #[schema(many_to_many, join_through = Like, join_keys = (post_id, member_id))]
    pub fans: HasMany<Member>,
}

/// Something said to a post.
#[derive(Schema, Debug, PartialEq)]
#[schema(table = "comments")]
pub struct Comment {
    /// The key.
    pub id: i64,
    /// To what.
    pub post_id: i64,
    /// A text.
    pub text: String,
    /// To what.
    pub post: BelongsTo<Post>,
    /// Who wrote what it was said to.
    #[schema(through(Comment::post, Post::author))]
    pub author: HasOne<Member>,
    /// What else was said to it.
    #[schema(through(Comment::post, Post::comments))]
    pub thread: HasMany<Comment>,
}

/// What a post can be about.
#[derive(Schema, Debug, PartialEq)]
#[schema(table = "tags")]
pub struct Tag {
    /// The key.
    pub id: i64,
    /// A text.
    pub word: String,
    /// Any number.
    #[schema(many_to_many, join_through = "posts_tags")]
    pub posts: HasMany<Post>,
    /// Who writes about it.
    #[schema(has_many, through(Tag::posts, Post::author))]
    pub authors: HasMany<Member>,
    /// What is said about it.
    #[schema(through(Tag::posts, Post::comments))]
    pub comments: HasMany<Comment>,
}

/// That somebody likes a post.
#[derive(Schema, Debug, PartialEq)]
#[schema(table = "likes", primary_key = (member_id, post_id))]
pub struct Like {
    /// Who.
    pub member_id: i64,
    /// What.
    pub post_id: i64,
    /// Who that is.
    pub member: BelongsTo<Member>,
}

/// Makes the tables, and these rows.
///
/// - 1 al: a profile; the posts 1 `b` with 3 visits, 2 `a` with 1, 3 `c` with 2
/// - 2 bo: the posts 4 `e` with 5 visits and 5 `d` with 4
/// - 3 cy: nothing
/// - the post 6 `f` of nobody
/// - the comments 1 `x` and 2 `y` to post 1, and 3 `z` to post 4
/// - the tags 1 `rust` of the posts 1, 2 and 4, 2 `sql` of the posts 1 and 6, and 3 `tea` of none
/// - likes: al the posts 4 and 5, bo the posts 1 and 2, cy the post 1
///
/// # Errors
/// What the database said.
pub fn create(stage: &Stage) -> Result<()> {
    stage.run(&[
        "CREATE TABLE members (id {key}, handle {text} NOT NULL)",
        "CREATE TABLE profiles (id {key}, member_id {bigint} NOT NULL, about {text} NOT NULL)",
        "CREATE TABLE posts (id {key}, author_id {bigint}, title {text} NOT NULL, visits {integer} NOT NULL)",
        "CREATE TABLE comments (id {key}, post_id {bigint} NOT NULL, text {text} NOT NULL)",
        "CREATE TABLE tags (id {key}, word {text} NOT NULL)",
        "CREATE TABLE posts_tags (post_id {bigint} NOT NULL, tag_id {bigint} NOT NULL)",
        "CREATE TABLE likes (member_id {bigint} NOT NULL, post_id {bigint} NOT NULL, PRIMARY KEY (member_id, post_id))",
        "INSERT INTO members (id, handle) VALUES (1, 'al'), (2, 'bo'), (3, 'cy')",
        "INSERT INTO profiles (id, member_id, about) VALUES (1, 1, 'tall')",
        "INSERT INTO posts (id, author_id, title, visits) VALUES (1, 1, 'b', 3), (2, 1, 'a', 1), (3, 1, 'c', 2), (4, 2, 'e', 5), (5, 2, 'd', 4), \
         (6, NULL, 'f', 0)",
        "INSERT INTO comments (id, post_id, text) VALUES (1, 1, 'x'), (2, 1, 'y'), (3, 4, 'z')",
        "INSERT INTO tags (id, word) VALUES (1, 'rust'), (2, 'sql'), (3, 'tea')",
        "INSERT INTO posts_tags (post_id, tag_id) VALUES (1, 1), (2, 1), (4, 1), (1, 2), (6, 2)",
        "INSERT INTO likes (member_id, post_id) VALUES (1, 4), (1, 5), (2, 1), (2, 2), (3, 1)",
    ])
}

/// The same database through a repo whose statements can be counted.
///
/// # Errors
/// What the database said.
pub fn counted(stage: &Stage) -> Result<(Repo, Recorder)> {
    let (database, _) = open(&stage.url, ConnectOptions::default(), PoolOptions::default())?;
    let recorder = Recorder::around(database);
    Ok((Repo::with_adapter(recorder.adapter()), recorder))
}

/// Every member, in the order of their keys.
pub fn members() -> Query<Member> {
    Member::query().order_by(|m| m.id.asc())
}

/// Every post, in the order of their keys.
pub fn posts() -> Query<Post> {
    Post::query().order_by(|p| p.id.asc())
}
