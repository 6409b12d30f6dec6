"""Literals that telling names bind, taken whole: passwords and tokens as people write them."""
