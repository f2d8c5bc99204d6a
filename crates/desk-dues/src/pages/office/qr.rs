//! A QR code as one path of an inline picture.

use std::fmt::Write as _;

use qrcode::{Color, EcLevel, QrCode};
use sportello_core::Secret;

/// The light border that readers need around a code, in modules.
const QUIET: usize = 4;

/// The dark modules of a code. It holds a secret, so it is never logged.
pub(super) struct Qr {
    /// Width and height with the light border, in modules.
    pub(super) size: usize,
    /// The dark modules as the data of an SVG path.
    pub(super) path: String,
}

impl Qr {
    /// The code of a text; none when the text is too long for any code.
    pub(super) fn of(text: &Secret) -> Option<Self> {
        let code = QrCode::with_error_correction_level(text.expose(), EcLevel::M).ok()?;
        let width = code.width();
        let mut path = String::new();
        for (index, _) in code.to_colors().iter().enumerate().filter(|(_, color)| **color == Color::Dark) {
            // Writing to a string cannot fail.
            let _ = write!(path, "M{} {}h1v1h-1z", QUIET + index % width, QUIET + index / width);
        }
        Some(Self { size: width + 2 * QUIET, path })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_square_with_its_border_and_its_finder_patterns() {
        let qr = Qr::of(&Secret::new("otpauth://totp/Albo:a@b.it?secret=ABC")).unwrap();
        assert_eq!((qr.size - 2 * QUIET - 17) % 4, 0, "a width that the standard knows");
        // The upper left finder pattern: seven dark modules in its first row, then a light one.
        assert!(qr.path.starts_with("M4 4h1v1h-1zM5 4h1v1h-1zM6 4"));
        assert!(qr.path.contains("M10 4h") && !qr.path.contains("M11 4h"));
    }

    #[test]
    fn what_no_code_holds_has_none() {
        assert!(Qr::of(&Secret::new("x".repeat(5_000))).is_none());
    }
}
