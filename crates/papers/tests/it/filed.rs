//! The programs that judge papers.

use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

/// A paper on disk, for programs that want a file.
pub struct Filed {
    folder: TempDir,
    pub path: PathBuf,
}

impl Filed {
    pub fn new(bytes: &[u8]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("paper.pdf");
        std::fs::write(&path, bytes).unwrap();
        Self { folder, path }
    }

    /// Runs a program on the paper; its output if it succeeds, `None` with a notice if it is not
    /// installed.
    pub fn judge(&self, program: &str, before: &[&str], after: &[&str]) -> Option<String> {
        let path = self.path.to_str().unwrap();
        let arguments: Vec<&str> = before.iter().copied().chain([path]).chain(after.iter().copied()).collect();
        run(program, &arguments)
    }

    /// The text of all pages, or of one.
    pub fn text(&self, page: Option<usize>) -> Option<String> {
        let page = page.map(|page| page.to_string());
        let mut before = vec!["-raw"];
        if let Some(page) = &page {
            before.extend(["-f", page.as_str(), "-l", page.as_str()]);
        }
        self.judge("pdftotext", &before, &["-"])
    }

    /// What scanners read on the first page printed at 200 dots to an inch.
    pub fn codes(&self) -> Option<Vec<String>> {
        let image = self.folder.path().join("page");
        let image = image.to_str().unwrap();
        self.judge("pdftoppm", &["-r", "200", "-png", "-singlefile"], &[image])?;
        let read = run("zbarimg", &["--quiet", "--raw", &format!("{image}.png")])?;
        Some(read.lines().map(str::to_owned).collect())
    }

    /// The ink on the first page: left, top, right, bottom, in millimetres from the top left corner.
    pub fn ink(&self) -> Option<[f32; 4]> {
        let image = self.folder.path().join("ink");
        self.judge("pdftoppm", &["-r", "254", "-gray", "-singlefile"], &[image.to_str().unwrap()])?;
        let bytes = std::fs::read(image.with_extension("pgm")).unwrap();
        // "P5", width, height, the value of white, and one byte for each dot.
        let mut fields = bytes.splitn(4, u8::is_ascii_whitespace).skip(1);
        let mut number = || std::str::from_utf8(fields.next().unwrap()).unwrap().parse::<usize>().unwrap();
        let (width, height) = (number(), number());
        let dots = &bytes[bytes.len() - width * height..];
        let mut edges = [width, height, 0, 0];
        for (at, _) in dots.iter().enumerate().filter(|(_, dot)| **dot < 250) {
            let (x, y) = (at % width, at / width);
            edges = [edges[0].min(x), edges[1].min(y), edges[2].max(x + 1), edges[3].max(y + 1)];
        }
        Some(edges.map(|edge| edge as f32 / 10.0))
    }

    /// The corners of all words: left, top, right, bottom, in points.
    pub fn words(&self) -> Option<Vec<[f32; 4]>> {
        let listing = self.judge("pdftotext", &["-bbox"], &["-"])?;
        let corner = |line: &str, name: &str| {
            let value = line.split(name).nth(1).unwrap().trim_start_matches("=\"");
            value.split('"').next().unwrap().parse().unwrap()
        };
        let words = listing.lines().filter(|line| line.contains("<word"));
        Some(words.map(|line| ["xMin", "yMin", "xMax", "yMax"].map(|name| corner(line, name))).collect())
    }
}

fn run(program: &str, arguments: &[&str]) -> Option<String> {
    if !installed(program) {
        println!("{program} is not installed: not judged");
        return None;
    }
    let output = Command::new(program).args(arguments).output().unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{program} {arguments:?}: {errors}");
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}

fn installed(program: &str) -> bool {
    let places = ["/usr/bin", "/usr/local/bin", "/bin", "/opt/homebrew/bin"];
    places.iter().any(|place| Path::new(place).join(program).exists())
}

/// The value of a line "Name:   value".
pub fn field<'a>(listing: &'a str, name: &str) -> &'a str {
    let line = listing.lines().find(|line| line.starts_with(&format!("{name}:")));
    line.unwrap_or_else(|| panic!("no {name} in {listing}")).split_once(':').unwrap().1.trim()
}

/// Without spaces and line breaks.
pub fn squeezed(text: &str) -> String {
    text.chars().filter(|character| !character.is_whitespace()).collect()
}
