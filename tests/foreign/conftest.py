"""A demo of its own for the whole run, and a visitor who asks it as any program would.

CARGO_TARGET_DIR says where the program and the bundle lie. Everything talks to loopback only.
"""

import os
import re
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests
from mail_server import FROM, PASSWORD, USER, MailServer

ROOT = Path(__file__).resolve().parents[2]
TARGET = ROOT / os.environ.get("CARGO_TARGET_DIR", "target")
# A debug build compiles the plugins and makes the demo's documents at its first start.
READY_SECONDS_MAX = 180
# The program drains for 30 s at most.
STOP_SECONDS_MAX = 35
ANSWER_SECONDS_MAX = 30
LOG_CHARS_SHOWN = 4000


class Demo:
    """The running demo. Sites are chosen by the `Host` header, so no name has to be resolved."""

    def __init__(self, port, operator_port, program, environment):
        self.port = port
        self.operator_port = operator_port
        self.program = program
        self.environment = environment

    def run(self, *arguments):
        """What a command prints, which the running demo carries out."""
        command = [str(self.program), *arguments]
        ran = subprocess.run(command, env=self.environment, capture_output=True, text=True, timeout=ANSWER_SECONDS_MAX)
        assert ran.returncode == 0, f"{arguments}: {ran.stdout}{ran.stderr}"
        return ran.stdout

    def host(self, site=None):
        """`host()` is the district, `host("dong-son")` a sub-site."""
        return f"{site}.localhost:{self.port}" if site else f"localhost:{self.port}"

    def origin(self, site=None):
        return f"http://{self.host(site)}"

    def get(self, path, site=None, method="GET", **more):
        """Asks for a path, or for one of the portal's own absolute addresses; follows no redirect."""
        if path.startswith("http"):
            parts = urlsplit(path)
            assert parts.port == self.port, f"{path} leads off the portal"
            host = parts.netloc
            path = parts.path + (f"?{parts.query}" if parts.query else "")
        else:
            host = self.host(site)
        headers = {"Host": host, **more.pop("headers", {})}
        return requests.request(
            method,
            f"http://127.0.0.1:{self.port}{path}",
            headers=headers,
            timeout=ANSWER_SECONDS_MAX,
            allow_redirects=False,
            **more,
        )

    def good(self, path, site=None, **more):
        """The same, and it must have been answered with 200."""
        answer = self.get(path, site, **more)
        assert answer.status_code == 200, f"{path}: {answer.status_code} {answer.text[:500]}"
        return answer

    def documents(self, site=None):
        """Paths of the documents on the first page of the register."""
        page = self.good("/van-ban", site).text
        return list(dict.fromkeys(re.findall(r'href="(/van-ban/\d[^"/?#]*)"', page)))


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until_ready(process, port, log):
    deadline = time.monotonic() + READY_SECONDS_MAX
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        try:
            if requests.get(f"http://127.0.0.1:{port}/readyz", timeout=2).ok:
                return
        except requests.RequestException:
            pass
        time.sleep(0.2)
    words = log.read_text(errors="replace")[-LOG_CHARS_SHOWN:]
    raise RuntimeError(f"the demo is not ready (exit {process.poll()}). Its last words:\n{words}")


@pytest.fixture(scope="session")
def mail_server():
    with MailServer() as server:
        yield server


@pytest.fixture(scope="session")
def demo(mail_server):
    program = TARGET / "debug" / "dinh"
    assert program.exists(), f"{program} is missing; run: cargo build --workspace --bins"
    with tempfile.TemporaryDirectory(prefix="dinh-foreign-") as data:
        port, operator_port, log = free_port(), free_port(), Path(data) / "log"
        environment = {name: value for name, value in os.environ.items() if not name.startswith("DINH_")}
        environment |= {
            "DINH_DATA": data,
            "DINH_LISTEN": f"127.0.0.1:{port}",
            "DINH_OPERATOR_LISTEN": f"127.0.0.1:{operator_port}",
            "DINH_MAIL_SERVER": f"smtp://{USER}@localhost:{mail_server.port}?tls=required",
            "DINH_MAIL_PASSWORD": PASSWORD,
            "DINH_MAIL_FROM": FROM,
            "SSL_CERT_FILE": str(mail_server.certificate),
            "DINH_BUNDLE": os.environ.get("DINH_BUNDLE", str(TARGET / "bundle")),
        }
        with log.open("wb") as out:
            process = subprocess.Popen(
                [str(program), "demo"], cwd=data, env=environment, stdin=subprocess.DEVNULL, stdout=out, stderr=out
            )
        try:
            wait_until_ready(process, port, log)
            yield Demo(port, operator_port, program, environment)
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(STOP_SECONDS_MAX)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
