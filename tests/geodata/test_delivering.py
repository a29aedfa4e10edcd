"""Messages reach a program and a mailbox as their standards ask, against real servers of this machine."""

from __future__ import annotations

import base64
import email
import email.policy
import hashlib
import hmac
import http.server
import json
import socket
import threading
from dataclasses import dataclass, field

import pytest
from aiosmtpd.controller import Controller
from told_messages import SIGNING, message

from geodata.errors import DeliveryError
from geodata.sharing.mail import Mail
from geodata.sharing.webhook import Webhook, signed


@dataclass
class Receiver:
    """A program that is told: answers with the statuses given, then with 200."""

    statuses: list[int] = field(default_factory=list)
    got: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    url: str = ""
    host: str = ""

    @property
    def events(self):
        return [event["quote"] for _, body in self.got for event in json.loads(body)["events"]]


@pytest.fixture
def receiver():
    made = Receiver()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["content-length"]))
            status = made.statuses.pop(0) if made.statuses else 200
            if status < 300:
                made.got.append((dict(self.headers), body))
            self.send_response(status)
            if status in range(300, 400):
                self.send_header("location", "http://127.0.0.1/elsewhere")
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    made.host = f"127.0.0.1:{server.server_port}"
    made.url = f"http://{made.host}/hook?token=1"
    yield made
    server.shutdown()
    server.server_close()


@pytest.fixture
def webhook(receiver):
    pauses = []
    made = Webhook(url=receiver.url, hosts=(receiver.host,), secret=SIGNING, sleep=pauses.append)
    return made, pauses


# -- a program is told -------------------------------------------------------------------------


def test_a_webhook_gets_signed_json(receiver, webhook):
    made, _ = webhook
    sent = message()
    made.deliver(sent)
    ((headers, body),) = receiver.got
    assert json.loads(body)["events"][0]["quote"] == "Shells hit a market."
    assert json.loads(body)["key"] == headers["webhook-id"] == headers["Idempotency-Key"] == "cm_1"
    assert headers["Content-Type"].startswith("application/json")
    told = f"cm_1.{headers['webhook-timestamp']}.".encode() + body
    digest = hmac.new(base64.b64decode(SIGNING.removeprefix("whsec_")), told, hashlib.sha256).digest()
    assert headers["webhook-signature"] == f"v1,{base64.b64encode(digest).decode()}"


def test_a_signature_is_that_of_the_standard():
    # The example of the Standard Webhooks reference libraries.
    headers = signed(
        "msg_p5jXN8AQM9LWM0D4loKWxJek", b'{"test": 2432232314}', SIGNING, moment=1614265330
    )  # fmt: skip
    assert headers["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_a_webhook_is_tried_again_with_growing_pauses(receiver, webhook):
    made, pauses = webhook
    receiver.statuses = [503, 500, 429]
    made.deliver(message())
    assert len(receiver.got) == 1
    assert pauses == [1.0, 4.0, 16.0]
    receiver.statuses = [503] * 4
    with pytest.raises(DeliveryError, match="kept, and sent by the next run"):
        made.deliver(message())


@pytest.mark.parametrize("status", [400, 404, 410, 302, 307])
def test_an_answer_that_will_not_change_is_told_at_once(receiver, webhook, status):
    made, pauses = webhook
    receiver.statuses = [status]
    with pytest.raises(DeliveryError, match="was not told"):
        made.deliver(message())
    assert pauses == []
    assert receiver.got == []


@pytest.mark.parametrize("url", [
    "http://127.0.0.1:{port}/hook", "http://localhost:{port}/", "http://[::1]:{port}/", "http://2130706433:{port}/",
    "http://169.254.169.254/latest", "http://10.0.0.1/", "http://intranet/", "ftp://example.org/", "file:///etc/passwd",
    "http://user:password@example.org/", "https://", "not an address",
])  # fmt: skip
def test_addresses_inside_are_not_told(receiver, url):
    port = receiver.host.rpartition(":")[2]
    made = Webhook(url=url.format(port=port), sleep=lambda _: None)
    with pytest.raises(DeliveryError):
        made.check()
    with pytest.raises(DeliveryError):
        made.deliver(message())
    assert receiver.got == []


def test_a_host_that_is_not_there_is_a_sentence(receiver):
    made = Webhook(url="http://127.0.0.1:9/", hosts=("127.0.0.1:9",), sleep=lambda _: None)
    with pytest.raises(DeliveryError, match="it does not answer"):
        made.deliver(message())
    assert receiver.got == []


# -- a person is told --------------------------------------------------------------------------


class Postbox:
    def __init__(self):
        self.got = []
        self.refusals = []

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802  aiosmtpd's name
        if self.refusals:
            return self.refusals.pop(0)
        self.got.append(envelope)
        return "250 OK"


@pytest.fixture
def postbox():
    made = Postbox()
    with socket.socket() as free:  # aiosmtpd cannot say which port it took of itself
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(made, hostname="127.0.0.1", port=port)
    controller.start()
    made.url = f"smtp://127.0.0.1:{port}"
    yield made
    controller.stop()


def test_mail_has_a_plain_and_an_html_part_and_no_markup_of_others(postbox):
    Mail(to="you@example.org", sender="map@example.net", server=postbox.url).deliver(message())
    (envelope,) = postbox.got
    assert envelope.rcpt_tos == ["you@example.org"]
    mail = email.message_from_bytes(envelope.content, policy=email.policy.default)
    assert mail["message-id"] == "<cm_1@example.net>"
    assert mail["bcc"] is None
    assert mail["subject"].startswith("1 new reported event: Line Bcc: everybody@example.org")
    plain = mail.get_body(("plain",)).get_content()
    assert "“Shells hit a market.”" in plain
    assert "https://map.example/?v=1&event=" in plain
    assert "Persons are not named." in plain
    marked_up = mail.get_body(("html",)).get_content()
    assert "<script" not in marked_up
    assert "javascript:" not in marked_up
    assert "&lt;script&gt;" in marked_up


def test_mail_is_tried_again_only_where_that_helps(postbox):
    pauses = []
    mail = Mail(to="you@example.org", sender="map@example.net", server=postbox.url, sleep=pauses.append)
    postbox.refusals = ["451 Try later"]
    mail.deliver(message())
    assert (len(postbox.got), pauses) == (1, [2.0])
    postbox.refusals = ["550 No such mailbox"]
    with pytest.raises(DeliveryError, match="550 No such mailbox"):
        mail.deliver(message())
    assert pauses == [2.0]


@pytest.mark.parametrize(("to", "sender", "server", "said"), [
    ("you", "map@example.net", "smtp://127.0.0.1:1", "--mail"),
    ("you@example.org\nBcc: me@example.org", "map@example.net", "smtp://127.0.0.1:1", "--mail"),
    ("you@example.org", "", "smtp://127.0.0.1:1", "CONFLICTMAP_MAIL_FROM"),
    ("you@example.org", "map@example.net", "", "CONFLICTMAP_SMTP_URL"),
    ("you@example.org", "map@example.net", "https://mail.example.org", "CONFLICTMAP_SMTP_URL"),
])  # fmt: skip
def test_wrong_addresses_are_told_before_anything_is_sent(to, sender, server, said):
    with pytest.raises(DeliveryError, match=said):
        Mail(to=to, sender=sender, server=server).check()
