mod callback;
mod chain;
mod flow;
mod jose;
mod judges;
mod policy;
mod tokens;
mod world;
