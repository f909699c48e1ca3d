"""The JSON Schema of the configuration, for editors; generated from the models."""

from __future__ import annotations

import json
from typing import Any

from pydantic.json_schema import GenerateJsonSchema

from csc_verify.config.schema import Config
from csc_verify.model import Track

DIALECT = "https://json-schema.org/draft/2020-12/schema"
ID = "urn:csc-verify:config:1"


class _Plain(GenerateJsonSchema):
    """Without a title for each key: they would repeat the keys' names."""

    def field_title_should_be_set(self, schema: object) -> bool:  # noqa: ARG002  pydantic's name
        return False


def json_schema() -> dict[str, Any]:
    """The schema as a JSON document, draft 2020-12."""
    generated = Config.model_json_schema(schema_generator=_Plain)
    generated.pop("title")
    head = {"$schema": DIALECT, "$id": ID, "title": "csc-verify configuration (.github/csc.yml)"}
    return {**head, **generated, **_scope_by_track()}


def schema_text() -> str:
    """The file that ships: the schema, indented, with a final line feed."""
    return json.dumps(json_schema(), indent=2, ensure_ascii=True) + "\n"


def _scope_by_track() -> dict[str, Any]:
    """The scope is a part of what the track asks for; a missing track is the default one."""
    cases = [
        {
            "if": {"properties": {"track": {"const": track.value}}, "required": ["track"]},
            "then": _scope_within(track),
        }
        for track in Track
    ]
    default: Track = Config.model_fields["track"].default
    return {
        "allOf": [*cases, {"if": {"not": {"required": ["track"]}}, "then": _scope_within(default)}]
    }


def _scope_within(track: Track) -> dict[str, Any]:
    asked = [requirement.value for requirement in track.requirements]
    return {"properties": {"scope": {"items": {"enum": asked}}}}
