// A log that is not whole is damage, and says which event does not follow.
#include "recourse/engine/replay.hpp"

#include <catch2/catch.hpp>
#include <fstream>

#include "recourse/engine/json.hpp"
#include "recourse/vocabulary/failure.hpp"

using namespace recourse;

namespace {

std::vector<event> a_log() {
    std::ifstream file{RECOURSE_TEST_DIR "/golden/0.1.0/return_for_refund.jsonl"};
    std::vector<event> log;
    std::string line;
    std::string next;
    while (std::getline(file, next)) {  // the last line is the state
        if (!line.empty()) log.push_back(read_event(line));
        line = next;
    }
    return log;
}

std::string damage(std::vector<event> const& log) {
    try {
        (void)replay(log);
    } catch (failure const& broken) {
        CHECK(broken.kind() == failure_kind::store_corrupt);
        return broken.what();
    }
    return "whole";
}

}  // namespace

TEST_CASE("a whole log replays, and so does each beginning of it", "[engine]") {
    auto const log = a_log();
    REQUIRE(log.size() == 15);
    for (std::size_t length = 0; length <= log.size(); ++length)
        CHECK(replay(std::span{log}.first(length)).version == length);
}

TEST_CASE("a log with a missing, repeated, moved or changed event is damaged", "[engine]") {
    auto log = a_log();
    auto missing = log;
    missing.erase(missing.begin() + 4);
    CHECK(damage(missing) == "event 6 does not follow: version 6 follows version 4");
    auto repeated = log;
    repeated.insert(repeated.begin() + 4, log[4]);
    CHECK(damage(repeated) == "event 5 does not follow: version 5 follows version 5");
    auto moved = log;
    moved[5].at = {0};
    CHECK(damage(moved).find("event 6 does not follow: its time 1970-01-01T00:00:00Z is before ") == 0);
    auto other = log;
    other[3].number = 9;
    CHECK(damage(other) == "event 4 does not follow: there is no offer 9");
    auto state = log;
    state[0].from = dispute::closed::code;
    CHECK(damage(state) == "event 1 does not follow: it starts from closed, but dispute is not_opened");
    auto stranger = log;
    stranger[0].lifecycle = 200;
    CHECK(damage(stranger) == "event 1 does not follow: it belongs to no lifecycle");
}
