"""Messages to a person: mail with a plain and an HTML part, handed to the mail server of the settings."""

from __future__ import annotations

import email.utils
import re
import smtplib
import ssl
import time
from dataclasses import dataclass, field
from email.headerregistry import Address
from email.message import EmailMessage
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from geodata.errors import DeliveryError

if TYPE_CHECKING:
    from collections.abc import Callable

    from geodata.sharing.messages import Message

TIMEOUT_S = 30.0
PAUSES_S = (2.0, 8.0)  # before the second and the third try
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?")
_PORTS = {"smtp": 587, "smtps": 465}
_LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})
_FOR_GOOD = 500  # answers from here on say that trying again is no use (RFC 5321, 4.2.1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """A person who is told by mail.

    Parameters
    ----------
    to, sender
        Addresses.
    server
        "smtp://user:password@host:587" (encrypted where the server can, and always where there is a password),
        or "smtps://..." (encrypted from the start).
    sleep
        Waits so many seconds.
    """

    to: str
    sender: str
    server: str = field(repr=False)
    sleep: Callable[[float], None] = time.sleep

    def check(self) -> None:
        """Look at the addresses, without asking anybody.

        Raises
        ------
        DeliveryError
            If one of them is missing or wrong.
        """
        for what, address in (("--mail", self.to), ("CONFLICTMAP_MAIL_FROM", self.sender)):
            if not _ADDRESS.fullmatch(address):
                msg = f"{what} needs an address such as name@example.org."
                raise DeliveryError(msg)
        self._server()

    def deliver(self, message: Message) -> None:
        """Hand a message to the mail server.

        Raises
        ------
        DeliveryError
            If it was not taken, after several tries where these made sense.
        """
        self.check()
        mail = mail_of(message, to=self.to, sender=self.sender)
        for pause in (*PAUSES_S, None):
            try:
                return self._send(mail)
            except (smtplib.SMTPException, OSError) as error:
                if pause is None or _is_for_good(error):
                    msg = f"The mail server did not take the message ({_why(error)}). It is kept, and sent by the next run."
                    raise DeliveryError(msg) from error
                self.sleep(pause)
        return None

    def _server(self) -> tuple[str, str, int, str, str]:
        try:
            parts = urlsplit(self.server)
            port = parts.port or _PORTS.get(parts.scheme, 0)
        except ValueError:
            parts, port = urlsplit(""), 0
        if not port or not parts.hostname:
            msg = "To send mail, set CONFLICTMAP_SMTP_URL=smtp://user:password@mail.example.org:587 and CONFLICTMAP_MAIL_FROM."
            raise DeliveryError(msg)
        return parts.scheme, parts.hostname, port, unquote(parts.username or ""), unquote(parts.password or "")

    def _send(self, mail: EmailMessage) -> None:
        scheme, host, port, user, password = self._server()
        context = ssl.create_default_context()
        connection = (
            smtplib.SMTP_SSL(host, port, timeout=TIMEOUT_S, context=context)
            if scheme == "smtps"
            else smtplib.SMTP(host, port, timeout=TIMEOUT_S)
        )
        with connection as server:
            if scheme == "smtp":
                server.ehlo()
                if server.has_extn("starttls"):
                    server.starttls(context=context)
                elif user and host not in _LOCAL:
                    msg = f"The mail server {host} offers no encryption, so the password was not sent to it: use smtps://."
                    raise DeliveryError(msg)
            if user:
                server.login(user, password)
            server.send_message(mail)


def mail_of(message: Message, *, to: str, sender: str) -> EmailMessage:
    """Return a message as mail; the same message makes the same Message-ID, by which mailboxes know it again."""
    mail = EmailMessage()
    mail["From"] = Address("Conflict map", addr_spec=sender)
    mail["To"] = to
    mail["Subject"] = "".join(sign if sign.isprintable() else " " for sign in message.subject)
    mail["Date"] = email.utils.localtime()
    mail["Message-ID"] = f"<{message.key}@{sender.rpartition('@')[2]}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(message.text)
    mail.add_alternative(message.html, subtype="html")
    return mail


def _is_for_good(error: Exception) -> bool:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= _FOR_GOOD for code, _ in error.recipients.values())
    return isinstance(error, smtplib.SMTPResponseException) and error.smtp_code >= _FOR_GOOD


def _why(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        said = (
            error.smtp_error.decode("utf-8", "replace")
            if isinstance(error.smtp_error, bytes)
            else str(error.smtp_error)
        )
        return " ".join(f"{error.smtp_code} {said}".split())[:200]
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return "the address was refused"
    return "it does not answer" if isinstance(error, OSError) else type(error).__name__
