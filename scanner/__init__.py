"""keysweep: find leaked exchange API keys, wallet keys and other secrets, and say what to do.

The house, from the door to the back:

- ``cli`` parses the command line, ``commands`` run one command each, ``wiring`` builds the parts;
- ``pipeline`` lets blobs flow from ``sources`` through ``decoders``, ``engine`` and ``judges``;
- ``reporters`` write the findings; ``remediation`` says what to do; ``redaction`` hides secrets;
- ``rules`` reads the pattern files; ``context`` and ``checksums`` hold what judges know;
- ``repository`` is every word we speak to git; ``models`` and ``errors`` are used by all.
"""

__version__ = "0.1.0"
