// `recourse policy check` on the command line.
#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>

#include "tools/commands.hpp"

using namespace recourse;

namespace {

struct said {
    int code;
    std::string out;
    std::string error;
};
said run(std::vector<std::string> const& given) {
    std::vector<char const*> words{"recourse", "policy", "check"};
    for (auto const& one : given) words.push_back(one.c_str());
    std::istringstream in;
    std::ostringstream out;
    std::ostringstream error;
    auto const code = tools::run(static_cast<int>(words.size()), words.data(), {in, out, error});
    return {code, out.str(), error.str()};
}

// The small policy of the stories with one remedy and no evidence, so that its proof takes no time.
std::string simple() {
    std::ifstream file{RECOURSE_TEST_DIR "/scenarios/policies/small.json", std::ios::binary};
    std::string text{std::istreambuf_iterator<char>{file}, {}};
    auto const cut = [&](std::string_view from, std::string_view to, std::string_view by) {
        auto const begin = text.find(from);
        auto const end = text.find(to, begin);
        text.replace(begin, end + to.size() - begin, by);
    };
    cut("\"remedies\": [", "]", R"("remedies": ["full_refund"])");
    cut("\"evidence\": [", "]", R"("evidence": [])");
    return text;
}

struct written {
    std::filesystem::path path;
    // Each test is a process of its own, and several run at once.
    explicit written(std::string const& text, std::string const& name = "recourse-policy-check.json")
        : path{std::filesystem::temp_directory_path() / (std::to_string(::getpid()) + "-" + name)} {
        std::ofstream{path, std::ios::binary} << text;
    }
    ~written() { std::filesystem::remove(path); }
    written(written const&) = delete;
    written& operator=(written const&) = delete;
};

}  // namespace

TEST_CASE("policy check says that a policy is sound, and how long a dispute takes at most") {
    written const file{simple()};
    auto const words = run({file.path.string(), "--start", "2026-09-16"});
    CAPTURE(words.out, words.error);
    CHECK(words.code == tools::exit_done);
    CHECK(words.out.find("small version 1: sound\n") == 0);
    CHECK(words.out.find("a dispute that is opened at 2026-09-15T22:00:00Z closes after ") != std::string::npos);
    CHECK(words.out.find("  day 0, 2026-09-15T22:00:00Z: the buyer: open dispute\n") != std::string::npos);
    CHECK(words.out.find("not reached: under_appeal of dispute: there are no appeals\n") != std::string::npos);
}

TEST_CASE("policy check says with exit code 1 that a policy is unsound, and where") {
    auto text = simple();
    // Thirteen business days are mostly more than fifteen calendar days.
    auto const at = text.find("5 calendar_days", text.find("\"seller_response\""));
    text.replace(at, std::string_view{"5 calendar_days"}.size(), "13 business_days");
    written const file{text};
    auto const json = run({file.path.string(), "--start", "2026-09-16", "--json"});
    CAPTURE(json.out, json.error);
    CHECK(json.code == tools::exit_differs);
    CHECK(json.out.find(R"("verdict":"unsound")") != std::string::npos);
    CHECK(json.out.find(R"("flaw":"window_never_opens","pointer":"/clocks/seller_response")") != std::string::npos);
}

TEST_CASE("policy check refuses what it cannot check") {
    auto const wrong = [](std::vector<std::string> const& words, std::string_view expected) {
        auto const answer = run(words);
        CAPTURE(answer.error, expected);
        CHECK(answer.code == tools::exit_usage);
        CHECK(answer.out.empty());
        CHECK(answer.error.find(expected) != std::string::npos);
    };
    wrong({"alliexpress"}, "the presets are aliexpress");
    wrong({"aliexpress", "--start", "2026-13-01"}, "--start: ");
    wrong({"aliexpress", "--buyer", "US"}, "with --buyer US it takes --buyer-zone");
    wrong({"aliexpress", "--seller", "XX", "--seller-zone", "Asia/Shanghai"}, "there is no calendar");
}

