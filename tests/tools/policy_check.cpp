// `recourse policy check` on the command line.
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
    std::filesystem::path path = std::filesystem::temp_directory_path() / "recourse-policy-check.json";
    explicit written(std::string const& text) { std::ofstream{path, std::ios::binary} << text; }
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
