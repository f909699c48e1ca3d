"""``python -m csc_verify``."""

from csc_verify.cli import console

if __name__ == "__main__":
    console()
