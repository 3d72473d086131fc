#!/usr/bin/env python3
"""Two hosts with real programs: a daemon that writes messages, and an agent on another HOME that commits with them.

  agent_story.py COMMITS

The daemon goes away, the agent is killed, both come back: every commit is on the hub once, and the daemon's history
has each of them once and in the order they were made.
"""
import json
import os
import pathlib
import signal
import socket
import subprocess
import sys
import tempfile
import time

PATIENCE = 60


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Host:
    def __init__(self, root, name, commits):
        self.home, self.name, self.commits = root / name, name, commits
        (self.home / ".config/commits").mkdir(parents=True)
        (self.home / "code").mkdir()
        (self.home / ".gitconfig").write_text(
            "[user]\n\tname = Dev\n\temail = dev@example.invalid\n[init]\n\tdefaultBranch = main\n")
        self.env = {"HOME": str(self.home), "PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8",
                    "AUTO_COMMIT_HOST_NAME": name, "AUTO_COMMIT_ON_NO_MODEL": "fallback",
                    "AUTO_COMMIT_FILE_QUIET_SECONDS": "0", "ASAN_OPTIONS": "detect_leaks=0"}

    def run(self, *arguments, cwd=None):
        done = subprocess.run(arguments, cwd=cwd or self.home, env=self.env, capture_output=True, text=True, timeout=PATIENCE)
        if done.returncode != 0:
            sys.exit("%s: %s failed:\n%s%s" % (self.name, " ".join(map(str, arguments)), done.stdout, done.stderr))
        return done.stdout

    def say(self, *arguments):
        return self.run(self.commits, *arguments)

    def pid(self):
        daemons = json.loads((self.home / ".config/commits/daemons.json").read_text())["daemons"]
        return daemons[0]["pid"]

    def subjects(self):
        commits = json.loads(self.say("history", "--json", "-n", "100"))["commits"]
        return [commit["sha"] for commit in reversed(commits)]


def until(what, found):
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if found():
            return
        time.sleep(0.2)
    sys.exit("waited in vain for: " + what)


def story(root, commits):
    apricot, plum = Host(root, "apricot", commits), Host(root, "plum", commits)
    hub, pear = root / "hub.git", plum.home / "code/pear"
    plum.run("git", "init", "-q", "--bare", str(hub))
    plum.run("git", "clone", "-q", str(hub), str(pear))
    plum.run("git", "commit", "-q", "--allow-empty", "-m", "start", cwd=pear)
    plum.run("git", "push", "-q", "-u", "origin", "main", cwd=pear)

    def on_hub():
        return plum.run("git", "log", "--reverse", "--format=%H", "main", cwd=hub).split()[1:]

    def edit(name):
        before = len(on_hub())
        (pear / name).write_text("def %s():\n    return 1\n" % name.split(".")[0])
        until("a commit of %s on the hub" % name, lambda: len(on_hub()) > before)

    port = str(free_port())
    start_apricot = ("start", "10s", "-R", "code", "--port", port)
    start_plum = ("start", "10s", "-R", "code", "--remote", "http://127.0.0.1:" + port)
    apricot.say(*start_apricot)
    token = apricot.say("token", "create", "plum", "--host", "plum")
    token_file = plum.home / ".config/commits/token"
    token_file.write_text(token)
    token_file.chmod(0o600)
    plum.say(*start_plum)
    try:
        edit("first.py")
        until("the daemon's history", lambda: apricot.subjects() == on_hub())
        apricot.say("stop")
        edit("second.py")  # described by the built-in engine
        os.kill(plum.pid(), signal.SIGKILL)
        plum.say(*start_plum)
        edit("third.py")
        apricot.say(*start_apricot)
        until("the daemon to hear of what it missed", lambda: apricot.subjects() == on_hub())
        edit("fourth.py")
        until("the daemon's history", lambda: apricot.subjects() == on_hub())
    finally:
        for host in (plum, apricot):
            subprocess.run([host.commits, "stop", "--all"], env=host.env, capture_output=True, timeout=PATIENCE)
    if plum.run("git", "status", "--porcelain", cwd=pear) or len(on_hub()) != 4:
        sys.exit("the work tree is not clean, or the hub has not exactly four commits")
    plum.run("git", "fsck", "--strict", cwd=pear)
    print("four commits, each once, in order, on the hub and in the daemon's history")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    with tempfile.TemporaryDirectory(prefix="agent-story-") as directory:
        story(pathlib.Path(directory), pathlib.Path(sys.argv[1]).resolve())
