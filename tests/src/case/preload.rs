//! Associated rows: with the query that finds their owners, and later.

use std::ptr;

use ecto_core::prelude::*;

use super::{Case, Outcome, case};
use crate::Stage;
use crate::scenario::forum::{self, Comment, Member, Post};

pub(super) const CASES: &[Case] = &[
    case!(each_owner_has_its_rows, ["Q-21", "S-37", "S-42", "S-43"]),
    case!(a_row_is_shared_by_those_that_refer_to_it, ["Q-21", "S-45"]),
    case!(one_query_for_each_association, ["Q-21", "R-22"]),
    case!(no_owner_no_query, ["R-21"]),
    case!(children_of_children, ["R-22"]),
    case!(a_query_says_which_rows_and_in_which_order, ["R-23"]),
    case!(the_query_of_a_preload_has_its_own_preloads, ["R-22"]),
    case!(a_limit_holds_for_each_owner, ["R-23"]),
    case!(an_offset_holds_for_each_owner, ["R-23"]),
    case!(what_cannot_be_limited_for_each_owner_is_refused, ["R-23"]),
    case!(owners_that_stand_twice_have_all_their_rows, ["Q-21"]),
    case!(rows_that_are_there_get_their_associations, ["R-21"]),
    case!(what_is_loaded_is_skipped_unless_asked_for_again, ["R-21"]),
    case!(what_is_loaded_gets_its_own_associations, ["R-21"]),
    case!(a_shared_row_is_read_anew_for_its_own_associations, ["R-21"]),
    case!(no_key_keeps_the_loaded_row, ["R-25"]),
    case!(one_first_and_the_only_row, ["Q-21"]),
    case!(a_preload_is_never_lost_in_silence, ["Q-21"]),
    case!(a_preload_in_a_transaction, ["R-21"]),
    case!(more_keys_than_a_statement_has_parameters, ["R-23"]),
];

fn titles(posts: &HasMany<Post>) -> Result<Vec<&str>> {
    Ok(posts.get()?.iter().map(|post| post.title.as_str()).collect())
}

fn all_titles(members: &[Member]) -> Result<Vec<Vec<&str>>> {
    members.iter().map(|member| titles(&member.posts)).collect()
}

fn each_owner_has_its_rows(stage: &Stage) -> Outcome {
    forum::create(stage)?;
    let by_key = Member::posts.with(forum::posts());
    let members = stage.repo.all(&forum::members().preload((by_key, Member::profile)))?;
    assert_eq!(all_titles(&members)?, [vec!["b", "a", "c"], vec!["e", "d"], vec![]]);
    assert_eq!(members[0].profile.get()?.map(|profile| profile.about.as_str()), Some("tall"));
    assert_eq!(members[1].profile.get()?, None);
    stage.run(&["INSERT INTO profiles (id, member_id, about) VALUES (2, 1, 'very tall')"])?;
    let last = stage.repo.fetch_one(&Member::query().filter(|m| m.id.eq(1)).preload(Member::profile))?;
    assert_eq!(last.profile.get()?.map(|profile| profile.about.as_str()), Some("very tall"), "of several rows, the last");
    Ok(())
}

fn a_row_is_shared_by_those_that_refer_to_it(stage: &Stage) -> Outcome {
    forum::create(stage)?;
    let posts = stage.repo.all(&forum::posts().preload(Post::author))?;
    let authors = posts.iter().map(|post| post.author.get()).collect::<Result<Vec<_>>>()?;
    let handles: Vec<_> = authors.iter().map(|author| author.map(|author| author.handle.as_str())).collect();
    assert_eq!(handles, [Some("al"), Some("al"), Some("al"), Some("bo"), Some("bo"), None]);
    assert!(authors[0].zip(authors[2]).is_some_and(|(one, other)| ptr::eq(one, other)), "one value for both");
    Ok(())
}

fn one_query_for_each_association(stage: &Stage) -> Outcome {
    forum::create(stage)?;
    let (repo, recorder) = forum::counted(stage)?;
    repo.all(&forum::members().preload((Member::profile, Member::posts.then((Post::comments, Post::author)))))?;
    assert_eq!(recorder.texts().len(), 5, "{:#?}", recorder.texts());
    recorder.clear();
    let mut posts = repo.all(&forum::posts())?;
    repo.preload(&mut posts, Post::author)?;
    let keys = &recorder.recorded()[1].params;
    let sent: Vec<String> = keys.iter().map(|key| format!("{key:?}")).collect();
    assert!(sent.join(" ").matches("I64(1)").count() == 1, "each key is sent once: {sent:?}");
    Ok(())
}

