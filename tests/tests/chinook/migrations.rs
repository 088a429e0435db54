//! How the tables came to be, and go again.

use ecto_core::prelude::*;
use ecto_tests::case::{Case, Outcome};
use ecto_tests::{Stage, case};

use super::schemas::{Artist, Employee, Invoice, PlaylistTrack};

pub const CASES: &[Case] = &[case!(tables_come_and_go, [])];

/// All of them.
pub fn all() -> Migrations {
    Migrations::new()
        .add(20210101000000, "create_catalogue", CreateCatalogue)
        .add(20210101000100, "create_tracks", CreateTracks)
        .add(20210101000200, "create_people", CreatePeople)
        .add(20210101000300, "create_invoices", CreateInvoices)
        .add(20210101000400, "create_playlists", CreatePlaylists)
}

/// A table with a key and a name that no other row has.
fn create_named(m: &mut Change, table: &str) {
    m.create_table(table, |t| {
        t.primary_key(format!("{table}_id"), Type::BigSerial);
        t.add("name", Type::String).size(120).not_null();
    });
    m.create_unique_index(table, ["name"]);
}

/// A reference to the key of a table of ours.
fn key_of(table: &str) -> ecto_core::ddl::Reference {
    references(table).column(format!("{table}_id"))
}

struct CreateCatalogue;
impl Migration for CreateCatalogue {
    fn change(&self, m: &mut Change) {
        for table in ["genre", "media_type", "artist"] {
            create_named(m, table);
        }
        m.create_table("album", |t| {
            t.primary_key("album_id", Type::BigSerial);
            t.add("title", Type::String).size(160).not_null();
            t.add("artist_id", key_of("artist")).not_null();
        });
        m.create_unique_index("album", ["artist_id", "title"]);
    }
}

struct CreateTracks;
impl Migration for CreateTracks {
    fn change(&self, m: &mut Change) {
        m.create_table("track", |t| {
            t.primary_key("track_id", Type::BigSerial);
            t.add("name", Type::String).size(200).not_null();
            t.add("album_id", key_of("album"));
            t.add("media_type_id", key_of("media_type")).not_null();
            t.add("genre_id", key_of("genre"));
            t.add("composer", Type::String).size(220);
            t.add("milliseconds", Type::Integer).not_null();
            t.add("bytes", Type::BigInteger);
            t.add("unit_price", Type::Decimal).precision(10).scale(2).not_null();
        });
        for column in ["album_id", "media_type_id", "genre_id"] {
            m.create_index("track", [column]);
        }
    }
}

/// What is known of an employee and of a customer.
fn person(t: &mut TableDraft) {
    for (column, size) in [("address", 70), ("city", 40), ("state", 40), ("country", 40), ("postal_code", 10), ("phone", 24), ("fax", 24)] {
        t.add(column, Type::String).size(size);
    }
    t.add("email", Type::String).size(60).not_null();
}

struct CreatePeople;
impl Migration for CreatePeople {
    fn change(&self, m: &mut Change) {
        m.create_table("employee", |t| {
            t.primary_key("employee_id", Type::BigSerial);
            t.add("last_name", Type::String).size(20).not_null();
            t.add("first_name", Type::String).size(20).not_null();
            t.add("title", Type::String).size(30);
            t.add("reports_to", key_of("employee"));
            t.add("birth_date", Type::NaiveDateTime);
            t.add("hire_date", Type::NaiveDateTime);
            person(t);
        });
        m.create_index("employee", ["reports_to"]);
        m.create_unique_index("employee", ["email"]);
        m.create_table("customer", |t| {
            t.primary_key("customer_id", Type::BigSerial);
            t.add("first_name", Type::String).size(40).not_null();
            t.add("last_name", Type::String).size(20).not_null();
            t.add("company", Type::String).size(80);
            person(t);
            t.add("support_rep_id", key_of("employee").on_delete(OnDelete::NilifyAll));
        });
        m.create_index("customer", ["support_rep_id"]);
        m.create_unique_index("customer", ["email"]);
    }
}

struct CreateInvoices;
impl Migration for CreateInvoices {
    fn change(&self, m: &mut Change) {
        m.create_table("invoice", |t| {
            t.primary_key("invoice_id", Type::BigSerial);
            t.add("customer_id", key_of("customer")).not_null();
            t.add("invoice_date", Type::NaiveDateTime).not_null();
            t.add("billing_address", Type::String).size(70);
            for column in ["billing_city", "billing_state", "billing_country"] {
                t.add(column, Type::String).size(40);
            }
            t.add("billing_postal_code", Type::String).size(10);
            t.add("total", Type::Decimal).precision(10).scale(2).not_null();
        });
        m.create_index("invoice", ["customer_id"]);
        m.create_table("invoice_line", |t| {
            t.primary_key("invoice_line_id", Type::BigSerial);
            t.add("invoice_id", key_of("invoice").on_delete(OnDelete::DeleteAll)).not_null();
            t.add("track_id", key_of("track")).not_null();
            t.add("unit_price", Type::Decimal).precision(10).scale(2).not_null();
            t.add("quantity", Type::Integer).not_null().check("quantity_is_positive", "quantity > 0");
        });
        m.create_index("invoice_line", ["invoice_id"]);
        m.create_index("invoice_line", ["track_id"]);
    }
}

struct CreatePlaylists;
impl Migration for CreatePlaylists {
    fn change(&self, m: &mut Change) {
        m.create_table("playlist", |t| {
            t.primary_key("playlist_id", Type::BigSerial);
            t.add("name", Type::String).size(120).not_null();
        });
        m.create_table("playlist_track", |t| {
            t.add("playlist_id", key_of("playlist").on_delete(OnDelete::DeleteAll)).primary_key();
            t.add("track_id", key_of("track").on_delete(OnDelete::DeleteAll)).primary_key();
        });
        m.create_index("playlist_track", ["track_id"]);
    }
}

fn tables_come_and_go(stage: &Stage) -> Outcome {
    let repo = &stage.repo;
    let versions = repo.migrate(&all())?;
    assert_eq!(versions.len(), 5);
    assert!(repo.migrate(&all())?.is_empty());
    let rows = (repo.count(&Artist::query())?, repo.count(&Employee::query())?, repo.count(&PlaylistTrack::query())?);
    assert_eq!(rows, (0, 0, 0));

    assert_eq!(repo.rollback(&all(), Until::Steps(2))?, [versions[4], versions[3]]);
    assert!(repo.count(&PlaylistTrack::query()).is_err() && repo.count(&Invoice::query()).is_err());
    assert_eq!(repo.count(&Employee::query())?, 0);
    assert_eq!(repo.rollback(&all(), Until::All)?, [versions[2], versions[1], versions[0]]);
    assert!(repo.count(&Artist::query()).is_err());
    assert_eq!(repo.migrate(&all())?, versions);
    Ok(())
}
