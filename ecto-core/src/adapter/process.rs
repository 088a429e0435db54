//! What this process is called where others see it.

use std::sync::LazyLock;

/// The name of the machine, as it was first asked.
static HOST: LazyLock<String> = LazyLock::new(|| {
    // OK because a machine need not tell its name.
    std::fs::read_to_string("/proc/sys/kernel/hostname").unwrap_or_default().trim().to_owned()
});

/// `host/pid`, or the number alone where the machine does not tell its name.
pub(super) fn name() -> String {
    let pid = std::process::id();
    if HOST.is_empty() { pid.to_string() } else { format!("{}/{pid}", *HOST) }
}
