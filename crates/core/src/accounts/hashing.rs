//! The threads that compute password hashes.
//!
//! A flood of sign-ins must not stop the pages: the threads are as many as the cores, work below normal priority, take
//! their work from a bounded queue, and hold their memory (19 MiB each) as long as there is work instead of asking for it
//! anew. When nobody has signed in for a while it is given back.

use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, TrySendError, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use argon2::{Algorithm, Argon2, Block, Params, Version};
use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD as B64;
use tokio::sync::oneshot;

use crate::chance::Chance;
use crate::secret::Secret;

/// OWASP's minimum for Argon2id: 19 MiB, two passes, one lane.
const MEMORY_KIB: u32 = 19_456;
const PASSES: u32 = 2;
const LANES: u32 = 1;
/// Sign-ins that may wait; about ten seconds of work on two cores.
const QUEUE: usize = 512;
/// After so long without work a thread gives its memory back.
const QUIET: Duration = Duration::from_secs(30);
/// So long it then leaves the queue to another thread.
const TURN: Duration = Duration::from_millis(1);

/// What a hash costs. Hashes made at one cost are good for nothing at another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cost {
    memory_kib: u32,
    passes: u32,
}

impl Cost {
    /// What protects passwords.
    pub const FULL: Self = Self { memory_kib: MEMORY_KIB, passes: PASSES };
    /// What protects nothing: for simulations of very many accounts.
    pub const SIMULATED: Self = Self { memory_kib: 8, passes: 1 };
}

type Task = Box<dyn FnOnce(&mut [Block]) + Send>;

/// The hash threads.
#[derive(Clone, Debug)]
pub struct HashPool {
    queue: SyncSender<Task>,
    cost: Cost,
    /// What a password is compared with when there is no account, so that it takes as long.
    decoy: Arc<str>,
}

/// Why no hash was computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HashError {
    /// Too many wait already; try again in a few seconds.
    #[error("too many sign-ins wait")]
    Busy,
    /// The program is stopping.
    #[error("the hash threads have stopped")]
    Stopped,
}

impl HashPool {
    /// Starts so many threads.
    pub fn start(threads: usize) -> Self {
        Self::at(Cost::FULL, threads)
    }

    /// The same at another cost.
    pub fn at(cost: Cost, threads: usize) -> Self {
        let (queue, tasks) = sync_channel::<Task>(QUEUE);
        let tasks = Arc::new(Mutex::new(tasks));
        for number in 0..threads.max(1) {
            let tasks = Arc::clone(&tasks);
            let thread = std::thread::Builder::new().name(format!("hash-{number}"));
            if let Err(error) = thread.spawn(move || work(&tasks, cost)) {
                tracing::error!(%error, "a hash thread cannot start");
            }
        }
        // Any valid hash does: nothing is equal to it.
        let decoy = encode(cost, &[0; 16], &[0; 32]);
        Self { queue, cost, decoy: Arc::from(decoy) }
    }

    /// The hash of a password with a fresh salt, in PHC string format.
    ///
    /// # Errors
    /// [`HashError`].
    pub async fn hash(&self, password: &Secret, chance: &dyn Chance) -> Result<String, HashError> {
        let mut salt = [0; 16];
        chance.fill(&mut salt);
        let password = password.clone();
        let cost = self.cost;
        self.compute(move |memory| encode(cost, &salt, &argon2id(cost, password.expose(), &salt, memory))).await
    }

    /// Whether a password is the hashed one; with no hash, a comparison of the same cost that fails.
    ///
    /// # Errors
    /// [`HashError`].
    pub async fn verify(&self, password: &Secret, hash: Option<&str>) -> Result<bool, HashError> {
        let known = hash.is_some();
        let hash = hash.unwrap_or(&self.decoy).to_owned();
        let password = password.clone();
        let cost = self.cost;
        let equal = self.compute(move |memory| {
            decode(cost, &hash).is_some_and(|(salt, expected)| {
                let found = argon2id(cost, password.expose(), &salt, memory);
                aws_lc_rs::constant_time::verify_slices_are_equal(&found, &expected).is_ok()
            })
        });
        Ok(equal.await? && known)
    }

