#!/usr/bin/env python3
"""Fails on an include that rules.py forbids, so that dependencies keep pointing one way. The pages hold their own
order in web-client/tests/layering.test.ts.

layering.py ROOT reads the tree; layering.py --self-test proves on small trees that each kind of breach is found.
"""
import fnmatch
import re
import sys
import tempfile
from pathlib import Path

import rules

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"]+)[>"]', re.M)
SOURCES = (".cpp", ".hpp", ".h")


def rule_of(path, table):
    """The longest key that `path` starts with, or None."""
    return max((key for key in table if path.startswith(key)), key=len, default=None)


def resolve(root, path, name):
    """Where a quoted include leads, from the top of the tree: beside the file, under server/ or from the top."""
    for base in (Path(path).parent, Path("server"), Path()):
        if (root / base / name).is_file():
            return (base / name).as_posix()
    return None


def allowed(target, rule, permitted):
    return target.startswith(rule) or any(target.startswith(prefix) for prefix in permitted)


def problems(root):
    users = {library: set() for library in rules.LIBRARIES}
    for folder in ("moderation", "server"):
        for file in sorted((root / folder).rglob("*")):
            if file.suffix not in SOURCES:
                continue
            path = file.relative_to(root).as_posix()
            rule = rule_of(path, rules.OURS)
            if rule is None:
                yield f"{path}: no rule says what this folder may include; add one to rules.py"
                continue
            text = file.read_text(encoding="utf-8")
            for match in INCLUDE.finditer(text):
                bracket, name = match.groups()
                line = text.count("\n", 0, match.start()) + 1
                target = resolve(root, path, name) if bracket == '"' else None
                if target:
                    if not allowed(target, rule, rules.OURS[rule]):
                        yield f"{path}:{line}: {rule} may not include {target}"
                else:
                    yield from library_problems(path, line, name, users)
    for library, paths in users.items():
        most = rules.LIBRARIES[library][1]
        if most is not None and len(paths) > most:
            yield f"{library} is included by {len(paths)} files, at most {most} may know it: {', '.join(sorted(paths))}"


def library_problems(path, line, name, users):
    library = rule_of(name, rules.LIBRARIES)
    if library:
        users[library].add(path)
        if not any(fnmatch.fnmatch(path, pattern) for pattern in rules.LIBRARIES[library][0]):
            yield f"{path}:{line}: <{name}> belongs to {', '.join(rules.LIBRARIES[library][0])}"
    elif re.fullmatch(r"[a-z0-9_]+", name):
        pass  # the standard library
    elif re.fullmatch(r"(sys/|arpa/|netinet/|net/|linux/)?[a-z0-9_]+\.h", name):
        if not any(fnmatch.fnmatch(path, pattern) for pattern in rules.SYSTEM):
            yield f"{path}:{line}: <{name}> is the operating system's; it belongs to {', '.join(rules.SYSTEM)}"
    else:
        yield f"{path}:{line}: <{name}> is found nowhere and no library of rules.py"


# What each small tree holds, and a piece of the one problem that must be found in it (None: nothing is wrong).
CASES = {
    "one way is fine": ({"server/core/ids.hpp": "", "server/store/store.hpp": '#include "core/ids.hpp"\n#include <string>'}, None),
    "a header beside it": ({"server/core/ids.hpp": "", "server/core/a.cpp": '#include "ids.hpp"'}, None),
    "backwards": ({"server/store/store.hpp": "", "server/core/ids.hpp": '\n#include "store/store.hpp"'},
                  "server/core/ids.hpp:2: server/core/ may not include server/store/store.hpp"),
    "past the interface": ({"server/store/sqlite/db.hpp": "", "server/rooms/a.cpp": '#include "store/sqlite/db.hpp"'},
                           "may not include server/store/sqlite/db.hpp"),
    "past the verdict": ({"moderation/engine.hpp": "", "server/rooms/a.cpp": '#include "moderation/engine.hpp"'},
                         "may not include moderation/engine.hpp"),
    "the library knows no server": ({"server/core/ids.hpp": "", "moderation/a.cpp": '#include "core/ids.hpp"'},
                                    "moderation/ may not include server/core/ids.hpp"),
    "Beast in a header": ({"server/net/a.hpp": "#include <boost/beast/core.hpp>"}, "belongs to server/net/*.cpp"),
    "Beast elsewhere": ({"server/session/a.cpp": "  #  include <boost/beast.hpp>"}, "belongs to server/net/*.cpp"),
    "a library known twice": ({"moderation/signals/a.cpp": "#include <hs/hs.h>", "moderation/signals/b.cpp": "#include <hs/hs.h>"},
                              "hs is included by 2 files"),
    "an unknown library": ({"server/core/a.cpp": "#include <lua/lua.hpp>"}, "no library of rules.py"),
    "a file that is not there": ({"server/core/a.cpp": '#include "core/gone.hpp"'}, "is found nowhere"),
    "the system in a pure folder": ({"server/protocol/a.cpp": "#include <sys/socket.h>"}, "is the operating system's"),
    "a folder without a rule": ({"server/extra/a.cpp": ""}, "no rule says"),
}


def self_test():
    failed = 0
    for name, (files, expected) in CASES.items():
        with tempfile.TemporaryDirectory() as folder:
            for path, text in files.items():
                file = Path(folder) / path
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(text, encoding="utf-8")
            found = list(problems(Path(folder)))
        right = found == [] if expected is None else len(found) == 1 and expected in found[0]
        if not right:
            failed += 1
            print(f"{name}: expected {expected!r}, found {found}")
    print(f"{len(CASES) - failed} of {len(CASES)} small trees judged as they should be")
    return failed


if __name__ == "__main__":
    if sys.argv[1:] == ["--self-test"]:
        sys.exit(1 if self_test() else 0)
    if len(sys.argv) != 2 or not Path(sys.argv[1], "server").is_dir():
        sys.exit(__doc__)
    breaches = list(problems(Path(sys.argv[1])))
    print("\n".join(breaches) if breaches else "every include points the right way")
    sys.exit(1 if breaches else 0)
