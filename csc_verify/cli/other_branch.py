"""What there is to say where the log is published to another branch than the default one."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from csc_verify.config import Config
    from csc_verify.publish.github_store import GitHubSnapshot


def notices(config: Config, default: GitHubSnapshot, repository: str) -> tuple[str, ...]:
    """That the README that everybody sees doesn't show the badge; nothing if it does.

    Args:
        config: Names the branch.
        default: The default branch, whose README that is.
        repository: The repository's address.

    Raises:
        PublishError: The README is there and can't be read.
    """
    publish = config.publish
    if not publish.readme or publish.branch in {None, default.branch}:
        return ()
    badge = f"/{publish.branch}/{publish.directory}/badge.svg"
    if badge in (default.read(publish.readme) or b"").decode("utf-8", "replace"):
        return ()
    return (
        (
            f"the badge and its README are on the branch {publish.branch}; {publish.readme} on "
            f"{default.branch} shows it with ![Job search]({repository}/raw{quote(badge)})"
        ),
    )
