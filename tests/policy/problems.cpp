// What is wrong with a policy is told with its place in the text, all of it at once.
#include <algorithm>
#include <boost/json.hpp>
#include <catch2/catch.hpp>
#include <random>
#include <sstream>

#include "recourse/policy/policy.hpp"
#include "tools/commands.hpp"

using namespace recourse;
namespace json = boost::json;

namespace {

std::string preset_text() { return std::string{find_preset("aliexpress")->text}; }

// The text with one piece of it replaced; the piece must be there.
std::string with(std::string text, std::string_view piece, std::string_view by) {
    auto const at = text.find(piece);
    REQUIRE(at != std::string::npos);
    return text.replace(at, piece.size(), by);
}

input_problems problems_of(std::string const& text) {
    auto read = read_policy(text);
    return read ? input_problems{} : std::move(read).error();
}
input_problem const& problem_at(input_problems const& all, std::string_view pointer) {
    auto const found = std::find_if(all.begin(), all.end(), [&](auto const& one) { return one.pointer == pointer; });
    CAPTURE(pointer, to_text(all));
    REQUIRE(found != all.end());
    return *found;
}
// The line on which a piece of a text begins, from 1.
std::uint32_t line_of(std::string const& text, std::string_view piece) {
    auto const at = text.find(piece);
    REQUIRE(at != std::string::npos);
    return static_cast<std::uint32_t>(std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n') +
                                      1);
}

}  // namespace

TEST_CASE("a misspelt member of a policy is told with its line, its column and the right name") {
    auto const text = with(preset_text(), "\"mediator\": \"grants", "\"mediatr\": \"grants");
    auto const problems = problems_of(text);
    REQUIRE(problems.size() == 2);
    auto const& misspelt = problem_at(problems, "/silences/mediatr");
    CHECK(misspelt.line == line_of(text, "\"mediatr\""));
    CHECK(misspelt.column == 5);
    CHECK(misspelt.nearest == "mediator");
    // What is missing is missing from what is there.
    auto const& missing = problem_at(problems, "/silences/mediator");
    CHECK(missing.line == line_of(text, "\"silences\""));
    CHECK(missing.column == 3);
    CHECK(problem_at(problems_of(with(preset_text(), "\"photo\"", "\"phot\"")), "/reasons/1/evidence/0").nearest ==
          "photo");
}

TEST_CASE("what is not JSON in a policy is told with its line and column") {
    auto const text = with(preset_text(), "\"silences\": {", "\"silences\": {,");
    auto const problems = problems_of(text);
    REQUIRE(problems.size() == 1);
    CHECK(problems[0].pointer.empty());
    CHECK(problems[0].line == line_of(text, "\"silences\""));
    CHECK(problems[0].column == 16);
    auto const longer = preset_text() + "more";
    CHECK(problems_of(longer).front().line == line_of(longer, "more"));
}

TEST_CASE("a member that a policy names twice is told with both lines, beside all else") {
    auto const text = with(with(preset_text(), "\"buyer\": \"opens_escalation\",",
                                "\"buyer\": \"opens_escalation\",\n    \"seller\": \"escalates\","),
                           "\"offers_per_party\": 5", "\"offers_per_party\": 0");
    auto const problems = problems_of(text);
    REQUIRE(problems.size() == 2);
    auto const& twice = problem_at(problems, "/silences/seller");
    auto const first = line_of(text, "\"seller\": \"opens_escalation\"");
    CHECK(twice.line == first);
    CHECK(twice.reason == "is named again at line " + std::to_string(first + 2) + ", column 5");
    CHECK(problem_at(problems, "/limits/offers_per_party").line == line_of(text, "\"limits\""));
}

TEST_CASE("what members mean together is told beside members that could not be read") {
    auto text = with(preset_text(), "\"title\": \"AliExpress", "\"titel\": \"AliExpress");
    text = with(text, "\"seller\": \"opens_escalation\"", "\"seller\": \"closes\"");
    text = with(text, "\"negotiation\": {\"length\": \"15 calendar_days\"",
                "\"negotiation\": {\"length\": \"4 calendar_days\"");
    text = with(text, "\"offers_per_party\": 5", "\"offers_per_party\": \"five\"");
    text = with(text, "\"mediator\":", "\"appeal\": \"escalates\", \"mediator\":");
    auto const problems = problems_of(text);
    CHECK(problems.size() == 6);
    for (auto const* pointer : {"/titel", "/title", "/silences/seller", "/clocks/negotiation",
                                "/limits/offers_per_party", "/silences/appeal"})
        problem_at(problems, pointer);
    CHECK(std::is_sorted(problems.begin(), problems.end(),
                         [](auto const& left, auto const& right) { return left.line < right.line; }));
}

