"""XML changed in place: offsets, attributes, encodings; comments and their boxes."""

from __future__ import annotations

import pytest

from smartfin.handback.comments import Comments, empty_comments
from smartfin.handback.drawing import drawn, empty_drawing, is_empty
from smartfin.handback.list_sheet import sheet_name
from smartfin.handback.markup import Edits, Unmarkable, as_utf8, elements, escaped, root
from smartfin.handback.place import address_of, place_of
from smartfin.handback.rows import sheet_markup
from smartfin.handback.styles import FILLS, NO_FILL, Styles, canonical, empty_styles

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def every(*_told: object) -> bool:
    return True


@pytest.mark.parametrize(
    "body",
    [
        b'<?xml version="1.0"?>\r\n<a x="1>2"><b/><c >t\xc3\xa9</c ><d y=\'>\' /></a>',
        b"\xef\xbb\xbf<p:a><!-- <b/> --><p:b q='/>'>x</p:b><![CDATA[<c/>]]></p:a>",
    ],
)
def test_elements_stand_where_they_are_said_to_stand(body: bytes) -> None:
    for one in elements(body, every):
        whole = body[one.start : one.end]
        assert whole.startswith(b"<")
        assert whole.endswith(b">")
        assert one.is_empty_tag == whole.endswith(b"/>")
        assert body[one.inside - 1 : one.inside] == b">"
        assert one.is_empty_tag or body[one.close : one.close + 2] == b"</"


def test_edits_change_nothing_else() -> None:
    body = b"<a><b s = '1' t=\"s = '2'\"/><c/>\xc3\xa9</a>"
    a, b, c = elements(body, every)
    edits = Edits(body)
    edits.set(b, "s", "<7>")
    edits.set(c, "s", "8")
    edits.append(a, b"<d/>")
    assert edits.applied() == (b'<a><b s="&lt;7&gt;" t="s = \'2\'"/><c s="8"/>\xc3\xa9<d/></a>')


def test_an_empty_element_is_opened_to_hold_something() -> None:
    body = b'<x:a b="/"/>'
    edits = Edits(body)
    edits.append(root(body), b"<c/>")
    assert edits.applied() == b'<x:a b="/"><c/></x:a>'


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "windows-1252"])
def test_other_encodings_become_utf_8(encoding: str) -> None:
    text = f'<?xml version="1.0" encoding="{encoding}"?><a>é</a>'
    assert as_utf8(text.encode(encoding)).endswith("<a>é</a>".encode())
    assert root(as_utf8(text.encode(encoding))).name == "a"


def test_markup_that_declares_entities_or_is_broken_is_refused() -> None:
    for body in (b'<!DOCTYPE a [<!ENTITY b "c">]><a/>', b"<a><b></a>", b"", b"\xff\xfe\x00"):
        with pytest.raises(Unmarkable):
            root(as_utf8(body))


def test_signs_xml_does_not_know_are_left_out() -> None:
    assert escaped("a\x00\x0b\ud800\uffff<\"&'>") == "a&lt;&quot;&amp;'&gt;"


@pytest.mark.parametrize("address", ["A1", "Z9", "AA10", "XFD1048576"])
def test_a_place_has_one_name(address: str) -> None:
    place = place_of(address)
    assert place is not None
    assert address_of(place) == address


@pytest.mark.parametrize("address", ["", "A0", "XFE1", "A1048577", "a1", "A1:B2", "1"])
def test_what_is_no_cell_has_no_place(address: str) -> None:
    assert place_of(address) is None


def test_only_rows_that_matter_are_parsed_and_stand_where_they_are() -> None:
    rows = "".join(
        f'<row r="{n}"><c r="A{n}" s="{n % 7}"><v>{n}</v></c></row>' for n in range(1, 50)
    )
    body = (
        f'<worksheet xmlns="{MAIN}"><!-- <row r="3"> --><sheetData>{rows}</sheetData>'
        "<drawing/></worksheet>"
    ).encode()
    markup = sheet_markup(body, {5, 60}, {6})
    assert [row.number for row in markup.rows] == [5, 6, 13, 20, 27, 34, 41, 48]
    for row in markup.rows:
        assert body[row.element.start :].startswith(b'<row r="%d"' % row.number)
        assert body[: row.element.end].endswith(b"</row>")
    assert [body[one.start : one.inside] for one in markup.tops] == [b"<sheetData>", b"<drawing/>"]
    assert body[markup.data.close : markup.data.end] == b"</sheetData>"


