//! Keys of every shape.

use ecto_core::prelude::*;
use uuid::Uuid;

use super::{Case, Outcome, case};
use crate::Stage;
use crate::scenario::keys::{self, Country, Document, Event, Membership};

pub(super) const CASES: &[Case] = &[
    case!(a_key_of_two_columns, ["S-04", "S-25"]),
    case!(a_key_that_is_made_here, ["S-18"]),
    case!(a_key_that_the_application_assigns, ["S-03"]),
    case!(a_changed_key_is_found_by_its_old_value, ["R-36"]),
    case!(a_row_without_a_key, ["S-03"]),
    case!(a_key_that_is_not_unique_is_found_out, ["R-35"]),
];

fn member(stage: &Stage, user: &str, team: &str) -> Result<Membership> {
    Ok(stage.repo.insert(Membership::changeset(Changeset::new(), [("user_id", user), ("team", team)]))?)
}

fn a_key_of_two_columns(stage: &Stage) -> Outcome {
    keys::create(stage)?;
    let (one, two) = (member(stage, "1", "red")?, member(stage, "1", "blue")?);
    assert_eq!(stage.repo.fetch::<Membership>((1, "red".to_owned()))?, one);
    let captain = stage.repo.update(Membership::changeset(two.clone(), [("role", "captain")]))?;
    assert_eq!(captain.role.as_deref(), Some("captain"));
    assert_eq!(stage.repo.fetch::<Membership>((1, "red".to_owned()))?.role, None);
    stage.repo.delete(captain)?;
    assert_eq!(stage.repo.all(&Membership::query())?, [one]);
    Ok(())
}

fn a_key_that_is_made_here(stage: &Stage) -> Outcome {
    keys::create(stage)?;
    let document = stage.repo.insert(Document::changeset(Changeset::new(), [("title", "x")]))?;
    assert_ne!(document.id, Uuid::nil());
    assert_eq!(stage.repo.fetch::<Document>(document.id)?, document);
    let own = Uuid::from_u128(7);
    let kept = stage.repo.insert(Changeset::new().put_change(Document::id, own).put_change(Document::title, "y"))?;
    assert_eq!(kept.id, own);
    assert_eq!(stage.repo.get_by::<Document>(|d| d.id.eq(own))?, Some(kept));
    Ok(())
}

fn a_key_that_the_application_assigns(stage: &Stage) -> Outcome {
    keys::create(stage)?;
    let france = stage.repo.insert(Country::changeset(Changeset::new(), [("code", "FR"), ("name", "France")]))?;
    assert_eq!(stage.repo.fetch::<Country>("FR".to_owned())?, france);
    let twice = stage.repo.insert(Country::changeset(Changeset::new(), [("code", "FR"), ("name", "again")])).unwrap_err();
    let changeset = twice.into_changeset().expect("an error on the field");
    assert_eq!(changeset.errors_on("code").map(|error| error.text()).collect::<Vec<_>>(), ["has already been taken"]);
    Ok(())
}

fn a_changed_key_is_found_by_its_old_value(stage: &Stage) -> Outcome {
    keys::create(stage)?;
    let old = stage.repo.insert(Country::changeset(Changeset::new(), [("code", "ZR"), ("name", "Congo")]))?;
    let new = stage.repo.update(Country::changeset(old, [("code", "CD")]))?;
    assert_eq!(new.code, "CD");
    assert_eq!(stage.repo.all(&Country::query())?, [new]);
    Ok(())
}

fn a_row_without_a_key(stage: &Stage) -> Outcome {
    keys::create(stage)?;
    let event = stage.repo.insert(Event::changeset(Changeset::new(), [("what", "rain")]))?;
    assert_eq!(stage.repo.all(&Event::query())?, std::slice::from_ref(&event));
    let update = stage.repo.update(Event::changeset(event.clone(), [("what", "snow")])).unwrap_err();
    assert!(update.is_database(), "a row without a key cannot be told from others: {update:?}");
    assert!(stage.repo.delete(event).is_err_and(|error| error.is_database()));
    assert_eq!(stage.repo.count(&Event::query())?, 1);
    Ok(())
}

fn a_key_that_is_not_unique_is_found_out(stage: &Stage) -> Outcome {
    stage.run(&["CREATE TABLE countries (code {text} NOT NULL, name {text} NOT NULL)"])?;
    let rows = [("FR", "France"), ("FR", "again"), ("FR", "and again")];
    stage.repo.insert_all(Country::rows((Country::code, Country::name), rows))?;
    let france = Country { code: "FR".into(), name: "France".into() };
    let error = stage.repo.delete(france).unwrap_err();
    let text = error.database().expect("a mistake in the schema").to_string();
    assert!(text.contains("wrote 3") && text.contains("expected to write one row"), "{text}");
    Ok(())
}
