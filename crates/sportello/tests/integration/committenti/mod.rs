//! Committenti: keys, questions, statements, the interface and the area.

mod access;
mod area;
mod described;
mod queries;
mod repeated;
mod statements;
