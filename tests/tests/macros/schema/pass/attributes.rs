//! Every attribute of a schema, in reflection and against a database.
#![deny(warnings)]
#![warn(unused_qualifications)]

use chrono::{NaiveDateTime, TimeDelta, Utc};
use ecto_core::prelude::*;
use ecto_core::schema::{Autogenerate, Known, Writable};
use ecto_core::types::Value;
use uuid::Uuid;

fn slug() -> String {
    "a-slug".into()
}

#[derive(Schema, Debug, Clone, PartialEq)]
#[schema(table = "pages", timestamps(inserted_at = created, updated_at = false))]
struct Page {
    #[schema(source = "title_text")]
    title: String,
    id: Uuid,
    #[schema(autogenerate = slug, writable = "always")]
    slug: String,
    #[schema(virtual, default = 3)]
    stars: i32,
    #[schema(virtual, redact)]
    secret: Option<String>,
    #[schema(read_after_writes)]
    version: i64,
    #[schema(writable = "insert", default = "draft")]
    state: String,
    #[schema(writable = "never")]
    size: Option<i64>,
    #[schema(autogenerate)]
    token: Uuid,
    created: NaiveDateTime,
    r#type: Option<String>,
}

/// Keys of several fields, by name and by attribute, in an order of their own.
#[derive(Schema, Debug, Clone, PartialEq)]
#[schema(table = "pairs", primary_key = (right, left))]
struct Pair {
    left: i64,
    right: String,
}

#[derive(Schema, Debug, Clone, PartialEq)]
#[schema(table = "stations")]
struct Station {
    name: String,
    #[schema(primary_key, autogenerate)]
    number: i32,
    #[schema(foreign_key = station_number)]
    trains: HasMany<Train>,
}

#[derive(Schema, Debug, Clone, PartialEq)]
#[schema(table = "log")]
struct Line {
    text: String,
}

/// Refers to itself, to a key that is not called `id`, and to a field that is no key.
#[derive(Schema, Debug, Clone, PartialEq)]
#[schema(table = "trains")]
struct Train {
    id: i64,
    parent_id: Option<i64>,
    parent: BelongsTo<Self>,
    #[schema(foreign_key = parent_id)]
    parts: HasMany<Train>,
    station_number: i32,
    #[schema(foreign_key = station_number)]
    station: BelongsTo<Station>,
    station_name: String,
    #[schema(belongs_to, foreign_key = station_name, references = name)]
    named: BelongsTo<Station>,
}

/// Fields that are called like the functions of a schema.
#[derive(Schema, Debug, Clone, PartialEq)]
#[schema(table = "searches", consts = SearchFields)]
struct Search {
    id: i64,
    query: String,
    rows: i64,
}

mod elsewhere {
    //! A private field may be a foreign key, and names of the expansion may be taken.
    use ecto_core::prelude::*;

    #[allow(dead_code)]
    struct Result;
    #[allow(dead_code)]
    struct N;
    #[allow(dead_code)]
    struct Option;

    #[derive(Schema)]
    #[schema(table = "things")]
    pub struct Thing {
        id: i64,
        owner_id: std::option::Option<i64>,
        row: i64,
        value: String,
    }
}

#[derive(Schema)]
#[schema(table = "owners")]
struct Owner {
    id: i64,
    #[schema(has_one)]
    thing: HasOne<elsewhere::Thing>,
}

