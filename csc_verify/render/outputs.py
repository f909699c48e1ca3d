"""What the Action hands to later steps: lines for the file that ``GITHUB_OUTPUT`` names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csc_verify.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from csc_verify.model import Report


def values(report: Report, report_path: str, badge_path: str) -> dict[str, str]:
    """The outputs of ``action.yml`` by name.

    Args:
        report: The week that was verified.
        report_path: Where its JSON lies.
        badge_path: Where the badge lies; empty if none was written.
    """
    counts = {finding.id.value: str(finding.count) for finding in report.requirements}
    return {
        "verdict": report.verdict.value,
        "week": report.week.start.isoformat(),
        "report": report_path,
        "badge": badge_path,
        **counts,
    }


def render(values: Mapping[str, str], delimiter: str) -> str:
    """Text to append to the file, each value between two delimiters so that it may have lines.

    Args:
        values: Outputs by name.
        delimiter: A line that nobody can guess.

    Raises:
        UsageError: A value holds the delimiter, and could end early and set other outputs.
    """
    if not delimiter.isalnum():
        raise _refusal("it is not made of letters and digits")
    for name, value in values.items():
        if delimiter in value or not name.isidentifier():
            raise _refusal(f"the output {name!r} holds it or has no proper name")
    return "".join(f"{name}<<{delimiter}\n{value}\n{delimiter}\n" for name, value in values.items())


def _refusal(why: str) -> UsageError:
    return UsageError(
        f"the delimiter of the step's outputs cannot be used: {why}", "Use a new random one"
    )
