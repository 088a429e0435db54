//! What does not belong into these tables becomes an error of a field, said by a changeset or by the database.

use ecto_core::prelude::*;
use ecto_tests::case::{Case, Outcome};
use ecto_tests::{Stage, case};
use serde_json::{Value as Json, json};

use super::import::import;
use super::schemas::{Album, Artist, Customer, Employee, Genre, Invoice, InvoiceLine, PlaylistTrack, Track};

pub const CASES: &[Case] = &[
    case!(tracks_that_cannot_be, []),
    case!(people_and_invoices_that_cannot_be, []),
    case!(rows_that_refer_to_nobody, []),
    case!(rows_that_are_there_already, []),
    case!(rows_that_others_refer_to, []),
];

/// The errors of a write that the database refused, as texts by field.
fn refusal<S: Schema>(written: Result<S, WriteError<S>>) -> Json {
    let refused = written.map(drop).expect_err("no place for this row");
    refused.into_changeset().expect("an error of a field").errors_json()
}

fn tracks_that_cannot_be(_: &Stage) -> Outcome {
    let track = Track::changeset(
        Changeset::new(),
        json!({"name": " ", "media_type_id": 1, "milliseconds": 0, "bytes": "12.5", "unit_price": -0.99, "composer": "x".repeat(221)}),
    );
    let expected = json!({
        "name": ["can't be blank"],
        "milliseconds": ["must be greater than 0"],
        "bytes": ["is invalid"],
        "unit_price": ["must be greater than or equal to 0"],
        "composer": ["should be at most 220 character(s)"],
    });
    assert_eq!(track.errors_json(), expected);
    Ok(())
}

fn people_and_invoices_that_cannot_be(_: &Stage) -> Outcome {
    let customer = json!({"first_name": "Al", "last_name": "B".repeat(21), "email": "al", "phone": "none", "support_rep_id": "three"});
    let expected = json!({
        "last_name": ["should be at most 20 character(s)"],
        "email": ["has invalid format"],
        "phone": ["has invalid format"],
        "support_rep_id": ["is invalid"],
    });
    assert_eq!(Customer::changeset(Changeset::new(), customer).errors_json(), expected);

    let invoice = Invoice::changeset(Changeset::new(), json!({"invoice_date": "2021-02-29T00:00:00", "total": "1,98"}));
    let expected = json!({"customer_id": ["can't be blank"], "invoice_date": ["is invalid"], "total": ["is invalid"]});
    assert_eq!(invoice.errors_json(), expected);
    Ok(())
}

fn rows_that_refer_to_nobody(stage: &Stage) -> Outcome {
    let repo = &stage.repo;
    import(repo)?;
    let invoice = json!({"customer_id": 999, "invoice_date": "2026-01-01T00:00:00", "total": 1.98});
    let invoice = Invoice::changeset(Changeset::new().put_change(Invoice::id, 9_001), invoice);
    assert_eq!(refusal(repo.insert(invoice)), json!({"customer_id": ["does not exist"]}));

    // The column has another name than the field.
    let employee = json!({"first_name": "Al", "last_name": "Bo", "email": "al@chinookcorp.com", "manager_id": 99});
    let employee = Employee::changeset(Changeset::new().put_change(Employee::id, 9_001), employee);
    assert_eq!(refusal(repo.insert(employee)), json!({"manager_id": ["does not exist"]}));

    let line = |track: i64, quantity: i32| {
        let params = json!({"invoice_id": 1, "track_id": track, "unit_price": "0.99", "quantity": quantity});
        InvoiceLine::changeset(Changeset::new().put_change(InvoiceLine::id, 9_001), params)
    };
    assert_eq!(refusal(repo.insert(line(9_999, 1))), json!({"track_id": ["does not exist"]}));
    assert_eq!(refusal(repo.insert(line(1, 0))), json!({"quantity": ["is invalid"]}));
    let entry = |playlist: i64, track: i64| PlaylistTrack::changeset(Changeset::new(), json!({"playlist_id": playlist, "track_id": track}));
    assert_eq!(refusal(repo.insert(entry(99, 1))), json!({"playlist_id": ["does not exist"]}));
    assert_eq!(refusal(repo.insert(entry(1, 9_999))), json!({"track_id": ["does not exist"]}));
    Ok(())
}

fn rows_that_are_there_already(stage: &Stage) -> Outcome {
    let repo = &stage.repo;
    import(repo)?;
    let entry = PlaylistTrack::changeset(Changeset::new(), json!({"playlist_id": 1, "track_id": 3402}));
    assert_eq!(refusal(repo.insert(entry)), json!({"track_id": ["is on this playlist already"]}));

    let artist = Artist::changeset(Changeset::new().put_change(Artist::id, 9_001), [("name", "AC/DC")]);
    assert_eq!(refusal(repo.insert(artist)), json!({"name": ["has already been taken"]}));
    let key = Genre::changeset(Changeset::new().put_change(Genre::id, 1), [("name", "Yodel")]).unique_constraint(Genre::id);
    assert_eq!(refusal(repo.insert(key)), json!({"id": ["has already been taken"]}));

    let album = |artist: i64| {
        let params = json!({"title": "Let There Be Rock", "artist_id": artist});
        Album::changeset(Changeset::new().put_change(Album::id, 9_001), params)
    };
    assert_eq!(refusal(repo.insert(album(1))), json!({"title": ["is an album of this artist already"]}));
    assert_eq!(repo.insert(album(2))?.artist_id, 2);

    let luis = repo.fetch::<Customer>(1)?;
    let edited = repo.update(Customer::changeset(luis, [("email", "leonekohler@surfeu.de")]));
    assert_eq!(refusal(edited), json!({"email": ["has already been taken"]}));
    Ok(())
}

fn rows_that_others_refer_to(stage: &Stage) -> Outcome {
    let repo = &stage.repo;
    import(repo)?;
    let artist = Changeset::from(repo.fetch::<Artist>(1)?).no_assoc_constraint(Artist::albums);
    assert_eq!(refusal(repo.delete(artist)), json!({"albums": ["are still associated with this entry"]}));

    // An invoice goes with its lines, and a representative from the customers.
    let invoice = repo.delete(repo.fetch::<Invoice>(1)?)?;
    assert_eq!(repo.count(&InvoiceLine::query().filter(|l| l.invoice_id.eq(invoice.id)))?, 0);
    let jane = Changeset::from(repo.fetch::<Employee>(3)?).no_assoc_constraint(Employee::reports);
    repo.delete(jane)?;
    assert_eq!(repo.count(&Customer::query().filter(|c| c.support_rep_id.is_nil()))?, 21);
    let nancy = Changeset::from(repo.fetch::<Employee>(2)?).no_assoc_constraint(Employee::reports);
    assert_eq!(refusal(repo.delete(nancy)), json!({"reports": ["are still associated with this entry"]}));
    Ok(())
}
