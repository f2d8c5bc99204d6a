//! A small reader of comma-separated text: quoted cells, doubled quotes, line breaks inside quotes.

/// Splits `text` into rows of cells. Blank lines are left out; a cell keeps its inner spaces.
pub fn rows(text: &str) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    let mut row = Vec::new();
    let mut cell = String::new();
    let mut quoted = false;
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        match c {
            '"' if quoted && characters.peek() == Some(&'"') => {
                characters.next();
                cell.push('"');
            }
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(std::mem::take(&mut cell)),
            '\r' if !quoted => {}
            '\n' if !quoted => end_row(&mut rows, &mut row, &mut cell),
            other => cell.push(other),
        }
    }
    end_row(&mut rows, &mut row, &mut cell);
    rows
}

fn end_row(rows: &mut Vec<Vec<String>>, row: &mut Vec<String>, cell: &mut String) {
    if row.is_empty() && cell.is_empty() {
        return;
    }
    row.push(std::mem::take(cell));
    rows.push(std::mem::take(row));
}

#[cfg(test)]
mod tests {
    use super::rows;

    #[test]
    fn reads_plain_and_quoted_cells() {
        let text = "id,text\nA-1,\"one, and \"\"two\"\"\"\r\n\nA-2,\"two\nlines\"";
        let expected: Vec<Vec<String>> = [["id", "text"], ["A-1", "one, and \"two\""], ["A-2", "two\nlines"]]
            .iter()
            .map(|row| row.iter().map(ToString::to_string).collect())
            .collect();
        assert_eq!(rows(text), expected);
    }

    #[test]
    fn keeps_empty_cells() {
        assert_eq!(rows("a,,b,\n"), [["a", "", "b", ""]]);
        assert!(rows("").is_empty());
    }
}
