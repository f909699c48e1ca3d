"""Make the Action's own environment: a virtual environment with the locked packages.

Run by the step "Prepare csc-verify" with ``-I`` and the standard library alone. The environment
lies in the runner's temporary folder and is made anew each time: a cache would let whoever owns the
repository plant code in it. Everything runs from there, never from the student's work tree.
"""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from pathlib import Path

_REQUIREMENTS = Path(__file__).resolve().with_name("requirements.txt")
_TIMEOUT = 600
# What could bend the interpreter or pip, were it set by an earlier step or the job. The index
# and the certificates stay: runners behind a mirror need them, and the hashes hold whatever they
# answer.
_BENDING = ("PYTHON", "PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PIP_USER", "PIP_REQUIRE_VIRTUALENV")


def main() -> int:
    """Make the environment and tell the next step where its interpreter is."""
    folder = Path(os.environ["RUNNER_TEMP"]).resolve() / "csc-verify"
    folder.mkdir(parents=True, exist_ok=True)
    home = folder / "python"
    venv.EnvBuilder(clear=True, symlinks=os.name != "nt", with_pip=False).create(home)
    python = home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    failed = _install(python, folder)
    if failed:
        _say_failed()
        return failed
    with Path(os.environ["GITHUB_OUTPUT"]).open("a", encoding="utf-8") as output:
        output.write(f"python={python}\n")
    return 0


def _install(python: Path, folder: Path) -> int:
    environment = {k: v for k, v in os.environ.items() if not k.startswith(_BENDING)}
    command = [
        *(sys.executable, "-I", "-m", "pip", "--python", str(python)),
        *("install", "--quiet", "--no-input", "--disable-pip-version-check", "--no-compile"),
        *("--require-hashes", "--no-deps", "--only-binary", ":all:"),
        *("--requirement", str(_REQUIREMENTS)),
    ]
    return subprocess.run(  # noqa: S603  our own words, no shell
        command, env=environment, cwd=folder, check=False, timeout=_TIMEOUT
    ).returncode


def _say_failed() -> None:
    print(  # noqa: T201  a workflow command
        "::error title=csc-verify could not be prepared::The locked packages could not be "
        "installed. The lines above say why; mostly the package index could not be reached, and "
        "running the job again helps.",
        file=sys.stderr,
    )


if __name__ == "__main__":
    sys.exit(main())
