// The pages in docs/lifecycles say what the tables say.
#include <algorithm>
#include <boost/json.hpp>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>

#include "recourse/lifecycle/reactions.hpp"
#include "tools/commands.hpp"

TEST_CASE("the pages of the lifecycles are those that the tables make", "[docs]") {
    auto const folder = std::filesystem::temp_directory_path() / "recourse-lifecycle-pages";
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    std::istringstream in;
    std::ostringstream out;
    std::ostringstream error;
    REQUIRE(recourse::tools::write_lifecycles(folder.string(), {in, out, error}) == 0);
    auto const contents = [](std::filesystem::path const& path) {
        std::ifstream file{path, std::ios::binary};
        return std::string{std::istreambuf_iterator<char>{file}, {}};
    };
    std::size_t pages = 0;
    for (auto const& made : std::filesystem::directory_iterator{folder}) {
        INFO("run ./dev docs: " << made.path().filename());
        CHECK(contents(made.path()) == contents(RECOURSE_SOURCE_DIR "/docs/lifecycles" / made.path().filename()));
        ++pages;
    }
    CHECK(pages == recourse::lifecycle::size(recourse::lifecycle::all{}) + 1);  // and the reactions
    CHECK(recourse::tools::write_lifecycles((folder / "missing").string(), {in, out, error}) ==
          recourse::tools::exit_failed);
    std::filesystem::remove_all(folder);
}

TEST_CASE("the lifecycles as JSON have every row of every table, with its guards, and every reaction") {
    std::istringstream in;
    std::ostringstream out;
    std::ostringstream error;
    char const* const words[] = {"recourse", "docs", "lifecycles", "--json"};
    REQUIRE(recourse::tools::run(4, words, {in, out, error}) == recourse::tools::exit_done);
    auto const printed = boost::json::parse(out.str()).as_object();
    auto const& all = printed.at("lifecycles").as_array();
    std::size_t place = 0;
    recourse::lifecycle::for_each(recourse::lifecycle::all{}, [&]<class L>() {
        auto const& one = all.at(place++).as_object();
        CHECK(std::string_view{one.at("name").as_string()} == L::name);
        CHECK(std::string_view{one.at("initial").as_string()} == L::initial::name);
        CHECK(one.at("states").as_array().size() == recourse::lifecycle::states<L>.size());
        auto const& rows = one.at("rows").as_array();
        REQUIRE(rows.size() == recourse::lifecycle::rows<L>.size());
        for (std::size_t at = 0; at < rows.size(); ++at) {
            auto const& row = rows[at].as_object();
            auto const& expected = recourse::lifecycle::rows<L>[at];
            CHECK(std::string_view{row.at("from").as_string()} == recourse::lifecycle::state_name<L>(expected.from));
            CHECK(std::string_view{row.at("on_command").as_string()} == expected.command);
            CHECK(std::string_view{row.at("to").as_string()} == recourse::lifecycle::state_name<L>(expected.to));
            CHECK(std::string_view{row.at("records").as_string()} == expected.event);
            auto const guards = std::count_if(expected.guards.begin(), expected.guards.end(),
                                              [](auto const& guard) { return !guard.empty(); });
            CHECK(row.at("only_if").as_array().size() == static_cast<std::size_t>(guards));
        }
    });
    CHECK(place == all.size());
    CHECK(printed.at("reactions").as_array().size() == recourse::lifecycle::size(recourse::lifecycle::reactions{}));
}

TEST_CASE("the lifecycles are written into a folder or printed as JSON, one of the two") {
    std::istringstream in;
    std::ostringstream out;
    std::ostringstream error;
    char const* const neither[] = {"recourse", "docs", "lifecycles"};
    CHECK(recourse::tools::run(3, neither, {in, out, error}) == recourse::tools::exit_usage);
    char const* const both[] = {"recourse", "docs", "lifecycles", "--json", "folder"};
    CHECK(recourse::tools::run(5, both, {in, out, error}) == recourse::tools::exit_usage);
    CHECK(out.str().empty());
}
