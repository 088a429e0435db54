//! Every album with its artist and its tracks, and their genres.

use ecto_core::prelude::*;

use crate::chinook::schemas::{Album, Track};

/// Artist, album, track and genre.
pub type Titles = (String, String, String, Option<String>);

pub fn with_tracks(repo: &Repo) -> Result<Vec<Album>> {
    let in_order = Track::query().order_by(|t| t.id);
    let albums = Album::query().order_by(|a| a.id);
    repo.all(&albums.preload((Album::artist, Album::tracks.with(in_order).then(Track::genre))))
}

/// One row for each track.
pub fn titles(album: &Album) -> Result<Vec<Titles>> {
    let artist = album.artist.get()?.map(|artist| artist.name.clone()).unwrap_or_default();
    let row = |track: &Track| {
        let genre = track.genre.get()?.map(|genre| genre.name.clone());
        Ok((artist.clone(), album.title.clone(), track.name.clone(), genre))
    };
    album.tracks.get()?.iter().map(row).collect()
}
