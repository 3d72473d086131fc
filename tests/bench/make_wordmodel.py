#!/usr/bin/env python3
"""Prints resources/privacy/words.model: how often one letter follows another in names and words that people write.

    make_wordmodel.py DIRECTORY... > resources/privacy/words.model

Reads source code and text below the directories and counts pairs inside runs of letters and digits. Symbols: a-z (case
folded), 0 (any digit), _ (any separator, also before and behind a run). A cell is the cost of the pair in quarter bits,
-4 log2 P(next | this), as the character 35 + cost. Every kind of file counts the same, whatever the trees hold most of.
"""
import collections
import math
import os
import re
import sys

SYMBOLS = "abcdefghijklmnopqrstuvwxyz0_"
KINDS = {".py", ".h", ".hpp", ".js", ".ts", ".txt", ".md", ".rst", ".pm", ".cmake", ".json", ".html", ".css", ".go",
         ".rs", ".sh", ".yml", ".toml", ".c", ".cpp"}


def symbol(c):
    if c.isdigit():
        return "0"
    return c.lower() if c.isascii() and c.isalpha() else "_"


def count(directories):
    per_kind = collections.defaultdict(collections.Counter)
    budget = collections.Counter()
    for directory in directories:
        for folder, _, names in os.walk(directory):
            for name in names:
                kind = os.path.splitext(name)[1]
                if kind not in KINDS or budget[kind] > 8_000_000:
                    continue
                try:
                    with open(os.path.join(folder, name), encoding="utf-8") as file:
                        text = file.read(200_000)
                except (OSError, UnicodeDecodeError):
                    continue
                budget[kind] += len(text)
                for word in re.findall(r"[A-Za-z0-9_]{2,40}", text):
                    # Hashes and numbers are not words.
                    if re.fullmatch(r"(0[xX])?[0-9a-fA-F]{6,}|[0-9_]+", word) or len(re.findall(r"\d", word)) > 6:
                        continue
                    chain = "_" + "".join(symbol(c) for c in word) + "_"
                    per_kind[kind].update(zip(chain, chain[1:]))
    return per_kind


def main():
    shares = collections.Counter()
    for counts in count(sys.argv[1:]).values():
        total = sum(counts.values())
        for pair, n in counts.items():
            shares[pair] += n / total
    scale = 1_000_000 / sum(shares.values())
    for a in SYMBOLS:
        row = {b: shares[a, b] * scale + 2 for b in SYMBOLS}
        total = sum(row.values())
        print("".join(chr(35 + min(60, round(-4 * math.log2(row[b] / total)))) for b in SYMBOLS))


main()
