// `recourse policy what-if` on stores that were played by chance.
#include <algorithm>
#include <catch2/catch.hpp>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>

#include "recourse/engine/what_if.hpp"
#include "recourse/store/memory.hpp"
#include "tools/said.hpp"
#include "tools/simulate/simulate.hpp"

using namespace recourse;
using test::run;

namespace {

auto const later = parse_instant("2040-01-01T00:00:00Z").value();

// The number of a simulated command, "c-17"; 0 if it is none.
std::uint64_t number_of(std::string const& id) {
    std::uint64_t number = 0;
    if (id.starts_with("c-")) std::from_chars(id.data() + 2, id.data() + id.size(), number);
    return number;
}
// Whether what was sent earlier was recorded later: the host's clock went back, and the store does not say what came first.
bool clock_went_back(store::contract& store, std::vector<dispute_key> const& group) {
    std::vector<std::pair<std::uint64_t, instant>> recorded;
    for (auto const& key : group) {
        for (auto const& one : store.events(key)) {
            if (auto const number = number_of(one.command))
                recorded.emplace_back(number, one.recorded_at.value_or(one.at));
        }
    }
    std::sort(recorded.begin(), recorded.end());
    return !std::is_sorted(recorded.begin(), recorded.end(),
                           [](auto const& one, auto const& two) { return one.second < two.second; });
}

std::string bytes_of(std::filesystem::path const& path) {
    std::ifstream file{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{file}, {}};
}

}  // namespace

TEST_CASE("disputes that were played by chance come out the same when they are decided again under their policy") {
    std::shared_ptr<store::contract> const store = store::open_memory();
    std::ostringstream ignored;
    REQUIRE_FALSE(tools::simulate({.seed = 11, .disputes = 180, .open = [&] { return store; }}, ignored).violation);
    what_if again{*store, {read_policy(find_preset("aliexpress")->text).value(), {}, later}};
    std::size_t same = 0;
    std::uint64_t commands = 0;
    std::vector<dispute_key> group;
    auto keys = store->disputes({}, 10'000);
    for (auto first = keys.begin(); first != keys.end();) {
        auto const past = std::find_if(first, keys.end(), [&](auto const& key) { return key.group != first->group; });
        std::vector<dispute_key> const its{first, past};
        auto const found = again.decide(its);
        commands += found.commands;
        for (auto const& one : found.disputes) {
            INFO(to_json(one));
            CHECK((one.result == what_if_result::same || clock_went_back(*store, its)));
            same += one.result == what_if_result::same ? 1 : 0;
        }
        first = past;
    }
    CHECK(same > 140);
    CHECK(commands > 500);
}

TEST_CASE("what-if reads a store and leaves its bytes as they are, on one core or several") {
    auto const path = std::filesystem::temp_directory_path() / "recourse_what_if_test.db";
    for (auto const* end : {"", "-wal", "-shm"}) std::filesystem::remove(path.string() + end);
    REQUIRE(run({"simulate", "--seed", "3", "--disputes", "24", "--store", path.string()}).code == tools::exit_done);
    auto const before = bytes_of(path);
    auto const policy = std::filesystem::temp_directory_path() / "recourse_what_if_test.json";
    auto text = std::string{find_preset("aliexpress")->text};
    auto const from = std::string{R"("seller_response": {"length": "5)"};
    text.replace(text.find(from), from.size(), R"("seller_response": {"length": "3)");
    std::ofstream{policy} << text;
    auto const told = [&](char const* jobs) {
        return run({"policy", "what-if", "--policy", policy.string(), "--store", path.string(), "--now",
                    "2040-01-01T00:00:00Z", "--json", "--jobs", jobs});
    };
    auto const alone = told("1");
    CHECK(alone.code == tools::exit_done);
    CHECK(alone.error.empty());
    CHECK(alone.out.find(R"("result":"diverged","command":)") != std::string::npos);
    CHECK(alone.out.find(R"({"disputes":{"same":)") != std::string::npos);
    CHECK(told("3").out == alone.out);
    CHECK(bytes_of(path) == before);
    CHECK_FALSE(before.empty());
    auto const nothing = run({"policy", "what-if", "--store", path.string()});
    CHECK(nothing.code == tools::exit_usage);
    for (auto const* end : {"", "-wal", "-shm"}) std::filesystem::remove(path.string() + end);
    std::filesystem::remove(policy);
}
