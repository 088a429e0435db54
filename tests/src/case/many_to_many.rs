//! Rows that are tied by a table between them.

use ecto_core::prelude::*;

use super::{Case, Outcome, case};
use crate::Stage;
use crate::scenario::forum::{self, Comment, Member, Post, Tag};

pub(super) const CASES: &[Case] = &[
    case!(each_owner_has_its_rows, ["S-46", "Q-21"]),
    case!(a_schema_can_stand_between, ["S-46"]),
    case!(one_statement_whatever_lies_between, ["S-46", "R-22"]),
    case!(a_query_says_which_rows_and_how_many_of_each_owner, ["S-46", "R-23"]),
    case!(loaded_rows_have_rows_of_their_own, ["S-46", "R-21"]),
    case!(a_join_passes_the_table_between, ["S-46", "Q-05"]),
    case!(outer_joins_pass_the_table_between, ["S-46", "Q-03"]),
    case!(several_ways_in_one_query, ["S-46", "Q-05"]),
    case!(a_condition_looks_over_the_table_between, ["S-46", "A-05"]),
    case!(a_join_of_some_of_the_rows, ["Q-04", "Q-05"]),
    case!(rows_are_written_over_the_table_between, ["S-46", "R-54", "R-55"]),
    case!(too_many_tables_between_are_refused, ["S-46"]),
];

fn by_word() -> Query<Tag> {
    Tag::query().order_by(|t| t.word.asc())
}

fn words(post: &Post) -> Result<String> {
    Ok(post.tags.get()?.iter().map(|tag| tag.word.as_str()).collect::<Vec<_>>().join(" "))
}

fn all_words(posts: &[Post]) -> Result<Vec<String>> {
    posts.iter().map(words).collect()
}

fn each_owner_has_its_rows(stage: &Stage) -> Outcome {
    forum::create(stage)?;
    let posts = stage.repo.all(&forum::posts().preload(Post::tags.with(by_word())))?;
    assert_eq!(all_words(&posts)?, ["rust sql", "rust", "", "rust", "", "sql"]);
    let tags = stage.repo.all(&by_word().preload(Tag::posts.with(forum::posts())))?;
    let titles = |tag: &Tag| tag.posts.get().map(|posts| posts.iter().map(|post| post.title.as_str()).collect::<String>());
    assert_eq!(tags.iter().map(titles).collect::<Result<Vec<_>>>()?, ["bae", "bf", ""]);
    Ok(())
}

fn a_schema_can_stand_between(stage: &Stage) -> Outcome {
    forum::create(stage)?;
    let members = stage.repo.all(&forum::members().preload(Member::liked.with(forum::posts())))?;
    let liked = |member: &Member| member.liked.get().map(|posts| posts.iter().map(|post| post.id).collect::<Vec<_>>());
    assert_eq!(members.iter().map(liked).collect::<Result<Vec<_>>>()?, [vec![4, 5], vec![1, 2], vec![1]]);
    let post = stage.repo.fetch_one(&Post::query().filter(|p| p.id.eq(1)).preload(Post::fans.with(forum::members())))?;
    assert_eq!(post.fans.get()?.iter().map(|fan| fan.handle.as_str()).collect::<Vec<_>>(), ["bo", "cy"]);
    Ok(())
}

fn one_statement_whatever_lies_between(stage: &Stage) -> Outcome {
    forum::create(stage)?;
    let (repo, recorder) = forum::counted(stage)?;
    repo.all(&forum::posts().preload((Post::tags.then(Tag::posts), Post::fans)))?;
    assert_eq!(recorder.texts().len(), 4, "{:#?}", recorder.texts());
    Ok(())
}

fn a_query_says_which_rows_and_how_many_of_each_owner(stage: &Stage) -> Outcome {
    forum::create(stage)?;
    let loaded = |query: Query<Tag>| stage.repo.all(&forum::posts().preload(Post::tags.with(query)));
    assert_eq!(all_words(&loaded(by_word().filter(|t| t.word.ne("sql")))?)?, ["rust", "rust", "", "rust", "", ""]);
    assert_eq!(all_words(&loaded(Tag::query().order_by(|t| t.word.desc()).limit(1))?)?, ["sql", "rust", "", "rust", "", "sql"]);
    assert_eq!(all_words(&loaded(by_word().offset(1))?)?, ["sql", "", "", "", "", ""]);
    let read = Tag::query().join(|t| t.posts).filter(|(_, p)| p.visits.gt(4)).order_by(|(t, _)| t.word.asc()).limit(1);
    let posts = stage.repo.all(&forum::posts().preload(Post::tags.with(read)))?;
    assert_eq!(all_words(&posts)?, ["rust", "rust", "", "rust", "", ""], "a join of its own beside the way back");
    Ok(())
}

fn loaded_rows_have_rows_of_their_own(stage: &Stage) -> Outcome {
    forum::create(stage)?;
    let mut posts = stage.repo.all(&forum::posts())?;
    stage.repo.preload(&mut posts, Post::tags.with(by_word()).then(Tag::posts.with(forum::posts()).then(Post::comments)))?;
    assert_eq!(all_words(&posts)?, ["rust sql", "rust", "", "rust", "", "sql"]);
    let again = posts[1].tags.get()?[0].posts.get()?;
    assert_eq!(again.iter().map(|post| post.comments.get().map(<[Comment]>::len)).collect::<Result<Vec<_>>>()?, [2, 0, 1]);
    stage.run(&["DELETE FROM posts_tags"])?;
    stage.repo.preload(&mut posts, Post::tags)?;
    assert_eq!(words(&posts[0])?, "rust sql", "what is loaded stays");
    stage.repo.preload_again(&mut posts, Post::tags)?;
    assert_eq!(words(&posts[0])?, "");
    Ok(())
}

