"""What the surroundings of a value tell: its name, its role, its provider, how random it is.

Nothing here decides; the context judge adds these facts up. All functions take bytes and offsets and
look at bounded windows, so a hostile file costs no more than a long one.
"""
