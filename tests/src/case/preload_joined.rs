//! Associated rows by a join of the query itself: one statement for all of them.

use std::ptr;

use ecto_core::prelude::*;

use super::{Case, Outcome, case};
use crate::Stage;
use crate::scenario::forum::{self, Comment, Like, Member, Post, Tag};

pub(super) const CASES: &[Case] = &[
    case!(a_join_fills_an_association, ["Q-21"]),
    case!(one_statement_for_everything, ["Q-21"]),
    case!(rows_of_rows_and_rows_by_queries_of_their_own, ["Q-21"]),
    case!(what_an_outer_join_leaves_empty, ["Q-21"]),
    case!(a_shared_row_is_one_value, ["Q-21", "S-45"]),
    case!(one_row_by_a_join, ["Q-21", "S-43"]),
    case!(over_a_table_between_and_through_others, ["Q-21", "S-44", "S-46"]),
    case!(a_join_beside_repeats_nothing, ["Q-21"]),
    case!(a_root_with_a_key_of_two_fields, ["Q-21", "S-04"]),
    case!(the_only_row_is_counted_after_folding, ["Q-21", "R-15"]),
    case!(a_limit_is_refused_and_has_a_way_out, ["Q-21"]),
    case!(a_query_within_another_does_not_lose_it, ["Q-21"]),
    case!(a_handle_of_another_query_fills_nothing, ["Q-21"]),
    case!(a_root_that_may_be_missing, ["Q-21", "Q-03"]),
];

fn titles(member: &Member) -> Result<String> {
    Ok(member.posts.get()?.iter().map(|post| post.title.as_str()).collect())
}

fn texts(post: &Post) -> Result<String> {
    Ok(post.comments.get()?.iter().map(|comment| comment.text.as_str()).collect())
}

fn a_join_fills_an_association(stage: &Stage) -> Outcome {
    forum::create(stage)?;
    let read = Member::query().join(|m| m.posts).filter(|(_, p)| p.visits.ge(2)).order_by(|(m, p)| (m.id.desc(), p.title.asc()));
    let members = stage.repo.all(&read.preload_joined(Member::posts, |(_, p)| p))?;
    assert_eq!(
        members.iter().map(|member| member.handle.as_str()).collect::<Vec<_>>(),
        ["bo", "al"],
        "each once, in the order of the query"
    );
    assert_eq!(members.iter().map(titles).collect::<Result<Vec<_>>>()?, ["de", "bc"], "those that the query found");
    assert!(members[0].profile.is_not_loaded());
    Ok(())
}

fn one_statement_for_everything(stage: &Stage) -> Outcome {
    forum::create(stage)?;
    let (repo, recorder) = forum::counted(stage)?;
    let joined = Member::query().join(|m| m.posts).join(|(_, p)| p.comments);
    repo.all(&joined.clone().preload_joined(Member::posts, |(_, p, c)| (p, Post::comments.joined(c))))?;
    assert_eq!(recorder.texts().len(), 1);
    recorder.clear();
    repo.all(&joined.preload_joined(Member::posts, |(_, p, c)| (p, Post::comments.joined(c), Post::tags)).preload(Member::profile))?;
    assert_eq!(recorder.texts().len(), 3, "{:#?}", recorder.texts());
    Ok(())
}

fn rows_of_rows_and_rows_by_queries_of_their_own(stage: &Stage) -> Outcome {
    forum::create(stage)?;
    let joined = Member::query().join(|m| m.posts).left_join(|(_, p)| p.comments).order_by(|(m, p, c)| (m.id, p.id, c.id.desc()));
    let tags = Post::tags.with(Tag::query().order_by(|t| t.word.asc()));
    let query =
        joined.preload_joined(Member::posts, |(_, p, c)| (p, Post::comments.joined((c, Comment::author)), tags)).preload(Member::profile);
    let members = stage.repo.all(&query)?;
    assert_eq!(members.iter().map(titles).collect::<Result<Vec<_>>>()?, ["bac", "ed"]);
    let posts = members[0].posts.get()?;
    assert_eq!(posts.iter().map(texts).collect::<Result<Vec<_>>>()?, ["yx", "", ""]);
    assert_eq!(posts[0].tags.get()?.iter().map(|tag| tag.word.as_str()).collect::<Vec<_>>(), ["rust", "sql"]);
    assert_eq!(posts[0].comments.get()?[1].author.get()?.map(|author| author.id), Some(1));
    assert_eq!(members[0].profile.get()?.map(|profile| profile.about.as_str()), Some("tall"));
    Ok(())
}

