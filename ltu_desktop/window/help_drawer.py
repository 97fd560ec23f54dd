"""The help (F1): a page of Markdown for each page of the window, shown at its side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QUrl
from PySide6.QtGui import QTextBlockFormat, QTextCharFormat, QTextCursor, QTextDocument, QTextFormat, QTextListFormat
from PySide6.QtWidgets import QTextBrowser, QWidget

from ltu_desktop import RESOURCES
from ltu_desktop.rules.errors import N_
from ltu_desktop.window import theme
from ltu_desktop.window.controls import Kind
from ltu_desktop.window.drawer import Drawer
from ltu_desktop.window.pieces import row, rule
from ltu_desktop.window.tokens import Appearance, Text

if TYPE_CHECKING:
    from pathlib import Path

    from ltu_desktop.window.commands import Commands
    from ltu_desktop.words import Words

HEADS: Final = {1: Text.TITLE, 2: Text.SECTION, 3: Text.STRONG}
PICTURES: Final = "](../pictures/"
PICTURE: Final = 332  # pixels that a picture takes across
LINE: Final = 112  # per cent of the font's height


def help_file(language: str, page: str) -> Path:
    """Return where the help for a page lies."""
    return RESOURCES / "help" / language / f"{page}.md"


class HelpDrawer(Drawer):
    """Shows the help for the page at its side, and follows when another page comes."""

    def __init__(self, parent: QWidget, commands: Commands, words: Words) -> None:
        super().__init__(parent, words, words.text(N_("Help")))
        self._commands = commands
        self.page = ""
        self.text = reading(words.text(N_("Help")))
        self.text.anchorClicked.connect(self._follow)
        self.body.addWidget(self.text, 1)
        self.body.addWidget(rule())
        foot = QWidget()
        across = row(foot, margins=(8, 8, 16, 8))
        across.addWidget(commands.button("view.keys", kind=Kind.QUIET))
        across.addStretch(1)
        self.body.addWidget(foot)
        theme.state().changed.connect(self._again)

    def first(self) -> QWidget:
        """Begin in the text, which the arrows scroll."""
        return self.text

    def show_page(self, page: str) -> None:
        """Show the help for a page."""
        path = help_file(self.words.language, page)
        if path.is_file():
            self.page = page
            self.text.setSearchPaths([str(path.parent)])  # its pictures lie beside it
            text = path.read_text("utf-8")
            if theme.tokens().appearance is not Appearance.LIGHT:
                text = text.replace(PICTURES, f"{PICTURES}dark/")
            self.text.setMarkdown(text)
            dress(self.text.document())
            self.text.moveCursor(QTextCursor.MoveOperation.Start)

    def _again(self) -> None:
        """Take the colours of another appearance."""
        self.show_page(self.page)

    def _follow(self, link: QUrl) -> None:
        """Go where a link leads: another page's help, or a command (`do:view.keys`)."""
        if link.scheme() == "do":
            self._commands.do(link.path())
        else:
            self.show_page(link.path().removesuffix(".md"))


def reading(name: str) -> QTextBrowser:
    """Make what a drawer's long text is read in; its links are followed by us."""
    made = QTextBrowser()
    made.setOpenLinks(False)
    made.setAccessibleName(name)
    made.setProperty("ring", "inside")
    made.document().setDocumentMargin(11)  # with the style's padding, where the ring is drawn: 16
    return made


def dress(document: QTextDocument) -> None:
    """Give a document our fonts, colours and distances."""
    document.setDefaultFont(theme.font(Text.BODY))
    block = document.begin()
    while block.isValid():
        level = block.blockFormat().headingLevel()
        shape = QTextBlockFormat()
        shape.setTopMargin(18 if level > 1 else 0)
        shape.setBottomMargin(4 if level or block.textList() is not None else 10)
        listed = block.textList()
        if listed is not None:
            form = QTextListFormat(listed.format())
            if form.indent() != 1:  # once for all its lines
                form.setIndent(1)
                listed.setFormat(form)
        pieces = block.begin()
        spans = []
        while not pieces.atEnd():
            spans.append(pieces.fragment())
            pieces += 1
        if not any(span.charFormat().isImageFormat() for span in spans):
            shape.setLineHeight(LINE, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        cursor = QTextCursor(block)
        cursor.mergeBlockFormat(shape)
        for span in spans:
            now = span.charFormat()
            if now.isImageFormat():
                picture = now.toImageFormat()
                picture.setWidth(PICTURE)
                cursor.setPosition(span.position())
                cursor.setPosition(span.position() + span.length(), QTextCursor.MoveMode.KeepAnchor)
                cursor.setCharFormat(picture)
                continue
            look = QTextCharFormat(now)
            look.clearProperty(QTextFormat.Property.FontSizeAdjustment.value)  # Markdown's own sizes of heads
            strong = now.fontItalic() or now.fontWeight() > theme.font(Text.BODY).weight()  # there is no italic face
            use = HEADS[min(level, 3)] if level else Text.STRONG if strong else Text.BODY
            look.setFont(theme.font(use))
            look.setForeground(theme.colour("accent" if now.isAnchor() else "text"))
            if now.isAnchor():
                look.setFontUnderline(True)
            cursor.setPosition(span.position())
            cursor.setPosition(span.position() + span.length(), QTextCursor.MoveMode.KeepAnchor)
            cursor.setCharFormat(look)
        block = block.next()
    document.setIndentWidth(22)
