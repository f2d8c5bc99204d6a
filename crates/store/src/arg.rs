/// The value of one `$n` parameter. `None` is a typed SQL `NULL`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Arg {
    /// A `bigint`.
    Int(Option<i64>),
    /// A `text`.
    Text(Option<String>),
    /// A `boolean`.
    Bool(Option<bool>),
    /// A `bytes` column (`bytea`, `blob`).
    Bytes(Option<Vec<u8>>),
}

/// Builds a list of parameters from values that convert into [`Arg`].
#[macro_export]
macro_rules! args {
    ($($value:expr),* $(,)?) => { vec![$($crate::Arg::from($value)),*] };
}

macro_rules! from {
    ($type:ty, $variant:ident, $convert:expr) => {
        impl From<$type> for Arg {
            fn from(value: $type) -> Self {
                Arg::$variant(Some($convert(value)))
            }
        }
        impl From<Option<$type>> for Arg {
            fn from(value: Option<$type>) -> Self {
                Arg::$variant(value.map($convert))
            }
        }
    };
}

from!(i64, Int, |v| v);
from!(i32, Int, i64::from);
from!(u32, Int, i64::from);
from!(bool, Bool, |v| v);
from!(String, Text, |v| v);
from!(&str, Text, str::to_owned);
from!(&String, Text, |v: &String| v.clone());
from!(Vec<u8>, Bytes, |v| v);
from!(&[u8], Bytes, <[u8]>::to_vec);

impl<K: crate::Key> From<K> for Arg {
    fn from(key: K) -> Self {
        Arg::Int(Some(key.number()))
    }
}

impl<K: crate::Key> From<Option<K>> for Arg {
    fn from(key: Option<K>) -> Self {
        Arg::Int(key.map(crate::Key::number))
    }
}
