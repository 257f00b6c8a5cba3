"""What the checks in this folder share: reading the tree, blanking what is not code, and reporting file:line."""

import os
import re
import sys
import tempfile

SKIPPED_DIRECTORIES = {".git", "build", "node_modules", "__pycache__"}
TEXT_ENDINGS = (
    ".hpp", ".h", ".cpp", ".c", ".py", ".sh", ".cmake", ".txt", ".in", ".json", ".jsonl", ".md", ".sql", ".yml",
    ".yaml", ".toml", ".js", ".mjs", ".cjs", ".ts", ".tsv", ".csv", ".cfg", ".ini",
)
TEXT_NAMES = {"dev", "run", "LICENSE", ".clang-format", ".clang-tidy", ".editorconfig", ".gitignore"}


def files(root, under="", endings=TEXT_ENDINGS, names=()):
    """The paths below root/under, relative to root, in order."""
    found = []
    for directory, directories, entries in os.walk(os.path.join(root, under)):
        directories[:] = sorted(d for d in directories if d not in SKIPPED_DIRECTORIES)
        for entry in entries:
            if entry.endswith(tuple(endings)) or entry in names:
                found.append(os.path.relpath(os.path.join(directory, entry), root))
    return sorted(found)


def read(root, path):
    with open(os.path.join(root, path), encoding="utf-8", errors="replace") as file:
        return file.read()


NOT_CODE = re.compile(
    r"""
      (?P<comment> //[^\n]* | /\*.*?\*/ )
    | (?P<raw> R"(?P<mark>[^()\s\\"]{0,16})\( .*? \)(?P=mark)" )
    | (?P<text> "(?:[^"\\\n]|\\.)*" )
    | (?P<character> (?<![0-9A-Za-z_])'(?:[^'\\\n]|\\.)+' )
    """,
    re.DOTALL | re.VERBOSE,
)


def blank(text, keep_strings=False):
    """C++ with its comments (and the contents of its literals) replaced by spaces; every line keeps its number."""

    def replaced(match):
        if keep_strings and not match.group("comment"):
            return match.group(0)
        return re.sub(r"[^\n]", " ", match.group(0))

    return NOT_CODE.sub(replaced, text)


def line_of(text, position):
    return text.count("\n", 0, position) + 1


def finish(name, defects, checked):
    """Prints the defects as file:line: message; the exit status says whether there were any."""
    for path, line, message in sorted(set(defects)):
        print(f"{path}:{line}: {message}")
    print(f"{name}: {checked} files, {len(set(defects))} defects")
    return 1 if defects else 0


def plant(tree):
    """A temporary directory holding {path: text}; the caller cleans it up."""
    place = tempfile.TemporaryDirectory(prefix="recourse-tidy-")
    for path, text in tree.items():
        full = os.path.join(place.name, path)
        os.makedirs(os.path.dirname(full), exist_ok=True)
        with open(full, "w", encoding="utf-8") as file:
            file.write(text)
    return place


def prove(name, check, clean, defects):
    """Self-test: `check` passes the tree `clean`, and finds each planted defect, alone, where it was planted.

    `defects` lists (path, text, line, part of the message); line None stands for any line.
    """
    failures = []
    with plant(clean) as root:
        found = check(root)[0]
        if found:
            failures.append(f"the clean tree is found at fault: {found}")
    for path, text, line, expected in defects:
        with plant({**clean, path: text}) as root:
            found = check(root)[0]
        if not any(p == path and line in (None, l) and expected in m for p, l, m in found):
            failures.append(f"{path}: expected '{expected}' at line {line}, found {found}; planted:\n{text}")
    for failure in failures:
        print(f"{name} self-test: {failure}")
    print(f"{name} self-test: {len(defects)} planted defects, {len(failures)} failures")
    return 1 if failures else 0


def main(name, check, clean, defects):
    if sys.argv[1:2] == ["--self-test"]:
        sys.exit(prove(name, check, clean, defects))
    if len(sys.argv) != 2:
        sys.exit(f"usage: {name}.py SOURCE_DIRECTORY | --self-test")
    sys.exit(finish(name, *check(sys.argv[1])))
