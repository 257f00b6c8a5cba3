// `recourse policy diff` on the command line.
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "recourse/policy/policy.hpp"
#include "tools/said.hpp"

using namespace recourse;
using test::run;

TEST_CASE("two policies are compared on the command line, in words and as JSON") {
    auto text = std::string{find_preset("aliexpress")->text};
    auto const from = std::string{R"("decision": {"length": "7 calendar_days")"};
    text.replace(text.find(from), from.size(), R"("decision": {"length": "9 calendar_days")");
    auto const file = std::filesystem::temp_directory_path() / "recourse_policy_diff_test.json";
    std::ofstream{file} << text;
    auto const told = run({"policy", "diff", "aliexpress", file.c_str()});
    CHECK(told.code == tools::exit_differs);
    CHECK(told.out ==
          "/clocks/decision/length\n"
          "  the mediator has 9 calendar days to decide instead of 7 calendar days\n"
          "  favours the platform: both parties wait for the marketplace\n");
    auto const as_json = run({"policy", "diff", "aliexpress", file.c_str(), "--json"});
    CHECK(as_json.out.find(R"("pointer":"/clocks/decision/length","before":"7 calendar_days")") != std::string::npos);
    std::filesystem::remove(file);
    auto const same = run({"policy", "diff", "aliexpress", "aliexpress"});
    CHECK(same.code == tools::exit_done);
    CHECK(same.out == "Both policies mean the same.\n");
}
