//! The table of attributes (*Tabella attributi*, avvisi 15, 25, 27).

/// What an attribute is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AttributeClass {
    /// Says who the person is; verified when the identity was issued.
    Identifying,
    /// Helps to reach the person.
    Secondary,
}

macro_rules! attributes {
    ($( $(#[$doc:meta])* $variant:ident = $name:literal, $class:ident, $type:literal; )*) => {
        /// An attribute of a digital identity.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum Attribute { $( $(#[$doc])* $variant, )* }

        impl Attribute {
            /// All, in the order of the table.
            pub const ALL: &'static [Self] = &[ $( Self::$variant, )* ];

            /// The name in `Attribute` and `RequestedAttribute`.
            pub fn name(self) -> &'static str {
                match self { $( Self::$variant => $name, )* }
            }

            /// What it is for.
            pub fn class(self) -> AttributeClass {
                match self { $( Self::$variant => AttributeClass::$class, )* }
            }

            /// The type of its value in XML Schema, without prefix: `string` or `date`.
            pub fn xsd_type(self) -> &'static str {
                match self { $( Self::$variant => $type, )* }
            }

            /// The attribute with this name.
            pub fn named(name: &str) -> Option<Self> {
                match name { $( $name => Some(Self::$variant), )* _ => None }
            }
        }
    };
}

attributes! {
    /// Four letters of the provider and ten characters: the person at this provider.
    SpidCode = "spidCode", Identifying, "string";
    /// First names.
    Name = "name", Identifying, "string";
    /// Surname.
    FamilyName = "familyName", Identifying, "string";
    /// Belfiore code of the place of birth.
    PlaceOfBirth = "placeOfBirth", Identifying, "string";
    /// Letters of the province of birth.
    CountyOfBirth = "countyOfBirth", Identifying, "string";
    /// Day of birth.
    DateOfBirth = "dateOfBirth", Identifying, "date";
    /// `F` or `M`.
    Gender = "gender", Identifying, "string";
    /// Name of the company.
    CompanyName = "companyName", Identifying, "string";
    /// Seat of the company.
    RegisteredOffice = "registeredOffice", Identifying, "string";
    /// Tax code of the person, behind `TINIT-`.
    FiscalNumber = "fiscalNumber", Identifying, "string";
    /// Tax code of the company, behind `TINIT-` (avvisi 15 and 27).
    CompanyFiscalNumber = "companyFiscalNumber", Identifying, "string";
    /// VAT number, behind `VATIT-`.
    IvaCode = "ivaCode", Identifying, "string";
    /// Kind, number, issuer, day of issue and of expiry of a document.
    IdCard = "idCard", Identifying, "string";
    /// Number of a mobile phone.
    MobilePhone = "mobilePhone", Secondary, "string";
    /// Address of electronic mail.
    Email = "email", Secondary, "string";
    /// Street and number of the domicile (avviso 25).
    DomicileStreetAddress = "domicileStreetAddress", Secondary, "string";
    /// Postal code of the domicile (avviso 25).
    DomicilePostalCode = "domicilePostalCode", Secondary, "string";
    /// Place of the domicile (avviso 25).
    DomicileMunicipality = "domicileMunicipality", Secondary, "string";
    /// Province of the domicile (avviso 25).
    DomicileProvince = "domicileProvince", Secondary, "string";
    /// Nation of the domicile (avviso 25).
    DomicileNation = "domicileNation", Secondary, "string";
    /// The domicile in one line, replaced by the five of avviso 25.
    Address = "address", Secondary, "string";
    /// Day on which the identity expires.
    ExpirationDate = "expirationDate", Secondary, "date";
    /// Address of certified mail.
    DigitalAddress = "digitalAddress", Secondary, "string";
}

/// Which attributes a service asks for: an `AttributeConsumingService` of its metadata.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AttributeSet(Vec<Attribute>);

impl AttributeSet {
    /// The attributes, each once, in the order of the table.
    pub fn new(attributes: impl IntoIterator<Item = Attribute>) -> Self {
        let mut attributes: Vec<_> = attributes.into_iter().collect();
        attributes.sort_unstable();
        attributes.dedup();
        Self(attributes)
    }

    /// The attributes.
    pub fn iter(&self) -> impl Iterator<Item = Attribute> {
        self.0.iter().copied()
    }

    /// Whether this one is among them.
    pub fn contains(&self, attribute: Attribute) -> bool {
        self.0.binary_search(&attribute).is_ok()
    }
}

impl FromIterator<Attribute> for AttributeSet {
    fn from_iter<I: IntoIterator<Item = Attribute>>(attributes: I) -> Self {
        Self::new(attributes)
    }
}
