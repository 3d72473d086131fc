#!/usr/bin/env python3
"""Hosts that edit the same repositories behind one hub all day, and everything that goes wrong on the way.

  sync_simulator.py COMMITS [--seed S | --seeds A..B] [--steps N] [--hosts N] [--repos N] [--jobs N] [--keep]

Every line that a simulated user writes is unique: so it can be told at the end whether it is still there. A seed decides
all steps: edits, new, deleted and renamed files, directories that become files, staged work, commits by hand (with dates
of the past and the future), `commits once`, alone, on several hosts at once, or while the user goes on editing, power
cuts in the middle of it (every process of the host gets SIGKILL) and kills of the program alone, a hub that is out of
reach or refuses pushes, ignored files and files that are never committed where the hub's commits bring a tracked one,
files with times of last and of next year. (How far a run is when it is killed depends on the machine.)

Then all is in reach again, the users stop editing, look after what the reports say needs them (conflicts are merged or
rebased by hand, files in the way moved) and `commits once` runs everywhere in rounds. In the end:
  - every host and the hub are at the same tip, and every tree is clean and is that tip's;
  - every line is there that no user deleted; every commit that was reported or made by hand is in the history or came to
    be another with the same subject and the same lines; no line was added by two commits;
  - the hub was never moved but forwards; no file in the way was overwritten; what was staged stayed staged;
  - git fsck is content everywhere, no lock and no open journal is left.
Prints the seed and the steps when one does not hold, and exits 1.
"""
import argparse
import collections
import concurrent.futures
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time

IDENTITY = ("[user]\n\tname = %s\n\temail = %s@example.invalid\n[init]\n\tdefaultBranch = main\n[commit]\n\tgpgsign = false\n"
            "[merge]\n\tconflictStyle = merge\n[core]\n\tlogAllRefUpdates = true\n")
EXCLUDE = "*.local\n*.aside\n"
HOOK = """#!/bin/sh
[ -e refuse ] || exit 0
echo 'not today' >&2
exit 1
"""


class Broken(Exception):
    pass


def require(condition, text):
    if not condition:
        raise Broken(text)


def read(path):
    with open(path, "rb") as file:
        return file.read().decode()


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as file:
        file.write(text.encode())


def blobs(text):
    return collections.Counter(line for line in text.splitlines() if line.startswith("line "))


class Checkout:
    """One repository on one host, and what its user knows about it."""

    def __init__(self, host, name):
        self.host, self.name, self.path = host, name, host.root + "/code/" + name
        self.precious = {}  # path -> text, not to be touched by anybody
        self.staged = {}  # path -> blob in the index
        self.broken_off = False  # a run was killed and none has ended since: the user keeps off git
        self.unseen = []  # lines written since then: (path, line)

    def git(self, *arguments, check=True, env=None):
        return self.host.git(self.path, *arguments, check=check, env=env)

    def files(self):
        found = []
        for directory, folders, names in os.walk(self.path):
            if ".git" in folders:
                folders.remove(".git")
            folders.sort()
            found += [os.path.relpath(os.path.join(directory, name), self.path) for name in sorted(names)]
        return [f for f in found if f not in self.precious and not f.endswith((".local", ".aside", ".env"))]

    def staged_now(self):
        out = self.git("diff-index", "--cached", "-z", "--no-renames", "HEAD")
        parts = out.split("\0")
        return {parts[i + 1]: parts[i].split()[3] for i in range(0, len(parts) - 1, 2)}