fn what_an_outer_join_leaves_empty(stage: &Stage) -> Outcome {
    forum::create(stage)?;
    let joined = Member::query().left_join(|m| m.posts).left_join(|(_, p)| p.comments).left_join(|(m, ..)| m.profile);
    let filled = joined.order_by(|(m, p, c, _)| (m.id, p.id, c.id)).preload_joined(Member::profile, |(.., f)| f);
    let members = stage.repo.all(&filled.preload_joined(Member::posts, |(_, p, c, _)| (p, Post::comments.joined(c))))?;
    assert_eq!(members.iter().map(titles).collect::<Result<Vec<_>>>()?, ["bac", "ed", ""]);
    let of_posts = |member: &Member| member.posts.get()?.iter().map(texts).collect::<Result<Vec<_>>>();
    assert_eq!(members.iter().map(of_posts).collect::<Result<Vec<_>>>()?, [vec!["xy", "", ""], vec!["z", ""], vec![]]);
    let profiles = members.iter().map(|member| member.profile.get().map(|profile| profile.is_some())).collect::<Result<Vec<_>>>()?;
    assert_eq!(profiles, [true, false, false]);
    Ok(())
}

fn a_shared_row_is_one_value(stage: &Stage) -> Outcome {
    forum::create(stage)?;
    let joined = Post::query().left_join(|p| p.author).order_by(|(p, _)| p.id).preload_joined(Post::author, |(_, a)| a);
    let posts = stage.repo.all(&joined)?;
    let authors = posts.iter().map(|post| post.author.get()).collect::<Result<Vec<_>>>()?;
    assert_eq!(
        authors.iter().map(|author| author.map(|author| author.id)).collect::<Vec<_>>(),
        [Some(1), Some(1), Some(1), Some(2), Some(2), None]
    );
    assert!(authors[0].zip(authors[2]).is_some_and(|(one, other)| ptr::eq(one, other)));
    let nested = Post::query().join(|p| p.author).join(|(_, a)| a.posts).filter(|(p, ..)| p.id.eq(4));
    let post = stage.repo.one(&nested.preload_joined(Post::author, |(_, a, q)| (a, Member::posts.joined(q))))?.expect("the post");
    assert_eq!(post.author.get()?.map(titles).transpose()?.map(|titles| titles.len()), Some(2));
    Ok(())
}

fn one_row_by_a_join(stage: &Stage) -> Outcome {
    forum::create(stage)?;
    let joined = Member::query().join(|m| m.profile).preload_joined(Member::profile, |(_, f)| f);
    let members = stage.repo.all(&joined)?;
    assert_eq!(members.len(), 1);
    assert_eq!(members[0].profile.get()?.map(|profile| profile.about.as_str()), Some("tall"));
    Ok(())
}

fn over_a_table_between_and_through_others(stage: &Stage) -> Outcome {
    forum::create(stage)?;
    let tagged = Post::query().join(|p| p.tags.filter(|t| t.word.ne("rust"))).order_by(|(p, _)| p.id);
    let posts = stage.repo.all(&tagged.preload_joined(Post::tags, |(_, t)| t))?;
    assert_eq!(posts.iter().map(|post| post.tags.get().map(<[_]>::len)).collect::<Result<Vec<_>>>()?, [1, 1]);
    let fans = Member::query().join(|m| m.fans).order_by(|(m, f)| (m.id, f.id)).preload_joined(Member::fans, |(_, f)| f);
    let members = stage.repo.all(&fans)?;
    let ids = |member: &Member| member.fans.get().map(|fans| fans.iter().map(|fan| fan.id).collect::<Vec<_>>());
    assert_eq!(members.iter().map(ids).collect::<Result<Vec<_>>>()?, [vec![2, 3], vec![1]], "each once, however it was reached");
    assert!(members[0].posts.is_not_loaded());
    let authors = Comment::query().join(|c| c.author).order_by(|(c, _)| c.id).preload_joined(Comment::author, |(_, a)| a);
    let found = stage.repo.all(&authors)?;
    let ids = found.iter().map(|comment| comment.author.get().map(|author| author.map(|author| author.id))).collect::<Result<Vec<_>>>()?;
    assert_eq!(ids, [Some(1), Some(1), Some(2)]);
    Ok(())
}

fn a_join_beside_repeats_nothing(stage: &Stage) -> Outcome {
    forum::create(stage)?;
    let joined = Member::query().join(|m| m.posts).join(|(m, _)| m.liked).order_by(|(m, p, l)| (m.id, p.id, l.id));
    let both = joined.preload_joined(Member::posts, |(_, p, _)| p).preload_joined(Member::liked, |(.., l)| l);
    let members = stage.repo.all(&both)?;
    assert_eq!(members.iter().map(titles).collect::<Result<Vec<_>>>()?, ["bac", "ed"]);
    let liked = |member: &Member| member.liked.get().map(|posts| posts.iter().map(|post| post.id).collect::<Vec<_>>());
    assert_eq!(members.iter().map(liked).collect::<Result<Vec<_>>>()?, [vec![4, 5], vec![1, 2]]);
    Ok(())
}

