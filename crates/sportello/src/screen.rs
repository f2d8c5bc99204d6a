//! What commands write to: standard output, with colours on a terminal only.

use std::fmt;
use std::io::{self, IsTerminal, Write};

use crate::config::Environment;

/// The reader of a command's output.
pub struct Screen {
    out: Box<dyn Write + Send>,
    colours: bool,
}

impl fmt::Debug for Screen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Screen").field("colours", &self.colours).finish_non_exhaustive()
    }
}

/// How a text is set off.
#[derive(Clone, Copy, Debug)]
pub enum Style {
    /// Heavier.
    Bold,
    /// Less important.
    Dim,
    /// Good.
    Green,
    /// To be looked at.
    Yellow,
    /// Bad.
    Red,
}

impl Screen {
    /// Standard output. `NO_COLOR` is obeyed (no-color.org).
    pub fn standard(environment: &Environment) -> Self {
        let colours = io::stdout().is_terminal() && environment.get("NO_COLOR").is_none();
        Self { out: Box::new(io::stdout()), colours }
    }

    /// Another place, without colours.
    pub fn plain(out: impl Write + Send + 'static) -> Self {
        Self { out: Box::new(out), colours: false }
    }

    /// Writes a line.
    ///
    /// # Errors
    /// The place's own; a reader who has gone away is one.
    pub fn line(&mut self, text: impl fmt::Display) -> io::Result<()> {
        writeln!(self.out, "{text}")
    }

    /// Writes a line about something wrong to standard error.
    ///
    /// # Errors
    /// The place's own.
    pub fn complain(&self, text: impl fmt::Display) -> io::Result<()> {
        writeln!(io::stderr(), "sportello: {text}")
    }

    /// Writes bytes as they are.
    ///
    /// # Errors
    /// The place's own.
    pub fn raw(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.out.write_all(bytes)
    }

    /// Writes a value as JSON in one line.
    ///
    /// # Errors
    /// The place's own.
    pub fn json(&mut self, value: &impl serde::Serialize) -> io::Result<()> {
        serde_json::to_writer(&mut self.out, value)?;
        writeln!(self.out)?;
        self.out.flush()
    }

    /// Makes sure that everything written has left.
    ///
    /// # Errors
    /// The place's own.
    pub fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }

    /// A text set off, on a terminal.
    pub fn styled(&self, style: Style, text: &str) -> String {
        let code = match style {
            Style::Bold => "1",
            Style::Dim => "2",
            Style::Green => "32",
            Style::Yellow => "33",
            Style::Red => "31",
        };
        if self.colours { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
    }

    /// Writes rows in columns; the columns of numbers are set to the right.
    ///
    /// # Errors
    /// The place's own.
    pub fn table(&mut self, head: &[&str], rows: &[Vec<String>], right: &[usize]) -> io::Result<()> {
        let width = |column: usize| {
            let cells = rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count());
            cells.chain([head.get(column).map_or(0, |h| h.chars().count())]).max().unwrap_or(0)
        };
        let widths: Vec<usize> = (0..head.len()).map(width).collect();
        let render = |cells: &[String]| {
            let cell = |(column, text): (usize, &String)| {
                let pad = " ".repeat(widths.get(column).copied().unwrap_or(0).saturating_sub(text.chars().count()));
                if right.contains(&column) { format!("{pad}{text}") } else { format!("{text}{pad}") }
            };
            cells.iter().enumerate().map(cell).collect::<Vec<_>>().join("  ").trim_end().to_owned()
        };
        let head: Vec<String> = head.iter().map(|h| (*h).to_owned()).collect();
        let head = self.styled(Style::Bold, &render(&head));
        self.line(head)?;
        rows.iter().try_for_each(|row| self.line(render(row)))
    }
}
