"""``python -m scanner`` is the same as ``keysweep``."""

from scanner.cli import program

if __name__ == "__main__":
    program()
