"""Time, chance, threads and the machine's own settings are arguments: no code of the library asks for them."""

import re

from house import blank, files, line_of, main, read

FREE = ("src/tools/",)  # the command is a host, and a host has a clock

CALL = r"(?<![\w.>])(?:std\s*::\s*|::\s*)?"  # a free function, not a member
RULES = [
    ("the clock", [
        r"\b(?:system|steady|high_resolution|utc|tai|gps|file)_clock\b",
        CALL + r"(?:time|clock)\s*\(",
        r"\b(?:clock_gettime|gettimeofday|timespec_get|localtime|localtime_r|gmtime|gmtime_r|mktime|ftime)\s*\(",
        r"\bcurrent_zone\s*\(",
    ]),
    ("chance", [
        CALL + r"s?rand\s*\(",
        r"\b(?:random_device|mt19937(?:_64)?|minstd_rand0?|default_random_engine|getrandom|getentropy|arc4random|"
        r"RAND_bytes|random_shuffle|drand48|sqlite3_randomness)\b",
    ]),
    ("threads and waiting", [
        r"\bstd\s*::\s*(?:thread|jthread|async|this_thread)\b",
        r"\b(?:pthread_create|nanosleep|usleep)\s*\(",
        CALL + r"(?:sleep|fork)\s*\(",
        r"\bsleep_(?:for|until)\b",
    ]),
    ("the locale", [r"\b(?:setlocale|imbue|newlocale|uselocale)\s*\(", r"\bstd\s*::\s*locale\b"]),
    ("the environment", [r"\b(?:secure_)?getenv\s*\("]),
]
SQL_RULES = [
    ("the clock", [r"(?i)\bcurrent_(?:timestamp|time|date)\b", r"(?i)'now'", r"(?i)\bnow\s*\(\)"]),
    ("chance", [r"(?i)\brandom(?:blob)?\s*\(", r"(?i)\bgen_random_uuid\b"]),
]


def check(root):
    defects = []
    paths = [p for u in ("include", "src") for p in files(root, u, (".hpp", ".h", ".cpp", ".c", ".sql"))]
    paths = [p for p in paths if not p.startswith(FREE)]
    for path in paths:
        text = read(root, path)
        is_sql = path.endswith(".sql")
        code = re.sub(r"--[^\n]*", "", text) if is_sql else blank(text)
        for subject, patterns in SQL_RULES if is_sql else RULES:
            for pattern in patterns:
                for match in re.finditer(pattern, code):
                    used = " ".join(match.group(0).split()).rstrip("( ")
                    defects.append((path, line_of(code, match.start()), f"{subject} is an argument here: {used}"))
    return defects, len(paths)


CLEAN = {
    "include/recourse/calendar/a.hpp": "// Asks no system_clock.\nint local_time(int);\nint x = zone.time(3);\n"
    'auto why = "std::thread";\nauto raw = R"(rand())";\nconstexpr int million = 1\'000\'000;\n',
    "src/tools/main.cpp": "auto now = std::chrono::system_clock::now();\n",
    "src/store/sqlite/schema.sql": "-- no random() here\nCREATE TABLE t (at INTEGER NOT NULL);\n",
}
DEFECTS = [
    ("src/engine/a.cpp", "int a;\nauto t = std::chrono::system_clock::now();\n", 2, "the clock"),
    ("src/engine/b.cpp", "auto t = std::chrono::steady_clock::now();\n", 1, "the clock"),
    ("src/engine/c.cpp", "auto t = std::time(nullptr);\n", 1, "the clock"),
    ("src/engine/d.cpp", "auto t = time(0);\n", 1, "the clock"),
    ("src/engine/e.cpp", "/* a\n b */ clock_gettime(0, &t);\n", 2, "the clock"),
    ("src/engine/f.cpp", "gettimeofday(&t, nullptr);\n", 1, "the clock"),
    ("src/calendar/g.cpp", "auto z = date::current_zone();\n", 1, "the clock"),
    ("src/engine/h.cpp", "int r = rand();\n", 1, "chance"),
    ("include/recourse/engine/i.hpp", "std::random_device chance;\n", 1, "chance"),
    ("src/engine/j.cpp", "std::mt19937_64 engine;\n", 1, "chance"),
    ("src/engine/k.cpp", "std::thread t;\n", 1, "threads"),
    ("src/engine/l.cpp", "std::this_thread::yield();\n", 1, "threads"),
    ("src/engine/m.cpp", 'setlocale(LC_ALL, "");\n', 1, "the locale"),
    ("src/engine/n.cpp", "out.imbue(std::locale{});\n", 1, "the locale"),
    ("src/engine/o.cpp", 'auto home = std::getenv("HOME");\n', 1, "the environment"),
    ("src/engine/p.cpp", "constexpr int million = 1'000'000; int r = rand(); char c = 'x';\n", 1, "chance"),
    ("src/store/sqlite/a.sql", "SELECT 1;\nSELECT strftime('%s', 'now');\n", 2, "the clock"),
    ("src/store/sqlite/b.sql", "SELECT random();\n", 1, "chance"),
]

if __name__ == "__main__":
    main("purity", check, CLEAN, DEFECTS)
