// The presets on the command line.
#include <catch2/catch.hpp>

#include "recourse/policy/policy.hpp"
#include "recourse/vocabulary/digest.hpp"
#include "tools/said.hpp"

using namespace recourse;
using test::run;

TEST_CASE("the presets are listed with the hash of their document, and shown byte for byte") {
    auto const listed = run({"policy", "list", "--json"});
    CHECK(listed.code == tools::exit_done);
    for (auto const name : preset_names()) {
        auto const* document = find_preset(name);
        CHECK(listed.out.find("\"hash\":\"" + to_text(sha256(document->text)) + "\"") != std::string::npos);
        auto const shown = run({"policy", "show", std::string{name}.c_str()});
        CHECK(shown.code == tools::exit_done);
        CHECK(shown.out == document->text);
    }
}

TEST_CASE("a policy that is neither a file nor a preset is answered with the names of the presets") {
    auto const wrong = run({"policy", "show", "alliexpress"});
    CHECK(wrong.code == tools::exit_usage);
    CHECK(wrong.error.find("\"alliexpress\"") != std::string::npos);
    CHECK(wrong.error.find("aliexpress") != std::string::npos);
}
