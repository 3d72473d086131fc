#!/usr/bin/env python3
"""Sends mutated requests to the HTTP API and looks for a crash, a hang, or a success that no token paid for.

  fuzz_http.py PATH/apifixtureserver [--cases N] [--seed S] [--fast] [--parallel N]

Cases are reproducible by seed and number (with --first N --cases 1). Most of a case's time is waiting, so a million of them
want --parallel 32: a server that dies then names the cases that were under way. With a build under ASan and UBSan any report of theirs ends the server, which
is found here. Requests that carry the token go to endpoints that change nothing but the fixture.
"""
import argparse
import json
import random
import select
import socket
import subprocess
import sys
import threading
import time

POST = "POST %s HTTP/1.1\r\nHost: HOST\r\n%sContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
RECORD = json.dumps({"request_id": "f", "host": "h", "commits": [{"repo": "abcdefgh12345678", "sha": "a" * 40, "committed_at": "2026-08-22T10:11:12.345Z"}]})
GENERATE = json.dumps({"request_id": "f", "host": "h", "files": [{"path": "a", "status": "M"}], "patch": "x"})


def post(path, body, token=True):
    return (POST % (path, "Authorization: Bearer TOKEN\r\n" if token else "", len(body), body)).encode()


def get(path, more="", version="1.1"):
    return ("GET %s HTTP/%s\r\nHost: HOST\r\n%s\r\n" % (path, version, more)).encode()


BEARER = "Authorization: Bearer TOKEN\r\n"
SEEDS = [
    get("/health"), get("/health", version="1.0"), get("/health") * 3, get("/status"), get("/status", BEARER),
    get("/repos?limit=3&cursor=x", BEARER), get("/repos/abcdefgh12345678", BEARER), get("/commits?limit=5", BEARER),
    get("/commits/aaaaaaa", BEARER), get("/events", BEARER + "Last-Event-ID: 12\r\n"), get("/metrics", BEARER),
    get("/openapi.json", BEARER + "Accept: */*\r\nUser-Agent: fuzz/1\r\n"), get("/health", "Connection: close\r\n"),
    get("/health", "Upgrade: websocket\r\nConnection: Upgrade\r\n"), get("/health", "Origin: http://evil\r\n"),
    b"HEAD /health HTTP/1.1\r\nHost: HOST\r\n\r\n", b"OPTIONS * HTTP/1.1\r\nHost: HOST\r\n\r\n",
    post("/record-commit", RECORD), post("/generate-message", GENERATE), post("/heartbeat", '{"host":"h","repos":[]}'),
    post("/pause", '{"reason":"x","seconds":5}'), post("/record-commit", RECORD, False), post("/webhook/forgejo", "{}", False),
    b"POST /heartbeat HTTP/1.1\r\nHost: HOST\r\n" + BEARER.encode() +
    b"Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"hos\r\n7\r\nt\":\"h\"}\r\n0\r\n\r\n" + get("/health"),
    b"POST /heartbeat HTTP/1.1\r\nHost: HOST\r\n" + BEARER.encode() +
    b"Content-Type: application/json\r\nExpect: 100-continue\r\nContent-Length: 12\r\n\r\n{\"host\":\"h\"}",
]
TOKENS = [b"\r\n", b"\n", b"\r", b"\0", b":", b" ", b"\t", b";", b"%00", b"%2e%2e/", b"..", b"0", b"-1", b"Content-Length: 5\r\n",
          b"Transfer-Encoding: chunked\r\n", b"Host: evil\r\n", b"Transfer-Encoding: gzip\r\n", b"Content-Length: 99999999999999999999\r\n",
          b"HTTP/1.1", b"HTTP/0.9", b"\xff\xfe", b"{", b"[" * 100, b'"', b"\\u0000", b"1e999", b"ffffffffffffffff", b" X: folded\r\n"]


def mutate(data, rng):
    data = bytearray(data)
    for _ in range(rng.choice((0, 1, 1, 2, 3, 8))):
        at = rng.randrange(len(data) + 1)
        kind = rng.randrange(7)
        if kind == 0 and data:
            data[at % len(data)] ^= 1 << rng.randrange(8)
        elif kind == 1:
            data[at:at] = rng.choice(TOKENS)
        elif kind == 2:
            del data[at:at + rng.randrange(1, 20)]
        elif kind == 3:
            data[at:at] = bytes(data[at:at + rng.randrange(1, 60)]) * rng.randrange(1, 4)
        elif kind == 4:
            data[at:at] = rng.randbytes(rng.randrange(1, 12))
        elif kind == 5:
            other = rng.choice(SEEDS)
            data[at:] = other[rng.randrange(len(other)):]
        else:
            data[at:at] = rng.choice((b"A", b"X: y\r\n", b"9")) * rng.choice((10, 150, 20000))
    return bytes(data)


