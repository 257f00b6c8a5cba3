// The upkeep of a SQLite store: what is in it, a copy, and all of it as lines.
#include <catch2/catch.hpp>

#include <algorithm>

#include "recourse/store/sqlite_upkeep.hpp"
#include "recourse/vocabulary/salted_text.hpp"
#include "samples.hpp"

using namespace recourse;
using namespace store_samples;

namespace {

// Two disputes with everything that a store keeps, and an effect that was settled.
void fill(std::string const& path) {
    auto const at = store::open_sqlite({.path = path});
    auto one = sample(key("D-1"), 0, "first", 2);
    one.state = R"({"a":1,"b":[true,null]})";
    one.next_due = instant{5000};
    one.outbox = {{"notification", R"({"to":"buyer"})"}, {"notification", "not JSON"}};
    one.ledger = {{{payment_id{"P-1"}, 1, "EUR", 2999, 1000, 0, "lines"}}};
    one.policy = store::policy_document{sha256("{}"), policy_id{"shop"}, 1, "{}"};
    salted_text const said{"hello", sha256("salt")};
    one.texts = {{{role::buyer, actor_id{"anna"}}, digest_of(said), said.salt, said.text}};
    auto other = sample(key("D-2", "G-2"), 0, "second");
    other.state = std::string{"\0\x01\xff", 3};
    store::append const group[] = {one, other};
    at->append(group);
    auto const pending = at->outbox(0, 10);
    at->settle(pending.back().position);
    at->refuse({key("D-1"), instant{7}, {20, 21}, "refused", "asked"}, store::keeping::whole);
}

std::vector<std::string> lines_of(std::string const& path) {
    std::vector<std::string> lines;
    store::export_lines({.path = path}, [&](std::string_view line) { lines.emplace_back(line); });
    return lines;
}

void import(std::vector<std::string> const& lines, std::string const& path) {
    std::size_t at = 0;
    store::import_lines(
        [&]() -> std::optional<std::string> {
            if (at == lines.size()) return std::nullopt;
            return lines[at++];
        },
        {.path = path});
}

std::string refused_import(std::vector<std::string> const& lines) {
    folder const place;
    auto const path = place / "made.db";
    try {
        import(lines, path);
    } catch (failure const& thrown) {
        CHECK(thrown.kind() == failure_kind::store_corrupt);
        CHECK_FALSE(std::filesystem::exists(path));  // nothing half made is left
        return thrown.what();
    }
    return "it was imported";
}

}  // namespace

TEST_CASE("the numbers of a store are those of what was written") {
    folder const place;
    auto const path = place / "store.db";
    fill(path);
    auto const found = store::stats_of({.path = path});
    CHECK(found.schema_version == 4);
    CHECK(found.pages > 8);
    CHECK(found.waiting == 1);
    CHECK(found.next_due == instant{5000});
    CHECK(found.effects_pending == 1);
    CHECK(found.effects_parked == 0);
    {
        auto const at = store::open_sqlite({.path = path});
        auto const claimed = at->claim_outbox({"w-1", {1}, {2}, 1});
        at->settle_claimed(claimed.at(0), store::parked{{1}, "no"});
    }
    CHECK(store::stats_of({.path = path}).effects_parked == 1);
    CHECK(found.commands_refused == 2);
    auto const rows = [&](std::string_view table) {
        for (auto const& one : found.tables) {
            if (one.table == table) return one.rows;
        }
        return std::uint64_t{99};
    };
    CHECK(rows("disputes") == 2);
    CHECK(rows("events") == 3);
    CHECK(rows("ledger") == 1);
    CHECK(rows("policies") == 1);
    CHECK(rows("personal_texts") == 1);
    CHECK(rows("refusals") == 1);
}

TEST_CASE("a backup has what the store had at one moment, whatever is written meanwhile") {
    folder const place;
    auto const path = place / "store.db";
    fill(path);
    auto const writer = store::open_sqlite({.path = path});
    for (auto const form : {store::backup_form::pages, store::backup_form::compact}) {
        auto const copy = place / (form == store::backup_form::pages ? "pages.db" : "compact.db");
        auto const before = lines_of(path);
        std::uint64_t last = 0;
        std::uint64_t all = 0;
        int written = 0;
        store::back_up({.path = path}, copy, form, [&](std::uint64_t done, std::uint64_t of) {
            last = done;
            all = of;
            if (form == store::backup_form::pages && written++ == 0) {
                auto const more = sample(key("D-later"), 0, "later");
                writer->append({&more, 1});
            }
        });
        CHECK(last == all);
        CHECK(all > 0);
        CHECK(lines_of(copy) == before);
        CHECK(store::open_sqlite({.path = copy})->damages().empty());
        CHECK_THROWS_AS(store::back_up({.path = path}, copy, form), failure);  // it is there by now
    }
}

