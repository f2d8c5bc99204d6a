//! Tables and the pages of long lists.

use crate::parts::{Badge, Tone};

/// A table: on a phone each row becomes a card with the names of the columns before the values.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// What the table shows; its accessible name.
    pub caption: String,
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows; the first cell of each names it.
    pub rows: Vec<Vec<Cell>>,
    /// A last row with sums; may be empty.
    pub foot: Vec<Cell>,
}

impl Table {
    /// A table without columns.
    #[must_use]
    pub fn new(caption: impl Into<String>) -> Self {
        let caption = caption.into();
        Self { caption, ..Self::default() }
    }

    /// Adds a column of text.
    #[must_use]
    pub fn column(mut self, label: impl Into<String>) -> Self {
        let label = label.into();
        self.columns.push(Column { label, numeric: false });
        self
    }

    /// Adds a column of numbers, aligned to the right.
    #[must_use]
    pub fn numbers(mut self, label: impl Into<String>) -> Self {
        let label = label.into();
        self.columns.push(Column { label, numeric: true });
        self
    }

    /// Adds a row.
    #[must_use]
    pub fn row(mut self, cells: impl IntoIterator<Item = Cell>) -> Self {
        self.rows.push(cells.into_iter().collect());
        self
    }

    /// Sets the row of sums.
    #[must_use]
    pub fn foot(mut self, cells: impl IntoIterator<Item = Cell>) -> Self {
        self.foot = cells.into_iter().collect();
        self
    }

    /// The name of a column; empty for a cell beyond the last column.
    #[must_use]
    pub fn label(&self, index: &usize) -> &str {
        self.columns.get(*index).map_or("", |c| c.label.as_str())
    }

    /// Whether a column holds numbers.
    #[must_use]
    pub fn is_numeric(&self, index: &usize) -> bool {
        self.columns.get(*index).is_some_and(|c| c.numeric)
    }
}

/// A column of a table.
#[derive(Clone, Debug)]
pub struct Column {
    /// Its name.
    pub label: String,
    /// Whether it holds numbers.
    pub numeric: bool,
}

/// A cell of a table.
#[derive(Clone, Debug, Default)]
pub struct Cell {
    /// What is read.
    pub text: String,
    /// Where it leads.
    pub href: Option<String>,
    /// Shown as a state when set.
    pub badge: Option<Badge>,
    /// What follows the text only for those who listen, to tell apart many equal links.
    pub context: String,
}

impl Cell {
    /// A text.
    #[must_use]
    pub fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        Self { text, ..Self::default() }
    }

    /// A link.
    #[must_use]
    pub fn link(text: impl Into<String>, href: impl Into<String>) -> Self {
        Self { text: text.into(), href: Some(href.into()), ..Self::default() }
    }

    /// A state.
    #[must_use]
    pub fn badge(tone: Tone, label: impl Into<String>) -> Self {
        Self { badge: Some(Badge::new(tone, label)), ..Self::default() }
    }

    /// Says to those who listen what a link is about, where its text repeats in every row.
    #[must_use]
    pub fn context(mut self, context: impl Into<String>) -> Self {
        self.context = context.into();
        self
    }
}

/// Where a reader is in a list of many pages.
#[derive(Clone, Debug)]
pub struct Pages {
    /// The present page, from 1.
    pub current: usize,
    /// How many there are.
    pub total: usize,
    /// Address of a page up to its number, for instance `?stato=aperte&pagina=`.
    pub href: String,
}

impl Pages {
    /// The links to show: the first page, the last and those around the present one, with gaps.
    #[must_use]
    pub fn links(&self) -> Vec<PageLink> {
        let mut links = Vec::new();
        let mut last = 0;
        for page in 1..=self.total {
            let near = page == 1 || page == self.total || page.abs_diff(self.current) <= 1;
            if !near {
                continue;
            }
            if page > last + 1 {
                links.push(PageLink { number: 0, href: None, current: false });
            }
            links.push(PageLink { number: page, href: Some(self.url(page)), current: page == self.current });
            last = page;
        }
        links
    }

    /// Address of a page.
    #[must_use]
    pub fn url(&self, page: usize) -> String {
        format!("{}{page}", self.href)
    }

    /// Address of the page before, when there is one.
    #[must_use]
    pub fn previous(&self) -> Option<String> {
        (self.current > 1).then(|| self.url(self.current - 1))
    }

    /// Address of the page after, when there is one.
    #[must_use]
    pub fn next(&self) -> Option<String> {
        (self.current < self.total).then(|| self.url(self.current + 1))
    }
}

/// A link of a list of pages.
#[derive(Clone, Debug)]
pub struct PageLink {
    /// Number of the page, from 1; 0 where pages are left out.
    pub number: usize,
    /// Its address; none where pages are left out.
    pub href: Option<String>,
    /// Whether it is the present page.
    pub current: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pages(current: usize, total: usize) -> Pages {
        let href = "?pagina=".to_owned();
        Pages { current, total, href }
    }

    /// The numbers shown, with 0 for a gap.
    fn numbers(pages: &Pages) -> Vec<usize> {
        pages.links().iter().map(|link| link.number).collect()
    }

    #[test]
    fn long_lists_show_the_ends_and_the_neighbourhood() {
        assert_eq!(numbers(&pages(7, 20)), [1, 0, 6, 7, 8, 0, 20]);
        assert_eq!(numbers(&pages(1, 3)), [1, 2, 3]);
        assert_eq!(numbers(&pages(1, 1)), [1]);
    }

    #[test]
    fn the_ends_have_no_neighbour_outside() {
        assert_eq!(pages(1, 3).previous(), None);
        assert_eq!(pages(1, 3).next().as_deref(), Some("?pagina=2"));
        assert_eq!(pages(3, 3).next(), None);
    }
}
