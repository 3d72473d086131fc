#!/usr/bin/env python3
"""Calls every endpoint of the HTTP API knowing only /openapi.json, and checks each answer against its schema.

  openapi_client.py PATH/apifixtureserver

Bodies and paths are made from the schemas; an endpoint that cannot be called that way is an error of the description.
"""
import hashlib
import hmac
import http.client
import json
import re
import subprocess
import sys
import urllib.parse

TYPES = {"string": str, "boolean": bool, "array": list, "object": dict}


class Description:
    def __init__(self, document):
        self.document = document
        self.schemas = document["components"]["schemas"]

    def resolve(self, schema):
        while "$ref" in schema:
            path = schema["$ref"]
            if not path.startswith("#/"):
                raise ValueError("foreign reference " + path)
            schema = self.document
            for part in path[2:].split("/"):
                schema = schema[part]
        return schema

    def operations(self):
        for path, item in self.document["paths"].items():
            for method, operation in item.items():
                yield method.upper(), path, operation

    def problems(self, schema, value, where="answer"):
        """What of the value is not as the schema says: the part of JSON Schema that the description uses."""
        schema = self.resolve(schema)
        if "oneOf" in schema:
            if sum(not list(self.problems(one, value, where)) for one in schema["oneOf"]) != 1:
                yield "%s: fits none or several of its shapes: %r" % (where, value)
            return
        for part in schema.get("allOf", []):
            yield from self.problems(part, value, where)
        kinds = schema.get("type")
        if kinds and not any(self.is_kind(kind, value) for kind in ([kinds] if isinstance(kinds, str) else kinds)):
            yield "%s: %r is no %s" % (where, value, kinds)
            return
        if "enum" in schema and value not in schema["enum"]:
            yield "%s: %r is none of %s" % (where, value, schema["enum"])
        if "pattern" in schema and isinstance(value, str) and not re.search(schema["pattern"], value):
            yield "%s: %r does not fit %s" % (where, value, schema["pattern"])
        if schema.get("format") == "date-time" and not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", value):
            yield "%s: %r is no time" % (where, value)
        if isinstance(value, dict):
            for name in schema.get("required", []):
                if name not in value:
                    yield "%s: %s is missing" % (where, name)
            for name, part in schema.get("properties", {}).items():
                if name in value:
                    yield from self.problems(part, value[name], "%s.%s" % (where, name))
            known = set(schema.get("properties", {}))
            if known and "allOf" not in schema and where == "answer" and not self.open and set(value) - known:
                yield "%s: not described: %s" % (where, sorted(set(value) - known))
        if isinstance(value, list) and "items" in schema:
            for i, one in enumerate(value[:20]):
                yield from self.problems(schema["items"], one, "%s[%d]" % (where, i))

    open = False  # parts of an allOf each know only some of the fields

    @staticmethod
    def is_kind(kind, value):
        if kind == "null":
            return value is None
        if kind == "integer":
            return isinstance(value, int) and not isinstance(value, bool)
        if kind == "number":
            return isinstance(value, (int, float)) and not isinstance(value, bool)
        return isinstance(value, TYPES[kind])

    def example(self, schema, name=""):
        """A value that fits; fields that are not required are left out."""
        schema = self.resolve(schema)
        if "oneOf" in schema:
            return self.example(schema["oneOf"][0], name)
        if "examples" in schema:
            return schema["examples"][0]
        if "enum" in schema:
            return schema["enum"][0]
        kind = schema.get("type")
        kind = kind[0] if isinstance(kind, list) else kind
        if kind == "object":
            return {key: self.example(schema["properties"][key], key) for key in schema.get("required", [])}
        if kind == "array":
            return [self.example(schema["items"], name)] if schema.get("minItems") else []
        if kind == "integer":
            return schema.get("minimum", 1)
        if kind == "boolean":
            return False
        return self.matching(schema.get("pattern", ""), name)

    @staticmethod
    def matching(pattern, name):
        for candidate in ("a" * 40, "abcdefgh12345678", "1", name or "text"):
            if not pattern or re.search(pattern, candidate):
                return candidate if pattern else (name or "text")
        raise ValueError("no example for " + pattern)


