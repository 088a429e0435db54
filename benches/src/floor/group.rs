//! Children to their parents, by hand.

use std::collections::HashMap;

use super::{Author, Comment, Post, User};

/// Three lists made one tree. The rows may come in any order; those of one parent mostly come together.
pub fn tree(users: Vec<User>, mut posts: Vec<Post>, comments: Vec<Comment>) -> Vec<Author> {
    let mut parents = Parents::of(posts.iter().map(|post| post.id));
    for comment in comments {
        posts[parents.place(comment.post_id)].comments.push(comment);
    }
    let mut authors: Vec<Author> = users.into_iter().map(|user| Author { user, posts: Vec::new() }).collect();
    let mut parents = Parents::of(authors.iter().map(|author| author.user.id));
    for post in posts {
        authors[parents.place(post.author_id)].posts.push(post);
    }
    authors
}

/// Where each parent stands, and the one that was asked for last.
struct Parents {
    places: HashMap<i64, usize>,
    last: (i64, usize),
}

impl Parents {
    fn of(ids: impl Iterator<Item = i64>) -> Self {
        Parents { places: ids.enumerate().map(|(place, id)| (id, place)).collect(), last: (0, 0) }
    }

    fn place(&mut self, id: i64) -> usize {
        if self.last.0 != id {
            self.last = (id, self.places[&id]);
        }
        self.last.1
    }
}
