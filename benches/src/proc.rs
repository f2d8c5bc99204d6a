//! What Linux says of a process: processor time, memory.

use std::path::Path;

/// `USER_HZ`: in hundredths of a second Linux counts processor time for user space.
const TICKS: f64 = 100.0;

/// Processor seconds, user and system, of all threads of a process, those that have ended included.
pub fn cpu_seconds(pid: u32) -> f64 {
    ticks(&read(&format!("/proc/{pid}/stat"))) / TICKS
}

/// Processor seconds of those living threads of a process whose name begins so, from the scheduler's nanoseconds.
pub fn thread_seconds(pid: u32, prefix: &str) -> f64 {
    let Ok(tasks) = std::fs::read_dir(format!("/proc/{pid}/task")) else { return 0.0 };
    let paths = tasks.filter_map(Result::ok).map(|task| task.path());
    paths.filter(|task| text(&task.join("comm")).starts_with(prefix)).map(|task| on_processor(&task)).sum()
}

/// Processor seconds of the thread that asks.
pub fn own_thread_seconds() -> f64 {
    on_processor(Path::new("/proc/thread-self"))
}

/// Resident memory in MiB: now, and the most that it was.
pub fn resident_mib(pid: u32) -> (f64, f64) {
    let status = read(&format!("/proc/{pid}/status"));
    (mib(&status, "VmRSS:"), mib(&status, "VmHWM:"))
}

fn text(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_default()
}

fn read(path: &str) -> String {
    text(Path::new(path))
}

fn on_processor(task: &Path) -> f64 {
    let schedule = text(&task.join("schedstat"));
    let nanoseconds = schedule.split_whitespace().next().and_then(|first| first.parse::<f64>().ok());
    nanoseconds.unwrap_or(0.0) / 1e9
}

/// The fields behind the name, which may hold blanks and brackets of its own.
fn ticks(stat: &str) -> f64 {
    let fields = stat.rsplit(") ").next().unwrap_or_default().split(' ');
    fields.skip(11).take(2).filter_map(|field| field.parse::<f64>().ok()).sum()
}

fn mib(status: &str, key: &str) -> f64 {
    let line = status.lines().find(|line| line.starts_with(key)).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|kib| kib.parse::<f64>().ok()).unwrap_or(0.0) / 1024.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn user_and_system_time_are_added() {
        let stat = "42 (a name) with) S 1 42 42 0 -1 4194304 100 0 0 0 250 50 0 0 20 0 3 0 100 0 0";
        assert!((ticks(stat) - 300.0).abs() < f64::EPSILON);
        assert!((mib("Name:\tx\nVmHWM:\t    2048 kB\nVmRSS:\t 1024 kB\n", "VmHWM:") - 2.0).abs() < f64::EPSILON);
    }

    #[test]
    fn this_process_has_used_memory_and_time() {
        let (now, most) = resident_mib(std::process::id());
        assert!(now > 0.0 && most >= now);
        // The kernel adds up at its own ticks: a thread that has just begun has to work until the first one.
        assert!((0..1_000_000).any(|_| own_thread_seconds() > 0.0));
    }
}
