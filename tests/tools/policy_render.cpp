// `recourse policy render`, the pages in docs/presets, and the diagram beside what disputes really do.
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <sstream>

#include "recourse/engine/json.hpp"
#include "recourse/engine/policy_diagram.hpp"
#include "recourse/lifecycle/reactions.hpp"
#include "recourse/store/memory.hpp"
#include "tools/play.hpp"
#include "tools/said.hpp"

using namespace recourse;

namespace {

test::said run(std::vector<std::string> words) {
    words.insert(words.begin(), {"policy", "render"});
    return test::run(std::move(words));
}

std::string contents(std::filesystem::path const& path) {
    std::ifstream file{path, std::ios::binary};
    return std::string{std::istreambuf_iterator<char>{file}, {}};
}

policy read(std::string const& name) {
    return read_policy(contents(RECOURSE_TEST_DIR "/scenarios/policies/" + name + ".json")).value();
}

bool has_stage(policy const& of, std::string_view stage) {
    auto const drawn = diagram_of(of);
    return std::find(drawn.stages.begin(), drawn.stages.end(), stage) != drawn.stages.end();
}

}  // namespace

TEST_CASE("the pages of the presets are those that the presets make", "[docs]") {
    auto const folder = std::filesystem::temp_directory_path() / "recourse-preset-pages";
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    REQUIRE(run({"--presets", folder.string()}).code == tools::exit_done);
    std::size_t pages = 0;
    for (auto const& made : std::filesystem::directory_iterator{folder}) {
        INFO("run ./dev docs: " << made.path().filename());
        CHECK(contents(made.path()) == contents(RECOURSE_SOURCE_DIR "/docs/presets" / made.path().filename()));
        ++pages;
    }
    CHECK(pages == preset_names().size());
    CHECK(run({"--presets", (folder / "missing").string()}).code == tools::exit_failed);
    std::filesystem::remove_all(folder);
}

TEST_CASE("a policy is rendered as Markdown or HTML, to the output or into a file") {
    auto const markdown = run({"aliexpress", "--start", "2026-04-02"});
    CHECK(markdown.code == tools::exit_done);
    CHECK(markdown.out.find("# AliExpress buyer protection") == 0);
    CHECK(markdown.error.empty());
    CHECK(run({"aliexpress", "--start", "2026-04-02", "--markdown"}).out == markdown.out);
    CHECK(run({"aliexpress"}).out.find("Worked dates count from noon on ") != std::string::npos);

    auto const path = std::filesystem::temp_directory_path() / "recourse-policy-page.html";
    auto const written = run({"aliexpress", "--start", "2026-04-02", "--html", "--out", path.string()});
    CHECK(written.code == tools::exit_done);
    CHECK(written.out.empty());
    auto const html = contents(path);
    CHECK(html.find("<!doctype html>") == 0);
    // With Graphviz a drawing, without it the text, and a word about it.
    CHECK((html.find("<figure") != std::string::npos) == written.error.empty());
    CHECK((html.find("stateDiagram-v2") == std::string::npos) == written.error.empty());
    std::filesystem::remove(path);
}

TEST_CASE("dates are worked out for other parties on their own calendars and in their own zones") {
    auto const page = run({"aliexpress", "--start", "2026-07-01", "--buyer", "US", "--buyer-zone", "America/New_York",
                           "--seller", "DE", "--seller-zone", "Europe/Berlin"});
    CHECK(page.code == tools::exit_done);
    CHECK(
        page.out.find("Tue 7 Jul 2026 24:00 America/New\\_York (*skips Fri 3 Jul 2026 (Independence Day), skips Sat 4 "
                      "Jul 2026 (Independence Day), skips 1 weekend day*)") != std::string::npos);
    CHECK(page.out.find("Mon 6 Jul 2026 24:00 Europe/Berlin") != std::string::npos);
}

TEST_CASE("what cannot be rendered is refused with what would be right") {
    auto const wrong = [](std::vector<std::string> const& words, std::string_view expected) {
        auto const answer = run(words);
        CAPTURE(answer.error, expected);
        CHECK(answer.code == tools::exit_usage);
        CHECK(answer.out.empty());
        CHECK(answer.error.find(expected) != std::string::npos);
    };
    wrong({}, "which policy? A preset, a file, or --presets FOLDER");
    wrong({"alliexpress"}, "the presets are aliexpress");
    wrong({"aliexpress", "--html", "--markdown"}, "--html excludes --markdown");
    wrong({"aliexpress", "--start", "2026-02-30"}, "--start: ");
    wrong({"aliexpress", "--buyer", "DE"}, "with --buyer DE it takes --buyer-zone, such as Europe/Brussels");
    wrong({"aliexpress", "--seller", "GER", "--seller-zone", "Europe/Berlin"}, "there is no calendar \"GER\"");
    wrong({"aliexpress", "--buyer-zone", "Europe/Brusels"}, "did you mean Europe/Brussels");
    CHECK(run({"aliexpress", "--out", "/nowhere/page.md"}).code == tools::exit_failed);
}

