# .husky/pre-commit: what is staged. keysweep must be on the PATH (pipx install keysweep).
keysweep staged
