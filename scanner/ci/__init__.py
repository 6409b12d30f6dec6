"""What a run in CI needs besides a scan: which commits the event means, whose settings count.

Nothing here trusts the change that is looked at: settings and ignore files are read from a commit
that was there before it (``trusted``), and what cannot be known is an error, never "nothing found".
"""
