//! Request context, sessions, forms, texts, the page shell and its components.