@pytest.mark.parametrize("body", [b"<worksheet/>", b"<a/>", b"<worksheet><sheetData></worksheet>"])
def test_what_is_no_sheet_of_cells_is_refused(body: bytes) -> None:
    with pytest.raises(Unmarkable):
        sheet_markup(body, {1}, ())


def test_looks_are_made_once_and_found_again() -> None:
    styles = Styles(empty_styles(MAIN))
    marked = styles.marked(0, "error")
    assert styles.marked(0, "error") == marked != 0
    assert styles.with_fill(marked, NO_FILL) == 0
    again = Styles(styles.body())
    assert again.marks == {marked}
    assert again.marked(0, "error") == marked
    assert again.body() == styles.body()


def test_a_fill_is_kept_without_what_could_break_markup() -> None:
    written = (
        '<x:fill><x:patternFill patternType="solid"><x:fgColor theme="4" tint="-0.25"/>'
        '<x:bgColor rgb="&quot;&lt;"/></x:patternFill></x:fill>'
    )
    kept = canonical(written)
    assert kept == (
        '<fill><patternFill patternType="solid"><fgColor theme="4" tint="-0.25"/><bgColor/>'
        "</patternFill></fill>"
    )
    assert canonical(kept) == kept


def test_no_fill_of_ours_is_offered_twice() -> None:
    colours = [colour for pair in FILLS.values() for colour in pair]
    assert len(set(colours)) == len(colours)


def test_our_text_leaves_a_comment_and_theirs_stays_word_for_word() -> None:
    rich = "<r><rPr><b/></rPr><t>Anna:</t></r><r><t>a &amp; b\nc</t></r>"
    body = empty_comments(MAIN).replace(
        b"<commentList>",
        f'<commentList><comment ref="A1" authorId="0"><text>{rich}</text></comment>'.encode(),
    )
    once = Comments(body).write({(1, 1): "first", (2, 2): "second"})
    assert once.count(b"smartfin:") == 2
    twice = Comments(once)
    back = twice.write({})
    assert rich.encode() in back
    assert (back.count(b"smartfin:"), twice.places) == (0, {(1, 1)})


def test_a_comment_that_is_cut_within_a_run_keeps_the_rest_of_it() -> None:
    joined = "<t>Keep &lt;me&gt;\nsmartfin:\nold text</t>"
    body = empty_comments(MAIN).replace(
        b"<commentList>",
        f'<commentList><comment ref="A1" authorId="0"><text>{joined}</text></comment>'.encode(),
    )
    assert b"<r><t>Keep &lt;me&gt;</t></r>" in Comments(body).write({})


def test_boxes_follow_the_comments_and_other_shapes_stay() -> None:
    control = b'<v:shape id="_x0000_s1025"><x:ClientData ObjectType="Button"/></v:shape>'
    body = empty_drawing().replace(b"</xml>", control + b"</xml>")
    twelve = {(row, 1): "text" for row in range(1, 13)}
    once = drawn(body, twelve, twelve.keys(), 7)
    assert once.count(b'ObjectType="Note"') == 12
    assert b"_x0000_s7169" in once
    back = drawn(once, {}, set(), 8)
    assert control in back
    assert back.count(b'ObjectType="Note"') == 0
    assert not is_empty(back)
    assert is_empty(drawn(drawn(empty_drawing(), twelve, twelve.keys(), 1), {}, set(), 2))


@pytest.mark.parametrize(
    ("wanted", "taken", "name"),
    [
        ("Remarks", [], "Remarks"),
        ("Remarks", ["REMARKS", "remarks 2"], "Remarks 3"),
        ("a/b:c" * 20, [], "abcabcabcabcabcabcabcabcabcabca"),
        ("x" * 40, ["x" * 31], "x" * 29 + " 2"),
        ("[]", [], "smartfin"),
    ],
)
def test_a_sheet_gets_a_name_excel_takes(wanted: str, taken: list[str], name: str) -> None:
    assert sheet_name(wanted, taken) == name
