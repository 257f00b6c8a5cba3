// The pages in docs/lifecycles say what the tables say.
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>

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