fn no_owner_no_query(stage: &Stage) -> Outcome {
    forum::create(stage)?;
    let (repo, recorder) = forum::counted(stage)?;
    assert!(repo.all(&Member::query().filter(|m| m.id.eq(9)).preload(Member::posts.then(Post::comments)))?.is_empty());
    let mut nobodys = repo.all(&Post::query().filter(|p| p.author_id.is_nil()))?;
    repo.preload(&mut nobodys, Post::author.then(Member::posts))?;
    assert_eq!(nobodys[0].author.get()?, None);
    repo.preload(&mut Vec::<Member>::new(), Member::posts)?;
    repo.preload(&mut None::<Member>, Member::posts)?;
    assert_eq!(recorder.texts().len(), 2, "{:#?}", recorder.texts());
    Ok(())
}

fn children_of_children(stage: &Stage) -> Outcome {
    forum::create(stage)?;
    let ordered = Post::comments.with(Comment::query().order_by(|c| c.id.desc())).then(Comment::post.then(Post::author));
    let members = stage.repo.all(&forum::members().preload(Member::posts.with(forum::posts()).then(ordered)))?;
    let first = &members[0].posts.get()?[0];
    let texts: Vec<_> = first.comments.get()?.iter().map(|comment| comment.text.as_str()).collect();
    assert_eq!(texts, ["y", "x"]);
    let back = first.comments.get()?[0].post.get()?.expect("the post");
    assert_eq!((back.id, back.author.get()?.map(|author| author.id)), (1, Some(1)));
    assert!(members[0].posts.get()?[1].comments.get()?.is_empty());
    assert_eq!(members[1].posts.get()?[0].comments.get()?.len(), 1);
    Ok(())
}

fn a_query_says_which_rows_and_in_which_order(stage: &Stage) -> Outcome {
    forum::create(stage)?;
    let read = Post::query().filter(|p| p.visits.gt(1)).order_by(|p| p.title.desc());
    let members = stage.repo.all(&forum::members().preload(Member::posts.with(read)))?;
    assert_eq!(all_titles(&members)?, [vec!["c", "b"], vec!["e", "d"], vec![]]);
    let commented = Post::query().join(|p| p.comments).filter(|(_, c)| c.text.ne("x")).order_by(|(p, _)| p.id.asc());
    let members = stage.repo.all(&forum::members().preload(Member::posts.with(commented)))?;
    assert_eq!(all_titles(&members)?, [vec!["b"], vec!["e"], vec![]]);
    Ok(())
}

fn the_query_of_a_preload_has_its_own_preloads(stage: &Stage) -> Outcome {
    forum::create(stage)?;
    let with_comments = forum::posts().preload(Post::comments);
    let members = stage.repo.all(&forum::members().preload(Member::posts.with(with_comments)).preload(Member::profile))?;
    assert_eq!(members[0].posts.get()?[0].comments.get()?.len(), 2);
    assert!(members[0].profile.is_loaded());
    Ok(())
}

fn a_limit_holds_for_each_owner(stage: &Stage) -> Outcome {
    forum::create(stage)?;
    let (repo, recorder) = forum::counted(stage)?;
    let most_read = Post::query().filter(|p| p.visits.gt(0)).order_by(|p| p.visits.desc());
    let members = repo.all(&forum::members().preload(Member::posts.with(most_read.clone().limit(2))))?;
    assert_eq!(all_titles(&members)?, [vec!["b", "c"], vec!["e", "d"], vec![]]);
    assert_eq!(recorder.texts().len(), 2);
    let one = repo.all(&forum::members().preload(Member::posts.with(most_read.limit(1)).then(Post::comments)))?;
    assert_eq!(all_titles(&one)?, [vec!["b"], vec!["e"], vec![]]);
    assert_eq!(one[0].posts.get()?[0].comments.get()?.len(), 2);
    let unordered = repo.all(&forum::members().preload(Member::posts.with(Post::query().limit(1))))?;
    assert_eq!(all_titles(&unordered)?, [vec!["b"], vec!["e"], vec![]], "the key decides where no order does");
    Ok(())
}

