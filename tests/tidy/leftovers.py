"""Nothing unfinished, and nothing of the machine that it was written on, is left in the tree."""

import re

from house import TEXT_ENDINGS, TEXT_NAMES, files, line_of, main, read

# Each word is put together from two halves, so that this file does not find itself.
MARKS = [a + b for a, b in (("TO", "DO"), ("FIX", "ME"), ("HA", "CK"), ("T", "BD"), ("W", "IP"), ("XX", "X:"))]
PHRASES = [a + b for a, b in (
    ("not implemented", " yet"), ("not yet", " implemented"), ("un", "implemented"), ("coming", " soon"),
    ("lorem", " ipsum"), ("<<<<", "<<<"), (">>>>", ">>>"),
)]
HOSTS = ["regis" + "try", "py" + "pi", "arti" + "factory", "ne" + "xus", "mir" + "ror", "pro" + "xy"]

RULES = [
    ("a mark of unfinished work", re.compile(r"\b(?:" + "|".join(MARKS[:-1]) + r")\b|\b" + MARKS[-1])),
    ("a mark of unfinished work", re.compile("|".join(PHRASES), re.IGNORECASE)),
    ("the host of a package " + HOSTS[0],
     re.compile(r"https?://[^/\s\"']*(?:" + "|".join(HOSTS) + r")", re.IGNORECASE)),
    ("a path of one machine", re.compile(r"(?<![\w.*<{}$-])/(?:home|root|Users|work|mnt)/[\w.]")),
    ("the address of one machine", re.compile(r"\b(?:10|192\.168|172\.(?:1[6-9]|2\d|3[01]))(?:\.\d{1,3}){2,3}:\d+")),
]


def check(root):
    defects = []
    paths = files(root, "", TEXT_ENDINGS, TEXT_NAMES)
    for path in paths:
        text = read(root, path)
        for subject, pattern in RULES:
            for match in pattern.finditer(text):
                defects.append((path, line_of(text, match.start()), f"{subject}: {match.group(0)}"))
    return defects, len(paths)


CLEAN = {
    "src/a.cpp": "// A network/shop is no path; include/home/x neither.\nchar name[] = \"file-XXXXXX\";\n",
    "docs/a.md": "See https://www.sqlite.org/wal.html.\n",
}
DEFECTS = [("src/b.cpp", f"int a;\n// {mark} later\n", 2, "unfinished") for mark in MARKS]
DEFECTS += [("docs/b.md", f"This is {phrase}.\n", 1, "unfinished") for phrase in PHRASES]
DEFECTS += [("package.json", f'{{\n"from": "https://{host}.example/x"}}\n', 2, "the host") for host in HOSTS]
TOPS = ["ho" + "me", "ro" + "ot", "wo" + "rk"]
DEFECTS += [("src/c.cpp", f'auto p = "/{top}/someone/x";\n', 1, "a path") for top in TOPS]
DEFECTS += [("dev", "curl 10.1.2" + ".3:8080\n", 1, "the address")]

if __name__ == "__main__":
    main("leftovers", check, CLEAN, DEFECTS)
