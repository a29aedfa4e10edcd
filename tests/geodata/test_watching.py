"""Who follows a view hears of each new event once, whatever breaks in between: against real servers of this machine."""

from __future__ import annotations

import base64
import email
import email.policy
import hashlib
import hmac
import http.server
import json
import socket
import sqlite3
import threading
from dataclasses import dataclass, field

import pytest
from aiosmtpd.controller import Controller

from geodata.article import Article
from geodata.errors import DeliveryError
from geodata.event import Event
from geodata.ontology import EventType
from geodata.sharing.mail import Mail
from geodata.sharing.messages import About, Message, message_of
from geodata.sharing.outbox import Outbox
from geodata.sharing.watching import watch
from geodata.sharing.webhook import Webhook, signed
from geodata.store import Store
from geodata.view import View

ABOUT = About(title="Kirkuk", query="v=1", base="https://map.example", left_out="", notes=("Reports only.",))
SIGNING = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"  # of the standard's own example
HOSTILE = 'Line\r\nBcc: everybody@example.org </h1><script>alert(1)</script> & "quoted"'


def reading_of(text, title="A title", url="https://news.example/1"):
    from geodata.event import Reading  # noqa: PLC0415

    article = Article(text=text, title=title, source="Example News", url=url)
    event = Event(
        id=f"e{article.id}", article_id=article.id, type=EventType.ASSAULT, quad=EventType.ASSAULT.quad,
        start=0, end=len(text), quote=text, unplaced_reason="The sentence names no place.",
    )  # fmt: skip
    return Reading(article=article, mentions=(), events=(event,))


def message(key="cm_1", text="Shells hit a market."):
    from geodata.store.results import StoredEvent  # noqa: PLC0415

    reading = reading_of(text, title=HOSTILE)
    stored = StoredEvent(
        event=reading.events[0], title=HOSTILE, url="javascript:alert(1)", source=HOSTILE, published=None
    )
    import datetime as dt  # noqa: PLC0415

    about = About(
        title=HOSTILE,
        query="v=1",
        base="https://map.example",
        left_out="Persons are not named.",
        notes=("Reports only.",),
    )
    return message_of(
        [stored], about, key=key, part=1, parts=1, total=1, now=dt.datetime(2026, 1, 1, tzinfo=dt.UTC), name_of=str
    )


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


@pytest.fixture
def store(tmp_path):
    with Store.open(tmp_path / "store") as opened:
        opened.write([reading_of("The first."), reading_of("The second.")])
        yield opened


@pytest.fixture
def run(tmp_path, store):
    def tell(channel, *, from_start=False, safety="", view=View()):  # noqa: B008  frozen
        with Outbox(tmp_path / "watch.sqlite", subject="v=1 me") as outbox:
            return watch(store, view, outbox, channel, ABOUT, safety=safety, from_start=from_start, name_of=str)

    return tell


class Recorder:
    """A channel that remembers, and fails when told so; `after` fails once the message was taken."""

    def __init__(self):
        self.got: list[Message] = []
        self.before = self.after = False

    def check(self):
        pass

    def deliver(self, made):
        if self.before:
            raise DeliveryError
        self.got.append(made)
        if self.after:
            raise KeyboardInterrupt

    @property
    def quotes(self):
        return [event["quote"] for made in self.got for event in json.loads(made.body)["events"]]


def test_each_new_event_is_told_once(run, store):
    channel = Recorder()
    first = run(channel)
    assert (first.first, first.known, channel.got) == (True, 2, [])
    assert run(channel).messages == 0
    store.write([reading_of("The third.")])
    assert run(channel).events == 1
    assert run(channel).messages == 0
    assert channel.quotes == ["The third."]


def test_the_first_run_can_tell_of_what_is_there(run, store):
    channel = Recorder()
    assert run(channel, from_start=True).events == 2
    assert sorted(channel.quotes) == ["The first.", "The second."]
    assert run(channel, from_start=True).messages == 0
    store.write([reading_of(f"Number {n}.") for n in range(120)])
    assert run(channel).messages == 3
    assert len(channel.quotes) == len(set(channel.quotes)) == 122


def test_a_filter_holds(run, store):
    channel = Recorder()
    run(channel, view=View(text="market"))
    store.write([reading_of("Shells hit a market."), reading_of("A bridge was blown up.")])
    run(channel, view=View(text="market"))
    assert channel.quotes == ["Shells hit a market."]


def test_what_was_not_taken_is_sent_by_the_next_run_under_the_same_key(run, store):
    channel = Recorder()
    run(channel)
    store.write([reading_of("The third.")])
    channel.before = True
    with pytest.raises(DeliveryError):
        run(channel)
    store.write([reading_of("The fourth.")])
    channel.before = False
    run(channel)
    assert channel.quotes == ["The third.", "The fourth."]
    assert len({made.key for made in channel.got}) == 2


def test_killed_after_the_delivery_the_same_message_comes_again_word_for_word(run, store):
    channel = Recorder()
    run(channel)
    store.write([reading_of("The third.")])
    channel.after = True
    with pytest.raises(KeyboardInterrupt):
        run(channel)
    channel.after = False
    run(channel)
    assert len(channel.got) == 2
    assert channel.got[0] == channel.got[1]
    assert run(channel).messages == 0


@pytest.mark.parametrize("killed_at", ["put", "delivered", "begin"])
def test_killed_at_any_step_nothing_is_lost(run, store, monkeypatch, killed_at):
    channel = Recorder()
    run(channel)
    store.write([reading_of("The third.")])
    with monkeypatch.context() as patch:

        def killed(*_args, **_kwargs):
            raise KeyboardInterrupt

        patch.setattr(Outbox, killed_at, killed)
        with pytest.raises(KeyboardInterrupt):
            run(channel)
    run(channel)
    run(channel)
    assert set(channel.quotes) == {"The third."}
    assert len({made.key for made in channel.got}) == 1


def test_what_waits_is_written_anew_under_other_safety_settings(run, store):
    channel = Recorder()
    run(channel)
    store.write([reading_of("The third.")])
    channel.before = True
    with pytest.raises(DeliveryError):
        run(channel)
    channel.before = False
    run(channel, safety="persons")
    assert channel.quotes == ["The third."]


def test_two_runs_at_once_and_other_peoples_files_are_refused(tmp_path):
    path = tmp_path / "watch.sqlite"
    with Outbox(path, subject="one"), pytest.raises(DeliveryError, match="Another run"):
        Outbox(path, subject="one")
    with pytest.raises(DeliveryError, match="another view"):
        Outbox(path, subject="two")
    Outbox(path, subject="one").close()
    path.write_bytes(b"this is no database at all" * 100)
    with pytest.raises(DeliveryError, match="--state"):
        Outbox(path, subject="one")
    assert not (tmp_path / "nothing").exists()


def test_the_file_holds_no_half_message(tmp_path):
    made = message()
    with Outbox(tmp_path / "watch.sqlite", subject="one") as outbox:
        outbox.put(made, ["e1"], safety="")
        with pytest.raises(DeliveryError):  # the same key again: refused as a whole
            outbox.put(made, ["e2"], safety="")
        assert outbox.waiting() == [made]
        assert outbox.unknown([["e1", "e2"]]) == ["e2"]
    with sqlite3.connect(tmp_path / "watch.sqlite") as raw:
        assert raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)


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
