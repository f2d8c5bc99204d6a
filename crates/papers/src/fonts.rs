//! The embedded fonts, parsed once for the life of the process.

use std::sync::OnceLock;

use krilla::text::Font;
use rustybuzz::{Direction, Face, ShapePlan, script};

use crate::error::PaperError;
use crate::kerning::Kerning;

/// One of the embedded fonts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum FontId {
    /// Titillium Web Regular.
    Regular,
    /// Titillium Web SemiBold.
    Semibold,
    /// Roboto Mono Regular.
    Mono,
}

impl FontId {
    /// The factor that makes letters of different fonts look equally large in one line: Roboto
    /// Mono has taller small letters than Titillium Web.
    pub(crate) fn scale(self) -> f32 {
        match self {
            Self::Regular | Self::Semibold => 1.0,
            Self::Mono => 0.93,
        }
    }
}

/// A font, ready to shape and to embed.
pub(crate) struct PressFont {
    /// For the PDF writer.
    pub font: Font,
    /// For the shaper.
    pub face: Face<'static>,
    /// The shaper's decisions for Latin text, which are the same for every text.
    pub plan: ShapePlan,
    /// What is known of its pairs of letters.
    pub kerning: Kerning,
    /// Units in the square the letters are drawn on.
    pub units: f32,
}

impl PressFont {
    fn new(name: &'static str, data: &'static [u8]) -> Result<Self, PaperError> {
        let broken = || PaperError::Font { name };
        let font = Font::new(data.into(), 0).ok_or_else(broken)?;
        let face = Face::from_slice(data, 0).ok_or_else(broken)?;
        let plan = ShapePlan::new(&face, Direction::LeftToRight, Some(script::LATIN), None, &[]);
        let units = font.units_per_em();
        let kerning = Kerning::new(&face);
        Ok(Self { font, face, plan, kerning, units })
    }
}

/// All fonts.
pub(crate) struct Press {
    fonts: [PressFont; 3],
    /// The glyph of U+FFFD in [`FontId::Mono`], which stands for every character that has none,
    /// and its width.
    pub substitute: (u16, f32),
}

impl Press {
    fn new() -> Result<Self, PaperError> {
        let fonts = [
            PressFont::new("Titillium Web Regular", include_bytes!("../fonts/TitilliumWeb-Regular.ttf"))?,
            PressFont::new("Titillium Web SemiBold", include_bytes!("../fonts/TitilliumWeb-SemiBold.ttf"))?,
            PressFont::new("Roboto Mono", include_bytes!("../fonts/RobotoMono-Regular.ttf"))?,
        ];
        let mono = &fonts[FontId::Mono as usize];
        let broken = PaperError::Font { name: "Roboto Mono" };
        let glyph = mono.face.glyph_index('\u{fffd}').ok_or(broken)?;
        let width = f32::from(mono.face.glyph_hor_advance(glyph).unwrap_or(0)) / mono.units;
        Ok(Self { fonts, substitute: (glyph.0, width) })
    }

    /// The fonts of this process. Parsing them takes longer than setting a receipt.
    pub(crate) fn shared() -> Result<&'static Self, PaperError> {
        static PRESS: OnceLock<Press> = OnceLock::new();
        if let Some(press) = PRESS.get() {
            return Ok(press);
        }
        let press = Self::new()?;
        Ok(PRESS.get_or_init(|| press))
    }

    pub(crate) fn font(&self, id: FontId) -> &PressFont {
        &self.fonts[id as usize]
    }
}
