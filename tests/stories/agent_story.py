#!/usr/bin/env python3
"""Two hosts with real programs: a daemon that writes messages, and an agent on another HOME that commits with them.

  agent_story.py COMMITS

The daemon goes away, the agent is killed, both come back; then the agent is killed at each step between a commit and
its last word about it, and the network is cut in the middle of every step, of what goes to the daemon and of what goes
to the hub. Every commit is on the hub once, and the histories of the daemon and of the agent have each of them once and
in the order they were made.
"""
import json
import os
import pathlib
import signal
import socket
import subprocess
import sys
import tempfile
import threading
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
                    "AUTO_COMMIT_FILE_QUIET_SECONDS": "0", "AUTO_COMMIT_PROTOCOLS": "git,file", "ASAN_OPTIONS": "detect_leaks=0"}

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

    def recorded(self):
        """The commits of the history, oldest first."""
        commits = json.loads(self.say("history", "--json", "-n", "100"))["commits"]
        return [commit["sha"] for commit in reversed(commits)]


class Line:
    """A network line to a port of this machine that can be cut: connections are carried both ways until the armed cut
    comes true, and are then ended by force on both sides."""

    def __init__(self, target):
        self.target, self.cut, self.cuts, self.then = target, None, 0, None
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def arm(self, marker, way, after, then=None):
        """Cuts the next connection whose client says `marker`: when more than `after` bytes have come from the
        "client" since, or as soon as the "server" has answered (the answer is lost). Then, or rather just before,
        `then` is done."""
        self.then = then
        self.cut = (marker, way, after)

    def accept(self):
        while True:
            client, _ = self.listener.accept()
            try:
                server = socket.create_connection(("127.0.0.1", self.target), timeout=5)
                server.settimeout(None)
            except OSError:
                client.close()
                continue
            talk = {"seen": False, "bytes": 0}
            threading.Thread(target=self.carry, args=(client, server, "client", talk), daemon=True).start()
            threading.Thread(target=self.carry, args=(server, client, "server", talk), daemon=True).start()

    def is_now(self, data, way, talk):
        if self.cut is None:
            return False
        marker, cut_way, after = self.cut
        if way == "client":
            talk["seen"] = talk["seen"] or marker in data
            talk["bytes"] += len(data) if talk["seen"] else 0
        return talk["seen"] and way == cut_way and talk["bytes"] > after

    def carry(self, source, sink, way, talk):
        try:
            while data := source.recv(1 << 16):
                if way == "client":  # a daemon answers only to its own name and port
                    data = data.replace(b"Host: 127.0.0.1:%d" % self.port, b"Host: 127.0.0.1:%d" % self.target)
                if self.is_now(data, way, talk):
                    self.cut = None
                    self.cuts += 1
                    if self.then is not None:
                        self.then()
                    if way == "client":  # half of it arrives
                        sink.sendall(data[:len(data) // 2])
                    break
                sink.sendall(data)
        except OSError:
            pass
        for end in (source, sink):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass


# Which line, what the client says, whose bytes are cut, and after how many from the client.
CUTS = (
    ("daemon", b"POST /generate-message", "client", 0),
    ("daemon", b"POST /generate-message", "server", 0),
    ("daemon", b"POST /record-commit", "client", 0),
    ("daemon", b"POST /record-commit", "server", 0),
    ("daemon", b"POST /heartbeat", "server", 0),
    ("hub", b"git-upload-pack", "client", 0),
    ("hub", b"git-upload-pack", "server", 0),
    ("hub", b"git-receive-pack", "server", 0),  # before a ref was named
    ("hub", b"git-receive-pack", "client", 100),  # in the middle of the pack
    ("hub", b"git-receive-pack", "server", 300),  # the hub has it, and nobody hears of that
)


def until(what, found, tell=None):
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if found():
            return
        time.sleep(0.2)
    sys.exit("waited in vain for: %s%s" % (what, tell() if tell else ""))


def serve_hub(hub, env):
    """git's own server for the hub, on a port that was free a moment ago."""
    port = free_port()
    server = subprocess.Popen(["git", "daemon", "--listen=127.0.0.1", "--port=%d" % port, "--base-path=%s" % hub.parent,
                               "--export-all", "--enable=receive-pack", "--reuseaddr"],
                              env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)

    def answers():
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", port)) == 0

    until("the hub's server", answers)
    return server, port


class World:
    """Two hosts, a hub, and the lines between them."""

    def __init__(self, root, commits):
        self.apricot, self.plum = Host(root, "apricot", commits), Host(root, "plum", commits)
        self.hub, self.pear = root / "hub.git", self.plum.home / "code/pear"
        run = self.plum.run
        run("git", "init", "-q", "--bare", str(self.hub))
        self.server, hub_port = serve_hub(self.hub, self.plum.env)
        self.port = free_port()
        self.lines = {"hub": Line(hub_port), "daemon": Line(self.port)}
        run("git", "clone", "-q", "git://127.0.0.1:%d/hub.git" % self.lines["hub"].port, str(self.pear))
        run("git", "commit", "-q", "--allow-empty", "-m", "start", cwd=self.pear)
        run("git", "push", "-q", "-u", "origin", "main", cwd=self.pear)

    def start_apricot(self):
        self.apricot.say("start", "10s", "-R", "code", "--port", str(self.port))

    def start_plum(self):
        self.plum.say("start", "10s", "-R", "code", "--remote", "http://127.0.0.1:%d" % self.lines["daemon"].port)

    def introduce(self):
        token_file = self.plum.home / ".config/commits/token"
        token_file.write_text(self.apricot.say("token", "create", "plum", "--host", "plum"))
        token_file.chmod(0o600)

    def on_hub(self):
        return self.plum.run("git", "log", "--reverse", "--format=%H", "main", cwd=self.hub).split()[1:]

    def edit(self, name):
        before = len(self.on_hub())
        (self.pear / name).write_text("def %s():\n    return 1\n" % name.split(".")[0])
        until("a commit of %s on the hub" % name, lambda: len(self.on_hub()) > before)

    def agree(self, when):
        until("the same history at the daemon, here and on the hub " + when,
              lambda: self.apricot.recorded() == self.on_hub() == self.plum.recorded(),
              lambda: "\ndaemon: %s\nhub:    %s\nhere:   %s\n%s" % (self.apricot.recorded(), self.on_hub(),
                                                                 self.plum.recorded(), self.plum.say("status")))

    def stop(self):
        for host in (self.plum, self.apricot):
            subprocess.run([host.commits, "stop", "--all"], env=host.env, capture_output=True, timeout=PATIENCE)
        os.killpg(self.server.pid, signal.SIGTERM)
        self.server.wait(10)


def is_dead(pid):
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True).stdout.strip()
    return not state or state.startswith("Z")


def comings_and_goings(world):
    world.edit("first.py")
    world.agree("at first")
    world.apricot.say("stop")
    world.edit("second.py")  # described by the built-in engine
    pid = world.plum.pid()
    os.kill(pid, signal.SIGKILL)
    until("the death of the agent", lambda: is_dead(pid))
    world.start_plum()
    world.edit("third.py")
    world.start_apricot()
    world.agree("after it was away")
    world.edit("fourth.py")
    world.agree("after its return")


# Which hook of which repository kills the agent, and what it says to git.
HOOKS = (
    ("here", "post-commit", 0),  # the branch has just moved
    ("hub", "pre-receive", 1),  # the hub is about to get it
    ("hub", "post-receive", 0),  # the hub has it, and nobody hears of that
)

KILLED_CALLS = (
    (b"POST /record-commit", "client"),  # the daemon is told half of it
    (b"POST /record-commit", "server"),  # it knows, and the agent does not know that it does
    (b"POST /heartbeat", "server"),
)


def killed(world, pid, name, what):
    """Edits a file, waits until the agent is dead and starts another one, which finishes what the dead one began."""
    before = len(world.on_hub())
    (world.pear / name).write_text("def %s():\n    return 1\n" % name.split(".")[0])

    until("the death of the agent " + what, lambda: is_dead(pid))
    world.start_plum()
    until("the commit of %s on the hub" % name, lambda: len(world.on_hub()) > before)
    world.agree("after a kill " + what)


def kills(world):
    """Answers how many files were edited."""
    for number, (place, name, answer) in enumerate(HOOKS):
        hook = (world.pear / ".git/hooks" if place == "here" else world.hub / "hooks") / name
        pid = world.plum.pid()
        hook.write_text("#!/bin/sh\nrm -f \"$0\"\nkill -9 %d\nsleep 1\nexit %d\n" % (pid, answer))
        hook.chmod(0o755)
        killed(world, pid, "hook%d.py" % number, "by " + name)
    for number, (marker, way) in enumerate(KILLED_CALLS):
        pid = world.plum.pid()
        world.lines["daemon"].arm(marker, way, 0, lambda: os.kill(pid, signal.SIGKILL))
        killed(world, pid, "call%d.py" % number, "at the %s's words after %s" % (way, marker.decode()))
    return len(HOOKS) + len(KILLED_CALLS)


def cuts(world):
    """Answers how many files were edited. After a cut the agent leaves the daemon alone for half a minute and describes
    by itself, so it may take more than one edit until the armed step is taken."""
    edits = 0
    for name, marker, way, after in CUTS:
        line = world.lines[name]
        before, end = line.cuts, time.monotonic() + 2 * PATIENCE
        what = "a cut in the %s of %s" % ("request" if way == "client" else "answer", marker.decode())
        line.arm(marker, way, after)
        while line.cuts == before:
            if time.monotonic() > end:
                sys.exit("waited in vain for: " + what)
            world.edit("cut%d.py" % edits)
            edits += 1
        world.agree("after " + what)
    return edits


def story(root, commits):
    world = World(root, commits)
    try:
        world.start_apricot()
        world.introduce()
        world.start_plum()
        comings_and_goings(world)
        expected = 4 + kills(world) + cuts(world)
    finally:
        world.stop()
    made = world.on_hub()
    if len(made) != expected:
        sys.exit("the hub has %d commits and not %d" % (len(made), expected))
    subjects = world.plum.run("git", "log", "--format=%s", "main", cwd=world.hub).split("\n")
    if len(set(subjects)) != len(subjects):
        sys.exit("a change was committed twice:\n" + "\n".join(subjects))
    if world.apricot.recorded() != made:
        sys.exit("the daemon remembers other commits than the hub has")
    if world.plum.recorded() != made:
        sys.exit("the agent remembers other commits than the hub has")
    if world.plum.run("git", "status", "--porcelain", cwd=world.pear):
        sys.exit("the work tree is not clean")
    world.plum.run("git", "fsck", "--strict", cwd=world.pear)
    print("%d commits, the line cut %d times, the agent killed %d times: each once, in order, on the hub and in both histories"
          % (len(made), len(CUTS), 1 + len(HOOKS) + len(KILLED_CALLS)))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    with tempfile.TemporaryDirectory(prefix="agent-story-") as directory:
        story(pathlib.Path(directory), pathlib.Path(sys.argv[1]).resolve())
