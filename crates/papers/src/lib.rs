//! PDF papers: tagged, archivable, laid out from plain blocks.
