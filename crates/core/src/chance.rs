//! Chance as a parameter: ids, tokens, codes and initial passwords.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// Where random bytes come from.
pub trait Chance: Send + Sync + std::fmt::Debug {
    /// Fills the buffer with random bytes.
    fn fill(&self, buffer: &mut [u8]);
}

/// The operating system's generator.
#[derive(Debug, Default)]
pub struct SystemChance;

impl Chance for SystemChance {
    #[expect(clippy::disallowed_methods, reason = "this is the one place where the machine's chance enters")]
    #[expect(clippy::expect_used, reason = "without random bytes no secret can be made, and nothing may go on")]
    fn fill(&self, buffer: &mut [u8]) {
        aws_lc_rs::rand::fill(buffer).expect("the operating system gives random bytes");
    }
}

impl dyn Chance + '_ {
    /// A token that cannot be guessed: 32 random bytes as 43 characters that are safe in an address.
    pub fn token(&self) -> String {
        let mut bytes = [0; 32];
        self.fill(&mut bytes);
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// A number below `limit`, every one equally likely.
    pub fn below(&self, limit: u32) -> u32 {
        let fair = u32::MAX - u32::MAX % limit;
        loop {
            let mut bytes = [0; 4];
            self.fill(&mut bytes);
            let value = u32::from_le_bytes(bytes);
            if value < fair {
                return value % limit;
            }
        }
    }

    /// So many random decimal digits.
    pub fn digits(&self, count: usize) -> String {
        (0..count).map(|_| char::from(b'0' + self.below(10) as u8)).collect()
    }

    /// So many characters of an alphabet.
    pub fn characters(&self, count: usize, alphabet: &[u8]) -> String {
        let size = u32::try_from(alphabet.len()).unwrap_or(1);
        (0..count).map(|_| char::from(alphabet[self.below(size) as usize])).collect()
    }
}
