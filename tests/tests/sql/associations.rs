//! Ways over several tables, as joins forward and back.

use ecto_core::prelude::*;

use crate::assert_sql;

#[derive(Schema)]
#[schema(table = "members")]
struct Member {
    id: i64,
    notes: HasMany<Note>,
    #[schema(through(Member::notes, Note::topics))]
    topics: HasMany<Topic>,
}

#[derive(Schema)]
#[schema(table = "notes")]
struct Note {
    id: i64,
    member_id: i64,
    #[schema(many_to_many, join_through = "notes_topics")]
    topics: HasMany<Topic>,
}

#[derive(Schema)]
#[schema(table = "topics")]
struct Topic {
    id: i64,
    #[schema(source = "title")]
    name: String,
}

fn assert_both(statement: &impl ecto_core::repo::ToStatement, text: &str) {
    assert_sql(statement, text, &text.replace('?', "$"));
}

#[test]
fn a_join_passes_the_tables_between() {
    assert_both(
        &Note::query().join(|n| n.topics).select(|(n, t)| (n.id, t.name)),
        "SELECT n0.id, t1.title FROM notes AS n0 INNER JOIN notes_topics AS n8 ON n0.id = n8.note_id \
         INNER JOIN topics AS t1 ON n8.topic_id = t1.id",
    );
    assert_both(
        &Member::query().left_join(|m| m.topics.filter(|t| t.name.eq("x"))).join(|(m, _)| m.notes).select(|(m, ..)| m.id),
        "SELECT m0.id FROM members AS m0 LEFT JOIN notes AS n8 ON m0.id = n8.member_id LEFT JOIN notes_topics AS n9 ON n8.id = n9.note_id \
         LEFT JOIN topics AS t1 ON n9.topic_id = t1.id AND t1.title = ?1 INNER JOIN notes AS n2 ON m0.id = n2.member_id",
    );
}

#[test]
fn a_condition_joins_back_to_the_owner() {
    assert_both(
        &Member::query().filter(|m| m.topics.any(|t| t.name.eq("x"))).select(|m| m.id),
        "SELECT m0.id FROM members AS m0 WHERE EXISTS(SELECT st0.id, st0.title FROM topics AS st0 \
         INNER JOIN notes_topics AS sn8 ON sn8.topic_id = st0.id INNER JOIN notes AS sn9 ON sn9.id = sn8.note_id \
         WHERE m0.id = sn9.member_id AND st0.title = ?1)",
    );
}

#[test]
fn the_rows_of_some_owners_stand_once_each() {
    let members = [Member { id: 7, notes: HasMany::default(), topics: HasMany::default() }];
    assert_sql(
        &Member::topics.of(&members).select(|t| t.id),
        "SELECT t0.id FROM topics AS t0 WHERE t0.id IN (SELECT sn0.topic_id FROM notes_topics AS sn0 \
         INNER JOIN notes AS sn8 ON sn8.id = sn0.note_id WHERE sn8.member_id IN (?1))",
        "SELECT t0.id FROM topics AS t0 WHERE t0.id IN (SELECT sn0.topic_id FROM notes_topics AS sn0 \
         INNER JOIN notes AS sn8 ON sn8.id = sn0.note_id WHERE sn8.member_id = ANY($1))",
    );
}

#[test]
fn a_joined_query_has_its_values_behind_those_of_the_clauses() {
    let some = Note::query().filter(|n| n.id.lt(5)).limit(3);
    assert_both(
        &Member::query().filter(|m| m.id.gt(1)).join_query(some, |m, n| n.member_id.eq(m.id)).select(|(m, n)| (m.id, n.id)).limit(9),
        "SELECT m0.id, n1.id FROM members AS m0 INNER JOIN (SELECT sn0.id, sn0.member_id FROM notes AS sn0 WHERE sn0.id < ?2 LIMIT ?3) AS n1 \
         ON n1.member_id = m0.id WHERE m0.id > ?1 LIMIT ?4",
    );
}
