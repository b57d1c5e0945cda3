"""As much of JSON schema as flows/flow.schema.json uses, so that a test can ask it without a new dependency."""

from __future__ import annotations

import re
from typing import Any

Json = dict[str, Any]


def valid(schema: Json, value: Any) -> bool:
    """Return whether a value fits. Values come from our reader, so every scalar is a string."""
    return all(_fits(schema, key, value) for key in schema)


def _fits(schema: Json, key: str, value: Any) -> bool:
    wanted = schema[key]
    match key:
        case "type":
            return _type(wanted, value)
        case "enum":
            return value in wanted
        case "pattern":
            return not isinstance(value, str) or re.search(wanted, value) is not None
        case "minLength":
            return not isinstance(value, str) or len(value) >= wanted
        case "required":
            return not isinstance(value, dict) or all(name in value for name in wanted)
        case "minItems" | "minProperties":
            return isinstance(value, str) or len(value) >= wanted
        case "items":
            return not isinstance(value, list) or all(valid(wanted, item) for item in value)
        case "anyOf":
            return any(valid(one, value) for one in wanted)
        case "allOf":
            return all(valid(one, value) for one in wanted)
        case "if":
            return not valid(wanted, value) or valid(schema["then"], value)
        case "additionalProperties":
            return not isinstance(value, dict) or all(_known(schema, name) for name in value)
        case "properties" | "patternProperties":
            return not isinstance(value, dict) or all(_properties(schema, name, value[name]) for name in value)
    return True


def _type(wanted: str | list[str], value: Any) -> bool:
    kinds = {"string": str, "number": str, "boolean": str, "object": dict, "array": list}
    names = [wanted] if isinstance(wanted, str) else wanted
    return any(isinstance(value, kinds[name]) for name in names)


def _known(schema: Json, name: str) -> bool:
    patterns = schema.get("patternProperties", {})
    return name in schema.get("properties", {}) or any(re.search(pattern, name) for pattern in patterns)


def _properties(schema: Json, name: str, value: Any) -> bool:
    found = [schema["properties"][name]] if name in schema.get("properties", {}) else []
    found += [one for pattern, one in schema.get("patternProperties", {}).items() if re.search(pattern, name)]
    return all(valid(one, value) for one in found)
