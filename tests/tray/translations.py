#!/usr/bin/env python3
"""Every word the tray shows is translated: reads the sources anew, into copies of the shipped files, and compares.

  translations.py SOURCE_DIRECTORY LUPDATE ARGUMENTS...

Exits 1 when a text of the sources is missing there, is unfinished, or is no longer in the sources; and when a
translation says other placeholders than its original.
"""
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as xml


def texts(file):
    """(context, source, comment) -> the element of every message."""
    found = {}
    for context in xml.parse(file).getroot().iter("context"):
        for message in context.iter("message"):
            key = (context.findtext("name"), message.findtext("source"), message.findtext("comment") or "")
            found[key] = message.find("translation")
    return found


def forms(translation):
    plural = translation.findall("numerusform")
    return [form.text or "" for form in plural] if plural else [translation.text or ""]


def problems(shipped, fresh):
    known, wanted = texts(shipped), texts(fresh)
    for key in wanted.keys() - known.keys():
        yield "is not there: %s: %r" % key[:2]
    for key in known.keys() - wanted.keys():
        yield "is not in the sources any more: %s: %r" % key[:2]
    for key in wanted.keys() & known.keys():
        said = forms(known[key])
        if known[key].get("type") or not all(said):
            yield "is not finished: %s: %r" % key[:2]
        marks = set(re.findall(r"%[1-9]", key[1]))
        if any(set(re.findall(r"%[1-9]", form)) != marks for form in said):
            yield "has other placeholders: %s: %r" % key[:2]


def main():
    source, command = pathlib.Path(sys.argv[1]), sys.argv[2:]
    failed = 0
    with tempfile.TemporaryDirectory() as directory:
        for shipped in sorted((source / "resources/translations").glob("*.ts")):
            fresh = pathlib.Path(directory, shipped.name)
            shutil.copy(shipped, fresh)
            plural = ["-pluralonly"] if shipped.stem.endswith("_en") else []
            subprocess.run([*command, *plural, "-ts", str(fresh)], cwd=source, check=True)
            for problem in problems(shipped, fresh):
                print("%s: %s" % (shipped.name, problem))
                failed += 1
    if failed:
        print("cmake --build build/dev --target update_translations adds and removes entries")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
