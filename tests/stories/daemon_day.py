#!/usr/bin/env python3
"""A daemon's day: a tree of repositories, edits all the time, and everything that goes wrong in 24 hours.

  daemon_day.py COMMITS [--repos 100] [--hours 24] [--sweeps 20] [--edits 6] [--seed 1] [--keep] [--verbose]

The day is accelerated: a sweep is asked for (POST /cycle) as soon as the one before has ended instead of every three
minutes, so a day of 24 x 20 sweeps takes minutes. Between them file events are at work as always. Each hour brings some
trouble: the hubs are out of reach or refuse pushes, the model server refuses connections, is silent, answers rubbish or
503, settings are reloaded over HTTP or by SIGHUP, well-formed or broken, repositories are paused, the daemon is frozen;
in the first half of the day it is also killed (SIGKILL, in the middle of a sweep) and restarted. A colleague pushes to
some of the hubs meanwhile.

Every version of a file that the simulated user writes is unique and entered in a ledger; a file is only written again
when its last version is committed. In the end, with everything in reach again:
  - every tree is as its user left it, clean, and at its hub's tip; git fsck is content; no lock is left;
  - every version of the ledger is in the history of its branch, and so is every commit of the colleague;
  - the daemon's history has every commit that is on a branch and not the colleague's, and every version was committed
    once;
  - over the second half of the day resident memory and file descriptors stayed flat, no zombie is left;
  - log and activity log together stay below 50 MB.
Prints figures; exits 1 and says the seed when something does not hold.
"""
import argparse
import collections
import hashlib
import http.server
import json
import os
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request

PATIENCE = 120
WORDS = "amber birch cedar delta ember fjord grove heron inlet jetty knoll larch maple north ocean pearl quill ridge".split()
LOG_LIMIT = 50_000_000


class Broken(Exception):
    pass


def require(condition, text):
    if not condition:
        raise Broken(text)


def blob_id(data):
    return hashlib.sha1(b"blob %d\0" % len(data) + data).hexdigest()


class Models(http.server.ThreadingHTTPServer):
    """A model server that answers as it is told to."""
    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), ModelHandler)
        self.mode, self.asked = "good", 0
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def url(self):
        return "http://127.0.0.1:%d" % self.server_port

    def handle_error(self, *_):
        pass  # the daemon gave up on a silent answer


