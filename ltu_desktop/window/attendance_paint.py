"""How the attendance grid is drawn: grounds and lines first, in long strokes, then what stands in the cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QPainter, QPen, QPolygon

from ltu_desktop.window import icons, theme
from ltu_desktop.window.attendance_faces import Face, face, hours_text, paper_code
from ltu_desktop.window.attendance_keys import Spot
from ltu_desktop.window.attendance_layout import Line
from ltu_desktop.window.attendance_sheet import GridRow, Sums
from ltu_desktop.window.attendance_view import TeamFace, View, apart_need, beside, edge_of, foot_texts, width_of
from ltu_desktop.window.controls import rounded
from ltu_desktop.window.theme import font, metrics
from ltu_desktop.window.tokens import Meaning, Text

if TYPE_CHECKING:
    from collections.abc import Sequence


MIDDLE = Qt.AlignmentFlag.AlignCenter
LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


def paint(painter: QPainter, view: View, clip: QRect) -> None:
    """Draw what lies in a part of the view."""
    at = view.layout
    if not view.letters:  # nothing is read yet
        painter.fillRect(clip, theme.colour("surface"))
        return
    body = QRect(0, at.head, at.width, at.body_height)
    if clip.intersects(body):
        painter.save()
        painter.setClipRect(body & clip)
        _paint_body(painter, view, clip)
        painter.restore()
    if clip.top() < at.head:
        _paint_head(painter, view)
    if clip.bottom() >= at.height - at.foot:
        _paint_foot(painter, view)


# ---- the body ----


def _paint_body(painter: QPainter, view: View, clip: QRect) -> None:
    at = view.layout
    top, bottom = max(at.head, clip.top()), min(at.height - at.foot, clip.bottom() + 1)
    seen = at.visible(view.scroll_y, top, bottom)
    days = at.visible_days(view.scroll_x)
    painter.fillRect(clip, theme.colour("sunken" if view.frozen else "surface"))
    end = at.head + seen[-1].y + seen[-1].height - view.scroll_y if seen else top
    painter.save()
    painter.setClipRect(QRect(at.name, top, at.days_width, bottom - top) & clip)
    _paint_grounds(painter, view, seen, days, top, min(bottom, end))
    long, plain = font(Text.NOTE), font(Text.DENSE)
    for line in seen:
        if line.team:
            continue
        row = view.sheet.row(line.place)
        y = at.head + line.y - view.scroll_y
        for column in days:
            shown = face(row.cells[column], view.sheet.mark)
            if shown.hours or shown.code or shown.corner:
                area = QRect(at.day_x(column, view.scroll_x), y, at.day, line.height)
                painter.setFont(long if len(shown.hours) > 3 else plain)
                _paint_face(painter, shown, area, quiet=not row.editable)
    _paint_wrong(painter, view)
    _paint_choice(painter, view)
    painter.restore()
    edge = theme.colour("line")
    for line in seen:
        y = at.head + line.y - view.scroll_y
        if not line.team:
            _paint_ends(painter, view, line, y)
            painter.fillRect(QRect(0, y + line.height - 1, at.name, 1), edge)
            painter.fillRect(QRect(at.totals_x, y + line.height - 1, sum(at.totals), 1), edge)
    painter.fillRect(QRect(at.name - 1, top, 1, min(bottom, end) - top), theme.colour("line2"))
    for line in seen:
        if line.team:
            _paint_team(painter, view, line, at.head + line.y - view.scroll_y)


def _paint_grounds(painter: QPainter, view: View, seen: Sequence[Line], days: range, top: int, bottom: int) -> None:
    at, sheet = view.layout, view.sheet
    quiet = view.frozen and not theme.contrast()  # its other days are as quiet
    for column in days:
        head = sheet.days[column]
        if (head.weekend or head.holiday_name) and not quiet:
            free_ground(painter, QRect(at.day_x(column, view.scroll_x), top, at.day, bottom - top))
    block = view.choice.block
    if not view.choice.single or not view.focus:
        tint = theme.colour("selection" if view.focus else "hover")
        for line in seen:
            if not line.team and block.top <= line.place <= block.bottom:
                x = at.day_x(block.left, view.scroll_x)
                painter.fillRect(QRect(x, at.head + line.y - view.scroll_y, block.columns * at.day, line.height), tint)
    edge = theme.colour("line")
    for column in days:
        painter.fillRect(QRect(at.day_x(column + 1, view.scroll_x) - 1, top, 1, bottom - top), edge)
    for line in seen:
        painter.fillRect(QRect(at.name, at.head + line.y + line.height - 1 - view.scroll_y, at.days_width, 1), edge)


def free_ground(painter: QPainter, area: QRect) -> None:
    """Draw the ground of a day on which nobody works; hatched in high contrast."""
    painter.fillRect(area, theme.colour("weekend"))
    if theme.contrast():
        painter.fillRect(area, QBrush(theme.colour("line"), Qt.BrushStyle.BDiagPattern))


def _paint_face(painter: QPainter, shown: Face, area: QRect, *, quiet: bool) -> None:
    if shown.corner:
        corner(painter, area)
    if shown.code and not shown.hours:
        if shown.quiet:
            painter.setFont(font(Text.NOTE))
            painter.setPen(theme.colour("text3"))
            painter.drawText(area, MIDDLE, shown.code)
        else:
            draw_chip(painter, shown.code, area)
        return
    if shown.code:  # both: hours above, the code below
        upper, lower = area.adjusted(0, -1, 0, -15), area.adjusted(0, 13, 0, -1)  # a comma ends above the code
        painter.setFont(font(Text.NOTE))
        painter.setPen(theme.colour("text3" if shown.open else "text"))
        painter.drawText(upper, MIDDLE, shown.hours)
        draw_chip(painter, shown.code, lower)
        return
    if shown.open:
        painter.setPen(theme.colour("edge"))
        painter.drawRect(area.adjusted(3, 4, -5, -6))
        painter.setPen(theme.colour("text3"))
    else:
        painter.setPen(theme.colour("text2" if quiet else "text"))
    painter.drawText(area, MIDDLE, shown.hours)


def draw_chip(painter: QPainter, code: str, area: QRect) -> None:
    """Draw a code of absence in the middle of an area."""
    hidden = paper_code(code)
    ground, tone = ("sunken", "text2") if hidden else ("info.bg", "info.fg")
    if theme.contrast():
        ground, tone = "text", "canvas"
    painter.setFont(font(Text.NOTE_STRONG))
    width = width_of(Text.NOTE_STRONG, code)
    width += max(2, min(8, area.width() - 2 - width)) // 2 * 2  # as much at its left as at its right
    box = QRect(area.x() + (area.width() - width) // 2, 0, width, min(18, area.height()))
    box.moveTop(area.y() + (area.height() - box.height()) // 2)
    painter.save()
    rounded(painter, box, ground, "", 3)
    painter.restore()
    painter.setPen(theme.colour(tone))
    painter.drawText(box, MIDDLE, code)


def corner(painter: QPainter, area: QRect) -> None:
    """Draw the mark of what differs from the plan into the upper right corner."""
    right, top = area.right(), area.top()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour("accent"))
    painter.drawPolygon(QPolygon([QPoint(right - 7, top), QPoint(right, top), QPoint(right, top + 7)]))
    painter.setBrush(Qt.BrushStyle.NoBrush)


def _paint_wrong(painter: QPainter, view: View) -> None:
    for spot, text in view.wrong.items():
        found = view.layout.cell(spot, view.scroll_x, view.scroll_y)
        if found is None:
            continue
        area = QRect(*found)
        painter.fillRect(area.adjusted(0, 0, -1, -1), theme.colour("blocking.bg"))
        frame(painter, area, "blocking.icon", 2)
        painter.setFont(font(Text.DENSE_STRONG))
        painter.setPen(theme.colour("blocking.fg"))
        painter.drawText(area, MIDDLE, text)


def frame(painter: QPainter, area: QRect, tone: str, width: int, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> None:
    """Draw a frame inside an area, its outer edge on the grid's lines."""
    pen = QPen(theme.colour(tone), width, style)
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    half = width / 2
    painter.drawRect(QRectF(area).adjusted(half - 1, half - 1, -half, -half))


