"""A mail server by others (aiosmtpd) that takes nothing without STARTTLS and a password, and keeps what it takes."""

import socket
import ssl
import subprocess
import tempfile
import time
from email import message_from_bytes
from email.policy import default
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

USER = "cong"
PASSWORD = "Mat-khau-4711"
FROM = "cong@yen-the.example.vn"
# The portal looks every second; a debug build on a busy machine takes its time.
WAIT_SECONDS_MAX = 60


class MailServer:
    def __enter__(self):
        self._folder = tempfile.TemporaryDirectory(prefix="dinh-mail-")
        self.certificate = Path(self._folder.name) / "certificate.pem"
        key = Path(self._folder.name) / "key.pem"
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"]
            + ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
            + ["-addext", "basicConstraints=critical,CA:FALSE"]
            + ["-keyout", str(key), "-out", str(self.certificate)],
            check=True,
            capture_output=True,
        )
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.certificate, key)
        self.taken = []
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self._controller = Controller(
            self,
            hostname="127.0.0.1",
            port=self.port,
            tls_context=context,
            require_starttls=True,
            auth_required=True,
            authenticator=self._authenticated,
        )
        self._controller.start()
        return self

    def __exit__(self, *_):
        self._controller.stop()
        self._folder.cleanup()

    def _authenticated(self, server, session, envelope, mechanism, data):
        good = LoginPassword(USER.encode(), PASSWORD.encode())
        return AuthResult(success=data == good)

    async def handle_DATA(self, server, session, envelope):
        message = message_from_bytes(envelope.content, policy=default)
        self.taken.append((session.ssl is not None, envelope, message))
        return "250 kept"

    def next(self, to):
        """The next message to an address: what the server was told, and the message as Python reads it."""
        deadline = time.monotonic() + WAIT_SECONDS_MAX
        while time.monotonic() < deadline:
            for one in list(self.taken):
                if one[1].rcpt_tos == [to]:
                    self.taken.remove(one)
                    return one
            time.sleep(0.2)
        raise AssertionError(f"no message came to {to}")
