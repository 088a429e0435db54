//! Rows that are reached by way of other associations.

use ecto_core::prelude::*;

use super::{Case, Outcome, case};
use crate::Stage;
use crate::scenario::forum::{self, Comment, Member, Post, Tag};

pub(super) const CASES: &[Case] = &[
    case!(rows_at_the_end_of_the_steps, ["S-44", "R-24"]),
    case!(a_row_that_is_reached_twice_stands_once, ["S-44"]),
    case!(a_step_can_lead_through_others, ["S-44"]),
    case!(one_row_at_the_end_of_the_steps, ["S-44", "S-43"]),
    case!(a_query_holds_for_the_last_step, ["R-24"]),
    case!(a_limit_counts_each_row_once, ["R-23", "R-24"]),
    case!(one_statement_for_all_steps, ["R-24"]),
    case!(loaded_rows_and_their_associations, ["R-21", "R-24"]),
    case!(a_join_keeps_every_way, ["Q-05", "S-44"]),
    case!(a_condition_at_the_end_of_the_steps, ["A-05", "S-44"]),
    case!(the_rows_of_some_owners_as_a_query, ["E-01", "S-44", "S-46"]),
];

fn handles(members: &HasMany<Member>) -> Result<String> {
    Ok(members.get()?.iter().map(|member| member.handle.as_str()).collect::<Vec<_>>().join(" "))
}

fn texts(comments: &HasMany<Comment>) -> Result<String> {
    Ok(comments.get()?.iter().map(|comment| comment.text.as_str()).collect())
}

fn comments() -> Query<Comment> {
    Comment::query().order_by(|c| c.id.asc())
}

fn rows_at_the_end_of_the_steps(stage: &Stage) -> Outcome {
    forum::create(stage)?;
    let members = stage.repo.all(&forum::members().preload(Member::comments.with(comments())))?;
    assert_eq!(members.iter().map(|member| texts(&member.comments)).collect::<Result<Vec<_>>>()?, ["xy", "z", ""]);
    assert!(members[0].posts.is_not_loaded(), "what lies between is not loaded");
    let tags =
        stage.repo.all(&Tag::query().order_by(|t| t.id).preload((Tag::comments.with(comments()), Tag::authors.with(forum::members()))))?;
    assert_eq!(tags.iter().map(|tag| texts(&tag.comments)).collect::<Result<Vec<_>>>()?, ["xyz", "xy", ""]);
    assert_eq!(tags.iter().map(|tag| handles(&tag.authors)).collect::<Result<Vec<_>>>()?, ["al bo", "al", ""], "nobody wrote one of them");
    Ok(())
}

fn a_row_that_is_reached_twice_stands_once(stage: &Stage) -> Outcome {
    forum::create(stage)?;
    let query = forum::members().preload((Member::fans.with(forum::members()), Member::tags.with(Tag::query().order_by(|t| t.id))));
    let members = stage.repo.all(&query)?;
    assert_eq!(members.iter().map(|member| handles(&member.fans)).collect::<Result<Vec<_>>>()?, ["bo cy", "al", ""]);
    let tags = |member: &Member| member.tags.get().map(|tags| tags.iter().map(|tag| tag.id).collect::<Vec<_>>());
    assert_eq!(members.iter().map(tags).collect::<Result<Vec<_>>>()?, [vec![1, 2], vec![1], vec![]]);
    Ok(())
}

fn a_step_can_lead_through_others(stage: &Stage) -> Outcome {
    forum::create(stage)?;
    let members = stage.repo.all(&forum::members().preload((Member::peers.with(forum::members()), Member::fan_profiles)))?;
    assert_eq!(members.iter().map(|member| handles(&member.peers)).collect::<Result<Vec<_>>>()?, ["al bo", "al bo", ""]);
    let profiles = members.iter().map(|member| member.fan_profiles.get().map(<[_]>::len)).collect::<Result<Vec<_>>>()?;
    assert_eq!(profiles, [0, 1, 0], "al, who likes both posts of bo, has one");
    Ok(())
}

fn one_row_at_the_end_of_the_steps(stage: &Stage) -> Outcome {
    forum::create(stage)?;
    stage.run(&["INSERT INTO comments (id, post_id, text) VALUES (4, 6, 'w')"])?;
    let found = stage.repo.all(&comments().preload((Comment::author, Comment::thread.with(comments()))))?;
    let authors =
        found.iter().map(|comment| comment.author.get().map(|author| author.map(|author| author.id))).collect::<Result<Vec<_>>>()?;
    assert_eq!(authors, [Some(1), Some(1), Some(2), None]);
    assert_eq!(found.iter().map(|comment| texts(&comment.thread)).collect::<Result<Vec<_>>>()?, ["xy", "xy", "z", "w"]);
    Ok(())
}

