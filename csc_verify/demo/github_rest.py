"""REST: the few addresses that a client of repositories and accounts needs."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from datetime import UTC
from typing import TYPE_CHECKING, Final, TypeVar

from csc_verify.demo.commit_search import search_commits
from csc_verify.demo.github_hub import BOT
from csc_verify.demo.graphql_session import as_date_time, node_id
from csc_verify.demo.student import DemoStudent

if TYPE_CHECKING:
    from collections.abc import Mapping

    from csc_verify.demo.git_repository import BareRepository, GitObject
    from csc_verify.demo.github_hub import Bot, Hub, Token
    from csc_verify.demo.hosted import Hosted
    from csc_verify.demo.student import DemoOrganization

T = TypeVar("T")

ANONYMOUS_REQUESTS: Final = 60
"""REST requests an hour without a token."""


class NotFoundError(Exception):
    """There is no such thing, or the token may not know."""


@dataclass(frozen=True, slots=True)
class Rest:
    """One request's view of the REST API.

    Attributes:
        hub: What there is.
        token: Who asks; None without a token.
        url: The API's address.
    """

    hub: Hub
    token: Token | None
    url: str

    def get(self, path: str, query: Mapping[str, str]) -> object:
        """The JSON that a GET answers.

        Raises:
            NotFoundError: Nothing is at this address.
        """
        match path.strip("/").split("/"):
            case ["user"] if self.token:
                return self._account(self.hub.account(self.token.login) or BOT)
            case ["user", number] if number.isdigit():
                return self._account(self.hub.accounts.get(int(number)))
            case ["search", "commits"]:
                return search_commits(self.hub, self.token, self.url, query)
            case ["users", login]:
                return self._account(self.hub.account(login))
            case ["rate_limit"]:
                return self._rate_limit()
            case ["repos", owner, name, *rest]:
                return self._inside(self._hosted(owner, name), rest, query)
            case _:
                raise NotFoundError(path)

    def _inside(self, hosted: Hosted, parts: list[str], query: Mapping[str, str]) -> object:
        match parts:
            case []:
                return self._repository(hosted)
            case ["activity"]:
                return self._activity(hosted, query)
            case ["tags"]:
                return []
            case ["git", "blobs", oid]:
                return self._blob(hosted, oid)
            case ["git", "ref", "heads", *branch]:
                return self._ref(hosted, "/".join(branch))
            case ["contents", *path]:
                return self._contents(hosted, "/".join(path), query.get("ref"))
            case _:
                raise NotFoundError("/".join(parts))

    def _hosted(self, owner: str, name: str) -> Hosted:
        hosted = self.hub.repository(f"{owner}/{name}")
        if hosted is None:
            raise NotFoundError(f"{owner}/{name}")
        readable = self.token.may_read(hosted.about) if self.token else not hosted.about.private
        if not readable:
            raise NotFoundError(f"{owner}/{name}")
        return hosted

    def _account(self, account: DemoStudent | DemoOrganization | Bot | None) -> dict[str, object]:
        if account is None:
            raise NotFoundError
        kind = {DemoStudent: "User", type(BOT): "Bot"}.get(type(account), "Organization")
        return {
            "login": account.login,
            "id": account.id,
            "node_id": node_id("O" if kind == "Organization" else "U", account.id),
            "url": f"{self.url}/users/{account.login}",
            "html_url": f"{self.url}/{account.login}",
            "type": kind,
        }

    def _repository(self, hosted: Hosted) -> dict[str, object]:
        about = hosted.about
        return {
            "id": hosted.id,
            "node_id": node_id("R", hosted.id),
            "name": about.name,
            "full_name": about.name_with_owner,
            "private": about.private,
            "fork": about.fork,
            "default_branch": about.default_branch,
            "owner": self._account(self.hub.account(about.owner)),
            "url": f"{self.url}/repos/{about.name_with_owner}",
            "html_url": f"{self.url}/{about.name_with_owner}",
        }

    def _object(self, hosted: Hosted, expression: str) -> GitObject:
        return _found(self._git(hosted).object(expression))

    def _git(self, hosted: Hosted) -> BareRepository:
        return _found(hosted.git)

    def _blob(self, hosted: Hosted, oid: str) -> dict[str, object]:
        found = self._object(hosted, oid)
        if found.kind != "blob":
            raise NotFoundError(oid)
        return {
            "sha": found.oid,
            "node_id": node_id("B", f"{hosted.id}:{found.oid}"),
            "size": len(found.content),
            "url": f"{self.url}/repos/{hosted.about.name_with_owner}/git/blobs/{found.oid}",
            **_encoded(found.content),
        }

    def _activity(self, hosted: Hosted, query: Mapping[str, str]) -> list[dict[str, object]]:
        """What happened to a branch, newest first; of all kinds only what loses commits is kept."""
        ref, kind = f"refs/heads/{hosted.about.default_branch}", query.get("activity_type")
        if query.get("ref") != ref:
            return []
        times = {"force_push": hosted.forced, "branch_deletion": hosted.deleted}.get(kind or "", [])
        return [
            {"ref": ref, "activity_type": kind, "timestamp": as_date_time(at)}
            for at in reversed(times)
        ]

    def _ref(self, hosted: Hosted, branch: str) -> dict[str, object]:
        head = _found(self._git(hosted).head(branch))
        base = f"{self.url}/repos/{hosted.about.name_with_owner}/git"
        return {
            "ref": f"refs/heads/{branch}",
            "node_id": node_id("REF", f"{hosted.id}:refs/heads/{branch}"),
            "url": f"{base}/refs/heads/{branch}",
            "object": {"type": "commit", "sha": head, "url": f"{base}/commits/{head}"},
        }

    def _contents(self, hosted: Hosted, path: str, ref: str | None) -> object:
        revision = ref or hosted.about.default_branch
        found = self._object(hosted, f"{revision}:{path}")
        if found.kind == "tree":
            entries = self._git(hosted).entries(found.oid)
            prefix = f"{path}/" if path else ""
            return [
                self._entry(hosted, f"{prefix}{e.name}", revision, e.oid, e.kind) for e in entries
            ]
        entry = self._entry(hosted, path, revision, found.oid, found.kind)
        return {**entry, "size": len(found.content), **_encoded(found.content)}

    def _entry(
        self, hosted: Hosted, path: str, revision: str, oid: str, kind: str
    ) -> dict[str, object]:
        name = hosted.about.name_with_owner
        return {
            "name": path.rpartition("/")[2],
            "path": path,
            "sha": oid,
            "type": "dir" if kind == "tree" else "file",
            "url": f"{self.url}/repos/{name}/contents/{path}?ref={revision}",
            "git_url": f"{self.url}/repos/{name}/git/{kind}s/{oid}",
            "html_url": f"{self.url}/{name}/{kind}/{revision}/{path}",
        }

    def _rate_limit(self) -> dict[str, object]:
        resources = {name: self.quota(name) for name in ("core", "graphql", "search")}
        return {"resources": resources, "rate": resources["core"]}

    def quota(self, resource: str) -> dict[str, int]:
        """The quota of a resource: ``core``, ``graphql`` (an hour's) or ``search`` (a minute's)."""
        anonymous = {"graphql": 0, "search": 10}.get(resource, ANONYMOUS_REQUESTS)
        limit = self.token.hourly_points if self.token else anonymous
        if resource == "search" and self.token:
            limit = 30
        used = self.hub.used(self.token, resource)
        reset = int(self.hub.resets(resource).astimezone(UTC).timestamp())
        return {"limit": limit, "used": used, "remaining": max(limit - used, 0), "reset": reset}


def _found(value: T | None) -> T:
    if value is None:
        raise NotFoundError
    return value


def _encoded(content: bytes) -> dict[str, str]:
    return {"content": base64.encodebytes(content).decode(), "encoding": "base64"}
