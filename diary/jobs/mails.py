"""Sending the mail that waits: one after another over one connection, each noted before the next is taken."""

from ..files.mail_out import CannotSend, Letter, MailServer, NoWay, open_way
from ..services import mails

AT_ONCE = 50  # mails sent before a worker looks for other work


def send_due(server: MailServer) -> None:
    """Send what is due. Raises NoWay where the server takes nothing at all; what it refuses singly is noted at the mail.

    A mail is taken first, sent then, and noted last: a crash in between lets this one mail go out twice, with the same Message-ID.
    """
    if not mails.is_any_due():
        return
    with open_way(server) as postman:
        for _ in range(AT_ONCE):
            mail = mails.take_due()
            if mail is None:
                return
            try:
                postman.send(Letter(mail.id, mail.address, mail.subject, mail.words, mail.made_at))
            except CannotSend as trouble:
                mails.note_failed(mail.id, str(trouble), for_good=trouble.for_good)
                if isinstance(trouble, NoWay):
                    raise
            else:
                mails.note_sent(mail.id)
