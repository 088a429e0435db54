//! On what kind of file system a file stands. SQLite keeps its writers apart by locks of the file system, and so do two runs of migrations:
//! where other machines reach the same file, these locks are kept badly or not at all.

use std::path::{Component, Path, PathBuf};

/// The kind of file system that a file stands on, or would be made on, if locks on it are not to be trusted.
pub(super) type RemoteKind = fn(&Path) -> Option<String>;

/// Where Linux lists what is mounted; other systems have no such file, and nothing is known there.
const LIST: &str = "/proc/self/mountinfo";

/// What is reached over a network, or from another system on the same machine.
const REMOTE: [&str; 20] = [
    "nfs",
    "nfs4",
    "cifs",
    "smb2",
    "smb3",
    "smbfs",
    "9p",
    "afs",
    "ceph",
    "coda",
    "lustre",
    "ncpfs",
    "beegfs",
    "vboxsf",
    "fuse.sshfs",
    "fuse.glusterfs",
    "fuse.rclone",
    "fuse.s3fs",
    "fuse.gcsfuse",
    "fuse.vmhgfs-fuse",
];

/// Asks the system.
pub(super) fn remote_kind(file: &Path) -> Option<String> {
    if is_plainly_local(file) { None } else { listed(&whole(file)?, Path::new(LIST)) }
}

/// The list is long to read, and the system knows a file system of the usual kinds by its number: in `linux/magic.h` ext2 to ext4, XFS,
/// Btrfs, F2FS, one in memory, and one that lies over others.
#[cfg(target_os = "linux")]
#[allow(clippy::useless_conversion, reason = "the number has another type on other machines")]
fn is_plainly_local(file: &Path) -> bool {
    const LOCAL: [i64; 6] = [0xef53, 0x5846_5342, 0x9123_683e, 0xf2f5_2010, 0x0102_1994, 0x794c_7630];
    rustix::fs::statfs(file).is_ok_and(|found| LOCAL.iter().any(|kind| i64::try_from(found.f_type) == Ok(*kind)))
}

#[cfg(not(target_os = "linux"))]
fn is_plainly_local(_file: &Path) -> bool {
    false
}

fn listed(place: &Path, list: &Path) -> Option<String> {
    let text = std::fs::read_to_string(list).ok()?;
    let kind = kind(place, &text)?;
    REMOTE.contains(&kind).then(|| kind.to_owned())
}

/// The place without links; of a file that is not there yet the place of its folder.
fn whole(file: &Path) -> Option<PathBuf> {
    let folder = || match file.parent() {
        Some(folder) if folder.components().next().is_some() => folder.canonicalize(),
        _ => Path::new(".").canonicalize(),
    };
    file.canonicalize().or_else(|_| folder()).ok()
}

/// The kind of the mount that lies nearest above; of several at one place the last one hides the others.
fn kind<'t>(path: &Path, list: &'t str) -> Option<&'t str> {
    let mounts = list.lines().filter_map(mount).filter(|(place, _)| path.starts_with(place));
    mounts.max_by_key(|(place, _)| place.components().filter(|part| matches!(part, Component::Normal(_))).count()).map(|(_, kind)| kind)
}

/// `36 35 98:0 /root /where options optional fields - kind device options`
fn mount(line: &str) -> Option<(PathBuf, &str)> {
    let (place, rest) = line.split_once(" - ")?;
    Some((PathBuf::from(unescaped(place.split(' ').nth(4)?)?), rest.split(' ').next()?))
}

/// Blanks and backslashes are written as three octal digits.
fn unescaped(text: &str) -> Option<String> {
    let mut parts = text.split('\\');
    let mut whole = parts.next()?.as_bytes().to_vec();
    for part in parts {
        let (digits, rest) = part.split_at_checked(3)?;
        whole.push(u8::from_str_radix(digits, 8).ok()?);
        whole.extend(rest.as_bytes());
    }
    String::from_utf8(whole).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "\
27 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
30 27 0:40 / /srv rw shared:2 master:1 - nfs4 host:/srv rw,vers=4.2
31 30 8:2 / /srv/fast rw - xfs /dev/sdb1 rw
32 27 0:41 / /home/al/my\\040files rw - fuse.sshfs al@host:/ rw
33 27 0:42 / /mnt rw - cifs //host/share rw
34 33 0:43 / /mnt rw - tmpfs tmpfs rw
35 27 0:44 /sub /shared rw - smb3 //host/other rw
a line that is none
";

    fn of(path: &str) -> Option<&str> {
        kind(Path::new(path), TEXT)
    }

    #[test]
    fn the_nearest_mount_above_counts() {
        assert_eq!(of("/var/lib/app.db"), Some("ext4"));
        assert_eq!(of("/srv/app/app.db"), Some("nfs4"));
        assert_eq!(of("/srv/fast/app.db"), Some("xfs"));
        assert_eq!(of("/srvs/app.db"), Some("ext4"));
        assert_eq!(of("/shared"), Some("smb3"));
    }

    #[test]
    fn blanks_in_a_place_are_read() {
        assert_eq!(of("/home/al/my files/app.db"), Some("fuse.sshfs"));
        assert_eq!(of("/home/al/my"), Some("ext4"));
        assert_eq!(unescaped("a\\134b\\303\\244"), Some("a\\bä".into()));
        assert_eq!((unescaped("a\\9"), unescaped("a\\999")), (None, None));
    }

    #[test]
    fn what_is_mounted_over_another_hides_it() {
        assert_eq!(of("/mnt/app.db"), Some("tmpfs"));
    }

    #[test]
    fn only_what_is_far_away_is_told_and_a_file_need_not_be_there() {
        let folder = tempfile::tempdir().unwrap();
        let real = folder.path().canonicalize().unwrap();
        let list = folder.path().join("list");
        let told = |kind: &str, file: &str| {
            let root = "1 0 8:1 / / rw - nfs host:/ rw";
            std::fs::write(&list, format!("{root}\n2 1 8:1 / {} rw - {kind} x rw\n", real.display())).unwrap();
            listed(&whole(&folder.path().join(file))?, &list)
        };
        assert_eq!(told("cifs", "new.db").as_deref(), Some("cifs"));
        assert_eq!(told("cifs", "list").as_deref(), Some("cifs"));
        assert_eq!(told("ext4", "new.db"), None);
        assert_eq!(told("cifs", "no/folder/new.db"), None);
        assert_eq!(listed(&list, Path::new("/nowhere/at/all")), None);
        assert_eq!(whole(Path::new("new.db")), std::env::current_dir().and_then(|here| here.canonicalize()).ok());
    }
}