fn an_offset_holds_for_each_owner(stage: &Stage) -> Outcome {
    forum::create(stage)?;
    let loaded = |query: Query<Post>| stage.repo.all(&forum::members().preload(Member::posts.with(query)));
    assert_eq!(all_titles(&loaded(forum::posts().limit(1).offset(1))?)?, [vec!["a"], vec!["d"], vec![]]);
    assert_eq!(all_titles(&loaded(forum::posts().offset(2))?)?, [vec!["c"], vec![], vec![]]);
    assert_eq!(all_titles(&loaded(forum::posts().limit(0))?)?, [Vec::<&str>::new(), vec![], vec![]]);
    Ok(())
}

fn what_cannot_be_limited_for_each_owner_is_refused(stage: &Stage) -> Outcome {
    forum::create(stage)?;
    let (repo, recorder) = forum::counted(stage)?;
    let query = Post::query().distinct().limit(1);
    let error = repo.all(&Member::query().preload(Member::posts.with(query))).unwrap_err();
    assert!(error.to_string().starts_with("a preload with a limit for each owner does not accept distinct\nhint: "), "{error}");
    let others = Post::query().join_on::<Post>(|p, q| q.id.gt(p.id)).select(|(_, q)| q);
    let error = repo.all(&Member::query().preload(Member::posts.with(others))).unwrap_err();
    assert!(error.to_string().starts_with("a preload does not accept rows of a joined source\nhint: "), "{error}");
    assert!(recorder.texts().is_empty(), "nothing is sent");
    Ok(())
}

fn owners_that_stand_twice_have_all_their_rows(stage: &Stage) -> Outcome {
    forum::create(stage)?;
    let (repo, recorder) = forum::counted(stage)?;
    let once_for_each_post = Member::query().join(|m| m.posts).order_by(|(_, p)| p.id.asc());
    let members = repo.all(&once_for_each_post.preload(Member::posts.with(forum::posts()).then(Post::comments)))?;
    assert_eq!(members.len(), 5);
    assert_eq!(titles(&members[0].posts)?, ["b", "a", "c"]);
    assert_eq!(titles(&members[2].posts)?, ["b", "a", "c"]);
    assert_eq!(members[2].posts.get()?[0].comments.get()?.len(), 2);
    assert_eq!(recorder.texts().len(), 3);
    Ok(())
}

fn rows_that_are_there_get_their_associations(stage: &Stage) -> Outcome {
    forum::create(stage)?;
    let mut members = stage.repo.all(&forum::members())?;
    assert!(members[0].posts.get().is_err());
    stage.repo.preload(&mut members, (Member::profile, Member::posts.with(forum::posts())))?;
    assert_eq!(titles(&members[0].posts)?, ["b", "a", "c"]);
    let mut one = stage.repo.fetch::<Post>(4)?;
    stage.repo.preload(&mut one, Post::author)?;
    assert_eq!(one.author.get()?.map(|author| author.id), Some(2));
    let mut some = vec![stage.repo.get::<Post>(4)?, None];
    stage.repo.preload(&mut some, Post::comments)?;
    assert!(some[1].is_none() && some[0].as_ref().is_some_and(|post| post.comments.is_loaded()));
    Ok(())
}

fn what_is_loaded_is_skipped_unless_asked_for_again(stage: &Stage) -> Outcome {
    forum::create(stage)?;
    let (repo, recorder) = forum::counted(stage)?;
    let mut bo = repo.fetch_one(&Member::query().filter(|m| m.id.eq(2)).preload(Member::posts))?;
    repo.delete_all(&Post::query().filter(|p| p.author_id.eq(2)))?;
    recorder.clear();
    repo.preload(&mut bo, Member::posts)?;
    assert_eq!((bo.posts.get()?.len(), recorder.texts().len()), (2, 0));
    repo.preload_again(&mut bo, Member::posts)?;
    assert_eq!((bo.posts.get()?.len(), recorder.texts().len()), (0, 1));
    Ok(())
}

fn what_is_loaded_gets_its_own_associations(stage: &Stage) -> Outcome {
    forum::create(stage)?;
    let (repo, recorder) = forum::counted(stage)?;
    let mut members = repo.all(&forum::members())?;
    repo.preload(&mut members[0], Member::posts.with(forum::posts().limit(2)))?;
    recorder.clear();
    repo.preload(&mut members, Member::posts.then(Post::comments))?;
    assert_eq!(recorder.texts().len(), 2, "one for the posts of the others, one for all comments");
    assert_eq!(titles(&members[0].posts)?, ["b", "a"], "stays as it was");
    assert_eq!(members[0].posts.get()?[0].comments.get()?.len(), 2);
    assert!(members[1].posts.get()?.iter().all(|post| post.comments.is_loaded()));
    repo.preload_again(&mut members, Member::posts)?;
    assert!(members[0].posts.get()?[0].comments.is_not_loaded(), "what was loaded of the old rows is gone");
    Ok(())
}

