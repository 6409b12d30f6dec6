"""Collect the vocabulary of ``scanner/context/values/vocabulary.py`` from identifiers and words of public code.

usage: python benchmarks/wordlike/words.py FOLDER... (any source trees; the running Python's standard
library is always used). Writes scanner/data/words.bin: the 14,000 words that the most files have, those of
two and three letters only where they are common, sorted and deflated.
"""

import collections
import pathlib
import re
import sys
import sysconfig
import zlib

WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
SUFFIXES = {
    ".py", ".js", ".ts", ".go", ".rs", ".java", ".rb", ".md", ".sol", ".php", ".cs", ".c", ".yml", ".rst", ".txt",
}  # fmt: skip
MOST, SHORT, TWO = 14000, 4000, 36
"""Words in all; those of three letters among the first SHORT only; and how many of two letters."""


def main() -> None:
    """Count in how many files each word stands and write the commonest."""
    files: collections.Counter[str] = collections.Counter()
    for folder in [sysconfig.get_paths()["stdlib"], *sys.argv[1:]]:
        for path in pathlib.Path(folder).rglob("*"):
            if path.suffix in SUFFIXES and path.is_file() and path.stat().st_size < 300_000:
                text = path.read_text("utf-8", "ignore")
                if max(map(len, text.split("\n"))) < 2000:
                    files.update({word.lower() for word in WORD.findall(text)})
    ranked = [word for word, _ in files.most_common() if len(word) <= 14]
    two = [word for word in ranked if len(word) == 2][:TWO]
    words = [
        word
        for rank, word in enumerate(ranked[:MOST])
        if len(word) >= 4 or (len(word) == 3 and rank < SHORT)
    ]
    content = zlib.compress("\n".join(sorted([*words, *two])).encode(), 9)
    pathlib.Path(__file__).parents[2].joinpath("scanner/data/words.bin").write_bytes(content)
    print(f"{len(words):,} words of {len(files):,}; {len(content):,} bytes")


if __name__ == "__main__":
    main()
