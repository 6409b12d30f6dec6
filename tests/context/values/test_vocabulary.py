"""Behaviour of scanner.context.values.vocabulary: words cost one piece, letters one each."""

from scanner.context.values.vocabulary import efficiency, words


def test_the_vocabulary_ships() -> None:
    """Some thousand words of public code, the common ones among them."""
    assert 5_000 < len(words()) < 20_000
    assert {b"password", b"token", b"config"} <= words()


def test_joined_words_take_few_pieces() -> None:
    """The fewest pieces count, whatever else the letters could be cut into."""
    assert efficiency(b"passwordtoken") == 6.5
    assert efficiency(b"xqzvk") == 1.0
    assert efficiency(b"") == 0.0