def _paint_choice(painter: QPainter, view: View) -> None:
    at, choice = view.layout, view.choice
    if not view.sheet.shown:
        return
    block = choice.block
    first = at.cell(Spot(block.top, block.left), view.scroll_x, view.scroll_y)
    last = at.cell(Spot(block.bottom, block.right), view.scroll_x, view.scroll_y)
    active = at.cell(choice.active, view.scroll_x, view.scroll_y)
    if first is None or last is None or active is None:
        return
    around = QRect(*first).united(QRect(*last))
    if not view.focus:
        frame(painter, around, "edge", 1)
        return
    if not choice.single:
        frame(painter, around, "accent", 2)
    frame(painter, QRect(*active), "focus", 2)
    if view.editing is None and not view.frozen:
        corner = around.bottomRight()
        painter.fillRect(QRect(corner.x() - 5, corner.y() - 5, 7, 7), theme.colour("surface"))
        painter.fillRect(QRect(corner.x() - 4, corner.y() - 4, 6, 6), theme.colour("focus"))
    if view.dragged is not None:
        one = at.cell(view.dragged[0], view.scroll_x, view.scroll_y)
        other = at.cell(view.dragged[1], view.scroll_x, view.scroll_y)
        if one is not None and other is not None:
            frame(painter, QRect(*one).united(QRect(*other)), "accent", 2, Qt.PenStyle.DashLine)


