//! Italian facts as values: tax codes, VAT numbers, places, plates, phone numbers, euro amounts.
