"""What the surroundings of a value tell: its name, its role, its provider, how random it is.

Nothing here decides; the context judge adds these facts up. All functions take bytes and offsets and
look at bounded windows, so a hostile file costs no more than a long one.

Five rooms, each knowing only those before it:

- ``values``: what a value is by itself: random, words, a placeholder, a password that people choose.
- ``names``: what words say: the role of a name, a call, a phrase, the systems that a text speaks of.
- ``layout``: how a text is laid out: its block, rows, columns, lists, records, statements of SQL.
- ``around``: what stands around a value: what binds it, why it is no secret, what it only points at.
- ``literals``: passwords and tokens beside telling names, taken whole.
"""
