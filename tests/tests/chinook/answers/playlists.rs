//! Whom does one hear on each playlist? By playlist and artist, each once.

use std::collections::BTreeSet;

use ecto_core::prelude::*;

use crate::chinook::schemas::{Album, Playlist, PlaylistTrack, Track};

pub fn with_artists(repo: &Repo) -> Result<Vec<(i64, String)>> {
    let query = Playlist::query()
        .join(|p| p.entries)
        .join(|(_, e)| e.track)
        .join(|(_, _, t)| t.album)
        .join(|(_, _, _, al)| al.artist)
        .order_by(|(p, .., a)| (p.id, a.id))
        .select(|(p, .., a)| (p.id, a.id, a.name))
        .distinct();
    Ok(repo.all(&query)?.into_iter().map(|(playlist, _, artist)| (playlist, artist)).collect())
}

pub fn with_artists_preloaded(repo: &Repo) -> Result<Vec<(i64, String)>> {
    let to_artists = Playlist::entries.then(PlaylistTrack::track.then(Track::album.then(Album::artist)));
    let playlists = repo.all(&Playlist::query().order_by(|p| p.id).preload(to_artists))?;
    let mut found = Vec::new();
    for playlist in &playlists {
        let mut artists = BTreeSet::new();
        for entry in playlist.entries.get()? {
            let track = entry.track.get()?.expect("a track that is there");
            let album = track.album.get()?.expect("a track has an album");
            let artist = album.artist.get()?.expect("an artist who is there");
            artists.insert((artist.id, artist.name.as_str()));
        }
        found.extend(artists.into_iter().map(|(_, artist)| (playlist.id, artist.to_owned())));
    }
    Ok(found)
}
