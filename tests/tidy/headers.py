"""Every public header compiles alone, without a warning; a C header does so as C too.

usage: headers.py SOURCE_DIRECTORY COMPILER [FLAG...]    or    headers.py --self-test COMPILER [FLAG...]
"""

import concurrent.futures
import os
import re
import subprocess
import sys

from house import files, finish, prove

PROCESSES = 2


def compile_alone(root, header, language, command):
    """The defects of one header. It is included from an empty file: #pragma once in a main file is a warning."""
    name = header[len("include/"):]
    run = subprocess.run(
        command + ["-x", language, "-fsyntax-only", "-I", os.path.join(root, "include"), "-"],
        input=f'#include "{name}"\n', capture_output=True, text=True, errors="replace")
    if run.returncode == 0:
        return []
    first = next((l for l in run.stderr.split("\n") if re.search(r"\b(error|warning)\b", l)), "failed")[:300]
    place = re.match(r"(.*?):(\d+):(?:\d+:)? *(.*)", first)
    if place and place.group(1).startswith(os.path.join(root, "include")):
        path = os.path.relpath(place.group(1), root)
        via = "" if path == header else f" (by including {name})"
        return [(path, int(place.group(2)), f"{place.group(3)}{via}")]
    return [(header, 1, f"does not compile alone: {first}")]


def check_with(compiler, flags):
    cpp = [compiler, "-std=c++20", *flags]
    c = [compiler, "-std=c99", "-Wall", "-Wextra", "-Wpedantic", "-Werror"]

    def check(root):
        root = os.path.abspath(root)
        headers = files(root, "include", (".hpp", ".h"))
        tasks = [(h, "c++", cpp) for h in headers] + [(h, "c", c) for h in headers if h.endswith(".h")]
        with concurrent.futures.ThreadPoolExecutor(PROCESSES) as pool:
            found = pool.map(lambda task: compile_alone(root, *task), tasks)
            return [d for defects in found for d in defects], len(headers)

    return check


CLEAN = {
    "include/recourse/a.hpp": "// A.\n#pragma once\n#include <string>\ninline std::string a() { return {}; }\n",
    "include/recourse/a.h": "/* A. */\nint recourse_a(void);\n",
}
DEFECTS = [
    ("include/recourse/b.hpp", "// B.\n#pragma once\ninline std::string b() { return {}; }\n", 3, "error"),
    ("include/recourse/c.hpp", "// C.\n#pragma once\ninline int c(long x) { return x; }\n", 3, "onver"),
    ("include/recourse/d.h", "/* D. */\nnamespace d {}\n", 2, "error"),
]

if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    check = check_with(sys.argv[2], sys.argv[3:])
    if sys.argv[1] == "--self-test":
        sys.exit(prove("headers", check, CLEAN, DEFECTS))
    sys.exit(finish("headers", *check(sys.argv[1])))
