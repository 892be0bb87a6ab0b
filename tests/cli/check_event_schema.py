#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Both Ends developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every event that bothends-cli prints with --log json is as docs/event.schema.json says.

check_event_schema.py PROGRAM SCHEMA

Prints TAP. Uses the jsonschema module too where it is installed; what is needed of it is written here.
"""

import base64
import copy
import json
import re
import subprocess
import sys

TYPES = {
    "object": lambda value: isinstance(value, dict),
    "array": lambda value: isinstance(value, list),
    "string": lambda value: isinstance(value, str),
    "integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "boolean": lambda value: isinstance(value, bool),
    "null": lambda value: value is None,
}
# What check () below knows; a schema that says more would not be checked.
KNOWN = {"$schema", "title", "description", "contentEncoding", "type", "enum", "required", "properties",
         "additionalProperties", "pattern", "minimum", "items", "uniqueItems"}


def check(value, schema, where="event"):
    """Yields what is wrong with a value."""
    yield from (f"{where}: the schema says {key}, which this test does not know" for key in set(schema) - KNOWN)
    types = schema.get("type", list(TYPES))
    if not any(TYPES[name](value) for name in ([types] if isinstance(types, str) else types)):
        yield f"{where}: {value!r} is no {types}"
        return
    if "enum" in schema and value not in schema["enum"]:
        yield f"{where}: {value!r} is none of {schema['enum']}"
    if isinstance(value, str) and not re.search(schema.get("pattern", ""), value):
        yield f"{where}: {value!r} does not match {schema['pattern']}"
    if TYPES["integer"](value) and value < schema.get("minimum", value):
        yield f"{where}: {value} is less than {schema['minimum']}"
    if isinstance(value, dict):
        properties = schema.get("properties", {})
        yield from (f"{where}: {key} is missing" for key in schema.get("required", []) if key not in value)
        if schema.get("additionalProperties") is False:
            yield from (f"{where}: {key} is unknown" for key in value if key not in properties)
        for key in properties.keys() & value.keys():
            yield from check(value[key], properties[key], key)
    if isinstance(value, list):
        if schema.get("uniqueItems") and len(set(value)) < len(value):
            yield f"{where}: {value} says something twice"
        for item in value:
            yield from check(item, schema.get("items", {}), f"an item of {where}")


def check_payload(event):
    """Yields what a schema cannot say."""
    payload = base64.b64decode(event["payload"], validate=True)
    if len(payload) != event["kept_length"]:
        yield "kept_length is not the length of payload"
    if "text" in event and event["text"].encode() != payload:
        yield "text is not payload"
    if (event["result"] == -1) != (event["error_name"] is not None):
        yield "only what fails has an error"
    goes_on = event["call"] == "close" and event["result"] == 0 and event["state"] not in ("CLOSED", "unknown")
    if event.get("state_implied", False) != goes_on:
        yield "only what TCP goes on to after a close is implied"


def run_program(program, arguments):
    """Returns the events of one run, from whichever output has them."""
    result = subprocess.run([program, *arguments], stdin=subprocess.DEVNULL, capture_output=True, timeout=30,
                            check=False)
    lines = (result.stdout + b"\n" + result.stderr).decode().splitlines()
    return [json.loads(line) for line in lines if line.startswith("{")]


def report(number, claim, complaints):
    for complaint in complaints:
        print(f"# {complaint}")
    print(f"{'not ok' if complaints else 'ok'} {number} - {claim}")
    return not complaints


def main():
    program, schema_path = sys.argv[1:]
    with open(schema_path, encoding="utf-8") as file:
        schema = json.load(file)
    runs = (["demo", "tcp", "--log", "json"], ["demo", "udp", "--log", "json"],
            ["send", "tcp", "1", "a", "--log", "json"], ["send", "tcp", "nobody.invalid:1", "a", "--log", "json"],
            ["send", "unix", "/does/not/exist", "a", "--log", "json"])
    events = []
    passed = []
    print(f"1..{len(runs) + 4}")
    for run in runs:
        found = run_program(program, run)
        complaints = [] if found else ["it printed no event"]
        for event in found:
            complaints += [*check(event, schema), *check_payload(event)]
        passed.append(report(len(passed) + 1, " ".join(run), complaints))
        events += found

    seen = {event["call"] for event in events}
    wanted = {"getaddrinfo", "socket", "bind", "listen", "accept", "connect", "send", "recv", "sendto", "recvfrom",
              "shutdown", "close"}
    passed.append(report(len(passed) + 1, "every call was seen", sorted(wanted - seen)))
    implied = {event["side"] for event in events if "state_implied" in event}
    passed.append(report(len(passed) + 1, "both ends say what a close implies", sorted({"server", "client"} - implied)))

    wrong = []
    for key in schema["required"]:
        changed = copy.deepcopy(events[0])
        del changed[key]
        wrong += [] if any(check(changed, schema)) else [f"nobody misses {key}"]
    for key in schema["properties"]:
        changed = dict(copy.deepcopy(events[0]), **{key: {}})
        wrong += [] if any(check(changed, schema)) else [f"{key} may be anything"]
    wrong += [] if any(check(dict(events[0], more=1), schema)) else ["there may be more"]
    passed.append(report(len(passed) + 1, "what is wrong is noticed", wrong))

    try:
        import jsonschema
    except ImportError:
        print(f"ok {len(passed) + 1} - jsonschema agrees # SKIP jsonschema is not installed")
    else:
        validator = jsonschema.Draft202012Validator(schema)
        validator.check_schema(schema)
        complaints = [error.message for event in events for error in validator.iter_errors(event)]
        passed.append(report(len(passed) + 1, "jsonschema agrees", complaints))
    return 0 if all(passed) else 1


if __name__ == "__main__":
    sys.exit(main())