namespace {

struct played {
    int code;
    std::string out;
};
played play(std::string const& story) {
    written const file{story, "recourse-counter-example.jsonl"};
    std::vector<char const*> const words{"recourse", "play", file.path.c_str()};
    std::istringstream in;
    std::ostringstream out;
    std::ostringstream error;
    auto const code = tools::run(static_cast<int>(words.size()), words.data(), {in, out, error});
    return {code, out.str() + error.str()};
}

std::string after(std::string const& text, std::string_view mark) {
    auto const found = text.find(mark);
    return found == std::string::npos ? "" : text.substr(found + mark.size());
}

// Sharetribe with something wrong in it that no reader sees.
std::string planted(std::string_view before, std::string_view instead) {
    std::string text{find_preset("sharetribe")->text};
    auto const put = [&](std::string_view from, std::string_view to) {
        auto const found = text.find(from);
        REQUIRE(found != std::string::npos);
        text.replace(found, from.size(), to);
    };
    put(R"("id": "sharetribe")", R"("id": "shop")");
    put(before, instead);
    return text;
}

}  // namespace

TEST_CASE("a dispute that nobody can open is told with a story that recourse play refuses to open") {
    written const policy{planted(R"("remedies": ["full_refund"])",
                                 R"("remedies": ["full_refund"], "not_before": "delivered + 5 calendar_days",)"
                                 R"( "not_after": "delivered + 2 calendar_days")")};
    auto const told = run({policy.path.string(), "--start", "2026-09-16"});
    CAPTURE(told.out, told.error);
    CHECK(told.code == tools::exit_differs);
    auto const story = after(told.out, "for recourse play:\n");
    REQUIRE_FALSE(story.empty());
    auto const gone = play(story);
    CAPTURE(gone.out);
    CHECK(gone.out.find("refused: Buyer protection has not started yet.") != std::string::npos);
    CHECK(gone.out.find("opens a dispute") == std::string::npos);
}

TEST_CASE("a dispute that hangs on a calendar without data is told with a story in which it hangs") {
    written const policy{planted(R"("decision": {"length": "1440 hours")", R"("decision": {"length": "20 years")")};
    auto const told = run({policy.path.string(), "--start", "2026-09-16"});
    CAPTURE(told.out, told.error);
    CHECK(told.code == tools::exit_differs);
    auto const story = after(told.out, "for recourse play:\n");
    REQUIRE_FALSE(story.empty());
    auto const gone = play(story);
    CAPTURE(gone.out);
    CHECK(gone.out.find("mediation queued") != std::string::npos);
    CHECK(gone.out.find("failed: the calendar BE has no data for the year 2046") != std::string::npos);
}

TEST_CASE("policy check keeps a proof as a certificate, and says whether one speaks for a policy") {
    written const policy{planted(R"("version": 1)", R"("version": 2)")};
    written const certificate{"", "recourse-certificate.json"};
    auto const at = certificate.path.string();
    CHECK(run({policy.path.string(), "--certificate", at}).code == tools::exit_done);
    auto const speaks = run({policy.path.string(), "--verify", at});
    CAPTURE(speaks.out, speaks.error);
    CHECK(speaks.code == tools::exit_done);
    CHECK(speaks.out.find(" speaks for shop version 2: sound, ") != std::string::npos);
    auto const other = run({"sharetribe", "--verify", at, "--json"});
    CHECK(other.code == tools::exit_differs);
    CHECK(other.out.find(R"("flaw":"other_document")") != std::string::npos);
    CHECK(run({"sharetribe", "--verify", policy.path.string()}).code == tools::exit_failed);
    CHECK(run({"sharetribe", "--verify", at, "--certificate", at}).code == tools::exit_usage);
}

TEST_CASE("submit refuses an unsound policy with the play to it, unless it is told to take it") {
    written const policy{planted(R"("decision": {"length": "1440 hours")", R"("decision": {"length": "20 years")")};
    auto const submitted = [&](std::vector<std::string> more) {
        more.insert(more.begin(), {"recourse", "submit", "--policy", policy.path.string()});
        std::vector<char const*> words;
        for (auto const& one : more) words.push_back(one.c_str());
        std::istringstream in;
        std::ostringstream out;
        std::ostringstream error;
        auto const code = tools::run(static_cast<int>(words.size()), words.data(), {in, out, error});
        return said{code, out.str(), error.str()};
    };
    auto const no = submitted({});
    CHECK(no.code == tools::exit_failed);
    CHECK(no.error.find("The policy is unsound: ") != std::string::npos);
    CHECK(no.error.find(R"({"story":"What is wrong with the policy")") != std::string::npos);
    CHECK(submitted({"--unsound-policy", "allow"}).code == tools::exit_done);
    CHECK(submitted({"--unsound-policy", "certified-only"}).error.find("has no certificate") != std::string::npos);
    CHECK(submitted({"--unsound-policy", "perhaps"}).code == tools::exit_usage);
}
