//! What a long demonstration may pile up, and no more.

use std::collections::{HashMap, VecDeque};

/// More sign-ins, sessions, tokens or transactions than anybody looks at: then the oldest go.
pub(crate) const MAX_KEPT: usize = 10_000;

/// A map that forgets its oldest entries.
#[derive(Debug)]
pub(crate) struct Bounded<T> {
    map: HashMap<String, T>,
    order: VecDeque<String>,
}

impl<T> Default for Bounded<T> {
    fn default() -> Self {
        Self { map: HashMap::new(), order: VecDeque::new() }
    }
}

impl<T> Bounded<T> {
    /// Keeps a value; says whether the key is new.
    pub(crate) fn insert(&mut self, key: String, value: T) -> bool {
        let is_new = self.map.insert(key.clone(), value).is_none();
        if is_new {
            self.order.push_back(key);
        }
        while self.order.len() > MAX_KEPT {
            if let Some(oldest) = self.order.pop_front() {
                self.map.remove(&oldest);
            }
        }
        is_new
    }

    pub(crate) fn get(&self, key: &str) -> Option<&T> {
        self.map.get(key)
    }

    pub(crate) fn get_mut(&mut self, key: &str) -> Option<&mut T> {
        self.map.get_mut(key)
    }

    pub(crate) fn values(&self) -> impl Iterator<Item = &T> {
        self.map.values()
    }

    /// Everything with its key, the newest first.
    pub(crate) fn newest_first(&self) -> impl Iterator<Item = (&str, &T)> {
        self.order.iter().rev().filter_map(|key| Some((key.as_str(), self.map.get(key)?)))
    }

    pub(crate) fn remove(&mut self, key: &str) -> Option<T> {
        self.order.retain(|known| known != key);
        self.map.remove(key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_go_and_the_newest_come_first() {
        let mut kept = Bounded::default();
        for number in 0..=MAX_KEPT {
            assert!(kept.insert(number.to_string(), number));
        }
        assert!(!kept.insert("1".to_owned(), 7), "the same key is not new");
        assert_eq!((kept.get("0"), kept.get("1")), (None, Some(&7)));
        assert_eq!(kept.newest_first().next(), Some(("10000", &MAX_KEPT)));
        assert_eq!(kept.remove("10000"), Some(MAX_KEPT));
        assert_eq!(kept.values().count(), MAX_KEPT - 1);
    }
}
