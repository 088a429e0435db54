//! Associated rows by a join of the query itself.

use super::super::joined::selected;
use super::super::marker::RootRow;
use super::super::{FilledByJoin, FillerOf, Query, Sources};

impl<S: Sources, O> Query<S, O> {
    /// Fills an association with the rows of a source that was joined: one statement for all. The closure says which source that is; rows of
    /// the root stand once each, in the order in which they are met, with the rows that the query found for them and no others.
    ///
    /// What else is loaded of these rows stands behind the handle, in a tuple: an association that a further source fills, or one by a query of its own.
    /// Together with a limit or an offset it is refused when a repo runs it, as they would count joined rows.
    ///
    /// ```
    /// # use ecto_core::prelude::*;
    /// # #[derive(Schema)] #[schema(table = "users")] struct User { id: i64, name: String, posts: HasMany<Post> }
    /// # #[derive(Schema)] #[schema(table = "posts")] struct Post { id: i64, user_id: i64, published: bool, comments: HasMany<Comment>, tags: HasMany<Tag> }
    /// # #[derive(Schema)] #[schema(table = "comments")] struct Comment { id: i64, post_id: i64 }
    /// # #[derive(Schema)] #[schema(table = "tags")] struct Tag { id: i64, post_id: i64 }
    /// let published = User::query().join(|u| u.posts).filter(|(_, p)| p.published).preload_joined(User::posts, |(_, p)| p);
    /// let nested = User::query()
    ///     .left_join(|u| u.posts)
    ///     .left_join(|(_, p)| p.comments)
    ///     .preload_joined(User::posts, |(_, p, c)| (p, Post::comments.joined(c), Post::tags));
    /// ```
    pub fn preload_joined<A: FilledByJoin<S::Root>, F>(mut self, association: A, source: impl FnOnce(S::Bindings) -> F) -> Self
    where
        O: RootRow<S::Root>,
        A::Checked: Sized,
        F: FillerOf<A::Target>,
        F::Checked: Sized,
    {
        let node = self.bind(source).__node();
        let fold = association.__fold(node);
        self.inspect(&selected(&*fold));
        O::__fill(&mut self.preloads, fold);
        self
    }
}
