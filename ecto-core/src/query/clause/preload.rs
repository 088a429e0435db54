//! Associated rows, each kind by a query of its own.

use std::sync::Arc;

use super::super::marker::WholeRow;
use super::super::{Loads, Query, Sources};

impl<S: Sources, O> Query<S, O> {
    /// Loads an association of every row that is found: one further query for each association, however many rows there are.
    /// May be called again; a tuple loads several.
    ///
    /// ```
    /// # use ecto_core::prelude::*;
    /// # #[derive(Schema)] #[schema(table = "users")] struct User { id: i64, name: String, posts: HasMany<Post>, profile: HasOne<Profile> }
    /// # #[derive(Schema)] #[schema(table = "profiles")] struct Profile { id: i64, user_id: i64 }
    /// # #[derive(Schema)] #[schema(table = "posts")] struct Post { id: i64, user_id: i64, title: String, comments: HasMany<Comment> }
    /// # #[derive(Schema)] #[schema(table = "comments")] struct Comment { id: i64, post_id: i64 }
    /// let both = User::query().preload((User::posts, User::profile));
    /// let nested = User::query().preload(User::posts.then(Post::comments));
    /// let newest = Post::query().order_by(|p| p.id.desc()).limit(3);
    /// let three_of_each = User::query().preload(User::posts.with(newest));
    /// ```
    pub fn preload<P: Loads<S::Root> + 'static>(mut self, preload: P) -> Self
    where
        O: WholeRow<S::Root>,
        P::Checked: Sized,
    {
        self.preloads.push(O::__preload_of(Arc::new(preload)));
        self
    }
}
