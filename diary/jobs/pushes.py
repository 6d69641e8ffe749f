"""Sending the pushes that wait: one after another, each noted before the next is taken."""

import time

from ..files.mail_out import CannotSend
from ..files.push_out import Gone, Parcel, Sender, open_ways
from ..services import pushes

LONGEST = 15.0  # seconds of sending before a worker looks for other work


def send_due(sender: Sender) -> None:
    """Send what is due; what a push service refuses is noted at the push, and a browser it no longer knows is forgotten.

    A push is taken first, sent then, and noted last: a crash in between lets this one go out twice, and the second takes the first's place.
    """
    if not pushes.is_any_due():
        return
    until = time.monotonic() + LONGEST
    with open_ways(sender) as courier:
        while time.monotonic() < until and (push := pushes.take_due()) is not None:
            try:
                courier.send(Parcel(push.id, push.address, push.words, push.link))
            except Gone:
                pushes.note_gone(push.subscription_id)
            except CannotSend as trouble:
                pushes.note_failed(push.id, str(trouble), for_good=trouble.for_good)
            else:
                pushes.note_sent(push.id)
