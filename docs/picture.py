"""Draw docs/blocked-commit.svg: the real output of `keysweep demo`, cut to two steps.

Run it from the top folder of the checkout, with keysweep and its extra `dev` installed:
`.venv/bin/python docs/picture.py`
"""

import os
import subprocess
import sys
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import MONOKAI
from rich.text import Text

COLUMNS = 100
TITLE = "keysweep demo"
HERE = Path(__file__).resolve().parent
# rich's own template asks a server for a font; this one opens no connection.
FORMAT = """\
<svg class="rich-terminal" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
<title>A commit that keysweep refused</title>
<style>
.{unique_id}-matrix {{
  font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace;
  font-size: {char_height}px; line-height: {line_height}px;
}}
.{unique_id}-title {{ font-size: 18px; font-weight: bold; font-family: sans-serif; }}
{styles}
</style>
<defs><clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}" /></clipPath>{lines}</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">{matrix}</g>
</g>
</svg>
"""


def real_output() -> str:
    """Run the demonstration and return what it prints, in colour."""
    done = subprocess.run(
        [
            sys.executable,
            "-P",
            "-c",
            "from scanner.cli import main; raise SystemExit(main(['demo']))",
        ],
        env=os.environ | {"KEYSWEEP_COLOR": "always", "COLUMNS": str(COLUMNS)},
        stdout=subprocess.PIPE,
        check=True,
    )
    return done.stdout.decode()


def cut(output: str) -> Text:
    """Return it with the first two steps of the first provider only, saying so."""
    lines = list(Text.from_ansi(output).split(allow_blank=True))
    first = next(i for i, line in enumerate(lines) if line.plain.startswith("What to do: "))
    third = next(i for i, line in enumerate(lines) if i > first and line.plain[:5] == "   3.")
    end = next(i for i, line in enumerate(lines) if line.plain.startswith("False alarm?"))
    steps = [
        line for line in lines[third:end] if line.plain[:3] == "   " and line.plain[4:5] == "."
    ]
    dots = Text(f"   [... {len(steps)} more steps ...]", "dim")
    return Text("\n").join([*lines[:third], dots, *lines[end - 1 :]])


def main() -> None:
    """Write the picture."""
    with open(os.devnull, "w", encoding="utf-8") as nothing:
        console = Console(record=True, width=COLUMNS, file=nothing, color_system="truecolor")
        console.print(cut(real_output()), soft_wrap=False)
        svg = console.export_svg(title=TITLE, theme=MONOKAI, code_format=FORMAT, unique_id="demo")
    (HERE / "blocked-commit.svg").write_text(svg, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