fn a_query_holds_for_the_last_step(stage: &Stage) -> Outcome {
    forum::create(stage)?;
    let last_first = Comment::query().filter(|c| c.text.ne("z")).order_by(|c| c.id.desc());
    let members = stage.repo.all(&forum::members().preload(Member::comments.with(last_first)))?;
    assert_eq!(members.iter().map(|member| texts(&member.comments)).collect::<Result<Vec<_>>>()?, ["yx", "", ""]);
    Ok(())
}

fn a_limit_counts_each_row_once(stage: &Stage) -> Outcome {
    forum::create(stage)?;
    let two = forum::members().preload(Member::fans.with(forum::members().limit(2)));
    let members = stage.repo.all(&two)?;
    assert_eq!(members.iter().map(|member| handles(&member.fans)).collect::<Result<Vec<_>>>()?, ["bo cy", "al", ""]);
    let second = forum::members().preload(Member::fans.with(forum::members().limit(1).offset(1)));
    let members = stage.repo.all(&second)?;
    assert_eq!(members.iter().map(|member| handles(&member.fans)).collect::<Result<Vec<_>>>()?, ["cy", "", ""]);
    Ok(())
}

fn one_statement_for_all_steps(stage: &Stage) -> Outcome {
    forum::create(stage)?;
    let (repo, recorder) = forum::counted(stage)?;
    repo.all(&forum::members().preload((Member::fan_profiles, Member::peers, Member::comments.then(Comment::author))))?;
    assert_eq!(recorder.texts().len(), 5, "{:#?}", recorder.texts());
    Ok(())
}

fn loaded_rows_and_their_associations(stage: &Stage) -> Outcome {
    forum::create(stage)?;
    let mut members = stage.repo.all(&forum::members())?;
    stage.repo.preload(&mut members, Member::comments.with(comments()).then(Comment::post.then(Post::tags)))?;
    let post = members[0].comments.get()?[1].post.get()?.expect("the post");
    assert_eq!((post.id, post.tags.get()?.len()), (1, 2));
    let mut none = None::<Member>;
    stage.repo.preload(&mut none, Member::comments)?;
    Ok(())
}

fn a_join_keeps_every_way(stage: &Stage) -> Outcome {
    forum::create(stage)?;
    assert_eq!(stage.repo.count(&Member::query().join(|m| m.tags))?, 4, "rust twice for al");
    assert_eq!(stage.repo.count(&Member::query().join(|m| m.tags).select(|(m, t)| (m.id, t.id)).distinct())?, 3);
    let silent = Member::query().left_join(|m| m.comments).filter(|(_, c)| c.id.is_nil()).select(|(m, _)| m.handle).distinct();
    assert_eq!(stage.repo.all(&silent.order_by(|(m, _)| m.handle))?, ["al", "bo", "cy"], "each has a post without a comment, or none");
    let next = Member::query().join(|m| m.comments).join(|(_, c)| c.author).order_by(|(_, c, _)| c.id);
    assert_eq!(stage.repo.all(&next.select(|(m, c, a)| (m.id, c.id, a.id)))?, [(1, 1, 1), (1, 2, 1), (2, 3, 2)]);
    Ok(())
}

fn a_condition_at_the_end_of_the_steps(stage: &Stage) -> Outcome {
    forum::create(stage)?;
    let heard = Member::query().filter(|m| m.comments.any(|c| c.text.eq("z"))).select(|m| m.handle);
    assert_eq!(stage.repo.all(&heard)?, ["bo"]);
    let counts = forum::members().select(|m| m.fans.query().select(|f| f.id.count_distinct()).scalar());
    assert_eq!(stage.repo.all(&counts)?, [Some(2), Some(1), Some(0)]);
    Ok(())
}

fn the_rows_of_some_owners_as_a_query(stage: &Stage) -> Outcome {
    forum::create(stage)?;
    let members = stage.repo.all(&forum::members())?;
    let titles = |query: Query<Post>| stage.repo.all(&query.order_by(|p| p.id).select(|p| p.title));
    assert_eq!(titles(Member::posts.of(&members[..2]))?, ["b", "a", "c", "e", "d"]);
    assert_eq!(titles(Member::liked.of(&members))?, ["b", "a", "e", "d"], "each once");
    assert_eq!(titles(Member::posts.of(&members[2..]))?, Vec::<String>::new());
    let fans = Member::fans.of(&members[..1]).order_by(|m| m.id).select(|m| m.handle);
    assert_eq!(stage.repo.all(&fans)?, ["bo", "cy"]);
    let posts = stage.repo.all(&forum::posts())?;
    let authors = Post::author.of(&posts).order_by(|m| m.id).select(|m| m.handle);
    assert_eq!(stage.repo.all(&authors)?, ["al", "bo"], "a post of nobody is passed over");
    let peers = Member::peers.of(&members[..1]).filter(|m| m.id.ne(1));
    assert_eq!(stage.repo.count(&peers)?, 1);
    Ok(())
}