class ModelHandler(http.server.BaseHTTPRequestHandler):
    def log_message(self, *_):
        pass

    def answer(self, status, body):
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def misbehaves(self):
        mode = self.server.mode
        if mode == "refuses":
            self.connection.close()
        elif mode == "silent":
            for _ in range(300):
                if self.server.mode != "silent":
                    break
                time.sleep(0.1)
            self.connection.close()
        elif mode == "rubbish":
            self.answer(200, b"<html>welcome to the login page</html>")
        elif mode == "busy":
            self.answer(503, {"error": {"message": "Loading model", "code": 503}})
        return mode != "good"

    def do_GET(self):
        if self.misbehaves():
            return
        if self.path == "/v1/models":
            self.answer(200, {"data": [{"id": "ministral-3b-instruct", "object": "model"}]})
        else:
            self.answer(404, {})

    def do_POST(self):
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.server.asked += 1
        if self.misbehaves():
            return
        text = json.dumps({"type": "docs", "scope": None, "breaking": False, "subject": "tell of what grows by the water", "body": []})
        self.answer(200, {"id": "c", "model": "ministral-3b-instruct", "choices": [
            {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": text}}],
            "usage": {"prompt_tokens": 900, "completion_tokens": 30}})


class Repo:
    def __init__(self, world, number):
        self.world, self.name = world, "r%03d" % number
        self.path, self.hub = world.root / "code" / self.name, world.root / "hubs" / (self.name + ".git")
        self.files = {}  # path -> its bytes now
        self.ledger = []  # (path, blob) of every version there was
        self.others = []  # commits of the colleague
        self.aside = set()  # never to be committed

    def git(self, *arguments, cwd=None, check=True, stdin=None):
        done = subprocess.run(["git", *arguments], cwd=cwd or self.path, env=self.world.env, capture_output=True,
                              input=stdin, text=True)
        if check and done.returncode:
            raise Broken("%s: git %s: %s" % (self.name, " ".join(arguments), done.stderr))
        return done.stdout

    def committed(self):
        lines = self.git("ls-tree", "-rz", "HEAD").split("\0")
        return {line.split("\t")[1]: line.split()[2] for line in lines if line}

    def write(self, path, data):
        self.files[path] = data
        self.ledger.append((path, blob_id(data)))
        (self.path / path).parent.mkdir(parents=True, exist_ok=True)
        (self.path / path).write_bytes(data)

    def edit(self, chance):
        """One step of a user whose files are all of use: only a version that is committed is written over."""
        known = self.committed()
        free = [path for path, data in self.files.items() if known.get(path) == blob_id(data)]
        gone = [path for path in known if path not in self.files and not path.startswith("other/")]
        what = chance.random()
        if what < 0.65 and free:
            path = chance.choice(free)
            self.write(path, self.files[path] + self.world.line())
        elif what < 0.72 and len(free) > 6 and not gone:
            path = chance.choice(free)
            del self.files[path]
            (self.path / path).unlink()
        elif what < 0.78 and len(free) > 6 and not gone:
            path, to = chance.choice(free), "moved/%s.md" % self.world.number()
            data = self.files.pop(path)
            (self.path / path).unlink()
            self.write(to, data + self.world.line())
        elif what < 0.80:
            (self.path / ".env").write_text("DATABASE_PASSWORD=%s\n" % self.world.number())
            self.aside.add(".env")
        else:
            self.write("%s/%s.md" % (chance.choice(WORDS), self.world.number()), self.world.line() * 3)

    def colleague(self):
        """Somebody else pushes, from another machine: never to the files of ours."""
        clone = self.world.root / "colleague" / self.name
        if not clone.exists():
            self.git("clone", "-q", str(self.hub), str(clone), cwd=self.world.root)
        path = clone / "other" / (self.world.number() + ".md")
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(self.world.line())
        self.git("add", ".", cwd=clone)
        self.git("-c", "user.name=Colleague", "commit", "-qm", "docs: add %s" % path.name, cwd=clone)
        for _ in range(20):
            self.git("-c", "user.name=Colleague", "pull", "-q", "--rebase", cwd=clone)
            done = subprocess.run(["git", "push", "-q"], cwd=clone, env=self.world.env, capture_output=True)
            if done.returncode == 0:
                self.others.append(("other/" + path.name, blob_id(path.read_bytes())))
                return
        raise Broken("%s: the colleague could not push" % self.name)


class World:
    def __init__(self, root, options):
        self.root, self.options, self.chance = root, options, random.Random(options.seed)
        self.program = options.commits.resolve()
        self.home, self.count, self.models = root / "home", 0, Models()
        (self.home / ".config/commits").mkdir(parents=True)
        (self.home / ".gitconfig").write_text(
            "[user]\n\tname = Dev\n\temail = dev@example.invalid\n[init]\n\tdefaultBranch = main\n[pull]\n\trebase = true\n[gc]\n\tauto = 0\n")
        self.env = {"HOME": str(self.home), "PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "ASAN_OPTIONS": "detect_leaks=0",
                    "XDG_RUNTIME_DIR": str(root / "run"), "AUTO_COMMIT_HOST_NAME": "apricot", "AUTO_COMMIT_API_PORT": "0",
                    "AUTO_COMMIT_FILE_QUIET_SECONDS": "0"}
        (root / "run").mkdir(mode=0o700)
        (root / "colleague").mkdir()
        self.settings = {"settle_seconds": 1, "settle_cap_seconds": 3, "no_model_wait_seconds": 2, "model_timeout_seconds": 10,
                         "coordinator_url": [self.models.url()]}
        self.save()
        self.make_repos()

    def save(self, text=None):
        file = self.home / ".config/commits/startup-config.json"
        file.write_text(text or json.dumps(self.settings))

    def number(self):
        self.count += 1
        return "%06d" % self.count

    def line(self):
        return ("%s %s grows by the %s %s\n" % (self.number(), *self.chance.sample(WORDS, 3))).encode()

    def make_repos(self):
        first = Repo(self, 0)
        (self.root / "code").mkdir()
        (self.root / "hubs").mkdir()
        seed = self.root / "seed"
        first.git("init", "-q", str(seed), cwd=self.root)
        start = {}
        for i in range(12):
            start["%s/%s.md" % (WORDS[i % 5], self.number())] = self.line() * 4
        for path, data in start.items():
            (seed / path).parent.mkdir(exist_ok=True)
            (seed / path).write_bytes(data)
        first.git("add", ".", cwd=seed)
        first.git("-c", "user.name=Colleague", "commit", "-qm", "start", cwd=seed)
        first.git("clone", "-q", "--bare", str(seed), str(self.root / "bare"), cwd=self.root)
        first.git("clone", "-q", str(self.root / "bare"), str(self.root / "work"), cwd=self.root)
        self.repos = [Repo(self, number) for number in range(self.options.repos)]
        for repo in self.repos:
            shutil.copytree(self.root / "bare", repo.hub)
            hook = repo.hub / "hooks/pre-receive"
            hook.write_text("#!/bin/sh\n[ -e '%s/refuse' ] || exit 0\necho 'not today' >&2\nexit 1\n" % self.root)
            hook.chmod(0o755)
            shutil.copytree(self.root / "work", repo.path)
            config = repo.path / ".git/config"
            config.write_text(config.read_text().replace(str(self.root / "bare"), str(repo.hub)))
            repo.files = dict(start)

    # --- the daemon

    def commits(self, *arguments, check=True):
        done = subprocess.run([self.program, *arguments], cwd=self.root, env=self.env, capture_output=True, text=True, timeout=PATIENCE)
        require(not check or done.returncode == 0, "commits %s: %s%s" % (" ".join(arguments), done.stdout, done.stderr))
        return done.stdout

    def start(self):
        self.commits("start", "1h", "-R", "code")
        self.entry = json.loads((self.home / ".config/commits/daemons.json").read_text())["daemons"][0]
        self.pid = self.entry["pid"]
        self.token = pathlib.Path(self.entry["token_file"]).read_text().split("\n")[0]

    def ask(self, verb, path, body=None):
        data = None if verb == "GET" else json.dumps(body or {}).encode()
        request = urllib.request.Request(self.entry["url"] + path, data=data, method=verb, headers={
            "Authorization": "Bearer " + self.token, "Content-Type": "application/json"})
        for _ in range(50):
            try:
                with urllib.request.urlopen(request, timeout=60) as answer:
                    return json.loads(answer.read())
            except urllib.error.HTTPError as refused:
                if refused.code != 429:
                    raise Broken("%s %s: %d %s" % (verb, path, refused.code, refused.read()))
                time.sleep(float(refused.headers.get("Retry-After", "1")))  # ten a minute for control verbs, see SAFETY
        raise Broken("%s %s: too many requests" % (verb, path))

    def until(self, what, found, patience=PATIENCE):
        end = time.monotonic() + patience
        while time.monotonic() < end:
            if found():
                return
            time.sleep(0.05)
        raise Broken("waited in vain for " + what)

    def begin_sweep(self):
        return self.ask("POST", "/cycle")["cycle"]

    def end_sweep(self, number):
        def over():
            cycle = self.ask("GET", "/status")["cycle"]
            return cycle["number"] > number or (cycle["number"] == number and not cycle["running"])
        self.until("the end of cycle %d" % number, over)

    def kill(self):
        os.kill(self.pid, signal.SIGKILL)
        self.until("the end of the daemon", lambda: not os.path.exists("/proc/%d" % self.pid))

    def resources(self):
        status = pathlib.Path("/proc/%d/status" % self.pid).read_text()
        memory = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS"))
        threads = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("Threads"))
        return {"rss": memory, "fds": len(os.listdir("/proc/%d/fd" % self.pid)), "threads": threads}

    def log_bytes(self):
        return sum(file.stat().st_size for file in (self.home / ".cache/commits").rglob("*") if ".log" in file.name or "jsonl" in file.name)

    # --- trouble: each a pair of functions, to begin it and to end it

    def troubles(self, kills):
        def mode(name):
            return lambda: setattr(self.models, "mode", name), lambda: setattr(self.models, "mode", "good")

        def reload(changes, how):
            def begin():
                self.settings.update(changes)
                self.save()
                how()
            return begin, lambda: None

        def hup():
            os.kill(self.pid, signal.SIGHUP)

        def broken():
            self.save("{ this is not JSON")
            hup()

        def mended():
            self.save()
            hup()

        def pause():
            self.paused = self.ask("GET", "/repos?limit=1000")["items"][:3]
            for repo in self.paused:
                self.ask("POST", "/repos/%s/pause" % repo["id"], {"reason": "a meeting"})

        def resume():
            for repo in self.paused:
                self.ask("POST", "/repos/%s/resume" % repo["id"])

        def freeze():
            os.kill(self.pid, signal.SIGSTOP)
            time.sleep(1)  # stands for a machine that was busy with something else
            os.kill(self.pid, signal.SIGCONT)

        def restart():
            self.commits("stop")
            self.start()

        def murder():
            self.begin_sweep()
            time.sleep(self.chance.uniform(0, 1.5))  # somewhere in it
            self.kill()
            self.start()

        def nothing():
            pass

        all_day = {
            "hubs-away": (lambda: (self.root / "hubs").rename(self.root / "gone"), lambda: (self.root / "gone").rename(self.root / "hubs")),
            "hubs-refuse": ((self.root / "refuse").touch, (self.root / "refuse").unlink),
            "models-refuse": mode("refuses"), "models-silent": mode("silent"), "models-rubbish": mode("rubbish"), "models-busy": mode("busy"),
            "reload": reload({"max_parallel_repos": self.chance.choice([4, 6, 8])}, lambda: self.ask("POST", "/reload")),
            "hangup": reload({"on_no_model": self.chance.choice(["wait", "fallback"])}, hup),
            "broken-settings": (broken, mended), "pause": (pause, resume), "frozen": (freeze, nothing),
        }
        if kills:
            all_day.update({"killed": (murder, nothing), "killed-again": (murder, nothing), "restarted": (restart, nothing)})
        return all_day

    # --- the day

    def hour(self, number, deck):
        calm = number >= self.options.hours // 2
        begun = []
        for _ in range(self.options.troubles):
            if not deck[calm]:
                deck[calm] = list(self.troubles(kills=not calm))
                self.chance.shuffle(deck[calm])
                deck[calm].sort(key=lambda name: name == "killed")  # the last is taken first: no day without one
            begun.append(deck[calm].pop())
        if self.options.verbose:
            print("hour %d: %s" % (number, ", ".join(begun)), flush=True)
        self.seen.update(begun)
        known = self.troubles(kills=True)
        for name in begun:
            known[name][0]()
        for sweep in range(self.options.sweeps):
            for repo in self.chance.sample(self.repos, min(self.options.edits, len(self.repos))):
                repo.edit(self.chance)
            cycle = self.begin_sweep()
            if self.chance.random() < 0.3:
                self.chance.choice(self.repos).edit(self.chance)  # in the middle of it
            if (self.root / "hubs").exists() and not (self.root / "refuse").exists():
                self.chance.choice(self.repos[::5]).colleague()
            self.end_sweep(cycle)
            self.sweeps += 1
        for name in begun:
            known[name][1]()
        self.end_sweep(self.begin_sweep())
        self.samples.append({"hour": number, "calm": calm, **self.resources()})

    def day(self):
        self.seen, self.samples, self.sweeps = collections.Counter(), [], 0
        self.start()
        try:
            deck = {False: [], True: []}
            for number in range(self.options.hours):
                self.hour(number, deck)
            self.heal()
            self.final = self.resources()
            self.zombies = [line for line in subprocess.run(["ps", "-o", "stat=", "--ppid", str(self.pid)], capture_output=True, text=True).stdout.split() if line.startswith("Z")]
        finally:
            self.commits("stop", "--all", check=False)

    def heal(self):
        """What failed is backing off for up to an hour; a person asks for it now."""
        ids = {pathlib.PurePath(repo["path"]).name: repo["id"] for repo in self.ask("GET", "/repos?limit=1000")["items"]}
        require(set(ids) == {repo.name for repo in self.repos}, "the daemon does not know all repositories")
        waiting = list(self.repos)
        for _ in range(10):
            waiting = [repo for repo in waiting if not self.is_done(repo)]
            if not waiting:
                return
            for repo in waiting:
                self.ask("POST", "/repos/%s/sync" % ids[repo.name])
            self.until("repositories to come to rest", lambda: not any(
                row["running"] for row in self.ask("GET", "/repos?limit=1000")["items"]))
            self.end_sweep(self.begin_sweep())
        repo = waiting[0]
        raise Broken("%d repositories never came to rest, the first: %s\n%s\n%s" % (len(waiting), repo.name, repo.git("status", "-sb"),
                     json.dumps(self.ask("GET", "/repos/" + ids[repo.name]), indent=1)))

    def is_done(self, repo):
        dirty = [line for line in repo.git("status", "--porcelain", "-z").split("\0") if line and line[3:] not in repo.aside]
        return not dirty and repo.git("rev-parse", "HEAD") == repo.git("rev-parse", "main", cwd=repo.hub)

    # --- what has to hold

    def check(self):
        rows = collections.defaultdict(list)
        for commit in json.loads(self.commits("history", "--json", "-n", "100000"))["commits"]:
            rows[pathlib.PurePath(commit["repo_path"] if "repo_path" in commit else commit["path"]).name].append(commit["sha"])
        for repo in self.repos:
            self.check_repo(repo, rows[repo.name])
        self.check_figures()
        return sum(map(len, rows.values()))

    def check_repo(self, repo, recorded):
        name = repo.name
        repo.git("fsck", "--strict")
        require(repo.committed().items() >= {path: blob_id(data) for path, data in repo.files.items()}.items(), name + ": HEAD lacks a file of the user's")
        mine = {path for path in repo.committed() if not path.startswith("other/")}
        require(mine == set(repo.files), "%s: HEAD has files the user deleted: %s" % (name, mine - set(repo.files)))
        for path, data in repo.files.items():
            require((repo.path / path).read_bytes() == data, "%s: %s is not as its user left it" % (name, path))
        locks = [str(file) for file in (repo.path / ".git").rglob("*.lock")]
        require(not locks, "%s: locks are left: %s" % (name, locks))

        reachable = set(line.split()[0] for line in repo.git("rev-list", "--objects", "HEAD").splitlines())
        for path, blob in repo.ledger + repo.others:
            require(blob in reachable, "%s: a version of %s is lost" % (name, path))
        on_branch = repo.git("log", "--format=%H", "--author=Dev", "HEAD").split()
        missing = set(on_branch) - set(recorded)
        require(len(set(recorded)) == len(recorded), name + ": the history has a commit twice")
        require(not missing, "%s: the history lacks %s" % (name, repo.git("log", "--no-walk", "--format=%h %s (%cd)", *missing) if missing else ""))
        self.check_once(repo, on_branch)

    @staticmethod
    def check_once(repo, commits):
        raw = repo.git("log", "--no-walk=unsorted", "--stdin", "--raw", "--no-abbrev", "--no-renames", "--format=", stdin="\n".join(commits) + "\n") if commits else ""
        count = collections.Counter()
        for line in raw.splitlines():
            if line.startswith(":"):
                count[(line.split("\t")[1], line.split()[3])] += 1
        for version in repo.ledger:
            require(count[version] == 1, "%s: %s was committed %d times" % (repo.name, version[0], count[version]))

    def check_figures(self):
        calm = [sample for sample in self.samples if sample["calm"]]
        first, last = calm[0], self.final
        if self.options.flat:
            require(last["rss"] <= first["rss"] * (1 + self.options.flat / 100), "memory grew: %s" % [s["rss"] for s in calm])
        require(last["fds"] <= first["fds"] + 4, "file descriptors grew: %s" % [s["fds"] for s in calm])
        require(last["threads"] <= first["threads"] + 2, "threads grew: %s" % [s["threads"] for s in calm])
        require(not self.zombies, "zombies are left")
        require(self.log_bytes() <= LOG_LIMIT, "the logs have %d bytes" % self.log_bytes())


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("commits", type=pathlib.Path)
    parser.add_argument("--repos", type=int, default=100)
    parser.add_argument("--hours", type=int, default=24)
    parser.add_argument("--sweeps", type=int, default=20, help="an hour")
    parser.add_argument("--edits", type=int, default=6, help="a sweep")
    parser.add_argument("--troubles", type=int, default=2, help="an hour")
    parser.add_argument("--flat", type=float, default=10, help="percent that memory may grow over the calm half; 0: not looked at")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", action="store_true")
    parser.add_argument("--verbose", action="store_true")
    options = parser.parse_args()
    root = pathlib.Path(tempfile.mkdtemp(prefix="daemon-day-"))
    started = time.monotonic()
    try:
        world = World(root, options)
        world.day()
        recorded = world.check()
        calm = [sample for sample in world.samples if sample["calm"]]
        print("%d repositories, %d sweeps, %d versions written, %d commits recorded, %d questions to the models, in %.0f s" % (
            options.repos, world.sweeps, sum(len(repo.ledger) for repo in world.repos), recorded, world.models.asked, time.monotonic() - started))
        print("trouble: " + ", ".join("%s %d" % item for item in sorted(world.seen.items())))
        print("calm half: RSS %s MiB, at the end %.1f; descriptors %s, %d; logs %.2f MB" % (
            " ".join("%.1f" % (s["rss"] / 1024) for s in calm), world.final["rss"] / 1024, " ".join(str(s["fds"]) for s in calm),
            world.final["fds"], world.log_bytes() / 1e6))
    except Broken as broken:
        print("seed %d: %s" % (options.seed, broken))
        for log in (root / "home/.cache/commits").glob("*.log"):
            print(log.read_text()[-3000:])
        sys.exit(1)
    finally:
        if options.keep:
            print(root)
        else:
            shutil.rmtree(root, ignore_errors=True)


if __name__ == "__main__":
    main()