class Client:
    def __init__(self, facts):
        self.facts = facts

    def call(self, method, path, fields=None, body=None, read=True):
        connection = http.client.HTTPConnection("127.0.0.1", self.facts["port"], timeout=10)
        connection.request(method, path, body, fields or {})
        answer = connection.getresponse()
        data = answer.read() if read else answer.fp.readline()
        if read:
            connection.close()
        return answer.status, answer.headers.get("Content-Type", ""), data

    def with_token(self):
        return {"Authorization": "Bearer " + self.facts["token"]}


def found_ids(client):
    """Ids for paths, as a client finds them: in the lists."""
    ids = {}
    for path, key, name in (("/repos", "id", "/repos/{id}"), ("/commits", "sha", "/commits/{sha}"), ("/errors", "id", "/errors/{id}")):
        items = json.loads(client.call("GET", path, client.with_token())[2])["items"]
        ids[name] = items[0][key]
    return ids


def call_operation(client, description, ids, method, path, operation):
    url = path
    for prefix, value in ids.items():
        if path.startswith(prefix):
            url = path.replace("{id}", value).replace("{sha}", value)
    query = {p["name"]: "1" for p in operation.get("parameters", []) if p["in"] == "query" and p["name"] in ("limit", "days")}
    url += "?" + urllib.parse.urlencode(query) if query else ""
    fields = client.with_token() if operation["security"] else {}
    body = None
    if "requestBody" in operation:
        content = operation["requestBody"]["content"]
        body = json.dumps(description.example(content["application/json"]["schema"])).encode()
        fields["Content-Type"] = "application/json"
    if path.startswith("/webhook/"):
        body = b'{"repository":{"clone_url":"https://forge.example.org/dev/hello.git"}}'
        fields["X-Forgejo-Signature"] = hmac.new(b"fixture", body, hashlib.sha256).hexdigest()
        fields["X-Forgejo-Delivery"] = "1"
    stream = any("text/event-stream" in r.get("content", {}) for r in operation["responses"].values())
    return client.call(method, url, fields, body, not stream)


def check_operation(client, description, ids, method, path, operation):
    status, kind, data = call_operation(client, description, ids, method, path, operation)
    expected = [code for code in operation["responses"] if code != "default"]
    if str(status) not in expected:
        yield "answered %d (%s), described are %s" % (status, data[:200], expected)
        return
    content = operation["responses"][str(status)]["content"]
    if kind.split(";")[0] not in content:
        yield "is %s, described is %s" % (kind, list(content))
    elif kind.startswith("application/json"):
        schema = content["application/json"]["schema"]
        description.open = "allOf" in description.resolve(schema)
        yield from description.problems(schema, json.loads(data))
    if operation["security"] and {} not in operation["security"]:  # {}: none is needed, or not everywhere
        refused, _, text = client.call(method, path.replace("{id}", "1" if "/errors/" in path else "a" * 16).replace("{sha}", "a" * 8),
                                       {"Content-Type": "application/json"}, b"{}" if method != "GET" else None)
        if refused != 401 or list(description.problems(description.schemas["Error"], json.loads(text), "error")):
            yield "without a token: %d %s" % (refused, text[:200])


def main():
    server = subprocess.Popen([sys.argv[1], "--unlimited"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    try:
        client = Client(json.loads(server.stdout.readline()))
        description = Description(json.loads(client.call("GET", "/openapi.json", client.with_token())[2]))
        ids = found_ids(client)
        failures = 0
        operations = sorted(description.operations(), key=lambda o: ("/resolve" in o[1], o[1] == "/shutdown"))
        for method, path, operation in operations:
            for problem in check_operation(client, description, ids, method, path, operation):
                print("%s %s: %s" % (method, path, problem))
                failures += 1
        print("%d endpoints called from the description alone, %d problems" % (len(operations), failures))
        return 1 if failures or len(operations) < 30 else 0
    finally:
        server.stdin.close()
        server.wait(10)


if __name__ == "__main__":
    sys.exit(main())
