"""Sending the mail that waits: one after another over one connection, each noted before the next is taken."""

import time

from ..files.mail_out import CannotSend, Letter, MailServer, NoWay, open_way
from ..services import mails

LONGEST = 15.0  # seconds of sending before a worker looks for other work


def send_due(server: MailServer) -> None:
    """Send what is due. Raises NoWay where the server takes nothing at all; what it refuses singly is noted at the mail.

    A mail is taken first, sent then, and noted last: a crash in between lets this one mail go out twice, with the same Message-ID.
    """
    if not mails.is_any_due():
        return
    until = time.monotonic() + LONGEST
    with open_way(server) as postman:
        while time.monotonic() < until and (mail := mails.take_due()) is not None:
            try:
                postman.send(Letter(mail.id, mail.address, mail.subject, mail.words, mail.made_at, mail.unsubscribe))
            except CannotSend as trouble:
                mails.note_failed(mail.id, str(trouble), for_good=trouble.for_good)
                if isinstance(trouble, NoWay):
                    raise
            else:
                mails.note_sent(mail.id)
