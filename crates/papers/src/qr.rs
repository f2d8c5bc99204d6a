//! QR codes as one filled outline.

mod mask;

use krilla::geom::{Path, PathBuilder};
use qrcode::bits::{Bits, encode_auto};
use qrcode::canvas::Canvas;
use qrcode::ec::construct_codewords;
use qrcode::types::QrResult;
use qrcode::{EcLevel, Version};

use crate::error::PaperError;

/// The dark modules of a code.
#[derive(Debug)]
pub(crate) struct Qr {
    modules: Vec<bool>,
    width: usize,
}

impl Qr {
    /// Encodes with error correction M; `version` 4 is 33 modules wide, `None` takes the smallest
    /// that holds the payload.
    pub(crate) fn encode(payload: &str, version: Option<i16>) -> Result<Self, PaperError> {
        Self::masked(payload.as_bytes(), version).map_err(PaperError::QrPayload)
    }

    fn masked(payload: &[u8], version: Option<i16>) -> QrResult<Self> {
        let bits = match version {
            Some(version) => {
                let mut bits = Bits::new(Version::Normal(version));
                bits.push_optimal_data(payload)?;
                bits.push_terminator(EcLevel::M)?;
                bits
            }
            None => encode_auto(payload, EcLevel::M)?,
        };
        let version = bits.version();
        let (data, correction) = construct_codewords(&bits.into_bytes(), version, EcLevel::M)?;
        let mut canvas = Canvas::new(version, EcLevel::M);
        canvas.draw_all_functional_patterns();
        canvas.draw_data(&data, &correction);
        let width = usize::try_from(version.width()).unwrap_or_default();
        Ok(Self { modules: mask::best(&canvas, width), width })
    }

    /// The borders of the dark areas, in modules from the top left corner. All are one path, so
    /// that no viewer shows seams between neighbours; the small whole numbers keep the file small.
    /// Outer borders run clockwise and inner ones against it, which the nonzero rule fills right.
    pub(crate) fn outline(&self) -> Option<Path> {
        let mut path = PathBuilder::new();
        let mut seen = vec![false; self.modules.len()];
        for start in 0..self.modules.len() {
            let (x, y) = ((start % self.width) as i32, (start / self.width) as i32);
            // Every border has an upper edge: dark below, light above.
            if !seen[start] && self.dark(x, y) && !self.dark(x, y - 1) {
                self.trace((x, y), &mut seen, &mut path);
            }
        }
        path.finish()
    }

    /// Follows one border, keeping the dark at the right hand.
    fn trace(&self, start: (i32, i32), seen: &mut [bool], path: &mut PathBuilder) {
        path.move_to(start.0 as f32, start.1 as f32);
        let (mut x, mut y) = start;
        let (mut dx, mut dy) = (1, 0);
        loop {
            if (dx, dy) == (1, 0) {
                seen[y as usize * self.width + x as usize] = true;
            }
            (x, y) = (x + dx, y + dy);
            // The two modules ahead, at the right and at the left of the border.
            let right = (x + (dx - dy - 1) / 2, y + (dx + dy - 1) / 2);
            let left = (x + (dx + dy - 1) / 2, y + (dy - dx - 1) / 2);
            if !self.dark(right.0, right.1) {
                (dx, dy) = (-dy, dx);
            } else if self.dark(left.0, left.1) {
                (dx, dy) = (dy, -dx);
            } else {
                continue;
            }
            if (x, y) == start && (dx, dy) == (1, 0) {
                path.close();
                return;
            }
            path.line_to(x as f32, y as f32);
        }
    }

    fn dark(&self, x: i32, y: i32) -> bool {
        let inside = |at: i32| usize::try_from(at).ok().filter(|at| *at < self.width);
        match (inside(x), inside(y)) {
            (Some(x), Some(y)) => self.modules[y * self.width + x],
            _ => false,
        }
    }

    /// Modules on a side.
    pub(crate) fn width(&self) -> usize {
        self.width
    }
}

#[cfg(test)]
mod tests {
    use super::Qr;

    #[test]
    fn the_notice_code_is_33_modules_wide() {
        let payload = "PAGOPA|002|301000000000000012|80016350821|9480";
        assert_eq!(Qr::encode(payload, Some(4)).unwrap().width(), 33);
        assert!(Qr::encode(&"x".repeat(63), Some(4)).is_err());
        assert!(Qr::encode(&"x".repeat(62), Some(4)).is_ok());
    }
}