fn reflection() {
    let fields = Page::META.fields;
    let named = |name: &str| &fields[usize::from(Page::META.field(name).unwrap())];
    assert_eq!((named("title").column, named("type").column, Page::META.key), ("title_text", "type", &[1u16][..]));
    assert!(matches!(named("id").autogenerate, Some(Autogenerate::Insert(_))));
    assert!(matches!(named("slug").autogenerate, Some(Autogenerate::Insert(make)) if make() == Value::Text("a-slug".into())));
    assert!(matches!(named("token").autogenerate, Some(Autogenerate::Insert(make)) if make() != make()), "a fresh one each time");
    assert!(matches!(named("created").autogenerate, Some(Autogenerate::InsertedAt(_))));
    assert!(named("stars").is_virtual && named("secret").redact && named("version").read_after_writes);
    assert_eq!((named("state").writable, named("size").writable, named("slug").writable), (Writable::Insert, Writable::Never, Writable::Always));
    assert_eq!(named("state").default.map(|make| make()), Some(Value::Text("draft".into())));

    assert_eq!(Pair::META.key, [1, 0]);
    assert_eq!(Pair { left: 3, right: "x".into() }.key(), ("x".to_owned(), 3));
    assert!(Pair::META.fields.iter().all(|field| field.autogenerate.is_none()));
    assert!(matches!(Station::META.fields[1].autogenerate, Some(Autogenerate::Database)));
    let () = Line { text: "x".into() }.key();

    let ties: Vec<_> = Train::META.relations.iter().map(|tie| (tie.name, tie.first_hop().from, tie.first_hop().to)).collect();
    assert_eq!(ties, [("parent", 1, 0), ("parts", 0, 1), ("station", 2, 1), ("named", 3, 0)]);
    assert_eq!((Owner::thing.relation().first_hop().to, SearchFields::query.name(), SearchFields::rows.index()), (1, "query", 2));
}

fn assembled() {
    let mut known = Known::new(11);
    for (field, value) in [(0, "t"), (2, "s"), (6, "draft")] {
        known.put(field, Value::Text(value.into()));
    }
    let error = Page::assemble(&mut known).unwrap_err();
    assert!(error.to_string().contains("column"), "{error}");
}

fn against_a_database() -> Result<()> {
    let repo = Repo::connect("sqlite::memory:")?;
    repo.query(
        "CREATE TABLE pages (id TEXT PRIMARY KEY, title_text TEXT NOT NULL, slug TEXT NOT NULL, version INTEGER NOT NULL DEFAULT 7, \
         state TEXT NOT NULL, size INTEGER DEFAULT 9, token TEXT NOT NULL, created TEXT NOT NULL, type TEXT)",
        (),
    )?;
    repo.query("CREATE TABLE trains (id INTEGER PRIMARY KEY, parent_id INTEGER, station_number INTEGER NOT NULL, station_name TEXT NOT NULL)", ())?;

    let page = repo.insert(Changeset::new().put_change(Page::title, "Hello").put_change(Page::stars, 5))?;
    assert_eq!((page.title.as_str(), page.slug.as_str(), page.version, page.state.as_str(), page.size), ("Hello", "a-slug", 7, "draft", Some(9)));
    assert_eq!(page.id.get_version_num(), 4);
    assert!(Utc::now().naive_utc() - page.created < TimeDelta::minutes(1));
    let read: Page = repo.fetch(page.id)?;
    assert_eq!((page.stars, read.stars, read.secret.is_none()), (5, 3, true), "a virtual field is not stored");
    assert_eq!(Page { stars: 5, ..read }, page);

    for (id, parent) in [(1, None), (2, Some(1))] {
        let train = Train {
            id,
            parent_id: parent,
            parent: BelongsTo::default(),
            parts: HasMany::default(),
            station_number: 4,
            station: BelongsTo::default(),
            station_name: "x".into(),
            named: BelongsTo::default(),
        };
        repo.insert(Changeset::insert(train))?;
    }
    let pairs = repo.all(&Train::query().left_join(|t| t.parent).order_by(|(t, _)| t.id.asc()).select(|(t, p)| (t, p)))?;
    let ids: Vec<_> = pairs.iter().map(|(train, parent)| (train.id, parent.as_ref().map(|parent| parent.id))).collect();
    assert_eq!(ids, [(1, None), (2, Some(1))]);
    assert!(pairs[0].0.parts.get().unwrap_err().to_string().contains("not loaded"));
    Ok(())
}

fn main() -> Result<()> {
    reflection();
    assembled();
    let _ = Owner::query().join(|o| o.thing).filter(|(o, _)| o.id.eq(1));
    let _ = (Search::query(), Line::query().filter(|l| l.text.eq("x")), Pair::query());
    against_a_database()
}
