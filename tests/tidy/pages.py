"""Every link of a page leads somewhere, and every public header opens with a sentence that says what it is."""

import os
import re

from house import files, line_of, main, read

LINK = re.compile(r"(?<!!)\[[^\]\n]*\]\(\s*<?([^)\s>]+)>?(?:\s+\"[^\"]*\")?\s*\)|!\[[^\]\n]*\]\(\s*<?([^)\s>]+)>?\s*\)")
DEFINITION = re.compile(r"^\[[^\]\n]+\]:\s*<?([^\s>]+)", re.MULTILINE)
FENCE = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)
HEADING = re.compile(r"^#{1,6}\s+(.*?)\s*#*\s*$", re.MULTILINE)
SENTENCE = re.compile(r"(?://|/\*) ?\S+( \S+){2,}")


def without_code(text):
    """Markdown with code blanked, so that a subscript call is not taken for a link; lines keep their numbers."""
    blanked = FENCE.sub(lambda m: re.sub(r"[^\n]", " ", m.group(0)), text)
    return re.sub(r"`[^`\n]*`", lambda m: " " * len(m.group(0)), blanked)


def anchors(text):
    """The anchors that a page offers, as the common hosts make them from headings."""
    made, seen = set(re.findall(r"<a\s+(?:id|name)=\"([^\"]+)\"", text)), {}
    for heading in HEADING.findall(FENCE.sub("", text)):
        plain = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).lower()
        slug = re.sub(r"[^\w\- ]", "", plain).replace(" ", "-")
        count = seen.get(slug, 0)
        seen[slug] = count + 1
        made.add(slug if count == 0 else f"{slug}-{count}")
    return made


def page_defects(root, path):
    text = without_code(read(root, path))
    found = [(m.start(), m.group(1) or m.group(2)) for m in LINK.finditer(text)]
    found += [(m.start(), m.group(1)) for m in DEFINITION.finditer(text)]
    for position, target in found:
        if re.match(r"[a-z][a-z0-9+.-]*:", target):
            continue  # elsewhere: https, mailto
        name, _, anchor = target.partition("#")
        to = os.path.normpath(os.path.join(os.path.dirname(path), name)) if name else path
        full = os.path.join(root, to)
        if name.startswith("/") or to.startswith(".."):
            yield path, line_of(text, position), f"the link {target} leaves the repository"
        elif not os.path.exists(full):
            yield path, line_of(text, position), f"the link {target} leads to no file"
        elif anchor and to.endswith(".md") and anchor not in anchors(read(root, to)):
            yield path, line_of(text, position), f"the link {target} leads to no heading"


def header_defects(root, path):
    lines = read(root, path).split("\n")
    if not SENTENCE.match(lines[0]):
        yield path, 1, "the first line of a public header is a comment with a sentence"
    if path.endswith(".hpp") and "#pragma once" not in lines:
        yield path, 1, "a public header has #pragma once"


def check(root):
    pages, headers = files(root, "", (".md",)), files(root, "include", (".hpp", ".h"))
    defects = [d for p in pages for d in page_defects(root, p)]
    defects += [d for h in headers for d in header_defects(root, h)]
    return defects, len(pages) + len(headers)


CLEAN = {
    "README.md": "# Read me\n[money](docs/money.md#the-last-cent) [here](#read-me) [far](https://example.org)\n"
    "`a[0](x)`\n```\n[no](link.md)\n```\n",
    "docs/money.md": "# Money\n## The last cent\n[back](../README.md)\n",
    "include/recourse/a.hpp": "// A thing that is one.\n#pragma once\n",
}
DEFECTS = [
    ("docs/a.md", "\n[gone](gone.md)\n", 2, "leads to no file"),
    ("docs/b.md", "[gone](money.md#first-cent)\n", 1, "leads to no heading"),
    ("docs/c.md", "[out](../../x.md)\n", 1, "leaves the repository"),
    ("docs/d.md", "text\n\n[ref]: gone.md\n", 3, "leads to no file"),
    ("docs/e.md", "![picture](gone.svg)\n", 1, "leads to no file"),
    ("include/recourse/b.hpp", "#pragma once\n// A thing that is one.\n", 1, "first line"),
    ("include/recourse/c.hpp", "// Thing\n#pragma once\n", 1, "first line"),
    ("include/recourse/d.hpp", "// A thing that is one.\n", 1, "#pragma once"),
]

if __name__ == "__main__":
    main("pages", check, CLEAN, DEFECTS)