TEST_CASE("the diagram has the stages that the policy allows, and no others") {
    CHECK_FALSE(has_stage(read("small"), "contacting"));
    CHECK(has_stage(read("contacts"), "contacting"));
    CHECK(has_stage(read("contacts"), "contacted"));
    CHECK_FALSE(has_stage(read("small"), "under_appeal"));
    CHECK(has_stage(read("appeals"), "under_appeal"));
    CHECK_FALSE(has_stage(read("small"), "exchanging"));
    CHECK(has_stage(read("goods_and_promises"), "exchanging"));
    CHECK(has_stage(read("goods_and_promises"), "remedying"));
    auto money_only = read("small");
    for (auto& one : money_only.reasons) one.remedies = {remedy::full_refund};
    CHECK_FALSE(has_stage(money_only, "returning"));
    CHECK(has_stage(read("small"), "returning"));
    auto at_once = read("small");
    at_once.escalation.at_once = true;
    auto const drawn = to_mermaid(diagram_of(at_once));
    CHECK(drawn.find("    negotiating --> in_mediation: it is not negotiated\n") != std::string::npos);
    CHECK(drawn.find("negotiating -->") == drawn.rfind("negotiating -->"));
}

TEST_CASE("the diagram says what time alone does, and how long it takes") {
    auto of = read("small");
    of.silences.negotiation_end = silence::escalates;
    of.clocks.negotiation.rule.length = {9, period_unit::business_days};
    CHECK(to_mermaid(diagram_of(of)).find("    negotiating --> in_mediation: after 9 business days (negotiation)\n") !=
          std::string::npos);
    of.silences.negotiation_end = silence::closes;
    CHECK(to_mermaid(diagram_of(of)).find("    negotiating --> closed: after 9 business days (negotiation)\n") !=
          std::string::npos);
    CHECK(to_dot(diagram_of(of))
              .find("label=\" after 9 business days\\l (negotiation)\\l\", style=dashed, "
                    "class=\"time\"") != std::string::npos);
}

TEST_CASE("the diagram asks only for guards and conditions that there are") {
    std::set<std::string_view> known;
    lifecycle::for_each(lifecycle::all{}, [&]<class L>() {
        for (auto const& row : lifecycle::rows<L>) known.insert(row.guards.begin(), row.guards.end());
    });
    lifecycle::for_each(lifecycle::reactions{},
                        [&]<class When>() { known.insert(When::conditions.begin(), When::conditions.end()); });
    for (auto const name : conditions_asked()) {
        CAPTURE(name);
        CHECK(known.contains(name));
    }
}

TEST_CASE("every change of stage in the stories is drawn for their policies, and every one that is drawn is told",
          "[stories]") {
    auto const store = store::open_memory();
    std::ostringstream nowhere;
    tools::player stage{*store, tools::telling::nothing, nowhere};
    for (auto const& entry : std::filesystem::directory_iterator{RECOURSE_TEST_DIR "/scenarios"}) {
        if (entry.path().extension() != ".jsonl") continue;
        std::ifstream story{entry.path()};
        REQUIRE_FALSE(stage.play(story, entry.path().string()));
    }
    using L = dispute::lifecycle_type;
    using step = std::pair<std::string_view, std::string_view>;
    std::set<step> told;
    std::set<step> drawn;
    std::map<std::string, policy_diagram> diagrams;  // by the hash of the policy
    std::size_t changes = 0;
    for (auto const& key : store->disputes(std::nullopt, 10'000)) {
        if (is_payment_file(key)) continue;
        auto const seen = stage.disputes().find(key);
        auto const& under = subject_of(seen->all).policy;
        auto& diagram = diagrams[to_text(under.hash)];
        if (diagram.stages.empty()) diagram = diagram_of(read_policy(store->policy(under.hash).value().text).value());
        for (auto const& one : diagram.moves) drawn.emplace(one.from, one.to);
        for (auto const& one : stage.disputes().events(key)) {
            if (one.lifecycle != L::code || one.from == one.to) continue;
            if (auto const* closed = std::get_if<dispute::dispute_closed>(&one.body)) {
                auto const how = closed->outcome.resolution;
                // from outside
                if (how == resolution::charged_back || how == resolution::merged || how == resolution::refunded_outside)
                    continue;
            }
            step const taken{lifecycle::state_name<L>(one.from), lifecycle::state_name<L>(one.to)};
            ++changes;
            told.insert(taken);
            auto const is_it = [&](auto const& move) { return step{move.from, move.to} == taken; };
            INFO(to_text(key) << " under " << under.id.text() << ": " << taken.first << " to " << taken.second << ", "
                              << type_of(one));
            CHECK(std::any_of(diagram.moves.begin(), diagram.moves.end(), is_it));
        }
    }
    CHECK(changes > 500);
    CHECK(told == drawn);
}
