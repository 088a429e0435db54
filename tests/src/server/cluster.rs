//! A private cluster in a temporary folder, on a free port.
//!
//! The server refuses to run as root, so that root starts it as another user. A shell stands between: it stops the server and removes the folder
//! when its input ends, which is when this process does, in whichever way.

use std::fs;
use std::io::Read;
use std::net::TcpListener;
use std::os::unix::fs::{MetadataExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::thread::sleep;
use std::time::{Duration, Instant};

/// Kept so that the shell's input stays open.
static SHELL: Mutex<Option<Child>> = Mutex::new(None);

const SERVE: &str = r#"
"$1/postgres" -D "$2/data" -p "$3" -c listen_addresses=127.0.0.1 -c unix_socket_directories="$2" \
    -c fsync=off -c full_page_writes=off -c synchronous_commit=off -c max_connections=200 >"$2/log" 2>&1 </dev/null &
server=$!
cat >/dev/null
kill -INT $server
wait $server
rm -rf "$2"
"#;

/// Starts one, and says how to reach it.
pub(super) fn start() -> Result<String, String> {
    let programs = programs().ok_or("`initdb` is not installed")?;
    let owner = owner()?;
    let folder = tempfile::Builder::new().prefix("ecto-suite-").tempdir().map_err(|error| error.to_string())?.keep();
    if let Some((user, group)) = owner {
        chown(&folder, Some(user), Some(group)).map_err(|error| error.to_string())?;
    }
    init(&programs, &folder, owner)?;
    let port = free_port()?;
    let mut shell = as_owner(Command::new("sh"), owner);
    shell
        .args(["-c", SERVE, "sh"])
        .arg(&programs)
        .arg(&folder)
        .arg(port.to_string())
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    // A group of its own, so that an interrupt from the terminal ends it by the closed input and not half-way.
    shell.process_group(0);
    let child = shell.spawn().map_err(|error| error.to_string())?;
    *SHELL.lock().map_err(|error| error.to_string())? = Some(child);
    await_answer(&format!("postgres://postgres@127.0.0.1:{port}/postgres"), &folder)
}

/// A server that may be brought down and up again, for what nobody else must suffer.
pub struct Fragile {
    programs: PathBuf,
    folder: PathBuf,
    owner: Option<(u32, u32)>,
    port: u16,
}

impl Fragile {
    /// Starts one.
    ///
    /// # Errors
    /// The reason, for a person to read: the server's programs are not installed, for one.
    pub fn start() -> Result<Self, String> {
        let programs = programs().ok_or("`initdb` is not installed")?;
        let owner = owner()?;
        let folder = tempfile::Builder::new().prefix("ecto-fragile-").tempdir().map_err(|error| error.to_string())?.keep();
        if let Some((user, group)) = owner {
            chown(&folder, Some(user), Some(group)).map_err(|error| error.to_string())?;
        }
        init(&programs, &folder, owner)?;
        let server = Fragile { programs, folder, owner, port: free_port()? };
        server.rise()?;
        Ok(server)
    }

    /// How to reach it.
    #[must_use]
    pub fn url(&self) -> String {
        format!("postgres://postgres@127.0.0.1:{}/postgres", self.port)
    }

    /// Ends it as a loss of power does.
    ///
    /// # Errors
    /// What the program said.
    pub fn fall(&self) -> Result<(), String> {
        self.control(&["stop", "-m", "immediate"])
    }

    /// Starts it again; it recovers what was committed.
    ///
    /// # Errors
    /// What the program said.
    pub fn rise(&self) -> Result<(), String> {
        let folder = self.folder.display();
        let options = format!("-p {} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder}", self.port);
        let log = format!("{folder}/log");
        self.control(&["start", "-w", "-l", &log, "-o", &options])
    }

    fn control(&self, arguments: &[&str]) -> Result<(), String> {
        let mut program = as_owner(Command::new(self.programs.join("pg_ctl")), self.owner);
        program.arg("-D").arg(self.folder.join("data")).args(arguments).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let status = program.status().map_err(|error| error.to_string())?;
        if status.success() { Ok(()) } else { Err(format!("pg_ctl {arguments:?} failed: {status}")) }
    }
}

impl Drop for Fragile {
    fn drop(&mut self) {
        // What was not running need not be stopped.
        let _ = self.fall();
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// The folder that holds `initdb` and `postgres`: of the newest version, where several are installed.
fn programs() -> Option<PathBuf> {
    let in_path = std::env::var_os("PATH").into_iter().flat_map(|path| std::env::split_paths(&path).collect::<Vec<_>>());
    let mut installed: Vec<(u32, PathBuf)> =
        fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten().map(|entry| version_of(&entry.path())).collect();
    installed.sort();
    let candidates = installed.into_iter().rev().map(|(_, path)| path).chain(in_path);
    candidates.into_iter().find(|folder| folder.join("initdb").exists() && folder.join("postgres").exists())
}

fn version_of(folder: &Path) -> (u32, PathBuf) {
    let version = folder.file_name().and_then(|name| name.to_str()?.parse().ok()).unwrap_or(0);
    (version, folder.join("bin"))
}

/// The user and group to run as: `None` for the present user, unless that is root.
fn owner() -> Result<Option<(u32, u32)>, String> {
    let is_root = fs::metadata("/proc/self").is_ok_and(|own| own.uid() == 0);
    if !is_root {
        return Ok(None);
    }
    let mut users = String::new();
    fs::File::open("/etc/passwd").and_then(|mut file| file.read_to_string(&mut users)).map_err(|error| error.to_string())?;
    let found = ["postgres", "nobody"].iter().find_map(|name| ids_of(&users, name));
    found.map(Some).ok_or_else(|| "root cannot run a server, and there is no user `postgres` or `nobody`".to_owned())
}

fn ids_of(users: &str, name: &str) -> Option<(u32, u32)> {
    let line = users.lines().find(|line| line.split(':').next() == Some(name))?;
    let mut parts = line.split(':').skip(2);
    Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
}

fn as_owner(mut command: Command, owner: Option<(u32, u32)>) -> Command {
    if let Some((user, group)) = owner {
        command.uid(user).gid(group);
    }
    command.current_dir("/");
    command
}

fn init(programs: &Path, folder: &Path, owner: Option<(u32, u32)>) -> Result<(), String> {
    let mut initdb = as_owner(Command::new(programs.join("initdb")), owner);
    initdb.args(["-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync", "-D"]).arg(folder.join("data"));
    let output = initdb.stdin(Stdio::null()).output().map_err(|error| error.to_string())?;
    if output.status.success() { Ok(()) } else { Err(format!("initdb failed: {}", String::from_utf8_lossy(&output.stderr))) }
}

fn free_port() -> Result<u16, String> {
    let listener = TcpListener::bind("127.0.0.1:0").map_err(|error| error.to_string())?;
    listener.local_addr().map(|address| address.port()).map_err(|error| error.to_string())
}

fn await_answer(url: &str, folder: &Path) -> Result<String, String> {
    let started = Instant::now();
    loop {
        match super::connect(url) {
            Ok(_) => return Ok(url.to_owned()),
            Err(error) if started.elapsed() > Duration::from_secs(30) => {
                let log = fs::read_to_string(folder.join("log")).unwrap_or_default();
                return Err(format!("it does not answer: {error}\n{log}"));
            }
            Err(_) => sleep(Duration::from_millis(50)),
        }
    }
}
