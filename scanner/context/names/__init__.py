"""What words say: the role that a name gives, a call, a phrase, the systems that a text speaks of."""
