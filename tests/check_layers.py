#!/usr/bin/env python3
"""Checks which folder may include which, and who may use what foreign header. Exits 1 and names every breach.

  check_layers.py [SOURCE_DIR]
  check_layers.py --self-test     planted breaches have to be found
"""
import os
import re
import sys
import tempfile

# A folder may include itself and what stands here; nothing else. Read it top to bottom.
ARROWS = {
    "core/base": [],
    "core/change": ["core/base"],
    "core/api": ["core/base"],
    "core/config": ["core/base"],
    "core/git": ["core/base"],
    "core/keychain": ["core/base"],
    "core/privacy": ["core/base", "core/change"],
    "core/engine": ["core/base", "core/change"],
    "core/message": ["core/base", "core/change"],
    "core/store": ["core/base"],
    "core/inference": ["core/base"],
    "core/api": ["core/base"],
    "core/wording": ["core/base", "core/change"],
    "core/model": ["core/inference", "core/wording", "core/privacy", "core/message", "core/change", "core/base"],
    "core/release": ["core/base"],
    "core/sync": ["core/git", "core/config", "core/base"],
    "core/pipeline": ["core/model", "core/privacy", "core/git", "core/config", "core/engine", "core/message", "core/change", "core/base"],
    "core/recovery": ["core/sync", "core/git", "core/config", "core/base"],
    "core/stages": ["core/pipeline", "core/model", "core/wording", "core/recovery", "core/release", "core/sync", "core/git", "core/engine", "core/message", "core/privacy", "core/config", "core/change", "core/base"],
    "core/service": ["core"],
    "core/doctor": ["core/service", "core/stages", "core/inference", "core/store", "core/sync", "core/git", "core/config", "core/base"],
    "core/agent": ["core/service", "core/store", "core/pipeline", "core/model", "core/wording", "core/git", "core/privacy", "core/config", "core/inference", "core/change", "core/base"],
    "daemon/http": ["core/base"],
    "daemon/release": ["core"],
    "daemon/api": ["daemon/http", "daemon/steering.h", "core"],
    "daemon/schedule": ["core/base"],
    "daemon/watch": ["core/git", "core/store/storefiles.h", "core/base"],
    "daemon/run": ["daemon/release", "daemon/service", "daemon/schedule", "daemon/watch", "daemon/http", "daemon/api", "daemon/steering.h", "core"],
    "daemon/service": ["daemon/api", "core"],
    "daemon": ["core", "daemon/api", "daemon/http", "daemon/service"],
    "tray": ["core/base", "core/config", "core/keychain", "core/api"],
    "app": ["daemon", "tray", "core"],
    "tests": ["app", "daemon", "tray", "core"],
}

# Foreign headers and calls, and the only places that may use them.
OWNERS = [
    (re.compile(r'#\s*include\s*<(QSql|QtSql)'), ["core/store/"]),
    (re.compile(r'#\s*include\s*<git2'), ["core/git/"]),
    (re.compile(r'#\s*include\s*<(QNetworkAccessManager|QTcpServer|QTcpSocket)'), ["core/inference/", "core/api/", "daemon/http/", "daemon/release/"]),
    (re.compile(r'#\s*include\s*<QNetworkInformation'), ["core/service/networkcost.cpp"]),
    (re.compile(r'#\s*include\s*<llhttp'), ["daemon/http/"]),
    (re.compile(r'#\s*include\s*<qt6keychain'), ["core/keychain/"]),
    (re.compile(r'#\s*include\s*<(QApplication|QWidget|QSystemTrayIcon|QGuiApplication)'), ["tray/", "app/commits_tray.cpp", "app/trayprogram.cpp"]),
    (re.compile(r'#\s*include\s*<CLI/'), ["app/commandline"]),
    (re.compile(r'#\s*include\s*<spdlog/'), ["core/base/log.cpp"]),
    (re.compile(r'\bwaitFor(Started|Finished|ReadyRead|BytesWritten)\b'), ["core/git/processrunner.cpp"]),
    (re.compile(r'\bQEventLoop\b'), []),
    (re.compile(r'\bcondition_variable\b'), ["core/agent/", "core/inference/waiting.h", "core/sync/hubconnections.h", "core/base/", "core/service/", "core/store/", "daemon/"]),
    (re.compile(r'\bprocessEvents\b'), []),
    (re.compile(r'\bQProcess\b(?!Environment)'), ["core/git/processrunner.cpp", "app/configcommand.cpp"]),
    # QNetworkInformation is to be had by that call alone; singletons of our own there are none.
    (re.compile(r'\binstance\(\)'), ["core/service/networkcost.cpp"]),
]

LINE_LIMIT = 500
SOURCE_FOLDERS = ("core", "daemon", "tray", "app")


