"""What a page of the hall changed since it was shown: the fields of one device are not sent over what another wrote meanwhile."""

from collections.abc import Iterable

from werkzeug.datastructures import MultiDict

from ...domain.vietnamese import clean_text


def hands_touched(form: MultiDict[str, str], levels: Iterable[str]) -> bool:
    """Whether the page counted hands: pressed a step or a level for the rest, or holds other figures than it was shown with."""
    return bool(form.get("step") or form.get("rest")) or any(touched(form, f"votes-{level}") for level in levels)


def touched(form: MultiDict[str, str], name: str) -> bool:
    """Whether a field came back other than the page was shown with; a page that does not say what it was counts as changed."""
    shown = form.get(f"seen-{name}")
    return name in form and (shown is None or clean_text(form[name]) != clean_text(shown))
