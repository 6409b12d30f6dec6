"""What stands around a value: what binds it, why it is no secret, what it only points at."""
