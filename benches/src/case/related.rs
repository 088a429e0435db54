//! Rows of several tables.

use crate::database::Database;
use crate::fill::ROWS;
use crate::floor;
use crate::measure::Pair;
use crate::model::{Author, Post, User};
use crate::report::Report;

pub fn run(database: &mut Database, report: &mut Report) {
    join(database, report);
    preload(database, report);
}

fn join(database: &mut Database, report: &mut Report) {
    let budget = database.budget(1.05, 1.05);
    let (repo, floor) = (&database.repo, &mut database.floor);
    let query = || User::query().join_on::<Post>(|u, p| p.author_id.eq(u.id)).select(|(u, p)| (u, p));
    let sum = |rows: Vec<(User, Post)>| rows.iter().map(|(user, post)| (user.id + post.id) as u64).sum::<u64>();
    let mut ours = |count| (0..count).map(|_| sum(repo.all(&query()).expect("rows"))).sum();
    let mut floor = |count| (0..count).map(|_| floor.join().iter().map(|(user, post)| (user.id + post.id) as u64).sum::<u64>()).sum();
    report.ratio(&format!("join two tables, {ROWS} rows"), budget, Pair { ours: &mut ours, floor: &mut floor });
}

/// A hundred users, ten posts of each, ten comments of each of these: three statements.
fn preload(database: &mut Database, report: &mut Report) {
    const LAST: i64 = 100;
    let budget = database.budget(1.05, 1.00);
    let (repo, floor) = (&database.repo, &mut database.floor);
    let query = || Author::query().filter(|a| a.id.le(LAST)).order_by(|a| a.id).preload(Author::posts.then(Post::comments));
    let of = |post: &Post| post.comments.get().expect("comments").iter().map(|comment| comment.id as u64).sum::<u64>();
    let sum = |authors: Vec<Author>| authors.iter().flat_map(|author| author.posts.get().expect("posts")).map(of).sum::<u64>();
    let mut ours = |count| (0..count).map(|_| sum(repo.all(&query()).expect("authors"))).sum();
    let mut floor = |count| {
        let comments = |post: &floor::Post| post.comments.iter().map(|comment| comment.id as u64).sum::<u64>();
        (0..count).map(|_| floor.preload(LAST).iter().flat_map(|author| &author.posts).map(comments).sum::<u64>()).sum()
    };
    report.ratio("preload 100 x 10 x 10", budget, Pair { ours: &mut ours, floor: &mut floor });
}