class Server:
    def __init__(self, program, fast):
        self.process = subprocess.Popen([program, "--unlimited"] + (["--fast"] if fast else []), stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE)
        facts = json.loads(self.process.stdout.readline())
        self.port, self.token = facts["port"], facts["token"].encode()

    def connect(self):
        return socket.create_connection(("127.0.0.1", self.port), timeout=60)  # a loaded machine is slow, not deaf

    def is_alive(self):
        for _ in range(50):  # a server that has as many connections as it wants turns one away
            if self.process.poll() is not None:
                return False
            try:
                with self.connect() as s:
                    s.sendall(b"GET /health HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nConnection: close\r\n\r\n" % self.port)
                    if s.recv(100).startswith(b"HTTP/1.1 200"):
                        return True
            except ConnectionError:
                pass
            time.sleep(0.1)
        return False

    def resident(self):
        try:
            with open("/proc/%d/statm" % self.process.pid) as f:
                return int(f.read().split()[1]) * 4096
        except OSError:
            return 0


def run_case(server, number, seed, patience):
    """Sends one case in one to three pieces. Answers what came back within a moment."""
    rng = random.Random("%s/%d" % (seed, number))
    data = mutate(rng.choice(SEEDS), rng)
    with_token = b"TOKEN" in data and rng.random() < 0.8
    data = data.replace(b"HOST", b"127.0.0.1:%d" % server.port).replace(b"TOKEN", server.token if with_token else b"wrong")
    answer = b""
    with server.connect() as s:
        s.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        cuts = sorted(rng.randrange(len(data) + 1) for _ in range(rng.randrange(3))) + [len(data)]
        begin = 0
        try:
            for cut in cuts:
                s.sendall(data[begin:cut])
                begin = cut
            if rng.random() < 0.9:
                s.shutdown(socket.SHUT_WR) if rng.random() < 0.1 else None
                wait = patience
                while select.select([s], [], [], wait)[0]:
                    part = s.recv(65536)
                    if not part:
                        break
                    answer += part
                    wait = 0.005
        except OSError:
            pass  # cut off in the middle of sending: its right
    return data, with_token, answer


def is_unpaid(with_token, answer):
    """A success for what needs a token, without one. /health is free, told by its length also where only fields come."""
    successes = answer.split(b"HTTP/1.1 2")[1:]
    return not with_token and any(not s.startswith(b"04") and b"\r\nContent-Length: 16\r\n" not in s for s in successes)


class Run:
    """The cases, each taken by one of the threads, until one fails."""

    def __init__(self, server, options):
        self.server, self.seed = server, options.seed
        self.numbers = iter(range(options.first, options.first + options.cases))
        self.patience = 0.005 if options.parallel == 1 else 0.1  # seconds, for the first byte of an answer
        self.lock = threading.Lock()
        self.under_way = set()
        self.statuses = {}
        self.failure = ""
        self.done = 0

    def work(self):
        while True:
            with self.lock:
                number = None if self.failure else next(self.numbers, None)
                if number is None:
                    return
                self.under_way.add(number)
            problem, answer = self.judge(number)
            with self.lock:
                if problem and not self.failure:
                    self.failure = "%s; under way: %s" % (problem, sorted(self.under_way))
                self.under_way.discard(number)
                code = answer[9:12].decode("latin-1") if answer.startswith(b"HTTP/1.1 ") else "none"
                self.statuses[code] = self.statuses.get(code, 0) + 1
                self.done += 1
                if self.done % 50000 == 0:
                    print("%d cases" % self.done, file=sys.stderr, flush=True)

    def judge(self, number):
        data, answer, problem = b"?", b"", ""
        try:
            data, with_token, answer = run_case(self.server, number, self.seed, self.patience)
            if is_unpaid(with_token, answer):
                problem = "paid by nobody"
            elif self.server.process.poll() is not None or (number % 200 == 0 and not self.server.is_alive()):
                problem = "dead or deaf"
        except OSError as error:
            problem = "no connection: %s" % error
        return problem and "seed %s, case %d: %s\n%r\n%r" % (self.seed, number, problem, data[:2000], answer[:500]), answer


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--cases", type=int, default=3000)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--parallel", type=int, default=1)
    parser.add_argument("--fast", action="store_true", help="short deadlines in the server")
    options = parser.parse_args()
    server = Server(options.program, options.fast)
    started, before = time.time(), server.resident()
    run = Run(server, options)
    threads = [threading.Thread(target=run.work) for _ in range(options.parallel)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if run.failure:
        print(run.failure)
        return 1
    statuses = run.statuses
    alive = server.is_alive()
    grown = (server.resident() - before) / 1e6
    server.process.stdin.close()
    code = server.process.wait(10)
    print("%d cases in %.1f s, memory grew by %.1f MB, exit code %d, answers %s" % (
        options.cases, time.time() - started, grown, code, dict(sorted(statuses.items()))))
    return 0 if alive and code == 0 and len(statuses) > 5 else 1


if __name__ == "__main__":
    sys.exit(main())