TEST_CASE("a member that could not be read is no ground for a second problem") {
    struct row {
        std::string_view piece;
        std::string_view by;
        std::string_view told;
    };
    // Each would otherwise be found to go together badly with something that is right.
    row const rows[] = {
        {"\"negotiation\": {\"length\": \"15 calendar_days\"", "\"negotiation\": {\"length\": \"15 days\"",
         "/clocks/negotiation/length"},
        {"\"seller_response\": {\"length\": \"5 calendar_days\"", "\"seller_response\": {\"length\": 5",
         "/clocks/seller_response/length"},
        {"\"seller\": \"opens_escalation\"", "\"seller\": \"close\"", "/silences/seller"},
        {"\"limits\": {", "\"contactt\": {\"required\": true}, \"limits\": {", "/contactt"},
        {"[\"full_refund\", \"partial_refund\"]", "[\"alternativ\"]", "/reasons/0/remedies/0"},
        {"\"limits\": {", "\"appeals\": {\"levels\": \"one\", \"grounds\": [\"new_facts\"]}, \"limits\": {",
         "/appeals/levels"},
        {"\"evidence_pieces\": 20", "\"evidence_pieces\": true", "/limits/evidence_pieces"},
        {"\"from\": \"shipped\",", "\"from\": \"shipped\", \"extensions\": {\"most\": 101, \"days_in_all\": 5},",
         "/protection/extensions/most"},
    };
    for (auto const& [piece, by, told] : rows) {
        CAPTURE(piece, by);
        auto const problems = problems_of(with(preset_text(), piece, by));
        CAPTURE(to_text(problems));
        CHECK(problems.size() == 1);
        CHECK(problems.at(0).pointer == told);
    }
    // A clock that goes with a misspelt member is not said to have nothing to run for.
    auto const text = with(with(preset_text(), "\"limits\": {", "\"contactt\": {\"required\": true}, \"limits\": {"),
                           "\"refund_recovery\":",
                           "\"contact_wait\": {\"length\": \"2 hours\", \"basis\": \"assumed\"}, \"refund_recovery\":");
    CHECK(problems_of(text).size() == 1);
}

TEST_CASE("`recourse policy read` tells all problems with their places, in words and in JSON") {
    auto const run = [](std::vector<char const*> words) {
        words.insert(words.begin(), {"recourse", "policy", "read"});
        std::istringstream in;
        std::ostringstream out;
        std::ostringstream error;
        auto const code = tools::run(static_cast<int>(words.size()), words.data(), {in, out, error});
        return std::pair{code, out.str()};
    };
    CHECK(run({"aliexpress"}) == std::pair{int{tools::exit_done}, std::string{"aliexpress version 1 is sound\n"}});
    CHECK(run({"--json", "aliexpress"}) == std::pair{int{tools::exit_done}, std::string{}});
    auto const path = std::string{RECOURSE_TEST_DIR} + "/policy/incomplete.json";
    auto const [code, words] = run({path.c_str()});
    CHECK(code == tools::exit_invalid);
    CHECK(words.starts_with(path + ":2:3: /id: is missing\n"));
    CHECK(std::count(words.begin(), words.end(), '\n') == 8);
    auto const [same_code, rows] = run({path.c_str(), "--json"});
    CHECK(same_code == tools::exit_invalid);
    CHECK(rows.starts_with(R"({"pointer":"/id","line":2,"column":3,"reason":"is missing"})"
                           "\n"));
    CHECK(std::count(rows.begin(), rows.end(), '\n') == 8);
}

namespace {

// Changes one place of a document, as an editor's slip would.
class slips {
  public:
    explicit slips(std::uint64_t seed) : random_{seed} {}

