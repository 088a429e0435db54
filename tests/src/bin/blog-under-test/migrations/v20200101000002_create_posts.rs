//! A second table, and changes to the first: all of it can be undone.

use ecto_core::prelude::*;

/// Posts, which go with their author.
pub struct CreatePosts;

impl Migration for CreatePosts {
    fn change(&self, m: &mut Change) {
        m.create_table("posts", |t| {
            t.add("author_id", t.references("users").on_delete(OnDelete::DeleteAll)).not_null();
            t.add("title", Type::String).size(80);
        });
        m.alter_table("users", |t| {
            t.add("post_id", references("posts"));
        });
        m.rename_column("users", "name", "full_name");
    }
}
