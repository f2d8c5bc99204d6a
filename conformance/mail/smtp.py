#!/usr/bin/env python3
"""A mail server made of aiosmtpd: STARTTLS and an account are demanded, and what it takes lies in a Maildir.

Arguments: certificate, key, user, password, Maildir, limit in bytes. Prints its port once it listens, and serves until it
is ended.
"""

import os
import ssl
import sys
import threading

from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Mailbox
from aiosmtpd.smtp import AuthResult, LoginPassword

certificate, key, user, password, maildir, limit = sys.argv[1:]
# The mailbox server may run under another account.
os.umask(0)


def authenticate(server, session, envelope, mechanism, data):
    known = isinstance(data, LoginPassword) and data == LoginPassword(user.encode(), password.encode())
    return AuthResult(success=known, handled=False)


context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(certificate, key)
controller = Controller(
    Mailbox(maildir),
    hostname="127.0.0.1",
    port=int(os.environ["SMTP_PORT"]),
    tls_context=context,
    require_starttls=True,
    auth_required=True,
    authenticator=authenticate,
    data_size_limit=int(limit),
)
controller.start()
print(controller.port, flush=True)
threading.Event().wait()
