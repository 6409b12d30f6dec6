"""The tables and lists of words that the package carries; README.md says where each comes from."""

import os.path


def path_of(name: str) -> str:
    """Return the path of one of the files."""
    return os.path.join(os.path.dirname(os.path.abspath(__file__)), name)
