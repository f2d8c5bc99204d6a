//! CIE id over OpenID Federation.
pub mod jose;
pub mod json;