    json::value made(json::value document) {
        for (auto rounds = 1 + below(3); rounds > 0; --rounds) change(document);
        return document;
    }

  private:
    std::size_t below(std::size_t limit) { return static_cast<std::size_t>(random_() % limit); }

    json::value* any(json::value& from) {
        auto* at = &from;
        for (;;) {
            auto* members = at->if_object();
            auto* elements = at->if_array();
            auto const size = members != nullptr ? members->size() : elements != nullptr ? elements->size() : 0;
            if (size == 0 || (at != &from && below(3) == 0)) return at;
            auto const chosen = below(size);
            at = members != nullptr ? &(members->begin() + static_cast<std::ptrdiff_t>(chosen))->value()
                                    : &(*elements)[chosen];
        }
    }

    json::value other() {
        static constexpr std::string_view values[] = {"null",
                                                      "true",
                                                      "0",
                                                      "-1",
                                                      "1",
                                                      "2",
                                                      "100",
                                                      "101",
                                                      "4294967296",
                                                      "1e300",
                                                      "9223372036854775807",
                                                      "18446744073709551615",
                                                      "\"\"",
                                                      "\"nonsense\"",
                                                      "\"5 calendar_days\"",
                                                      "\"P5D\"",
                                                      "\"0 hours\"",
                                                      "\"buyer\"",
                                                      "\"BE\"",
                                                      "\"closes\"",
                                                      "\"photo\"",
                                                      "\"partial_refund\"",
                                                      "[]",
                                                      "{}",
                                                      "[[]]",
                                                      "[\"photo\",\"photo\"]",
                                                      "{\"length\":\"3 hours\",\"basis\":\"assumed\"}"};
        auto const& one = values[below(std::size(values))];
        return json::parse(json::string_view{one.data(), one.size()});
    }

    void change(json::value& document) {
        auto* spot = any(document);
        if (auto* members = spot->if_object(); members != nullptr && !members->empty() && below(3) > 0) {
            auto const chosen = members->begin() + static_cast<std::ptrdiff_t>(below(members->size()));
            std::string name{std::string_view{chosen->key()}};
            auto const content = chosen->value();
            switch (below(3)) {
                case 0: members->erase(name); break;
                case 1: {
                    members->erase(name);
                    name.insert(below(name.size() + 1), 1, "xe_/~\x01"[below(6)]);
                    members->insert_or_assign(name, content);
                    break;
                }
                default: members->insert_or_assign(name, other());
            }
        } else if (auto* elements = spot->if_array(); elements != nullptr && !elements->empty() && below(2) == 0) {
            elements->push_back((*elements)[below(elements->size())]);
        } else {
            *spot = other();
        }
    }

    std::mt19937_64 random_;
};

// Whether a pointer names something in the document, or something that is missing from what is there.
bool lies_in(json::value const& document, std::string pointer) {
    json::error_code error;
    if (document.find_pointer(pointer, error) != nullptr) return true;
    auto const parent = pointer.substr(0, pointer.rfind('/'));
    auto const* around = document.find_pointer(parent, error);
    return around != nullptr && around->is_object();
}

}  // namespace

TEST_CASE("a thousand slips in each preset are each refused where they are, or read") {
    auto const seed = std::random_device{}();
    CAPTURE(seed);
    for (auto const name : preset_names()) {
        auto const document = json::parse(json::string_view{find_preset(name)->text});
        slips making{seed};
        int refused = 0;
        for (int round = 0; round < 1000; ++round) {
            auto const changed = making.made(document);
            auto const text = json::serialize(changed);
            auto const read = read_policy(text);
            if (read) continue;
            ++refused;
            CAPTURE(name, round, text);
            REQUIRE_FALSE(read.error().empty());
            for (auto const& one : read.error()) {
                CAPTURE(one.pointer, one.reason);
                REQUIRE_FALSE(one.reason.empty());
                REQUIRE(one.line == 1);
                REQUIRE(one.column >= 1);
                REQUIRE(one.column <= text.size());
                // A control character in a name is shown as a question mark, so that no line is upset.
                REQUIRE((one.pointer.find('?') != std::string::npos || lies_in(changed, one.pointer)));
            }
        }
        CHECK(refused > 500);
    }
}
