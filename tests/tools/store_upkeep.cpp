// `recourse store` on the command line.
#include <catch2/catch.hpp>
#include <sstream>

#include "recourse/store/sqlite.hpp"
#include "store/samples.hpp"
#include "tools/progress.hpp"
#include "tools/said.hpp"

using namespace recourse;
using test::run;

TEST_CASE("an operator makes, looks at, copies, exports and imports a store") {
    store_samples::folder const place;
    auto const path = place / "store.db";
    CHECK(run({"store", "init", "--store", path}).code == tools::exit_done);
    CHECK(run({"store", "init", "--store", path}).code == tools::exit_usage);  // it is there
    CHECK(run({"store", "migrate", "--store", path}).code == tools::exit_done);
    auto const simulated =
        run({"simulate", "--seed", "1", "--disputes", "3", "--steps", "60", "--store", place / "s.db"});
    REQUIRE(simulated.code == tools::exit_done);
    auto const stats = run({"store", "stats", "--store", place / "s.db", "--json"});
    CHECK_THAT(stats.out, Catch::Contains(R"({"table":"disputes","rows":)"));
    CHECK_THAT(run({"store", "stats", "--store", place / "s.db"}).out, Catch::Contains("write-ahead log"));
    CHECK(run({"store", "backup", "--store", place / "s.db", place / "copy.db"}).code == tools::exit_done);
    CHECK(run({"store", "backup", "--store", place / "s.db", "--compact", place / "small.db"}).code ==
          tools::exit_done);
    auto const lines = run({"store", "export", "--store", place / "s.db"});
    REQUIRE(lines.code == tools::exit_done);
    auto const made = run({"store", "import", "--store", place / "again.db", "--json"}, lines.out);
    CHECK(made.code == tools::exit_done);
    for (auto const* copy : {"copy.db", "small.db", "again.db"}) {
        CHECK(run({"store", "export", "--store", place / copy}).out == lines.out);
        CHECK(run({"store", "verify", "--store", place / copy}).code == tools::exit_done);
    }
    auto const wrong =
        run({"store", "import", "--store", place / "wrong.db"}, lines.out.substr(0, lines.out.size() / 2));
    CHECK(wrong.code == tools::exit_failed);
    CHECK_THAT(wrong.error, Catch::Contains("wrong.db"));
    CHECK(run({"store", "stats", "--store", place / "none.db"}).code == tools::exit_failed);
    CHECK(run({"store", "stats"}).code == tools::exit_usage);
}

TEST_CASE("a bar says how far something is") {
    CHECK(tools::bar_of(0, 10, "rows") == "[..............................]   0 %  rows");
    CHECK(tools::bar_of(5, 10, "rows") == "[###############...............]  50 %  rows");
    CHECK(tools::bar_of(12, 10, "rows") == "[##############################] 100 %  rows");
    CHECK(tools::bar_of(7, 0, "rows") == "           7  rows");
    std::ostringstream out;
    tools::progress_bar bar{out, "rows"};
    bar.show(5, 10);
    CHECK(out.str().empty());  // nobody looks
}
