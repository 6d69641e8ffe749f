"""A QR as an inline picture for pages."""

from html import escape

from .marks import QUIET_MODULES, qr_runs


def qr_svg(text: str, label: str, side: int = 220) -> str:
    """A text and what the picture is called in; out: its QR (error level M) as an SVG element `side` pixels wide, black on white with
    its quiet zone whatever the colours around it, and without style attributes."""
    modules, runs = qr_runs(text)
    path = "".join(f"M{column} {row}h{length}v1h-{length}z" for row, column, length in runs)
    edge, whole = -QUIET_MODULES, modules + 2 * QUIET_MODULES
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{side}" height="{side}" viewBox="{edge} {edge} {whole} {whole}" '
        f'role="img" aria-label="{escape(label)}" shape-rendering="crispEdges">'
        f'<rect x="{edge}" y="{edge}" width="{whole}" height="{whole}" fill="#fff"/><path fill="#000" d="{path}"/></svg>'
    )
