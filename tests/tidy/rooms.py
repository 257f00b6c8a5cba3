"""Who may include whom: the rooms of docs/architecture.md, as a table and a check of every #include."""

import os
import re

from house import blank, files, line_of, main, read

# A room may include itself and these rooms. An adapter is a room of its own inside src/store.
ROOMS = {
    "vocabulary": set(),
    "calendar": {"vocabulary"},
    "policy": {"vocabulary", "calendar"},
    "lifecycle": {"vocabulary"},
    "store": {"vocabulary"},
    "engine": {"vocabulary", "calendar", "policy", "lifecycle", "store"},
}
ADAPTERS = {"memory", "sqlite", "postgres"}
ADAPTER_KNOWS = {"vocabulary", "store"}
# The edges: they may include every room, and they alone pick an adapter. "all" is recourse.hpp.
EDGES = {"tools", "c_api", "all"}

MACHINE = "include/recourse/engine/machine.hpp"
MACHINE_USERS = "src/engine/lifecycles/"

# A third-party header, and the only folders of src/ that may include it.
THIRD_PARTIES = [
    ("sqlite3", ("src/store/sqlite/",)),
    ("SQLiteCpp/", ("src/store/sqlite/",)),
    ("libpq", ("src/store/postgres/",)),
    ("CLI/", ("src/tools/",)),
    ("curl/", ("src/tools/worker/",)),
    ("cctz/", ("src/calendar/",)),
    ("openssl/", ("src/vocabulary/",)),
    ("libical/", ("src/calendar/icalendar/",)),
]

# What a public header may include besides its rooms: the C++ standard library, less what costs or does not belong.
STANDARD = set(
    """
    algorithm any array atomic barrier bit bitset cassert ccomplex cctype cerrno cfenv cfloat charconv cinttypes climits
    cmath codecvt compare complex concepts condition_variable csetjmp csignal cstdalign cstdarg cstddef cstdint cstdio
    cstdlib cstring ctime cuchar cwchar cwctype deque exception execution filesystem format forward_list fstream
    functional future initializer_list iomanip ios iosfwd istream iterator latch limits list map memory
    memory_resource mutex new numbers numeric optional ostream queue random ranges ratio scoped_allocator semaphore
    set shared_mutex source_location span sstream stack stdexcept stop_token streambuf string string_view strstream
    syncstream system_error tuple type_traits typeindex typeinfo unordered_map unordered_set utility valarray variant
    vector version stddef.h stdint.h stdbool.h limits.h
    """.split()
)
DEAR = {"chrono", "iostream", "regex", "thread"}

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"\n]+)[>"]', re.MULTILINE)
MSM = re.compile(r"\bboost\s*(::|/)\s*msm\b")


def place_of(path):
    """(room, adapter or None) of a file of include/ or src/; (None, None) outside both."""
    parts = path.split("/")
    if parts[0] == "include":
        parts = parts[2:]
        if len(parts) == 1:
            return ("c_api", None) if parts[0].endswith(".h") else ("all", None)
        adapter = parts[1].split(".")[0].split("_")[0]  # sqlite.hpp, sqlite_upkeep.hpp
        if parts[0] == "store" and adapter in ADAPTERS:
            return "store", adapter
        return parts[0], None
    if parts[0] == "src" and len(parts) > 2:
        if parts[1] == "store" and parts[2].rsplit(".", 1)[0] in ADAPTERS:
            return "store", parts[2].rsplit(".", 1)[0]
        return parts[1], None
    return None, None


def target_of(root, path, quote, name):
    """The file of our tree that an #include names, or None."""
    if name.startswith("recourse/"):
        return "include/" + name
    if quote == '"':
        beside = os.path.normpath(os.path.join(os.path.dirname(path), name))
        if os.path.exists(os.path.join(root, beside)):
            return beside
        if name.split("/")[0] in set(ROOMS) | EDGES:
            return "src/" + name
    return None


def room_defect(path, target):
    room, adapter = place_of(path)
    other, other_adapter = place_of(target)
    if target == MACHINE:
        if not path.startswith(MACHINE_USERS):
            return f"only {MACHINE_USERS}*.cpp may include {MACHINE}"
        return None
    if room in EDGES:
        return None
    if room not in ROOMS:
        return f"'{room}' is no room of docs/architecture.md"
    if other_adapter:
        if other_adapter != adapter:
            return f"{adapter or room} may not know the adapter {other_adapter} ({target})"
        return None
    knows = ADAPTER_KNOWS if adapter else ROOMS[room] | {room}
    if other not in knows:
        who = f"the adapter {adapter}" if adapter else f"the room {room}"
        return f"{who} may include {', '.join(sorted(knows))}; not {other} ({target})"
    return None


def foreign_defect(path, name):
    """What is wrong with including something that is not ours."""
    if path.startswith("include/") and path != MACHINE:
        if name in DEAR:
            return f"a public header may not include <{name}>: it is dear, or not for this library"
        if name not in STANDARD:
            return f"a public header includes the standard library only; not <{name}>"
        return None
    for prefix, folders in THIRD_PARTIES:
        if name.startswith(prefix) and path.startswith("src/") and not path.startswith(folders):
            return f"<{name}> belongs to {', '.join(folders)}"
    return None


