//! `cargo xtask sizes`: no Rust file is longer than it can be read in one sitting.

use crate::files::{self, Source};
use crate::report::Report;
use std::path::Path;

/// A file with more lines than this is two things.
const LONGEST: usize = 400;

/// Measures every Rust file of the repository.
pub fn run(root: &Path) -> Result<Report, String> {
    Ok(report(&files::read(root, "", &[".rs"])?))
}

fn report(sources: &[Source]) -> Report {
    let mut long: Vec<(usize, &str)> = sources
        .iter()
        .map(|source| (source.text.lines().count(), source.path.as_str()))
        .filter(|&(lines, _)| lines > LONGEST)
        .collect();
    long.sort_by(|a, b| b.cmp(a));
    let mut report = Report::default();
    for (lines, path) in long {
        report.problem(format!("{lines:>6}  {path}"));
    }
    report.say(format!("{} files, {} over {LONGEST} lines", sources.len(), report.problems));
    report
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_files_over_the_limit_are_named_longest_first() {
        let sources = [
            Source::new("a.rs", &"x\n".repeat(400)),
            Source::new("b.rs", &"x\n".repeat(401)),
            Source::new("c.rs", &"x\n".repeat(500)),
        ];
        let report = report(&sources);
        assert_eq!(report.lines, ["   500  c.rs", "   401  b.rs", "3 files, 2 over 400 lines"]);
        assert_eq!(report.problems, 2);
    }
}
