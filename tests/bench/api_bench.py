#!/usr/bin/env python3
"""Measures the HTTP API: requests per second over keep-alive, and /health while 500 sockets drip bytes.

  api_bench.py PATH/apifixtureserver [--drips 500] [--seconds 10]
"""
import argparse
import json
import socket
import subprocess
import threading
import time


def resident(pid):
    with open("/proc/%d/statm" % pid) as f:
        return int(f.read().split()[1]) * 4096 / 1e6


def cpu(pid):
    with open("/proc/%d/stat" % pid) as f:
        fields = f.read().rsplit(") ", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / 100


def request(port, path, token=None):
    return b"GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n%s\r\n" % (
        path, port, b"Authorization: Bearer " + token + b"\r\n" if token else b"")


def one(s, text):
    s.sendall(text)
    data = b""
    while b"\r\n\r\n" not in data:
        data += s.recv(65536)
    head, _, body = data.partition(b"\r\n\r\n")
    length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
    while len(body) < length:
        body += s.recv(65536)
    return head


def keep_alive(port, pid, path, token, seconds, pipelined=16):
    """One connection, `pipelined` requests ahead: this client is slower than the server otherwise."""
    text = request(port, path, token)
    with socket.create_connection(("127.0.0.1", port)) as s:
        length = len(one(s, text)) and 0
        s.sendall(text)
        time.sleep(0.2)
        length = len(s.recv(1 << 20))
        count, began, used = 0, time.time(), cpu(pid)
        while time.time() - began < seconds:
            s.sendall(text * pipelined)
            left = length * pipelined
            while left > 0:
                left -= len(s.recv(1 << 20))
            count += pipelined
        spent = time.time() - began
        return count / spent, 1e6 * (cpu(pid) - used) / count


def drip(port, number, seconds):
    """Sockets that send a byte of a request now and then, and come back when they are thrown out."""
    end = time.time() + seconds
    sockets = [None] * number
    while time.time() < end:
        for i in range(number):
            try:
                if sockets[i] is None:
                    sockets[i] = socket.create_connection(("127.0.0.1", port), timeout=2)
                sockets[i].send(b"G")
            except OSError:
                if sockets[i]:
                    sockets[i].close()
                sockets[i] = None
            time.sleep(0.0005)
    for s in sockets:
        if s:
            s.close()


def health_times(port, seconds):
    times, failures = [], 0
    end = time.time() + seconds
    while time.time() < end:
        began = time.perf_counter()
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=5) as s:
                if b" 200 " not in one(s, request(port, b"/health"))[:20]:
                    failures += 1
        except (OSError, IndexError):
            failures += 1
        times.append(1000 * (time.perf_counter() - began))
        time.sleep(0.01)
    return sorted(times), failures


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--drips", type=int, default=500)
    parser.add_argument("--seconds", type=float, default=10)
    options = parser.parse_args()
    server = subprocess.Popen([options.program, "--unlimited"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    facts = json.loads(server.stdout.readline())
    port, pid, token = facts["port"], facts["pid"], facts["token"].encode()
    print("memory at start: %.1f MB" % resident(pid))
    for path, key in ((b"/health", None), (b"/status", token), (b"/commits?limit=50", token)):
        rate, micros = keep_alive(port, pid, path, key, 3)
        print("%-20s %6.0f requests/s on one connection, %.0f us of CPU each" % (path.decode(), rate, micros))
    before = resident(pid)
    thread = threading.Thread(target=drip, args=(port, options.drips, options.seconds + 1))
    thread.start()
    time.sleep(1)
    times, failures = health_times(port, options.seconds)
    thread.join()
    print("%d dripping sockets: %d x /health, %d failed, p50 %.1f ms, p99 %.1f ms, worst %.1f ms; memory %+.1f MB" % (
        options.drips, len(times), failures, times[len(times) // 2], times[int(len(times) * 0.99)], times[-1], resident(pid) - before))
    server.stdin.close()
    server.wait(10)


if __name__ == "__main__":
    main()
