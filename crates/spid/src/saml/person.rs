//! The values of attributes: as they came, and as what they mean.

use std::fmt;

use italia::{BelfioreCode, CalendarDate, EmailAddress, FiscalCode, PhoneNumber, Sex, VatNumber};

use super::attributes::Attribute;

/// The attributes of a person, as a provider sent them.
///
/// A value is kept as it came, without blanks at its ends, because what providers send is not always what the table
/// says; a reader with a type says whether a value is absent, good or malformed. `Debug` shows names only.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Attributes(Vec<(Attribute, String)>);

impl Attributes {
    /// Keeps values; of two for the same attribute, the first.
    pub fn new(values: impl IntoIterator<Item = (Attribute, String)>) -> Self {
        let mut values: Vec<_> = values.into_iter().collect();
        values.sort_by_key(|(attribute, _)| *attribute);
        values.dedup_by_key(|(attribute, _)| *attribute);
        Self(values)
    }

    /// A value as it came.
    pub fn get(&self, attribute: Attribute) -> Option<&str> {
        self.0.iter().find(|(known, _)| *known == attribute).map(|(_, value)| value.as_str())
    }

    /// All, in the order of the table.
    pub fn iter(&self) -> impl Iterator<Item = (Attribute, &str)> {
        self.0.iter().map(|(attribute, value)| (*attribute, value.as_str()))
    }

    fn read<T, E>(
        &self,
        attribute: Attribute,
        prefix: &str,
        parse: impl FnOnce(&str) -> Result<T, E>,
    ) -> Result<Option<T>, AttributeError> {
        let Some(value) = self.get(attribute) else { return Ok(None) };
        let rest = value.strip_prefix(prefix).ok_or(AttributeError { attribute })?;
        parse(rest).map(Some).map_err(|_| AttributeError { attribute })
    }

    /// `fiscalNumber`: the tax code of the person.
    ///
    /// # Errors
    /// [`AttributeError`] when it does not begin with `TINIT-` or no tax code follows.
    pub fn fiscal_number(&self) -> Result<Option<FiscalCode>, AttributeError> {
        self.read(Attribute::FiscalNumber, "TINIT-", FiscalCode::parse)
    }

    /// `companyFiscalNumber`: the tax code of the company.
    ///
    /// # Errors
    /// [`AttributeError`] when it does not begin with `TINIT-` or no tax code follows.
    pub fn company_fiscal_number(&self) -> Result<Option<FiscalCode>, AttributeError> {
        self.read(Attribute::CompanyFiscalNumber, "TINIT-", FiscalCode::parse)
    }

    /// `ivaCode`: the VAT number.
    ///
    /// # Errors
    /// [`AttributeError`] when it does not begin with `VATIT-` or no VAT number follows.
    pub fn iva_code(&self) -> Result<Option<VatNumber>, AttributeError> {
        self.read(Attribute::IvaCode, "VATIT-", VatNumber::parse)
    }

    /// `spidCode`: the person at this provider.
    ///
    /// # Errors
    /// [`AttributeError`] when it is not four letters and ten characters.
    pub fn spid_code(&self) -> Result<Option<SpidCode>, AttributeError> {
        self.read(Attribute::SpidCode, "", SpidCode::parse)
    }

    /// `placeOfBirth`: the place, by its Belfiore code.
    ///
    /// # Errors
    /// [`AttributeError`] when there is no such place; some providers send its name.
    pub fn place_of_birth(&self) -> Result<Option<BelfioreCode>, AttributeError> {
        self.read(Attribute::PlaceOfBirth, "", BelfioreCode::parse)
    }

    /// `dateOfBirth`.
    ///
    /// # Errors
    /// [`AttributeError`] when it is not a day as `YYYY-MM-DD`.
    pub fn date_of_birth(&self) -> Result<Option<CalendarDate>, AttributeError> {
        self.read(Attribute::DateOfBirth, "", day)
    }

    /// `expirationDate`: when the identity expires.
    ///
    /// # Errors
    /// [`AttributeError`] when it is not a day as `YYYY-MM-DD`.
    pub fn expiration_date(&self) -> Result<Option<CalendarDate>, AttributeError> {
        self.read(Attribute::ExpirationDate, "", day)
    }

    /// `gender`.
    ///
    /// # Errors
    /// [`AttributeError`] when it is neither `F` nor `M`.
    pub fn gender(&self) -> Result<Option<Sex>, AttributeError> {
        self.read(Attribute::Gender, "", Sex::parse)
    }

    /// `email`.
    ///
    /// # Errors
    /// [`AttributeError`] when it is no address.
    pub fn email(&self) -> Result<Option<EmailAddress>, AttributeError> {
        self.read(Attribute::Email, "", EmailAddress::parse)
    }

    /// `digitalAddress`: the address of certified mail.
    ///
    /// # Errors
    /// [`AttributeError`] when it is no address.
    pub fn digital_address(&self) -> Result<Option<EmailAddress>, AttributeError> {
        self.read(Attribute::DigitalAddress, "", EmailAddress::parse)
    }

    /// `mobilePhone`.
    ///
    /// # Errors
    /// [`AttributeError`] when it is no number.
    pub fn mobile_phone(&self) -> Result<Option<PhoneNumber>, AttributeError> {
        self.read(Attribute::MobilePhone, "", PhoneNumber::parse)
    }
}

impl fmt::Debug for Attributes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Attributes")?;
        f.debug_set().entries(self.0.iter().map(|(attribute, _)| attribute)).finish()
    }
}

/// A day of `xs:date`, with the zone that some write behind it.
fn day(text: &str) -> Result<CalendarDate, AttributeError> {
    let malformed = AttributeError { attribute: Attribute::DateOfBirth };
    let (day, zone) = text.split_at_checked(10).ok_or(malformed)?;
    if !zone.is_empty() && zone != "Z" && !zone.starts_with(['+', '-']) {
        return Err(malformed);
    }
    CalendarDate::parse(day).map_err(|_| malformed)
}

/// A value is there but not what the table says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the attribute {} has not the form of the table", attribute.name())]
pub struct AttributeError {
    /// Which.
    pub attribute: Attribute,
}

/// `spidCode`: four letters of the provider, ten characters of its own.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct SpidCode(String);

impl SpidCode {
    /// Reads a code such as `ABCD123456789A`.
    ///
    /// # Errors
    /// [`AttributeError`] when it has another form.
    pub fn parse(text: &str) -> Result<Self, AttributeError> {
        let good = text.len() == 14
            && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
            && text.bytes().take(4).all(|byte| byte.is_ascii_alphabetic());
        if good { Ok(Self(text.to_owned())) } else { Err(AttributeError { attribute: Attribute::SpidCode }) }
    }

    /// The code.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for SpidCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SpidCode({}…)", self.0.get(..4).unwrap_or_default())
    }
}
