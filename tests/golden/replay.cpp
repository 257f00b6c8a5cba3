// Logs that released versions wrote must replay to the state that they gave then. A file is a log: one event a line as
// it was stored, then the state.
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "recourse/engine/json.hpp"
#include "recourse/engine/replay.hpp"
#include "tools/play.hpp"
#include "tools/shown.hpp"

using namespace recourse;

TEST_CASE("old logs replay to the state that they gave when they were written", "[golden]") {
    std::size_t logs = 0;
    for (auto const& entry : std::filesystem::recursive_directory_iterator{RECOURSE_TEST_DIR "/golden"}) {
        if (entry.path().extension() != ".jsonl") continue;
        ++logs;
        INFO(entry.path().string());
        std::ifstream log{entry.path()};
        std::string line;
        std::vector<event> events;
        std::string state;
        while (std::getline(log, line)) {
            if (!state.empty()) events.push_back(read_event(state));
            state = line;
        }
        auto const all = replay(events);
        // Lifecycles that came later stand in today's state as not begun, and not in that one.
        CHECK(tools::difference(tools::parsed(state), tools::parsed(to_json(all))) == std::nullopt);
        // So do members that came later: what an old state does not have is not there when it is read.
        CHECK(tools::difference(tools::parsed(to_json(read_record(state))), tools::parsed(to_json(all))) ==
              std::nullopt);
    }
    CHECK(logs >= 3);
}
