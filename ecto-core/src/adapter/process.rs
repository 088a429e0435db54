//! What this process is called where others see it.

/// `host/pid`, or the number alone where the machine does not tell its name.
pub(super) fn name() -> String {
    let pid = std::process::id();
    match std::fs::read_to_string("/proc/sys/kernel/hostname") {
        Ok(host) if !host.trim().is_empty() => format!("{}/{pid}", host.trim()),
        _ => pid.to_string(),
    }
}
