//! The behaviours that a source of data may be given, as buttons and a form.

use serde::Deserialize;

use super::texts::Texts;
use crate::register::RegisterMode;

/// The switch of one source.
#[derive(Debug)]
pub(super) struct Modes {
    /// What begins the ids of its fields.
    pub(super) id: &'static str,
    /// Where its forms lead.
    pub(super) action: &'static str,
    /// How the source behaves now.
    pub(super) present: String,
    pub(super) normal: bool,
    pub(super) buttons: Vec<ModeButton>,
    /// Percent of errors and of silence, as they are or as they are offered.
    pub(super) errors: u8,
    pub(super) timeouts: u8,
}

#[derive(Debug)]
pub(super) struct ModeButton {
    pub(super) value: &'static str,
    pub(super) name: &'static str,
    pub(super) chosen: bool,
}

impl Modes {
    pub(super) fn of(id: &'static str, action: &'static str, mode: &RegisterMode, t: &'static Texts) -> Self {
        let present = mode.to_string();
        let buttons = [
            ("normal", t.mode_normal),
            ("slow:2000", t.mode_slow),
            ("slow:never", t.mode_never),
            ("down", t.mode_down),
            ("failing:30", t.mode_failing),
            ("garbled", t.mode_garbled),
            ("page", t.mode_page),
            ("refusing", t.mode_refusing),
        ];
        let buttons = buttons.map(|(value, name)| ModeButton { value, name, chosen: present == value });
        let (errors, timeouts) = match mode {
            RegisterMode::Mixed { errors, timeouts } => (*errors, *timeouts),
            // What is worth trying first.
            _ => (5, 5),
        };
        Self {
            id,
            action,
            present: name(mode, t),
            normal: *mode == RegisterMode::Normal,
            buttons: buttons.into(),
            errors,
            timeouts,
        }
    }
}

/// A behaviour in words.
pub(super) fn name(mode: &RegisterMode, t: &Texts) -> String {
    match mode {
        RegisterMode::Normal => t.mode_normal.to_owned(),
        RegisterMode::Slow { delay_ms: Some(delay) } => format!("{} ({delay} ms)", t.mode_slow_any),
        RegisterMode::Slow { delay_ms: None } => t.mode_never.to_owned(),
        RegisterMode::Down => t.mode_down.to_owned(),
        RegisterMode::Failing { percent } => format!("{} ({percent}%)", t.mode_failing_any),
        RegisterMode::Mixed { errors, timeouts } => format!("{} ({errors}% + {timeouts}%)", t.mode_mixed),
        RegisterMode::Garbled => t.mode_garbled.to_owned(),
        RegisterMode::Page => t.mode_page.to_owned(),
        RegisterMode::Refusing => t.mode_refusing.to_owned(),
        RegisterMode::WrongFor { code } => format!("{} ({code})", t.mode_wrong),
    }
}

/// What the forms of [`Modes`] send.
#[derive(Debug, Deserialize)]
pub(super) struct ModeForm {
    modo: String,
    #[serde(default)]
    errori: String,
    #[serde(default)]
    silenzi: String,
}

impl ModeForm {
    /// The behaviour that was asked for, if there is such a one.
    pub(super) fn mode(&self) -> Option<RegisterMode> {
        match self.modo.as_str() {
            "mixed" => format!("mixed:{},{}", self.errori.trim(), self.silenzi.trim()).parse().ok(),
            mode => mode.parse().ok(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mixture_comes_in_two_fields_and_makes_a_hundred_at_most() {
        let mode = |modo: &str, errori: &str, silenzi: &str| {
            ModeForm { modo: modo.into(), errori: errori.into(), silenzi: silenzi.into() }.mode()
        };
        assert_eq!(mode("mixed", " 5", "2"), Some(RegisterMode::Mixed { errors: 5, timeouts: 2 }));
        assert_eq!(mode("down", "", ""), Some(RegisterMode::Down));
        for (errors, timeouts) in [("60", "50"), ("", "5"), ("-1", "5"), ("x", "5")] {
            assert_eq!(mode("mixed", errors, timeouts), None, "{errors} {timeouts}");
        }
        assert_eq!(mode("elsewhere", "", ""), None);
    }
}
