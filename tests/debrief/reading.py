"""Reading a report as a browser does: its numbers by what they are, its texts by what holds them."""

from __future__ import annotations

from html.parser import HTMLParser

VOID = {"meta", "br", "img", "link", "input", "hr", "path", "use", "rect"}


class Reader(HTMLParser):
    """What is on a page: `numbers` (key, value, text), `texts` with the classes around them, tags, links."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.numbers: list[tuple[str, float, str]] = []
        self.texts: list[tuple[str, frozenset[str]]] = []
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.links: list[str] = []
        self._open: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _value in attrs}
        self.links += [value or "" for name, value in attrs if name in ("href", "src", "xlink:href", "style")]
        if tag not in VOID:
            self._open.append((tag, dict(attrs)))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _value in attrs}
        self.links += [value or "" for name, value in attrs if name in ("href", "src", "xlink:href")]

    def handle_endtag(self, tag: str) -> None:
        while self._open:
            if self._open.pop()[0] == tag:
                return

    def handle_data(self, data: str) -> None:
        if not data.strip():
            return
        tag, attrs = self._open[-1] if self._open else ("", {})
        if tag == "data":
            self.numbers.append((str(attrs["data-key"]), float(str(attrs["value"])), data))
            return
        classes = {name for one, _attrs in self._open for name in [one]}
        classes |= {c for _one, held in self._open for c in (held.get("class") or "").split()}
        self.texts.append((data.strip(), frozenset(classes)))

    @property
    def text(self) -> str:
        """All text that is shown, numbers included, on one line."""
        return " ".join([text for text, _classes in self.texts] + [text for _k, _v, text in self.numbers])
