"""How public a secret is that the index shares with HEAD: asked only for what was found."""

from scanner.errors import SourceError
from scanner.models import Draft
from scanner.repository import ObjectReader, Repository

_MOST_TIPS = 20


class Committed:
    """What the remote-tracking branches have, as far as the newest of them tell."""

    def __init__(self, repository: Repository) -> None:
        self._repository = repository
        self._tips: list[str] | None = None

    def exposure(self, draft: Draft, path: bytes, oid: str, reader: ObjectReader) -> str:
        """Return ``pushed`` if a remote has the secret at this path, else ``local``.

        Args:
            draft: of an entry that HEAD has too.   path, oid: of the entry.   reader: of its repository.
        """
        try:
            is_there = any(self._has(tip, draft, path, oid, reader) for tip in self._newest())
        except SourceError:  # not all of it was cloned: nobody can tell, so the safe side
            is_there = True
        return "pushed" if is_there else "local"

    def _has(self, tip: str, draft: Draft, path: bytes, oid: str, reader: ObjectReader) -> bool:
        line = self._repository.run("ls-tree", "-z", "--full-tree", tip, "--", path)
        facts = line.partition(b"\t")[0].decode("ascii").split()
        if facts[1:2] != ["blob"]:
            return False
        # What is decoded stands there in other bytes.
        return facts[2] == oid or bool(draft.layers) or draft.secret in reader.read(facts[2])[1]

    def _newest(self) -> list[str]:
        if self._tips is None:
            newest = ("--sort=-committerdate", f"--count={_MOST_TIPS}", "--format=%(objectname)")
            listed = self._repository.run("for-each-ref", *newest, "refs/remotes/")
            self._tips = list(dict.fromkeys(listed.decode("ascii").split()))
        return self._tips
