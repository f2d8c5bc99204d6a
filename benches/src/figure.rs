//! What is printed: one line for every figure.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "the figures are what this program is for")]

/// Prints `name value unit (method)`.
pub fn figure(name: &str, value: f64, unit: &str, method: &str) {
    println!("{name} {} {unit} ({method})", digits(value));
}

/// Says on standard error why nothing more is measured, with the causes.
pub fn complaint(error: &(dyn std::error::Error + 'static)) {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text = format!("{text}: {error}");
        cause = error.source();
    }
    eprintln!("benches: {text}");
}

/// Says on standard error what is being done, or what was found wrong.
pub fn remark(text: &str) {
    eprintln!("benches: {text}");
}

/// Three or more significant digits, and no more than the noise allows.
fn digits(value: f64) -> String {
    match value.abs() {
        v if v >= 100.0 || v == 0.0 => format!("{value:.0}"),
        v if v >= 10.0 => format!("{value:.1}"),
        v if v >= 1.0 => format!("{value:.2}"),
        _ => format!("{value:.3}"),
    }
}

#[cfg(test)]
mod tests {
    use super::digits;

    #[test]
    fn a_figure_has_as_many_digits_as_it_deserves() {
        let shown: Vec<String> = [0.0, 0.1234, 1.234, 12.34, 123.4, 12_345.6].map(digits).into();
        assert_eq!(shown, ["0", "0.123", "1.23", "12.3", "123", "12346"]);
    }
}
