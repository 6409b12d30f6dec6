"""Behaviour of scanner.context.literals.pages: the headings of a table of HTML name the secrets in its rows."""

import re

import pytest

from scanner.context.literals.pages import tabled

V = "k8dq" + "Zx2!m"
"""An invented value; ``VALUE`` in the rows stands for it."""


def found(text: str) -> list[tuple[str, str]]:
    data = text.replace("VALUE", V).encode()
    ends = [tag.end() for tag in re.finditer(rb"</th>", data)]
    return [(one.name, data[one.start : one.end].decode()) for one in tabled(data, ends)]


@pytest.mark.parametrize(
    "text",
    [
        "<table><tr><th>User</th><th>Password</th></tr><tr><td>ada</td><td>VALUE</td></tr></table>",
        '<tr class="h">\n <th scope="col">User</th>\n <th>Password</th>\n</tr>\n'
        "<tr>\n <td>ada</td>\n <td>\n  VALUE\n </td>\n</tr>\n",
        "<tr><th>User<th>Password</th><tr><td>ada<td>VALUE</table>",
        "<tr><th>User</th><th><b>Password</b>:</th></tr><tr><td></td><td><code>VALUE</code></td></tr>",
    ],
)
def test_a_cell_is_read_whole(text: str) -> None:
    assert found(text) == [("Password", V)]


def test_every_row_of_every_table_is_read() -> None:
    head = "<table><thead><tr><th>Host</th><th>Password</th></tr></thead><tbody>\n"
    rows = "<tr><td>db</td><td>VALUE</td></tr>\n" * 300
    assert len(found((head + rows + "</tbody></table>\n") * 2)) == 600


@pytest.mark.parametrize(
    "text",
    [
        "<tr><th>User</th><th>Password</th></tr></table><tr><td>ada</td><td>VALUE</td></tr>",
        "<tr><th>User</th><th>Password</th></tr><tr><td>VALUE</td></tr>",  # another number of cells
        "<tr><th>User</th><th>Password</th></tr><tr><td>ada</td><td>ask the owner</td></tr>",
        '<tr><th>Type</th><th>Token</th></tr><tr><td>a</td><td>{"sig":"VALUE"}</td></tr>',
        "<tr><th>Token</th><th>Symbol</th></tr><tr><td>VALUE</td><td>ABC</td></tr>",  # a coin
        "<tr><th>User</th><th>Theme</th></tr><tr><td>ada</td><td>VALUE</td></tr>",
        "<th>Password</th><td>VALUE</td>",
        "<tr><th>User</th><th>Password</th>",
    ],
)
def test_what_is_no_table_of_secrets_gives_none(text: str) -> None:
    assert found(text) == []