class Host:
    def __init__(self, world, name):
        self.world, self.name, self.root = world, name, world.root + "/" + name
        self.env = {"HOME": self.root + "/home", "PATH": os.environ["PATH"], "LANG": "C.UTF-8",
                    "TMPDIR": self.root + "/tmp", "XDG_RUNTIME_DIR": self.root + "/run",
                    "AUTO_COMMIT_FILE_QUIET_SECONDS": "0",
                    # the simulated user commits whatever lies there, a .env too; that such a push is held has its own test
                    "AUTO_COMMIT_ON_SECRET_IN_HISTORY": "warn"}
        self.checkouts = {}

    def git(self, where, *arguments, check=True, env=None):
        done = subprocess.run(["git", *arguments], cwd=where, env={**self.env, **(env or {})}, capture_output=True,
                              stdin=subprocess.DEVNULL)
        if check and done.returncode:
            raise Broken("%s: git %s: %s" % (where, " ".join(arguments), (done.stderr + done.stdout).decode(errors="replace")))
        return done.stdout.decode() if check else done

    def start(self):
        where = [c.path for c in self.checkouts.values()]
        return subprocess.Popen([self.world.program, "once", "--json", *where], env=self.env, cwd=self.root,
                                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def processes(self):
        """Every process of this host but those at work inside the hub: they are on another machine."""
        found, marker = [], ("HOME=" + self.env["HOME"]).encode()
        for pid in filter(str.isdigit, os.listdir("/proc")):
            try:
                with open("/proc/%s/environ" % pid, "rb") as file:
                    mine = marker in file.read().split(b"\0")
                if mine and not os.readlink("/proc/%s/cwd" % pid).startswith(self.world.root + "/hub"):
                    found.append(int(pid))
            except OSError:
                continue
        return found

    def power_cut(self):
        for _ in range(3):  # what was being forked meanwhile
            for pid in self.processes():
                try:
                    os.kill(pid, signal.SIGKILL)
                except ProcessLookupError:
                    pass

    def connect(self, connected):
        link = self.root + "/hub"
        if connected and not os.path.islink(link):
            os.symlink(self.world.root + "/hub", link)
        elif not connected and os.path.islink(link):
            os.remove(link)


class World:
    def __init__(self, program, root, seed, hosts, repos):
        self.program, self.root, self.random = program, root, random.Random(seed)
        self.log, self.lines, self.deleted, self.acknowledged = [], {}, set(), []
        self.waived = set()
        self.repos = ["alpha", "beta", "gamma", "delta"][:repos]
        self.hosts = [Host(self, name) for name in ["apricot", "plum", "quince", "medlar"][:hosts]]
        for host in self.hosts:
            for folder in ("home", "tmp", "run", "code"):
                os.makedirs(host.root + "/" + folder)
            write(host.env["HOME"] + "/.gitconfig", IDENTITY % (host.name, host.name))
            host.connect(True)
        for name in self.repos:
            self.make_repository(name)
        self.number = 0

    def note(self, text):
        self.log.append(text)

    def make_repository(self, name):
        first, hub = self.hosts[0], "%s/hub/%s.git" % (self.root, name)
        os.makedirs(self.root + "/hub", exist_ok=True)
        first.git(self.root, "init", "-q", "--bare", hub)
        for key, value in (("receive.denyNonFastForwards", "true"), ("receive.denyDeletes", "true"),
                           ("core.logAllRefUpdates", "true"), ("gc.auto", "0")):
            first.git(hub, "config", key, value)
        write(hub + "/hooks/update", HOOK)
        os.chmod(hub + "/hooks/update", 0o755)
        for host in self.hosts:
            checkout = host.checkouts[name] = Checkout(host, name)
            if host is first:
                host.git(self.root, "init", "-q", checkout.path)
                for i, path in enumerate(("src/main.c", "src/parse.c", "src/print.c", "doc/guide.md", "doc/notes.txt",
                                          "tool/build.py", "README")):
                    write(checkout.path + "/" + path, "".join("line %s base %d %d\n" % (name, i, n) for n in range(9)))
                checkout.git("add", "-A")
                checkout.git("commit", "-q", "-m", "feat: begin")
                checkout.git("remote", "add", "origin", "%s/hub/%s.git" % (host.root, name))
                checkout.git("push", "-q", "-u", "origin", "main")
                self.lines[name] = set(sum((read(checkout.path + "/" + f).splitlines() for f in checkout.files()), []))
            else:
                host.git(host.root + "/code", "clone", "-q", "%s/hub/%s.git" % (host.root, name))
            write(checkout.path + "/.git/info/exclude", EXCLUDE)

    # what a user does

    def line(self, checkout):
        self.number += 1
        text = "line %s %s %d" % (checkout.name, checkout.host.name, self.number)
        self.lines[checkout.name].add(text)
        return text + "\n"

    def put(self, checkout, path, lines, added=()):
        write(checkout.path + "/" + path, "".join(lines))
        if checkout.broken_off:
            checkout.unseen += [(path, line) for line in added]

    def forget(self, checkout, lines):
        self.deleted.update(line.rstrip("\n") for line in lines)

    def pick(self, checkout):
        files = checkout.files()
        return self.random.choice(files) if files else None

    def edit(self, checkout):
        path = self.pick(checkout)
        if not path or os.path.islink(checkout.path + "/" + path):
            return
        lines = read(checkout.path + "/" + path).splitlines(True)
        new = self.line(checkout)
        at = self.random.randint(0, len(lines))
        if lines and not lines[-1].endswith("\n"):
            lines[-1] += "\n"
        if lines and self.random.random() < 0.3 and not checkout.broken_off:
            gone = lines.pop(min(at, len(lines) - 1))
            self.forget(checkout, [gone])
        lines.insert(at, new)
        self.put(checkout, path, lines, [new])
        self.note("%s %s: edit %s: %s" % (checkout.host.name, checkout.name, path, new.strip()))

    def add(self, checkout):
        folder = self.random.choice(["src", "doc", "tool", "new/deep", "."])
        path = os.path.normpath("%s/%s%d.txt" % (folder, checkout.host.name[0], self.number))
        if any(os.path.isfile(os.path.join(checkout.path, *path.split("/")[:n])) for n in range(1, path.count("/") + 1)):
            return
        lines = [self.line(checkout) for _ in range(self.random.randint(2, 6))]
        self.put(checkout, path, lines, lines)
        self.note("%s %s: add %s" % (checkout.host.name, checkout.name, path))

    def delete(self, checkout):
        path = self.pick(checkout)
        if not path or checkout.broken_off or len(checkout.files()) < 5:
            return
        self.forget(checkout, read(checkout.path + "/" + path).splitlines())
        os.remove(checkout.path + "/" + path)
        self.note("%s %s: delete %s" % (checkout.host.name, checkout.name, path))

    def rename(self, checkout):
        path = self.pick(checkout)
        if not path or checkout.broken_off or path in checkout.staged:
            return
        self.number += 1
        target = os.path.join(os.path.dirname(path), "moved%d.txt" % self.number)
        os.rename(checkout.path + "/" + path, checkout.path + "/" + target)
        self.note("%s %s: rename %s to %s" % (checkout.host.name, checkout.name, path, target))

    def swap(self, checkout):
        """A directory becomes a file, or a file a directory that holds it."""
        files = checkout.files()
        if checkout.broken_off or checkout.staged or checkout.precious or not files:
            return
        path = self.random.choice(files)
        top, full = path.split("/")[0], checkout.path + "/" + path
        if "/" in path and sum(f.startswith(top + "/") for f in files) <= 3:
            text = "".join(read(checkout.path + "/" + f) for f in files if f.startswith(top + "/"))
            shutil.rmtree(checkout.path + "/" + top)
            write(checkout.path + "/" + top, text)
        elif "/" not in path:
            text = read(full)
            os.remove(full)
            write(full + "/inner.txt", text)
        self.note("%s %s: swap %s" % (checkout.host.name, checkout.name, top))

    def touch(self, checkout):
        path = self.pick(checkout)
        if path:
            when = time.time() + self.random.choice([-1, 1]) * 366 * 86400
            os.utime(checkout.path + "/" + path, (when, when))
            self.note("%s %s: touch %s" % (checkout.host.name, checkout.name, path))

    def stage(self, checkout):
        path = self.pick(checkout)
        if not path or checkout.broken_off:
            return
        if checkout.git("add", "--", path, check=False).returncode == 0:
            checkout.staged = checkout.staged_now()
            self.note("%s %s: stage %s" % (checkout.host.name, checkout.name, path))

    def commit(self, checkout, everything=None):
        if checkout.broken_off:
            return
        everything = self.random.random() < 0.5 if everything is None else everything
        if everything:
            checkout.git("add", "-A", "--", ".", ":(exclude,glob)**/.env", check=False)
        self.number += 1
        subject = "user commit %d of %s" % (self.number, checkout.host.name)
        year = self.random.choice([0, 0, 366 * 86400, -366 * 86400])
        date = "@%d +0200" % (time.time() + year)
        done = checkout.git("commit", "-q", "-m", subject, check=False,
                            env={"GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date})
        checkout.staged = checkout.staged_now()
        self.note("%s %s: commit by hand: %s" % (checkout.host.name, checkout.name, subject if done.returncode == 0 else "nothing"))
        if done.returncode == 0:
            self.acknowledge(checkout, ["HEAD"])

    def in_the_way(self, checkout):
        """A file that is never committed here, and a tracked one of the same name from another host."""
        other = self.random.choice(self.hosts).checkouts[checkout.name]
        if other is checkout or other.broken_off or checkout.broken_off:
            return
        self.number += 1
        ignored = self.random.random() < 0.6
        path = "conf/%d.local" % self.number if ignored else "conf%d/.env" % self.number
        if any(os.path.isfile(c.path + "/" + path.split("/")[0]) for c in (other, checkout)):
            return
        text = "precious %d\n" % self.number
        write(checkout.path + "/" + path, text)
        checkout.precious[path] = text
        new = self.line(other)
        write(other.path + "/" + path, new)
        other.git("add", "-f", "--", path, check=False)
        self.note("%s %s: %s is in the way of %s" % (checkout.host.name, checkout.name, path, other.host.name))
        self.commit(other, False)

    # what happens to a host

    def run(self, host):
        self.finish(host, host.start())

    def race(self, host):
        self.note("race")
        for other, process in [(h, h.start()) for h in self.hosts]:
            self.finish(other, process)

    def run_while_editing(self, host):
        process = host.start()
        for _ in range(self.random.randint(1, 3)):
            time.sleep(self.random.uniform(0, 0.1))
            self.edit(self.random.choice(list(host.checkouts.values())))
        self.finish(host, process)

    def kill(self, host):
        process = host.start()
        alone = self.random.random() < 0.25
        moment = self.random.uniform(0, 0.35) ** 1.3
        time.sleep(moment)
        ended = process.poll() is not None
        if alone:
            process.kill()
        else:
            host.power_cut()
        out = process.communicate()[0]
        self.note("%s: %s after %.0f ms%s" % (host.name, "program killed" if alone else "power cut", moment * 1000,
                                              " (had ended)" if ended else ""))
        if ended:
            self.take_report(host, out)
            return
        for checkout in host.checkouts.values():
            checkout.broken_off = True
            self.check_precious(checkout)

    def partition(self, host):
        host.connect(False)
        self.note("%s: the hub is out of reach" % host.name)

    def heal(self, host):
        for each in self.hosts:
            each.connect(True)
        self.refuse(False)
        self.note("all in reach, and pushes taken")

    def refuse_pushes(self, host):
        self.refuse(True)
        self.note("the hub refuses pushes")

    def refuse(self, on):
        for name in self.repos:
            marker = "%s/hub/%s.git/refuse" % (self.root, name)
            if on:
                write(marker, "")
            elif os.path.exists(marker):
                os.remove(marker)

    def finish(self, host, process):
        try:
            out, errors = process.communicate(timeout=120)
        except subprocess.TimeoutExpired:
            process.kill()
            raise Broken("%s: commits once did not end" % host.name)
        require(process.returncode in (0, 1), "%s: exit %s: %s" % (host.name, process.returncode, errors.decode()))
        self.take_report(host, out)

    def take_report(self, host, out):
        host.report = {os.path.basename(r["path"]): r for r in json.loads(out)["repos"]}
        for checkout in host.checkouts.values():
            report = host.report[checkout.name]
            error = report["error"] or {}
            left_out = "".join("; left out %s (%s)" % (e["path"], e["reason"]) for e in report["excluded"])
            self.note("%s %s: once: %s%s %s%s" % (host.name, checkout.name, report["state"],
                                                  "".join(" " + c["sha"][:8] for c in report["commits"]),
                                                  report["reason"] or "", left_out))
            require(error.get("kind") not in ("internal", "unknown", "io-error", "object-corrupt", "index-corrupt"),
                    "%s %s: %s" % (host.name, checkout.name, error))
            self.acknowledge(checkout, [c["sha"] for c in report["commits"]])
            self.check_precious(checkout)
            if error.get("kind") not in ("file-changed", "lock-held", "stale-lock"):
                checkout.broken_off, checkout.unseen = False, []
                if checkout.staged:
                    now = checkout.staged_now()
                    require(now == checkout.staged, "%s %s: staged was %s and is %s"
                            % (host.name, checkout.name, checkout.staged, now))

    # the ledger

    def commits_of(self, checkout, *which):
        """sha, subject, lines that it adds, lines that it takes away; parents."""
        out = checkout.git("log", "-p", "-U0", "--no-renames", "--no-color", "--format=%x01%H%x02%s%x02%P%x02", *which)
        found = []
        for part in out.split("\x01")[1:]:
            sha, subject, parents, patch = part.split("\x02", 3)
            plus = blobs("\n".join(l[1:] for l in patch.splitlines() if l.startswith("+line ")))
            minus = blobs("\n".join(l[1:] for l in patch.splitlines() if l.startswith("-line ")))
            found.append((sha, subject, frozenset(plus - minus), frozenset(minus - plus), parents.split()))
        return found

    def acknowledge(self, checkout, shas):
        if not shas:
            return
        for _, subject, plus, _, _ in self.commits_of(checkout, "--no-walk", *shas):
            if plus:
                self.acknowledged.append((checkout.name, subject, plus))

    def check_precious(self, checkout):
        for path, text in checkout.precious.items():
            full = checkout.path + "/" + path
            require(os.path.isfile(full) and read(full) == text,
                    "%s %s: %s was in the way and is gone" % (checkout.host.name, checkout.name, path))

    # afterwards

    def look_after(self, checkout):
        """What a person does who reads the report."""
        report = checkout.host.report[checkout.name]
        kind = (report["error"] or {}).get("kind")
        if kind == "file-changed" and checkout.broken_off:
            checkout.git("checkout", "-q", "HEAD", "--", ".")
            self.run(checkout.host)  # only a restored tree tells it that the half is gone
            for path, line in checkout.unseen:
                full = checkout.path + "/" + path
                if not os.path.exists(full) or line not in read(full):
                    if os.path.isdir(full) or any(os.path.isfile("/".join(full.split("/")[:n])) for n in range(len(checkout.path.split("/")), full.count("/") + 1)):
                        full = checkout.path + "/kept%d.txt" % len(line)
                    write(full, (read(full) if os.path.exists(full) else "") + line)
            checkout.unseen, checkout.broken_off = [], False
            self.note("%s %s: looked at an interrupted update" % (checkout.host.name, checkout.name))
        elif kind == "would-overwrite" and checkout.precious:
            for path, text in [p for p in checkout.precious.items() if not p[0].endswith(".aside")]:
                aside = path + ".aside"
                os.rename(checkout.path + "/" + path, checkout.path + "/" + aside)
                del checkout.precious[path]
                checkout.precious[aside] = text
            self.note("%s %s: moved away what was in the way" % (checkout.host.name, checkout.name))
        elif kind in ("conflict", "non-fast-forward"):
            if checkout.staged or checkout.git("status", "--porcelain", "--untracked-files=no"):
                self.commit(checkout, True)
            self.resolve(checkout)

    def resolve(self, checkout):
        before = [(c[1], c[2]) for c in self.commits_of(checkout, "origin/main..HEAD")]
        for path in [p for p in checkout.precious if not p.endswith(".aside")]:
            checkout.precious[path + ".aside"] = checkout.precious.pop(path)
            os.rename(checkout.path + "/" + path, checkout.path + "/" + path + ".aside")
        way = self.random.choice(["merge", "rebase"])
        done = checkout.git(*([way, "-q", "origin/main"] if way == "rebase" else ["merge", "-q", "--no-edit", "origin/main"]), check=False)
        for _ in range(60):
            if done.returncode == 0:
                break
            require(os.path.isdir(checkout.path + "/.git/rebase-merge") or os.path.exists(checkout.path + "/.git/MERGE_HEAD"),
                    "%s %s: %s by hand: %s" % (checkout.host.name, checkout.name, way, (done.stdout + done.stderr).decode()))
            self.take_both(checkout)
            if way == "rebase":
                done = checkout.git("rebase", "--continue", check=False, env={"GIT_EDITOR": "true"})
            else:
                done = checkout.git("commit", "-q", "--no-edit", check=False)
        require(done.returncode == 0, "%s by hand: %s" % (way, (done.stdout + done.stderr).decode()))
        self.note("%s %s: resolved by hand (%s)" % (checkout.host.name, checkout.name, way))
        if way == "rebase":
            self.waived.update((checkout.name, subject, plus) for subject, plus in before)
            self.acknowledge(checkout, ["HEAD"])

    def take_both(self, checkout):
        """Every line of both sides."""
        stages = collections.defaultdict(dict)
        for row in checkout.git("ls-files", "-u", "-z").split("\0")[:-1]:
            head, path = row.split("\t", 1)
            stages[path][int(head.split()[2])] = head.split()[1]
        for path, sides in stages.items():
            texts = [checkout.git("cat-file", "blob", sides[n]) for n in (2, 3) if n in sides]
            lines = []
            for line in "".join(t if t.endswith("\n") or not t else t + "\n" for t in texts).splitlines(True):
                if line not in lines:
                    lines.append(line)
            checkout.git("rm", "-q", "--cached", "--", path, check=False)
            full = checkout.path + "/" + path
            if not texts:
                if os.path.isfile(full):
                    os.remove(full)
                continue
            if os.path.isdir(full) or any(os.path.isfile(os.path.join(checkout.path, *path.split("/")[:n])) for n in range(1, path.count("/") + 1)):
                if os.path.isfile(full):
                    os.remove(full)
                self.number += 1
                path = "clash%d.txt" % self.number
                full = checkout.path + "/" + path
            write(full, "".join(lines))
            checkout.git("add", "-f", "--", path)
        for path in checkout.files():  # what git itself put aside: name~HEAD
            if "~" in path:
                checkout.git("add", "--", path, check=False)

    def converge(self):
        self.heal(self.hosts[0])
        for round_number in range(14):
            quiet = True
            for host in self.hosts:
                for checkout in host.checkouts.values():
                    if checkout.staged and not checkout.broken_off:
                        self.commit(checkout, True)
                self.run(host)
                for checkout in host.checkouts.values():
                    report = host.report[checkout.name]
                    if report["error"]:
                        quiet = False
                        self.look_after(checkout)
                    if report["commits"] or report["pulled"] or report["pushed"]:
                        quiet = False
            if quiet:
                return
        raise Broken("no rest after %d rounds" % (round_number + 1))

    def check(self):
        for name in self.repos:
            hub = "%s/hub/%s.git" % (self.root, name)
            tip = self.hosts[0].git(hub, "rev-parse", "main").strip()
            for host in self.hosts:
                self.check_checkout(host.checkouts[name], tip)
            first = self.hosts[0].checkouts[name]
            self.check_history(first, name)
            self.check_hub(hub)

    def check_checkout(self, checkout, tip):
        at = "%s %s: " % (checkout.host.name, checkout.name)
        require(checkout.git("rev-parse", "HEAD").strip() == tip, at + "is not where the hub is")
        status = [s for s in checkout.git("status", "--porcelain", "-uall").splitlines() if not s.startswith("?? conf")]
        require(not status, at + "is not clean: %s" % status)
        fresh = checkout.host.root + "/tmp/fresh-index"
        checkout.git("read-tree", "HEAD", env={"GIT_INDEX_FILE": fresh})
        changed = checkout.git("status", "--porcelain", "-uno", env={"GIT_INDEX_FILE": fresh})
        require(not changed, at + "differs from its index: " + changed)
        self.check_precious(checkout)
        locks = [os.path.join(d, f) for d, _, fs in os.walk(checkout.path + "/.git") for f in fs if f.endswith(".lock")]
        require(not locks, at + "locks are left: %s" % locks)
        require(not os.path.exists(checkout.path + "/.git/auto-commit/journal"), at + "the journal is open")
        fsck = checkout.git("fsck", "--no-dangling", "--no-progress", check=False)
        require(fsck.returncode == 0 and not fsck.stdout + fsck.stderr, at + "git fsck: %s" % (fsck.stdout + fsck.stderr))

    def check_history(self, checkout, name):
        text = "".join(read(checkout.path + "/" + f) for f in checkout.git("ls-files", "-z").split("\0")[:-1])
        present = blobs(text)
        missing = sorted(self.lines[name] - self.deleted - set(present))
        require(not missing, "%s: lines are lost: %s" % (name, missing))
        history = [c for c in self.commits_of(checkout, "HEAD") if len(c[4]) < 2]
        known = collections.defaultdict(list)
        for _, subject, plus, _, _ in history:
            known[subject].append(plus)
        for repo, subject, plus in self.acknowledged:  # where another host deleted what was moved, it adds more now
            require(repo != name or any(plus <= now for now in known[subject]) or (repo, subject, plus) in self.waived,
                    "%s: an acknowledged commit is gone: %s +%s" % (repo, subject, sorted(plus)))
        for (subject, plus, _), count in collections.Counter((c[1], c[2], c[3]) for c in history if c[2]).items():
            require(count == 1, "%s: %d times in the history: %s +%s" % (name, count, subject, sorted(plus)))

    def check_hub(self, hub):
        first = self.hosts[0]
        for row in read(hub + "/logs/refs/heads/main").splitlines():
            old, new = row.split()[:2]
            if old.strip("0"):
                require(first.git(hub, "merge-base", "--is-ancestor", old, new, check=False).returncode == 0,
                        "the hub was forced from %s to %s" % (old, new))
        require(first.git(hub, "for-each-ref", "--format=%(refname)").split() == ["refs/heads/main"], "other refs on the hub")
        require(first.git(hub, "fsck", "--no-dangling", "--no-progress") == "", "git fsck of the hub")


CHECKOUT_STEPS = {"edit": 30, "add": 8, "delete": 4, "rename": 5, "swap": 2, "touch": 4, "stage": 4, "commit": 7,
                  "in_the_way": 2}
HOST_STEPS = {"run": 14, "kill": 10, "race": 3, "run_while_editing": 4, "partition": 3, "heal": 6, "refuse_pushes": 2}


def simulate(program, seed, options):
    root = tempfile.mkdtemp(prefix="sync-%d-" % seed)
    world = None
    try:
        world = World(program, root, seed, options.hosts, options.repos)
        names = list(CHECKOUT_STEPS) + list(HOST_STEPS)
        weights = list(CHECKOUT_STEPS.values()) + list(HOST_STEPS.values())
        for _ in range(options.steps):
            host = world.random.choice(world.hosts)
            checkout = host.checkouts[world.random.choice(world.repos)]
            step = world.random.choices(names, weights)[0]
            getattr(world, step)(checkout if step in CHECKOUT_STEPS else host)
        world.note("-- healing")
        world.converge()
        world.check()
    except (Broken, OSError, UnicodeDecodeError, ValueError) as problem:
        log = "\n".join("  " + row for row in world.log) if world else ""
        text = "seed %d:\n%s\nseed %d: %s: %s\nsee it again: %s %s --seed %d --keep" % (
            seed, log, seed, type(problem).__name__, problem, sys.argv[0], program, seed)
        return text
    finally:
        if options.keep:
            print("kept: " + root)
        else:
            if world:
                for host in world.hosts:
                    host.power_cut()
            shutil.rmtree(root, ignore_errors=True)
    return None


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--seed", type=int)
    parser.add_argument("--seeds", default="1..10", help="A..B")
    parser.add_argument("--steps", type=int, default=60)
    parser.add_argument("--hosts", type=int, default=3)
    parser.add_argument("--repos", type=int, default=2)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--keep", action="store_true", help="leave the world in place")
    options = parser.parse_args()
    program = os.path.abspath(options.program)
    low, high = (options.seed, options.seed) if options.seed is not None else map(int, options.seeds.split(".."))
    begin, failed = time.monotonic(), []
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        for seed, text in zip(range(low, high + 1), pool.map(lambda s: simulate(program, s, options), range(low, high + 1))):
            if text:
                failed.append(seed)
                print(text, flush=True)
    print("seeds %d..%d: %d failed%s, %.1f s" % (low, high, len(failed), " " + str(failed) if failed else "",
                                                time.monotonic() - begin))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