def folder_of(path):
    """The row of ARROWS a file belongs to: core/git/git.h -> core/git, daemon/steering.h -> daemon."""
    parts = path.split("/")
    return "/".join(parts[:2]) if parts[0] in ("core", "daemon") and len(parts) > 2 else parts[0]


def may_include(folder, target, path):
    """A row may also name one file, which is then allowed where its folder is not."""
    allowed = ARROWS.get(folder)
    if allowed is None:
        return False
    return target == folder or path in allowed or any(target == a or target.startswith(a + "/") for a in allowed)


def without_comments(text):
    return re.sub(r"//[^\n]*|/\*.*?\*/", lambda m: re.sub(r"[^\n]", " ", m.group()), text, flags=re.S)


def check_file(root, path):
    with open(os.path.join(root, path), encoding="utf-8") as f:
        text = f.read()
    code = without_comments(text)
    folder = folder_of(path)
    if folder not in ARROWS:
        yield "%s: folder %s has no row in tests/check_layers.py" % (path, folder)
    for number, line in enumerate(code.split("\n"), 1):
        m = re.match(r'\s*#\s*include\s*"([^"]+)"', line)
        if m and not m.group(1).endswith(".moc"):
            target = folder_of(m.group(1))
            if ".." in m.group(1) or not os.path.exists(os.path.join(root, m.group(1))):
                yield "%s:%d: include from the root, as in \"core/git/git.h\": %s" % (path, number, m.group(1))
            elif not may_include(folder, target, m.group(1)):
                yield "%s:%d: %s may not include %s" % (path, number, folder, target)
        if path.startswith("tests/"):
            continue
        for pattern, owners in OWNERS:
            if pattern.search(line) and not any(path.startswith(o) for o in owners):
                yield "%s:%d: %r may be used only in %s" % (path, number, pattern.search(line).group().strip(), owners or "no file")
    count = text.count("\n")
    if not path.startswith("tests/") and count > LINE_LIMIT:
        yield "%s: %d lines; above %d a file does two jobs" % (path, count, LINE_LIMIT)


def sources(root):
    for top in SOURCE_FOLDERS + ("tests",):
        for directory, _, names in os.walk(os.path.join(root, top)):
            for name in sorted(names):
                if name.endswith((".h", ".cpp")):
                    yield os.path.relpath(os.path.join(directory, name), root).replace(os.sep, "/")


def check_twins(root):
    """Two types of one name in our one namespace are undefined behaviour as soon as a program links both."""
    first = {}
    for path in sorted(sources(root)):
        if path.startswith("tests/") or not path.endswith(".h"):
            continue
        with open(os.path.join(root, path), encoding="utf-8") as f:
            code = without_comments(f.read())
        for name in re.findall(r"^(?:class|struct|enum class)\s+(\w+)(?:\s+final)?(?:\s*:(?!:)[^;{]*)?\s*\{", code, flags=re.M):
            if first.setdefault(name, path) != path:
                yield "%s: there is a type %s in %s already" % (path, name, first[name])


def check(root):
    return [breach for path in sorted(sources(root)) for breach in check_file(root, path)] + list(check_twins(root))


def self_test():
    breaches = {
        "core/base/a.h": '#include "core/git/b.h"\n',
        "core/git/b.h": "#include <QSqlQuery>\n",
        "core/engine/c.cpp": '#include "../git/b.h"\n',
        "core/config/d.cpp": "void f() { p.waitForFinished(1); }\n",
        "core/unknown/e.h": "\n",
        "core/sync/f.cpp": "\n" * (LINE_LIMIT + 1),
        "daemon/steering.h": "\n",
        "daemon/scheduler.h": "\n",
        "daemon/http/i.h": '#include "daemon/steering.h"\n',
        "daemon/api/j.h": '#include "daemon/scheduler.h"\n',
        "daemon/api/k.h": '#include "daemon/steering.h"\n',
        "core/change/g.h": "struct Twin\n{\n};\n",
        "core/change/h.h": "enum class Twin : int {\n};\n",
    }
    with tempfile.TemporaryDirectory() as root:
        for path, text in breaches.items():
            os.makedirs(os.path.join(root, os.path.dirname(path)), exist_ok=True)
            with open(os.path.join(root, path), "w", encoding="utf-8") as f:
                f.write(text)
        found = "\n".join(check(root))
    sound = ("core/change/g.h", "daemon/steering.h", "daemon/scheduler.h", "daemon/api/k.h")
    missed = [path for path in breaches if path not in sound and path + ":" not in found]
    false_alarms = [path for path in sound if path + ":" in found]
    if missed or false_alarms:
        print("not found: %s, found in sound files: %s\n%s" % (missed, false_alarms, found))
    return 1 if missed or false_alarms else 0


def main():
    if "--self-test" in sys.argv:
        return self_test()
    root = sys.argv[1] if len(sys.argv) > 1 else os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
    found = check(root)
    print("\n".join(found) if found else "every arrow points the allowed way")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
