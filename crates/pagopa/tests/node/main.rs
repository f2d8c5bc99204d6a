//! The SOAP service: samples, the schema's verdict, hostile messages, arbitrary values.

mod hostile;
mod properties;
mod samples;
mod schema;
mod support;