fn a_root_with_a_key_of_two_fields(stage: &Stage) -> Outcome {
    forum::create(stage)?;
    let joined = Like::query().join(|l| l.member).order_by(|(l, _)| (l.member_id, l.post_id)).preload_joined(Like::member, |(_, m)| m);
    let likes = stage.repo.all(&joined)?;
    assert_eq!(likes.iter().map(|like| (like.member_id, like.post_id)).collect::<Vec<_>>(), [(1, 4), (1, 5), (2, 1), (2, 2), (3, 1)]);
    assert_eq!(likes[3].member.get()?.map(|member| member.handle.as_str()), Some("bo"));
    Ok(())
}

fn the_only_row_is_counted_after_folding(stage: &Stage) -> Outcome {
    forum::create(stage)?;
    let joined = Member::query().join(|m| m.posts).preload_joined(Member::posts, |(_, p)| p);
    let al = stage.repo.one(&joined.clone().filter(|(m, _)| m.id.eq(1)))?.expect("al");
    assert_eq!(al.posts.get()?.len(), 3);
    assert!(stage.repo.one(&joined.clone().filter(|(m, _)| m.id.eq(9)))?.is_none());
    assert!(stage.repo.one(&joined).is_err_and(|error| error.is_multiple_results()));
    assert_eq!((stage.repo.count(&joined)?, stage.repo.exists(&joined)?), (5, true), "joined rows");
    Ok(())
}

fn a_limit_is_refused_and_has_a_way_out(stage: &Stage) -> Outcome {
    forum::create(stage)?;
    let (repo, recorder) = forum::counted(stage)?;
    let joined = Member::query().join(|m| m.posts).preload_joined(Member::posts, |(_, p)| p);
    for refused in [repo.all(&joined.clone().limit(2)), repo.all(&joined.clone().offset(2)), repo.first(&joined).map(Vec::from_iter)] {
        let error = refused.unwrap_err();
        assert!(error.to_string().starts_with("a joined preload does not accept a limit or an offset\nhint: "), "{error}");
    }
    assert!(recorder.texts().is_empty(), "nothing is sent");
    let first_two = Query::from_subquery(forum::members().limit(2)).join(|m| m.posts).order_by(|(m, p)| (m.id, p.id));
    let members = repo.all(&first_two.preload_joined(Member::posts, |(_, p)| p))?;
    assert_eq!(members.iter().map(titles).collect::<Result<Vec<_>>>()?, ["bac", "ed"]);
    Ok(())
}

fn a_query_within_another_does_not_lose_it(stage: &Stage) -> Outcome {
    forum::create(stage)?;
    let (repo, recorder) = forum::counted(stage)?;
    let joined = || Member::query().join(|m| m.posts).preload_joined(Member::posts, |(_, p)| p);
    let refused = [
        ("a query as a source", repo.all(&Query::from_subquery(joined())).map(drop)),
        ("a combination of queries", repo.all(&joined().union(Member::query())).map(drop)),
        ("the query of a preload", repo.all(&Post::query().preload(Post::author.with(joined()))).map(drop)),
        ("select", repo.all(&joined().select(|(m, _)| m.id)).map(drop)),
    ];
    for (operation, outcome) in refused {
        let error = outcome.unwrap_err();
        assert!(error.to_string().starts_with(&format!("{operation} does not accept a preload before it\nhint: ")), "{error}");
    }
    assert!(repo.delete_all(&joined()).is_err_and(|error| error.to_string().starts_with("delete_all does not accept a preload")));
    assert!(recorder.texts().is_empty(), "nothing is sent: {:?}", recorder.texts());
    Ok(())
}

fn a_handle_of_another_query_fills_nothing(stage: &Stage) -> Outcome {
    forum::create(stage)?;
    let mut kept = None;
    let _ = Member::query().join(|m| m.posts).filter(|(_, p)| {
        kept = Some(p);
        p.id.gt(0)
    });
    let error = stage.repo.all(&Member::query().join(|m| m.posts).preload_joined(Member::posts, |_| kept.expect("a handle"))).unwrap_err();
    assert!(error.to_string().contains("does not enclose this one"), "{error}");
    Ok(())
}

fn a_root_that_may_be_missing(stage: &Stage) -> Outcome {
    forum::create(stage)?;
    let posts = Member::query().right_join(|m| m.posts).order_by(|(_, p)| p.id).preload(Member::profile);
    let authors: Vec<Option<Member>> = stage.repo.all(&posts)?;
    let profiles = authors.iter().map(|author| author.as_ref().map(|author| author.profile.is_loaded())).collect::<Vec<_>>();
    assert_eq!(profiles, [Some(true), Some(true), Some(true), Some(true), Some(true), None]);
    Ok(())
}
