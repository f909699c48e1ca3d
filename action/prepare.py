"""Make the Action's own environment: a virtual environment with the locked packages.

Run by the step "Prepare csc-verify" with ``-I`` and the standard library alone. The environment
lies in the runner's temporary folder and is made anew each time: a cache would let whoever owns the
repository plant code in it. Everything runs from there, never from the student's work tree.
"""

from __future__ import annotations

import ast
import os
import subprocess
import sys
import venv
from pathlib import Path

_REQUIREMENTS = Path(__file__).resolve().with_name("requirements.txt")
_TIMEOUT = 600
# Of pip's settings only where packages come from: a runner behind a mirror needs it, and the
# hashes hold whatever it answers. Any other could add a requirement or bend where things go.
_KEPT = (
    "cert",
    "client-cert",
    "default-timeout",
    "extra-index-url",
    "find-links",
    "index-url",
    "no-index",
    "proxy",
    "retries",
    "timeout",
    "trusted-host",
)


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
    pip = [sys.executable, "-I", "-m", "pip"]
    command = [
        *(*pip, "--python", str(python)),
        *("install", "--quiet", "--no-input", "--disable-pip-version-check", "--no-compile"),
        *("--require-hashes", "--no-deps", "--only-binary", ":all:"),
        *("--requirement", str(_REQUIREMENTS)),
    ]
    try:
        return subprocess.run(  # noqa: S603  our own words, no shell
            command, env=_environment(pip, folder), cwd=folder, check=False, timeout=_TIMEOUT
        ).returncode
    except subprocess.TimeoutExpired:
        return 1


def _environment(pip: list[str], folder: Path) -> dict[str, str]:
    """The job's environment less whatever bends the interpreter or pip, configuration files too.

    What files and variables say of the allowed settings is asked of pip itself.
    """
    quiet = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    listed = subprocess.run(  # noqa: S603  as above
        [*pip, "config", "list"],
        env=quiet, cwd=folder, check=False, capture_output=True, text=True, timeout=_TIMEOUT,
    ).stdout  # fmt: skip
    kept = {k: v for k, v in quiet.items() if not k.startswith("PIP_")}
    for section in ("global.", "install.", ":env:."):
        for line in listed.splitlines():
            name, _, value = line.partition("=")
            if name.removeprefix(section) in _KEPT:
                kept[f"PIP_{name.removeprefix(section).upper().replace('-', '_')}"] = str(
                    ast.literal_eval(value)
                )
    return {**kept, "PIP_CONFIG_FILE": os.devnull}


def _say_failed() -> None:
    print(  # noqa: T201  a workflow command
        "::error title=csc-verify could not be prepared::The locked packages could not be "
        "installed. The lines above say why; mostly the package index could not be reached, and "
        "running the job again helps.",
        file=sys.stderr,
    )


if __name__ == "__main__":
    sys.exit(main())