fn a_shared_row_is_read_anew_for_its_own_associations(stage: &Stage) -> Outcome {
    forum::create(stage)?;
    let mut posts = stage.repo.all(&forum::posts().preload(Post::author))?;
    stage.repo.preload(&mut posts, Post::author.then(Member::profile))?;
    let author = posts[1].author.get()?.expect("an author");
    assert_eq!(author.profile.get()?.map(|profile| profile.about.as_str()), Some("tall"));
    assert_eq!(posts[5].author.get()?, None);
    Ok(())
}

fn no_key_keeps_the_loaded_row(stage: &Stage) -> Outcome {
    forum::create(stage)?;
    let mut post = stage.repo.fetch_one(&Post::query().filter(|p| p.id.eq(1)).preload(Post::author))?;
    post.author_id = None;
    stage.repo.preload(&mut post, Post::author)?;
    assert_eq!(post.author.get()?.map(|author| author.id), Some(1));
    stage.repo.preload_again(&mut post, Post::author)?;
    assert_eq!(post.author.get()?, None);
    Ok(())
}

fn one_first_and_the_only_row(stage: &Stage) -> Outcome {
    forum::create(stage)?;
    let query = forum::members().preload(Member::posts);
    assert_eq!(stage.repo.first(&query)?.map(|member| member.posts.is_loaded()), Some(true));
    let only = query.filter(|m| m.handle.eq("bo"));
    assert_eq!(stage.repo.one(&only)?.map(|member| member.posts.is_loaded()), Some(true));
    assert_eq!((stage.repo.count(&only)?, stage.repo.exists(&only)?), (1, true));
    Ok(())
}

fn a_preload_is_never_lost_in_silence(stage: &Stage) -> Outcome {
    forum::create(stage)?;
    let (repo, recorder) = forum::counted(stage)?;
    let error = repo.all(&Member::query().preload(Member::posts).select(|m| m.handle)).unwrap_err();
    assert!(error.to_string().starts_with("select does not accept a preload before it\nhint: "), "{error}");
    let update = repo.update_all(&Member::query().preload(Member::posts).set(|m| m.handle.to("x"))).unwrap_err();
    assert!(update.to_string().starts_with("update_all does not accept a preload\nhint: "), "{update}");
    assert!(repo.delete_all(&Member::query().preload(Member::posts)).is_err());
    assert!(recorder.texts().is_empty());
    let whole = repo.all(&Member::query().join(|m| m.posts).select(|(m, _)| m).preload(Member::posts))?;
    assert!(whole.iter().all(|member| member.posts.is_loaded()));
    Ok(())
}

fn a_preload_in_a_transaction(stage: &Stage) -> Outcome {
    forum::create(stage)?;
    let seen = stage.repo.transaction(|repo| {
        repo.delete_all(&Post::query().filter(|p| p.id.eq(4)))?;
        let mut members = repo.all(&forum::members().preload(Member::posts.with(forum::posts())))?;
        repo.preload(&mut members, Member::profile)?;
        Ok::<_, Error>(titles(&members[1].posts)?.join(" "))
    })?;
    assert_eq!(seen, "d");
    Ok(())
}

fn more_keys_than_a_statement_has_parameters(stage: &Stage) -> Outcome {
    forum::create(stage)?;
    stage.repo.transaction(|repo| {
        repo.insert_all(Member::rows((Member::id, Member::handle), (10..3010_i64).map(|id| (id, "many"))))?;
        let columns = (Post::id, Post::author_id, Post::title, Post::visits);
        repo.insert_all(Post::rows(columns, (10..3010_i64).map(|id| (id, Some(id), "one", 0))))
    })?;
    let members = stage.repo.all(&forum::members().preload(Member::posts))?;
    assert_eq!(members.len(), 3003);
    assert!(
        members[3..].iter().all(|member| member.posts.get().is_ok_and(|posts| posts.len() == 1 && posts[0].author_id == Some(member.id)))
    );
    Ok(())
}
