// The stories together: every row of every table is taken by one of them, and they go the same way on every store.
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "recourse/engine/json.hpp"
#include "recourse/engine/replay.hpp"
#include "recourse/store/memory.hpp"
#include "recourse/store/sqlite.hpp"
#include "tools/play.hpp"

using namespace recourse;

namespace {

std::vector<std::filesystem::path> all_stories() {
    std::vector<std::filesystem::path> found;
    for (auto const& entry : std::filesystem::directory_iterator{RECOURSE_TEST_DIR "/scenarios"}) {
        if (entry.path().extension() == ".jsonl") found.push_back(entry.path());
    }
    std::sort(found.begin(), found.end());
    return found;
}

}  // namespace

TEST_CASE("the stories take every row of every table and have events of every type, which read back and replay",
          "[stories]") {
    auto const store = store::open_memory();
    std::ostringstream nowhere;
    tools::player stage{*store, tools::telling::nothing, nowhere};
    auto const stories = all_stories();
    REQUIRE(stories.size() >= 9);
    for (auto const& path : stories) {
        std::ifstream story{path};
        auto const differs = stage.play(story, path.string());
        INFO(differs.value_or(""));
        CHECK_FALSE(differs);
    }

    std::size_t rows = 0;
    std::set<std::string> missing;
    lifecycle::for_each(lifecycle::all{}, [&]<class L>() {
        for (std::size_t at = 0; at < lifecycle::rows<L>.size(); ++at) {
            ++rows;
            auto const& row = lifecycle::rows<L>[at];
            taken_row const wanted{L::code, at};
            bool const taken = std::find(stage.rows().begin(), stage.rows().end(), wanted) != stage.rows().end();
            INFO("never taken: " << L::name << " row " << at << ": " << lifecycle::state_name<L>(row.from) << ", "
                                 << row.command << " -> " << lifecycle::state_name<L>(row.to) << ", " << row.event);
            CHECK(taken);
        }
        lifecycle::for_each(lifecycle::events_of<L>{}, [&]<class Event>() {
            missing.insert(std::string{L::name} + "." + std::string{Event::name});
        });
    });
    WARN(rows << " rows, " << stage.rows().size() << " steps, " << stories.size() << " files of stories");

    std::size_t replayed = 0;
    for (auto const& key : store->disputes(std::nullopt, 10'000)) {
        auto const log = stage.disputes().events(key);
        replayed += log.size();
        INFO(to_text(key));
        CHECK(replay(log) == stage.disputes().find(key)->all);
        for (auto const& one : log) {
            missing.erase(std::string{type_of(one)});
            CHECK(read_event(to_json(one)) == one);
        }
    }
    CHECK(replayed > 500);
    CHECK(missing == std::set<std::string>{});
}

TEST_CASE("a story goes the same way in memory and on a file", "[stories]") {
    auto const folder = std::filesystem::temp_directory_path() / "recourse-stories-same";
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    auto const told = [&](store::contract& store) {
        std::ostringstream out;
        tools::player stage{store, tools::telling::json, out};
        for (auto const& path : all_stories()) {
            std::ifstream story{path};
            REQUIRE_FALSE(stage.play(story, path.string()));
        }
        return out.str();
    };
    auto const memory = store::open_memory();
    auto const file = store::open_sqlite({.path = (folder / "disputes.db").string()});
    CHECK(told(*memory) == told(*file));
    std::filesystem::remove_all(folder);
}

TEST_CASE("a difference names the line, the place and both sides", "[stories]") {
    auto const store = store::open_memory();
    std::ostringstream nowhere;
    tools::player stage{*store, tools::telling::nothing, nowhere};
    auto const play = [&](std::string const& text) {
        std::istringstream story{text};
        return stage.play(story, "told.jsonl").value_or("as told");
    };
    std::string const withdraw =
        R"({"at":"2026-02-01T00:00:00Z","as":{"role":"buyer","id":"anna"},"dispute":"G/D","do":{"withdraw_dispute":{}}})";
    CHECK(play(withdraw + "\n" + R"({"expect":{"refused":["dispute_unknown"]}})") == "as told");
    CHECK(play(withdraw + "\n" + R"({"expect":{"accepted":true}})") ==
          "told.jsonl:2: /accepted: expected true, found false");
    CHECK(play(withdraw + "\n" + R"({"expect":{"stage":"closed"}})") ==
          R"(told.jsonl:2: /stage: expected "closed", found nothing)");
    CHECK(play("{}") == "told.jsonl:1: expected one of story, note, at, expect");
    CHECK(play(R"({"expect":{}})") == "told.jsonl:1: nothing has happened yet that could be expected");
    CHECK(play(R"({"at":"2026-02-01"})").find("told.jsonl:1: /at: ") == 0);
    CHECK(play("") == "told.jsonl: the story has no lines");
    CHECK(play("nonsense").find("told.jsonl:1: /: is not JSON") == 0);
}