def check(root):
    defects = []
    ours = files(root, "include", (".hpp", ".h")) + files(root, "src", (".hpp", ".h", ".cpp", ".c"))
    for path in ours:
        text = read(root, path)
        code = blank(text, keep_strings=True)
        for match in INCLUDE.finditer(code):
            quote, name = match.groups()
            line = line_of(code, match.start())
            target = target_of(root, path, quote, name)
            defect = room_defect(path, target) if target else foreign_defect(path, name)
            if defect:
                defects.append((path, line, defect))
        if path != MACHINE:
            for match in MSM.finditer(code):
                defects.append((path, line_of(code, match.start()), f"only {MACHINE} may name Boost.MSM"))
    return defects, len(ours)


CLEAN = {
    MACHINE: "// The adapter.\n#pragma once\n#include <boost/msm/back/state_machine.hpp>\n",
    "include/recourse/recourse.hpp": '// All of it.\n#include "recourse/store/memory.hpp"\n',
    "include/recourse/store/store.hpp": '// The contract.\n#include "recourse/vocabulary/money.hpp"\n',
    "include/recourse/store/memory.hpp": '// An adapter.\n#include "recourse/store/store.hpp"\n',
    "include/recourse/vocabulary/money.hpp": "// Money; boost::msm in a comment is no use of it.\n#include <string>\n",
    "include/recourse/calendar/period.hpp": '// A period.\n#include "recourse/vocabulary/money.hpp"\n',
    "src/engine/lifecycles/offer.cpp": '#include "recourse/engine/machine.hpp"\n',
    "src/store/sqlite/sqlite.cpp": '#include <sqlite3.h>\n#include "recourse/store/store.hpp"\n',
    "src/policy/json.cpp": '#include <boost/json.hpp>\n#include "recourse/calendar/period.hpp"\n',
    "src/tools/main.cpp": '#include <CLI/CLI.hpp>\n#include "recourse/store/memory.hpp"\n',
}
DEFECTS = [
    ("include/recourse/vocabulary/a.hpp", '// A.\n#include "recourse/calendar/period.hpp"\n', 2, "the room vocabulary"),
    ("include/recourse/calendar/a.hpp", '// A.\n\n#include "recourse/policy/x.hpp"\n', 3, "the room calendar"),
    ("include/recourse/policy/a.hpp", '// A.\n#include "recourse/lifecycle/x.hpp"\n', 2, "the room policy"),
    ("include/recourse/lifecycle/a.hpp", '// A.\n#include "recourse/policy/x.hpp"\n', 2, "the room lifecycle"),
    ("include/recourse/store/a.hpp", '// A.\n#include "recourse/engine/x.hpp"\n', 2, "the room store"),
    ("include/recourse/engine/a.hpp", '// A.\n#include "recourse/store/memory.hpp"\n', 2, "the adapter memory"),
    ("src/engine/a.cpp", '#include <recourse/store/sqlite.hpp>\n', 1, "the adapter sqlite"),
    ("src/engine/b.cpp", '#include "store/sqlite/rows.hpp"\n', 1, "the adapter sqlite"),
    ("src/store/a.cpp", '#include "recourse/store/memory.hpp"\n', 1, "the adapter memory"),
    ("src/store/sqlite/a.cpp", '#include "recourse/engine/x.hpp"\n', 1, "the adapter sqlite may include"),
    ("src/store/sqlite/b.cpp", '#include "recourse/store/memory.hpp"\n', 1, "may not know the adapter memory"),
    ("src/engine/decide.cpp", '#include "recourse/engine/machine.hpp"\n', 1, "only src/engine/lifecycles/"),
    ("src/tools/a.cpp", '#include "recourse/engine/machine.hpp"\n', 1, "only src/engine/lifecycles/"),
    ("src/engine/lifecycles/a.cpp", "#include <boost/msm/back/tools.hpp>\n", 1, "may name Boost.MSM"),
    ("src/engine/c.cpp", "int a;\nusing x = boost :: msm::none;\n", 2, "may name Boost.MSM"),
    ("include/recourse/policy/b.hpp", "// B.\n#include <boost/json.hpp>\n", 2, "standard library only"),
    ("include/recourse/policy/c.hpp", "// C.\n#include <fmt/core.h>\n", 2, "standard library only"),
    ("include/recourse/store/sqlite.hpp", "// S.\n# include <sqlite3.h>\n", 2, "standard library only"),
    ("include/recourse/store/postgres.hpp", "// P.\n#include <libpq-fe.h>\n", 2, "standard library only"),
    ("include/recourse/calendar/c.hpp", "// C.\n#include <chrono>\n", 2, "is dear"),
    ("include/recourse/calendar/d.hpp", "// D.\n#include <iostream>\n", 2, "is dear"),
    ("include/recourse/calendar/e.hpp", "// E.\n#include <regex>\n", 2, "is dear"),
    ("include/recourse/calendar/f.hpp", "// F.\n#include <thread>\n", 2, "is dear"),
    ("src/engine/d.cpp", "#include <sqlite3.h>\n", 1, "belongs to src/store/sqlite/"),
    ("src/helpers/a.cpp", '#include "recourse/vocabulary/money.hpp"\n', 1, "is no room"),
]

if __name__ == "__main__":
    main("rooms", check, CLEAN, DEFECTS)