    async fn compute<T: Send + 'static>(
        &self,
        task: impl FnOnce(&mut [Block]) -> T + Send + 'static,
    ) -> Result<T, HashError> {
        let (done, result) = oneshot::channel();
        let task: Task = Box::new(move |memory| {
            // Nobody waits any more when the browser has gone away; then the work is not done either.
            if !done.is_closed() {
                let _ = done.send(task(memory));
            }
        });
        self.queue.try_send(task).map_err(|e| match e {
            TrySendError::Full(_) => HashError::Busy,
            TrySendError::Disconnected(_) => HashError::Stopped,
        })?;
        result.await.map_err(|_| HashError::Stopped)
    }
}

fn work(tasks: &Mutex<Receiver<Task>>, cost: Cost) {
    // Below everything else that the process does. It costs a sign-in nothing when the machine is quiet.
    let _ = rustix::process::setpriority_process(Some(rustix::thread::gettid()), 10);
    let mut memory = Vec::new();
    loop {
        let task = tasks.lock().unwrap_or_else(PoisonError::into_inner).recv_timeout(QUIET);
        match task {
            Ok(task) => {
                memory.resize(cost.memory_kib as usize, Block::default());
                task(&mut memory);
            }
            Err(RecvTimeoutError::Timeout) => {
                memory = Vec::new();
                // Lets another thread wait in its turn, so that it, too, finds out that it is quiet.
                std::thread::sleep(TURN);
            }
            Err(RecvTimeoutError::Disconnected) => return,
        }
    }
}

fn argon2id(cost: Cost, password: &str, salt: &[u8], memory: &mut [Block]) -> [u8; 32] {
    let mut out = [0; 32];
    let params = Params::new(cost.memory_kib, cost.passes, LANES, Some(32)).unwrap_or_default();
    let hasher = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    if hasher.hash_password_into_with_memory(password.as_bytes(), salt, &mut out, memory).is_err() {
        // Only impossible lengths end here (salts are 16 bytes, passwords are short): then nothing may be equal.
        out = [0xff; 32];
    }
    out
}

fn encode(cost: Cost, salt: &[u8], hash: &[u8]) -> String {
    format!("{}{}${}", head(cost), B64.encode(salt), B64.encode(hash))
}

fn head(Cost { memory_kib, passes }: Cost) -> String {
    format!("$argon2id$v=19$m={memory_kib},t={passes},p={LANES}$")
}

fn decode(cost: Cost, phc: &str) -> Option<(Vec<u8>, Vec<u8>)> {
    let rest = phc.strip_prefix(&head(cost))?;
    let (salt, hash) = rest.split_once('$')?;
    Some((B64.decode(salt).ok()?, B64.decode(hash).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chance::SystemChance;

    #[tokio::test]
    async fn a_password_is_equal_to_its_hash_only() {
        let pool = HashPool::start(1);
        let hash = pool.hash(&Secret::new("Camion8!"), &SystemChance).await.unwrap();
        assert!(pool.verify(&Secret::new("Camion8!"), Some(&hash)).await.unwrap());
        assert!(!pool.verify(&Secret::new("camion8!"), Some(&hash)).await.unwrap());
        assert!(!pool.verify(&Secret::new("Camion8!"), None).await.unwrap());
    }

    #[test]
    fn hashes_are_those_of_the_reference_library() {
        // RustCrypto's own PHC output for the same input.
        use argon2::{Params, PasswordHasher};
        let salt = b"0123456789abcdef";
        let mut memory = vec![Block::default(); MEMORY_KIB as usize];
        let ours = encode(Cost::FULL, salt, &argon2id(Cost::FULL, "Camion8!", salt, &mut memory));
        let params = Params::new(MEMORY_KIB, PASSES, LANES, None).unwrap();
        let theirs = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        let theirs = theirs.hash_password_with_salt(b"Camion8!", salt).unwrap().to_string();
        assert_eq!(ours, theirs);
    }
}