fn a_join_passes_the_table_between(stage: &Stage) -> Outcome {
    forum::create(stage)?;
    let tagged = Post::query().join(|p| p.tags).order_by(|(p, t)| (p.id, t.id)).select(|(p, t)| (p.title, t.word));
    let rows: Vec<(String, String)> = stage.repo.all(&tagged)?;
    let rows: Vec<String> = rows.into_iter().map(|(title, word)| format!("{title}-{word}")).collect();
    assert_eq!(rows, ["b-rust", "b-sql", "a-rust", "e-rust", "f-sql"]);
    let whole = Tag::query().join(|t| t.posts).filter(|(t, _)| t.word.eq("sql")).order_by(|(_, p)| p.id).select(|(t, p)| (t, p));
    let rows: Vec<(Tag, Post)> = stage.repo.all(&whole)?;
    assert_eq!(rows.iter().map(|(tag, post)| (tag.id, post.id)).collect::<Vec<_>>(), [(2, 1), (2, 6)]);
    Ok(())
}

fn outer_joins_pass_the_table_between(stage: &Stage) -> Outcome {
    forum::create(stage)?;
    let untagged = Post::query().left_join(|p| p.tags).filter(|(_, t)| t.id.is_nil()).order_by(|(p, _)| p.id).select(|(p, _)| p.title);
    assert_eq!(stage.repo.all(&untagged)?, ["c", "d"]);
    let unused = Post::query().right_join(|p| p.tags).filter(|(p, _)| p.id.is_nil()).select(|(p, t)| (p, t.word));
    assert_eq!(stage.repo.all(&unused)?, [(None::<Post>, "tea".to_owned())]);
    let all = Post::query().full_join(|p| p.tags);
    assert_eq!(stage.repo.count(&all)?, 8, "five pairs, two posts, one tag");
    Ok(())
}

fn several_ways_in_one_query(stage: &Stage) -> Outcome {
    forum::create(stage)?;
    let joined = Post::query().join(|p| p.tags).join(|(p, _)| p.fans).left_join(|(p, ..)| p.comments).join(|(.., f, _)| f.posts);
    let rows = joined.filter(|(p, t, ..)| p.id.eq(1).and(t.word.eq("sql"))).order_by(|(_, _, f, c, q)| (f.id, c.id, q.id));
    let found: Vec<(String, Option<String>, String)> = stage.repo.all(&rows.select(|(_, _, f, c, q)| (f.handle, c.text, q.title)))?;
    let found: Vec<String> = found.into_iter().map(|(fan, text, title)| format!("{fan}{}{title}", text.unwrap_or_default())).collect();
    assert_eq!(found, ["boxe", "boxd", "boye", "boyd"]);
    Ok(())
}

fn a_condition_looks_over_the_table_between(stage: &Stage) -> Outcome {
    forum::create(stage)?;
    let about = |word: &'static str| Post::query().filter(move |p| p.tags.any(|t| t.word.eq(word))).order_by(|p| p.id).select(|p| p.id);
    assert_eq!(stage.repo.all(&about("rust"))?, [1, 2, 4]);
    assert_eq!(stage.repo.all(&about("tea"))?, Vec::<i64>::new());
    let counts = forum::posts().select(|p| (p.id, p.tags.query().select(|_| count()).scalar()));
    let expected = [2, 1, 0, 1, 0, 1].map(Some);
    assert_eq!(stage.repo.all(&counts)?.into_iter().map(|(_, count)| count).collect::<Vec<_>>(), expected);
    let both = Member::query().filter(|m| m.liked.any(|p| p.tags.any(|t| t.word.eq("sql")))).order_by(|m| m.id).select(|m| m.handle);
    assert_eq!(stage.repo.all(&both)?, ["bo", "cy"]);
    Ok(())
}

fn a_join_of_some_of_the_rows(stage: &Stage) -> Outcome {
    forum::create(stage)?;
    let counted = Member::query().left_join(|m| m.posts.filter(|p| p.visits.ge(3))).group_by(|(m, _)| (m.id, m.handle));
    let counts = counted.order_by(|(m, _)| m.id).select(|(m, p)| (m.handle, p.id.count()));
    assert_eq!(stage.repo.all(&counts)?, [("al".to_owned(), 1), ("bo".to_owned(), 2), ("cy".to_owned(), 0)]);
    let sql = Post::query().join(|p| p.tags.filter(|t| t.word.eq("sql"))).order_by(|(p, _)| p.id).select(|(p, _)| p.id);
    assert_eq!(stage.repo.all(&sql)?, [1, 6]);
    Ok(())
}

fn rows_are_written_over_the_table_between(stage: &Stage) -> Outcome {
    forum::create(stage)?;
    let rusty = Post::query().join(|p| p.tags).filter(|(_, t)| t.word.eq("rust"));
    assert_eq!(stage.repo.update_all(&rusty.set(|(p, _)| p.visits.to(0)))?, 3);
    let of_cy = Post::query().join(|p| p.fans).filter(|(_, f)| f.handle.eq("cy"));
    assert_eq!(stage.repo.delete_all(&of_cy)?, 1);
    assert_eq!(stage.repo.all(&forum::posts().select(|p| p.visits))?, [0, 2, 0, 4, 0]);
    Ok(())
}

fn too_many_tables_between_are_refused(stage: &Stage) -> Outcome {
    forum::create(stage)?;
    let joined = Member::query().join(|m| m.fan_profiles).join(|(m, _)| m.fan_profiles).join(|(m, ..)| m.fan_profiles);
    let error = stage.repo.all(&joined).unwrap_err();
    assert!(error.to_string().starts_with("the associations of one query lead through more than 8 tables\nhint: "), "{error}");
    Ok(())
}
