"""Behaviour of scanner.context.around.caches: what a build finds its cache by is no key to anything else."""

import pytest

from scanner.context.around.caches import why_cached

V = "v1-" + "0f" * 20
"""``VALUE`` in the rows stands for it."""
CACHES = [
    "job:\n  cache:\n    key: VALUE\n",
    "cache:\n  paths:\n    - node_modules\n  key: VALUE\n",
    "cache:\n  - key: VALUE\n",
    'job:\n  cache: { paths: [a], key: "VALUE" }\n',
    "steps:\n  - save_cache:\n      paths: [a]\n      key: VALUE\n",
    "- uses: actions/cache@v4\n  with:\n    path: |\n      ~/.npm\n    key: VALUE\n",
    '- uses: actions/cache/restore@v4\n  with: { key: "VALUE" }\n',
    '- task: Cache@2\n  inputs:\n    key: "VALUE"\n',
]
OTHERS = [
    "cache:\n  size: 1\nvault:\n  key: VALUE\n",
    "- uses: actions/cache@v4\n- uses: acme/deploy@v1\n  with:\n    key: VALUE\n",
    "- uses: acme/deploy@v1\n  with: { key: VALUE }\n",
    "cache:\n  redis:\n    key: VALUE\n",
    "key: VALUE\n",
]


def why(text: str, name: str = "key") -> str | None:
    data = text.replace("VALUE", V).encode()
    return why_cached(data, data.index(V.encode()), name)


@pytest.mark.parametrize("text", CACHES)
def test_the_key_of_a_cache(text: str) -> None:
    """GitLab, GitHub, CircleCI and Azure write it below, beside or in braces."""
    assert why(text) == "the key of a cache"
    assert why(text, "api_key") is None


@pytest.mark.parametrize("text", OTHERS)
def test_other_keys(text: str) -> None:
    """Of another step, of another member, of nothing."""
    assert why(text) is None