TEST_CASE("a store that is exported and imported is the same store, and positions are not given twice") {
    folder const place;
    auto const path = place / "store.db";
    auto const copy = place / "copy.db";
    fill(path);
    auto const lines = lines_of(path);
    auto const settled = store::open_sqlite({.path = path})->outbox(0, 10).at(0).position + 1;
    import(lines, copy);
    CHECK(lines_of(copy) == lines);
    auto const at = store::open_sqlite({.path = copy});
    CHECK(at->damages().empty());
    // Who follows all events goes on where he was.
    CHECK(at->feed(0, 100) == store::open_sqlite({.path = path})->feed(0, 100));
    auto more = sample(key("D-3"), 0, "third");
    more.outbox = {{"notification", "{}"}};
    at->append({&more, 1});
    CHECK(at->outbox(0, 10).back().position > settled);
}

TEST_CASE("an import of what was changed, cut off or never exported is refused, and leaves nothing") {
    folder const place;
    auto const path = place / "store.db";
    fill(path);
    auto const whole = lines_of(path);

    auto cut = whole;
    cut.pop_back();
    CHECK_THAT(refused_import(cut), Catch::Contains("cut off"));
    CHECK_THAT(refused_import({}), Catch::Contains("cut off"));

    auto without_one = whole;
    without_one.erase(without_one.begin() + 2);
    CHECK_THAT(refused_import(without_one), Catch::Contains("counts other rows"));

    auto changed = whole;
    auto const money = std::find_if(changed.begin(), changed.end(),
                                    [](auto const& line) { return line.find("2999") != std::string::npos; });
    REQUIRE(money != changed.end());
    money->replace(money->find("2999"), 4, "3999");
    CHECK_THAT(refused_import(changed), Catch::Contains("another sum"));

    CHECK_THAT(refused_import({"no line"}), Catch::Contains("line 1") && Catch::Contains("no JSON object"));
    CHECK_THAT(refused_import({R"({"format":"another"})"}), Catch::Contains("not the beginning of an export"));
    CHECK_THAT(refused_import({whole[0], R"({"table":"sqlite_schema","row":[]})"}), Catch::Contains("line 2"));
    CHECK_THAT(refused_import({whole[0], R"({"table":"policies","row":[1]})"}), Catch::Contains("has 1 values"));
    CHECK_THAT(refused_import({whole[0], R"({"table":"policies","row":[1.5,2,3,4]})"}), Catch::Contains("neither"));
    for (auto const* const position : {"0", "null", R"("1")"}) {
        auto const event = R"({"table":"events","row":[)" + std::string{position} + ",1,1,1,1,1,1,1,1,1,1]}";
        CHECK_THAT(refused_import({whole[0], event}), Catch::Contains("has no position after that of the event"));
    }
    CHECK_THAT(refused_import({whole[0], R"({"table":"policies","row":[null,null,null,null]})"}),
               Catch::Contains("cannot be stored"));
    auto more = whole;
    more.push_back(whole[1]);
    CHECK_THAT(refused_import(more), Catch::Contains("there is more"));
}

TEST_CASE("rows whose sums agree with the lines but not with the rows are refused") {
    // Somebody who changes an export can make its sum anew; links and seals are over the rows themselves.
    folder const place;
    auto const path = place / "store.db";
    fill(path);
    auto lines = lines_of(path);
    digest sum;
    for (std::size_t at = 0; at + 1 < lines.size(); ++at) {
        if (auto const here = lines[at].find("2999"); here != std::string::npos) lines[at].replace(here, 4, "3999");
        sum = sha256(to_text(sum) + lines[at]);
    }
    auto& last = lines.back();
    auto const where = last.find(R"("sum":")") + 7;
    last.replace(where, 64, to_text(sum));
    CHECK_THAT(refused_import(lines), Catch::Contains("does not agree with itself"));
}
