"""Office documents: a key cut into runs is whole again."""

import io
import zipfile


def _document(name, text):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(name, f'<?xml version="1.0"?><x>{text}</x>')
    return out.getvalue()


def test_runs_of_a_word_document(walk):
    data = _document(
        "word/document.xml",
        "<w:p><w:r><w:t>API key: abcd</w:t></w:r><w:r><w:rPr/><w:t>efgh</w:t></w:r></w:p>"
        "<w:p><w:t>next</w:t></w:p>",
    )
    (layer,) = [layer for layer in walk(data) if layer.layers[-1] == "office"]
    assert layer.data == b"API key: abcdefgh\nnext\n"
    assert layer.layers == ("zip:word/document.xml", "office")
    start = layer.data.index(b"abcdefgh")
    low, high = layer.locate(start, start + 8)
    assert layer.parent.data[low:high].startswith(b"abcd</w:t>")
    assert layer.parent.data[low:high].endswith(b"efgh")


def test_strings_of_a_sheet(walk):
    data = _document("xl/sharedStrings.xml", "<si><t>Secret Key</t></si><si><t>abc</t></si>")
    (layer,) = [layer for layer in walk(data) if layer.layers[-1] == "office"]
    assert layer.data == b"Secret Key\nabc\n"


def test_other_xml_is_left(walk):
    data = _document("conf/web.xml", "<a>b</a>")
    assert [layer.layers for layer in walk(data)] == [
        ("zip:[Content_Types].xml",),
        ("zip:conf/web.xml",),
    ]