def _paint_team(painter: QPainter, view: View, line: Line, y: int) -> None:
    at, sheet = view.layout, view.sheet
    team = sheet.teams[line.place]
    area = QRect(0, y, at.totals_x + sum(at.totals), line.height)
    painter.fillRect(area, theme.colour("sunken"))
    painter.fillRect(QRect(0, area.bottom(), area.width(), 1), theme.colour("line2"))
    folded = team.key in sheet.folded
    icons.draw(painter, "caret-right" if folded else "caret-down", "text2", QRect(6, y, 16, line.height), 14)
    icons.draw(painter, team.icon, "text2", QRect(26, y, 16, line.height))
    said = view.teams[line.place] if line.place < len(view.teams) else TeamFace("")
    name = f"{team.name} · {team.site}" if team.site else team.name
    x = 50
    people, sheets = said.people, said.sheets
    fills = view.fill_text if said.fill and not view.frozen else ""
    fill = 40 + width_of(Text.DENSE_STRONG, fills) if fills else 0
    room = at.totals_x - x
    own = min(width_of(Text.DENSE_STRONG, name), room // 2)  # a very long name gives way before all else

    def beside_name() -> int:
        said_wide = width_of(Text.DENSE, people) + 12 + 20 + width_of(Text.DENSE, sheets)
        return 8 + said_wide + (16 + fill if fill else 0) + 5  # apart from the line of the totals

    if room - beside_name() < own:  # in little room its people go first, then the button's words, then the sheets'
        people = ""
    if room - beside_name() < own and fill:
        fills, fill = "", 32
    if room - beside_name() < own:
        sheets = ""
    after = beside_name()
    name = metrics(Text.DENSE_STRONG).elidedText(name, Qt.TextElideMode.ElideRight, at.totals_x - x - after)
    for use, tone, text, gap in ((Text.DENSE_STRONG, "text", name, 8), (Text.DENSE, "text3", people, 12)):
        painter.setFont(font(use))
        painter.setPen(theme.colour(tone))
        painter.drawText(QRect(x, y, at.totals_x - x, line.height), LEFT, text)
        x += width_of(use, text) + gap
    if said.meaning is not None:
        icons.draw_meaning(painter, said.meaning, QRect(x, y, 16, line.height))
        painter.setFont(font(Text.DENSE))
        painter.setPen(theme.colour(f"{said.meaning}.fg"))
        painter.drawText(QRect(x + 20, y, at.totals_x - x, line.height), LEFT, sheets)
        x += 20 + width_of(Text.DENSE, sheets) + 16
    view.buttons.pop(line.place, None)
    if fill and x + fill <= at.totals_x:
        box = QRect(x, y + 2, fill, line.height - 5)
        view.buttons[line.place] = box
        rounded(painter, box, "surface", "edge", 6)
        icons.draw(painter, "calendar-check", "text", QRect(box.x() + 8, box.y(), 16, box.height()))
        painter.setFont(font(Text.DENSE_STRONG))
        painter.setPen(theme.colour("text"))
        painter.drawText(box.adjusted(30, 0, 0, 0), LEFT, fills)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    _paint_totals(painter, view, sheet.sums(team), y, line.height, strong=True)


def _paint_ends(painter: QPainter, view: View, line: Line, y: int) -> None:
    """Draw a row's name at the left and its sums at the right."""
    at = view.layout
    row = view.sheet.row(line.place)
    here = view.choice.active.row == line.place
    area = QRect(0, y, at.name, line.height)
    if here:
        painter.fillRect(area, theme.colour("selection" if view.focus else "sunken"))
        painter.fillRect(QRect(0, y, 3, line.height), theme.colour("accent" if view.focus else "edge"))
    elif view.frozen:
        painter.fillRect(area, theme.colour("sunken"))
    painter.setFont(font(Text.DENSE_STRONG if here else Text.DENSE))
    painter.setPen(theme.colour("text"))
    room = at.name - beside(row.note)
    use = Text.DENSE_STRONG if here else Text.DENSE
    apart = apart_need(row)
    if apart > room // 2:  # a name says more than a number
        apart = 0
    own = room - apart
    name = metrics(use).elidedText(row.name, Qt.TextElideMode.ElideMiddle, own)  # families share the first half
    painter.drawText(QRect(20, y, own + 2, line.height), LEFT, name)
    if apart:
        painter.setFont(font(Text.NOTE))
        painter.setPen(theme.colour("text3"))
        painter.drawText(QRect(20 + width_of(use, name) + 5, y, apart, line.height), LEFT, row.apart)
    if row.note:
        painter.setFont(font(Text.DENSE))
        painter.setPen(theme.colour("text3"))
        painter.drawText(QRect(0, y, at.name - 8, line.height), RIGHT, row.note)
    _paint_totals(painter, view, Sums(row.planned, row.done, row.absent, row.balance), y, line.height, strong=False)
    if view.sheets and row.sheet is not None:
        _paint_sheet(painter, view, row, y, line.height)


def _paint_totals(painter: QPainter, view: View, sums: Sums, y: int, height: int, *, strong: bool) -> None:
    at, words = view.layout, view.words
    x = at.totals_x
    painter.fillRect(QRect(x, y, 1, height), theme.colour("edge"))
    edge = theme.colour("line2" if strong else "line")
    values = (sums.planned, sums.done, sums.absent, sums.balance)
    for index, minutes in enumerate(values):
        width = at.totals[index]
        if not width:  # a share of a day is not planned
            continue
        area = QRect(x, y, width - edge_of(view), height)
        x += width
        painter.fillRect(QRect(x - 1, y, 1, height), edge)
        bold = strong or index == 1 or (index == 3 and minutes != 0)
        painter.setFont(font(Text.DENSE_STRONG if bold else Text.DENSE))
        if minutes == 0 and index:
            painter.setPen(theme.colour("text3"))
            painter.drawText(area, RIGHT, "–")
        else:
            tone = (
                "attention.fg" if index == 3 and minutes < 0 else "text2" if index in {0, 2} and not strong else "text"
            )
            painter.setPen(theme.colour(tone))
            painter.drawText(area, RIGHT, hours_text(words, minutes))


def _paint_sheet(painter: QPainter, view: View, row: GridRow, y: int, height: int) -> None:
    at = view.layout
    x = at.totals_x + sum(at.totals[:4])
    state = row.sheet
    assert state is not None
    icon, tone, use = "circle-wavy-check", "text2", Text.DENSE
    if state.signed:
        text = view.words.term("sheet", "Signed")
    elif state.received_on is not None:
        icon, text = "check-circle", view.words.term("sheet", "Received")
    elif view.past:
        icon, tone, use = "warning", "attention.fg", Text.DENSE_STRONG
        text = view.words.term("sheet", "Missing")
    else:
        icon, tone, text = "hourglass", "text3", view.words.term("sheet", "Awaited")
    spot = QRect(x + 6, y, 16, height)
    if tone == "attention.fg":
        icons.draw_meaning(painter, Meaning.ATTENTION, spot)
    else:
        icons.draw(painter, icon, tone, spot)
    if not at.slim:
        painter.setFont(font(use))
        painter.setPen(theme.colour(tone))
        painter.drawText(QRect(x + 25, y, at.totals[4] - 25, height), LEFT, text)


# ---- head and foot ----


def _paint_head(painter: QPainter, view: View) -> None:
    at, sheet = view.layout, view.sheet
    painter.fillRect(QRect(0, 0, at.width, at.head), theme.colour("header"))
    painter.save()
    painter.setClipRect(QRect(at.name, 0, at.days_width, at.head))
    here = view.choice.active.column if sheet.shown else -1
    for column in at.visible_days(view.scroll_x):
        head = sheet.days[column]
        area = QRect(at.day_x(column, view.scroll_x), 0, at.day, at.head)
        free = head.weekend or bool(head.holiday_name)
        if column == here:
            painter.fillRect(area, theme.colour("selection"))
        elif free:
            painter.fillRect(area, theme.colour("weekend"))  # never hatched: letters and numbers stand on it
        painter.setFont(font(Text.NOTE))
        painter.setPen(theme.colour("text3"))
        painter.drawText(area.adjusted(0, 3, 0, -22), MIDDLE, view.letters[column])
        painter.setFont(font(Text.DENSE if free else Text.DENSE_STRONG))
        painter.setPen(theme.colour("text3" if free else "text"))
        painter.drawText(area.adjusted(0, 18, 0, -3), MIDDLE, str(head.day.day))
        painter.fillRect(QRect(area.right(), 0, 1, at.head), theme.colour("line"))
    painter.restore()
    painter.setFont(font(Text.DENSE_STRONG))
    painter.setPen(theme.colour("text2"))
    painter.drawText(QRect(20, 0, at.name - 20, at.head), LEFT, view.name_head)
    painter.setFont(font(Text.NOTE))
    painter.setPen(theme.colour("text3"))
    if at.name - 36 > width_of(Text.DENSE_STRONG, view.name_head) + width_of(Text.NOTE, view.note_head):
        painter.drawText(QRect(0, 0, at.name - 8, at.head), RIGHT, view.note_head)
    x = at.totals_x
    painter.fillRect(QRect(x, 0, 1, at.head), theme.colour("edge"))
    painter.setFont(font(Text.DENSE_STRONG))
    painter.setPen(theme.colour("text2"))
    for index, width in enumerate(at.totals):
        text = view.heads[index]
        if not width:
            continue
        if index < 4 and (view.sheets or index == 1):
            painter.drawText(QRect(x, 0, width - edge_of(view), at.head), RIGHT, text)
        elif view.sheets and not at.slim:
            painter.drawText(QRect(x + 6, 0, width - 6, at.head), LEFT, text)
        elif view.sheets:
            icons.draw(painter, "file-text", "text2", QRect(x + 6, 0, 16, at.head))
        x += width
    painter.fillRect(QRect(at.name - 1, 0, 1, at.head), theme.colour("line2"))
    painter.fillRect(QRect(0, at.head - 1, at.width, 1), theme.colour("line2"))


def _paint_foot(painter: QPainter, view: View) -> None:
    at = view.layout
    y = at.height - at.foot
    painter.fillRect(QRect(0, y, at.width, at.foot), theme.colour("header"))
    painter.fillRect(QRect(0, y, at.width, 1), theme.colour("edge"))
    painter.save()
    painter.setClipRect(QRect(at.name, y, at.days_width, at.foot))
    painter.setPen(theme.colour("text"))
    line = theme.colour("line")
    said, letters = foot_texts(view.foot, at.day, view.sheet.mark)
    painter.setFont(letters)
    for column in at.visible_days(view.scroll_x):
        minutes = view.foot[column]
        area = QRect(at.day_x(column, view.scroll_x), y, at.day, at.foot)
        painter.fillRect(QRect(area.right(), y + 1, 1, at.foot - 1), line)  # two sums are never read as one
        if minutes:
            painter.drawText(area, MIDDLE, said[column])
    painter.restore()
    painter.setFont(font(Text.DENSE_STRONG))
    painter.setPen(theme.colour("text"))
    name = metrics(Text.DENSE_STRONG).elidedText(view.foot_name, Qt.TextElideMode.ElideRight, at.name - 24)
    painter.drawText(QRect(20, y, at.name - 20, at.foot), LEFT, name)
    _paint_totals(painter, view, view.foot_sums, y + 1, at.foot - 1, strong=True)
