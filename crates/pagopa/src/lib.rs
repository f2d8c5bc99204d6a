//! pagoPA for creditors: notice numbers, QR codes, the node's SOAP service, checkout carts.
