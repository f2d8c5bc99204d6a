//! Whole papers, judged from outside.

#[cfg(test)]
mod filed;
#[cfg(test)]
mod judges;
#[cfg(test)]
mod promises;
#[cfg(test)]
mod samples;
