#!/usr/bin/env python3
"""Fails on what must not stay in the tree: loose ends, paths of one machine, hosts of package registries.

hygiene.py ROOT reads the tree and only warns of sources past 300 lines; hygiene.py --self-test proves what it finds.
"""
import os
import re
import sys
import tempfile
from pathlib import Path

SKIPPED = {".git", "build", "node_modules", "dist", "data", "__pycache__"}
CODE = {".cpp", ".hpp", ".ts", ".tsx", ".css", ".html", ".py", ".toml", ".ftl", ".cmake", ".mjs", ".sql", ".sh", ""}
# Written in halves so that this file does not find itself.
LOOSE_ENDS = re.compile(r"\b(TO" r"DO|FIX" r"ME|XX" r"X|HA" r"CK)\b|not " r"implemented")
EVERYWHERE = [
    (re.compile(r"/wo" r"rk/|/ho" r"me/\w|/ro" r"ot/\w|/U" r"sers/\w"), "a path of one machine"),
    (re.compile(r"npm" r"js\.org|deb\.deb" r"ian\.org|secur" r"ity\.debian\.org|py" r"pi\.org"), "the host of a package registry"),
    (re.compile(r"^(<{7}|>{7}) ", re.M), "the mark of an unfinished merge"),
]
LONG = 300
LONG_ALLOWED = re.compile(r"/(packs|claims|corpus|locales|tests?)/|^tests/")


def files(root):
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if name not in SKIPPED)
        for name in sorted(set(names) - SKIPPED):  # a second worktree's .git is a file
            yield Path(folder, name)


def judge(root):
    problems, warnings = [], []
    for file in files(root):
        path = file.relative_to(root).as_posix()
        try:
            text = file.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # a picture or a font
        checks = list(EVERYWHERE)
        if file.suffix in CODE:
            checks.append((LOOSE_ENDS, "a loose end"))
        for pattern, what in checks:
            for match in pattern.finditer(text):
                line = text.count("\n", 0, match.start()) + 1
                problems.append(f"{path}:{line}: {what}: {match.group()}")
        lines = text.count("\n")
        if file.suffix in {".cpp", ".hpp", ".ts", ".tsx"} and lines > LONG and not LONG_ALLOWED.search(path):
            warnings.append(f"{path}: {lines} lines; which second thing crept in?")
    return problems, warnings


CASES = {
    "clean": ({"a.cpp": "int a;\n", "b.md": "TO" "DO lists are a habit\n"}, 0, 0),
    "loose end": ({"a.cpp": "// TO" "DO later\n"}, 1, 0),
    "machine path": ({"docs/a.md": "see /wo" "rk/x\n"}, 1, 0),
    "registry": ({"package-lock.json": '"https://registry.npm' 'js.org/x"\n'}, 1, 0),
    "built things are not ours": ({"node_modules/a.ts": "// FIX" "ME\n", "build/a.cpp": "// FIX" "ME\n"}, 0, 0),
    "long": ({"server/a.cpp": "\n" * 301}, 0, 1),
    "long data": ({"moderation/packs/a.cpp": "\n" * 301}, 0, 0),
}


def self_test():
    failed = 0
    for name, (tree, problems, warnings) in CASES.items():
        with tempfile.TemporaryDirectory() as folder:
            for path, text in tree.items():
                file = Path(folder) / path
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(text, encoding="utf-8")
            found = judge(Path(folder))
        if (len(found[0]), len(found[1])) != (problems, warnings):
            failed += 1
            print(f"{name}: found {found}")
    print(f"{len(CASES) - failed} of {len(CASES)} small trees judged as they should be")
    return failed


if __name__ == "__main__":
    if sys.argv[1:] == ["--self-test"]:
        sys.exit(1 if self_test() else 0)
    if len(sys.argv) != 2 or not Path(sys.argv[1]).is_dir():
        sys.exit(__doc__)
    found, warned = judge(Path(sys.argv[1]))
    for warning in warned:
        print(f"warning: {warning}")
    print("\n".join(found) if found else "nothing is left lying about")
    sys.exit(1 if found else 0)
