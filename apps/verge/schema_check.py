"""Holds a JSON value against a JSON Schema: the part of draft 2020-12 that apps/verge/schemas uses, and not a word
more. A keyword that it does not know is an error, so that no rule of a schema goes unchecked.
"""

TYPES = {"object": dict, "array": list, "string": str, "boolean": bool, "null": type(None)}
WORDS = {"$schema", "title", "description"}


def is_of(value, name):
    if name in ("integer", "number"):
        wanted = int if name == "integer" else (int, float)
        return isinstance(value, wanted) and not isinstance(value, bool)
    return isinstance(value, TYPES[name])


def type_faults(value, names, place):
    names = [names] if isinstance(names, str) else names
    if not any(is_of(value, name) for name in names):
        yield f"{place}: {value!r} is no {' or '.join(names)}"


def property_faults(value, schema, place):
    known = schema.get("properties", {})
    others = schema.get("additionalProperties", True)
    for key, inner in value.items():
        if key in known:
            yield from faults(inner, known[key], f"{place}.{key}")
        elif others is False:
            yield f"{place}: the key '{key}' is not in the schema"
        elif isinstance(others, dict):
            yield from faults(inner, others, f"{place}.{key}")


def any_of_faults(value, choices, place):
    if all(list(faults(value, choice, place)) for choice in choices):
        yield f"{place}: none of the {len(choices)} forms fits"


def bound_faults(value, schema, place):
    if isinstance(value, (int, float)):
        if value < schema.get("minimum", value) or value > schema.get("maximum", value):
            yield f"{place}: {value} is out of range"


def faults(value, schema, place="answer"):
    """Yields one sentence for each rule that the value breaks."""
    unknown = set(schema) - WORDS - {"type", "properties", "required", "additionalProperties", "items", "enum",
                                     "minimum", "maximum", "anyOf"}
    if unknown:
        yield f"{place}: schema_check.py does not know {sorted(unknown)}"
    if "type" in schema:
        yield from type_faults(value, schema["type"], place)
    if "enum" in schema and value not in schema["enum"]:
        yield f"{place}: {value!r} is none of {schema['enum']}"
    yield from bound_faults(value, schema, place)
    if "anyOf" in schema:
        yield from any_of_faults(value, schema["anyOf"], place)
    if isinstance(value, dict):
        yield from (f"{place}: there is no '{key}'" for key in schema.get("required", []) if key not in value)
        yield from property_faults(value, schema, place)
    if isinstance(value, list) and "items" in schema:
        for index, item in enumerate(value):
            yield from faults(item, schema["items"], f"{place}[{index}]")
