#!/usr/bin/env python3
"""Runs the keychain's tests, and `commits keychain`, against a real gnome-keyring in a message bus of its own.

  keychain_session.py TST_KEYCHAIN COMMITS
  keychain_session.py --only TEST       that program alone, in such a session

Exit 0 when all is as it should be, 77 when gnome-keyring, dbus-run-session or libsecret is not installed.
"""
import ctypes.util
import http.server
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import threading

INSIDE = "AC_TEST_KEYCHAIN_SESSION"
KEY = "sk-live-keychain-0123456789"
TOKEN = "agent-token-0123456789"


class ModelServer(http.server.BaseHTTPRequestHandler):
    """Remembers with which key it was asked, and has no such page."""

    keys = []

    def answer(self):
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.keys.append(self.headers.get("Authorization"))
        self.send_response(404)
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_GET = do_POST = answer

    def log_message(self, *_):
        pass


def run(arguments, expected=0, secret=None, **settings):
    environment = dict(os.environ, **settings)
    ran = subprocess.run(arguments, input=secret or "", env=environment, capture_output=True, text=True, timeout=60)
    assert expected in (None, ran.returncode), f"{arguments}: {ran.returncode}\n{ran.stdout}{ran.stderr}"
    return ran.stdout + ran.stderr


def stored_key_reaches_the_server(commits):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), ModelServer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings = {"AUTO_COMMIT_COORDINATOR_URL": f"http://127.0.0.1:{server.server_port}",
                "AUTO_COMMIT_COORDINATOR_KEY_KEYCHAIN": "models"}

    said = run([commits, "doctor"], 1, **settings)
    assert "commits keychain store models" in said, said
    assert not ModelServer.keys, "asked without the key"

    run([commits, "keychain", "check", "models"], 1)
    said = run([commits, "keychain", "store", "models"], secret=KEY + "\n")
    assert "coordinator_key_keychain models" in said and KEY not in said, said
    run([commits, "keychain", "check", "models"])
    run([commits, "doctor"], 1, **settings)
    assert ModelServer.keys and set(ModelServer.keys) == {f"Bearer {KEY}"}, ModelServer.keys

    ModelServer.keys.clear()
    run([commits, "doctor"], 1, AUTO_COMMIT_COORDINATOR_KEY="sk-of-this-run", **settings)
    assert set(ModelServer.keys) == {"Bearer sk-of-this-run"}, ModelServer.keys
    run([commits, "keychain", "remove", "models"])
    run([commits, "keychain", "check", "models"], 1)
    server.shutdown()


def a_stored_token_is_the_agents(commits, home):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), ModelServer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}"
    repo = home / "repo"
    run(["git", "init", "-q", "-b", "main", repo])
    (repo / "a.txt").write_text("a\n")
    once = [commits, "once", "--remote", url, "--no-push", repo]
    assert "commits token create" in run(once, 2), "no token anywhere"
    run([commits, "keychain", "store", url + "/"], secret=TOKEN + "\n")
    ModelServer.keys.clear()
    run(once, None)
    assert f"Bearer {TOKEN}" in ModelServer.keys, ModelServer.keys
    server.shutdown()


def what_is_no_key_is_refused(commits):
    for wrong in ("", "\n", "two words\n", "x" * 9000 + "\n"):
        run([commits, "keychain", "store", "bad"], 2, secret=wrong)
    run([commits, "keychain", "check", "bad"], 1)


def nothing_was_written_down(home):
    for path in home.rglob("*"):
        if path.is_file() and "keyrings" not in path.parts:
            content = path.read_bytes()
            assert KEY.encode() not in content and TOKEN.encode() not in content, path


def inside(first, second, home):
    subprocess.run(["gnome-keyring-daemon", "--unlock", "--components=secrets"], input="password", text=True, check=True,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    if first == "--only":
        return subprocess.run([second], timeout=280).returncode
    test, commits = first, second
    subprocess.run([test], check=True, timeout=100)
    stored_key_reaches_the_server(commits)
    a_stored_token_is_the_agents(commits, home)
    what_is_no_key_is_refused(commits)
    nothing_was_written_down(home)
    return 0


def main():
    first, second = sys.argv[1:3]
    if os.environ.get(INSIDE):
        return inside(first, second, pathlib.Path(os.environ["HOME"]))
    needed = ("dbus-run-session", "gnome-keyring-daemon")
    if any(shutil.which(name) is None for name in needed) or ctypes.util.find_library("secret-1") is None:
        print("needs dbus-run-session, gnome-keyring and libsecret")
        return 77
    with tempfile.TemporaryDirectory() as home:
        runtime = pathlib.Path(home, "run")
        runtime.mkdir(mode=0o700)
        environment = {"PATH": os.environ["PATH"], "HOME": home, "XDG_RUNTIME_DIR": str(runtime), "LANG": "C.UTF-8",
                       "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", ""), INSIDE: "1"}
        inner = [sys.executable, __file__, first, second]
        return subprocess.run(["dbus-run-session", "--", *inner], env=environment, timeout=290).returncode


if __name__ == "__main__":
    sys.exit(main())
