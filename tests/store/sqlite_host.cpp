// A store on the host's own SQLite connection: the whole suite, and what only the two together can do.
#include <sqlite3.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <functional>
#include <memory>
#include <stdexcept>
#include <type_traits>

#include "adapters.hpp"
#include "recourse/engine/engine.hpp"
#include "recourse/engine/verify.hpp"
#include "recourse/store/sqlite.hpp"
#include "recourse/store/sqlite_upkeep.hpp"
#include "recourse/vocabulary/failure.hpp"
#include "samples.hpp"
#include "wrapped_store.hpp"

using namespace recourse;
using namespace store_samples;
using Catch::Matchers::Contains;
using store::committed;
using store::conflict;
using store::duplicate;

namespace {

// Several threads use these at once, and Catch2 serves one: what is wrong is thrown.
class hosts_connection {
  public:
    explicit hosts_connection(std::string const& path) {
        sqlite3* opened = nullptr;
        int const code = sqlite3_open(path.c_str(), &opened);
        handle_.reset(opened);
        if (code != SQLITE_OK) throw std::runtime_error{sqlite3_errmsg(opened)};
        sqlite3_busy_timeout(opened, 5000);
    }
    [[nodiscard]] sqlite3* handle() const { return handle_.get(); }
    void operator()(std::string const& sql) const {
        if (sqlite3_exec(handle(), sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
            throw std::runtime_error{sql + ": " + sqlite3_errmsg(handle())};
    }
    [[nodiscard]] std::int64_t count(std::string const& table) const {
        sqlite3_stmt* statement = nullptr;
        sqlite3_prepare_v2(handle(), ("SELECT count(*) FROM " + table).c_str(), -1, &statement, nullptr);
        sqlite3_step(statement);
        auto const found = sqlite3_column_int64(statement, 0);
        sqlite3_finalize(statement);
        return found;
    }

  private:
    struct close {
        void operator()(sqlite3* handle) const {
            if (sqlite3_close(handle) != SQLITE_OK) std::abort();  // the store has left a statement
        }
    };
    std::unique_ptr<sqlite3, close> handle_;
};

// What a host does: each call that writes is a transaction of its own, with a row of the host's in it.
class in_transactions final : public test::wrapped_store {
  public:
    in_transactions(std::string path, std::unique_ptr<hosts_connection> host, std::unique_ptr<contract> under)
        : wrapped_store{*under}, path_{std::move(path)}, host_{std::move(host)}, owned_{std::move(under)} {}

    std::vector<store::outcome> append(std::span<store::append const> group) override {
        return inside([&] { return under_.append(group); });
    }
    bool settle(std::uint64_t position) override {
        return inside([&] { return under_.settle(position); });
    }
    void refuse(store::refused_command const& one, store::keeping how) override {
        inside([&] { return under_.refuse(one, how), true; });
    }
    std::uint64_t erase(actor const& subject) override {
        try {
            under_.erase(subject);
            throw std::runtime_error{"texts were erased on the host's connection"};
        } catch (std::logic_error const&) {}
        return store::open_sqlite({.path = path_})->erase(subject);
    }
    std::vector<store::due_dispute> claim_due(store::claim const& asked) override {
        return inside([&] { return under_.claim_due(asked); });
    }
    bool give_back(store::due_dispute const& one, std::string_view worker) override {
        return inside([&] { return under_.give_back(one, worker); });
    }
    std::vector<store::claimed_effect> claim_outbox(store::claim const& asked) override {
        return inside([&] { return under_.claim_outbox(asked); });
    }
    bool settle_claimed(store::claimed_effect const& one, store::delivery const& what) override {
        return inside([&] { return under_.settle_claimed(one, what); });
    }
    bool release(std::uint64_t position) override {
        return inside([&] { return under_.release(position); });
    }

  private:
    template <class Work>
    std::invoke_result_t<Work const&> inside(Work const& work) {
        auto const& host = *host_;
        host("BEGIN IMMEDIATE");
        auto const before = host.count("host_calls");
        host("INSERT INTO host_calls VALUES (1)");
        try {
            auto found = work();
            if (host.count("host_calls") != before + 1) throw std::runtime_error{"the host's row is gone"};
            host("COMMIT");
            return found;
        } catch (...) {
            if (sqlite3_get_autocommit(host.handle()) == 0) host("ROLLBACK");
            throw;
        }
    }

    std::string path_;
    std::unique_ptr<hosts_connection> host_;
    std::unique_ptr<contract> owned_;
};

struct file {
    folder place;
    std::string path = place / "store.db";
};
opened on_hosts_again(opened const& first) {
    auto const& path = std::static_pointer_cast<file>(first.place)->path;
    auto host = std::make_unique<hosts_connection>(path);
    (*host)("CREATE TABLE IF NOT EXISTS host_calls (number INTEGER)");
    auto at = store::open_sqlite(host->handle());
    return {first.place, std::make_unique<in_transactions>(path, std::move(host), std::move(at))};
}
opened on_hosts() {
    auto place = std::make_shared<file>();
    store::open_sqlite({.path = place->path});
    return on_hosts_again({place, nullptr});
}
std::unique_ptr<store::archive> archive_of(opened const& first) {
    return store::open_archive(store::sqlite_options{.path = std::static_pointer_cast<file>(first.place)->path});
}
registered const hosts{{"sqlite on the host's connection", on_hosts, on_hosts_again, archive_of}};

std::string refusal_of(std::function<void()> const& work) {
    try {
        work();
    } catch (std::exception const& thrown) {
        return thrown.what();
    }
    return "nothing was thrown";
}

}  // namespace

TEST_CASE("on the host's SQLite connection a dispute and the host's own row are committed together or not at all",
          "[store]") {
    folder const place;
    auto const path = place / "shop.db";
    auto const beside = store::open_sqlite({.path = path});
    hosts_connection const host{path};
    host("CREATE TABLE host_orders (number INTEGER PRIMARY KEY)");
    auto const hosts_store = store::open_sqlite(host.handle());
    CHECK_THROWS_AS(append_one(*hosts_store, sample(key("D-1"), 0, "open")), std::logic_error);
    CHECK_FALSE(beside->load(key("D-1")));

    auto one = sample(key("D-1"), 0, "open");
    one.outbox = {{"notification", "first"}};
    host("BEGIN");
    host("INSERT INTO host_orders VALUES (1)");
    CHECK(append_one(*hosts_store, one) == store::outcome{committed{1}});
    CHECK(append_one(*hosts_store, sample(key("D-1"), 0, "stale")) == dispute_conflict(1));
    CHECK(append_one(*hosts_store, one) == store::outcome{duplicate{1}});
    CHECK(append_one(*hosts_store, sample(key("D-1"), 1, "next")) == store::outcome{committed{2}});
    CHECK(hosts_store->load(key("D-1"))->version == 2);
    CHECK_FALSE(beside->load(key("D-1")));
    host("ROLLBACK");
    CHECK_FALSE(beside->load(key("D-1")));
    CHECK(host.count("host_orders") == 0);

    host("BEGIN");
    host("INSERT INTO host_orders VALUES (1)");
    CHECK(append_one(*hosts_store, one) == store::outcome{committed{1}});
    CHECK_THROWS_AS(append_one(*hosts_store, sample(key("D-2"), 0, "")), std::invalid_argument);
    host("INSERT INTO host_orders VALUES (2)");
    host("COMMIT");
    CHECK(host.count("host_orders") == 2);
    CHECK(beside->load(key("D-1"))->version == 1);
    CHECK(beside->outbox(0, 10).size() == 1);
    CHECK(beside->damages().empty());
}

TEST_CASE("a transaction of the host's that has read what others changed is told to begin again", "[store]") {
    folder const place;
    auto const path = place / "shop.db";
    auto const beside = store::open_sqlite({.path = path});
    hosts_connection const host{path};
    auto const hosts_store = store::open_sqlite(host.handle());
    host("BEGIN");
    CHECK_FALSE(hosts_store->load(key("D-1")));
    append_one(*beside, sample(key("D-1"), 0, "theirs"));
    CHECK_THAT(refusal_of([&] { append_one(*hosts_store, sample(key("D-1"), 0, "ours")); }),
               Contains("has read what another connection has changed since") && Contains("BEGIN IMMEDIATE"));
    host("ROLLBACK");
    host("BEGIN IMMEDIATE");
    CHECK(append_one(*hosts_store, sample(key("D-1"), 0, "ours")) == dispute_conflict(1));
    CHECK(append_one(*hosts_store, sample(key("D-1"), 1, "ours")) == store::outcome{committed{2}});
    sqlite3_busy_timeout(host.handle(), 1);
    host("COMMIT");

    hosts_connection const other{path};
    other("BEGIN IMMEDIATE");
    host("BEGIN");
    CHECK_THAT(refusal_of([&] { append_one(*hosts_store, sample(key("D-1"), 2, "later")); }),
               Contains("for longer than the host's waits"));
    host("ROLLBACK");
}

TEST_CASE("a full disk takes the host's row and the dispute, or neither", "[store]") {
    folder const place;
    auto const path = place / "shop.db";
    auto const beside = store::open_sqlite({.path = path});
    hosts_connection const host{path};
    host("CREATE TABLE host_orders (number INTEGER PRIMARY KEY)");
    auto const hosts_store = store::open_sqlite(host.handle());
    host("PRAGMA max_page_count = 1");  // no more than there are
    auto big = sample(key("D-1"), 0, "open");
    big.state = std::string(100'000, 's');
    host("BEGIN");
    host("INSERT INTO host_orders VALUES (1)");
    try {
        append_one(*hosts_store, big);
        FAIL("there was room");
    } catch (failure const& thrown) {
        CHECK(thrown.kind() == failure_kind::store_unavailable);
    }
    if (sqlite3_get_autocommit(host.handle()) == 0) host("ROLLBACK");
    CHECK(host.count("host_orders") == 0);
    CHECK(beside->disputes(std::nullopt, 10).empty());
    CHECK(beside->damages().empty());
    host("PRAGMA max_page_count = 1000000");
    host("BEGIN");
    CHECK(append_one(*hosts_store, big) == store::outcome{committed{1}});
    host("COMMIT");
}

TEST_CASE("a connection of the host's that will not do is refused, and told what would", "[store]") {
    folder const place;
    auto const path = place / "shop.db";
    auto const opening = [](sqlite3* host) { return refusal_of([=] { store::open_sqlite(host); }); };
    CHECK_THAT(opening(nullptr), Contains("null pointer"));
    CHECK_THAT(opening(hosts_connection{":memory:"}.handle()), Contains("without a file"));
    {
        hosts_connection const empty{path};
        CHECK_THAT(opening(empty.handle()), Contains("is empty"));
    }
    store::open_sqlite({.path = path});
    hosts_connection const host{path};
    host("PRAGMA synchronous = NORMAL");
    CHECK_THAT(opening(host.handle()), Contains("synchronous = FULL"));
    host("PRAGMA synchronous = EXTRA");
    CHECK_NOTHROW(store::open_sqlite(host.handle()));
    host("CREATE TEMP TABLE Disputes (number)");
    CHECK_THAT(opening(host.handle()), Contains("temporary table of its own called Disputes"));
    host("DROP TABLE temp.Disputes");
    host("CREATE TEMP TABLE baskets (number)");
    CHECK_NOTHROW(store::open_sqlite(host.handle()));
    host("PRAGMA user_version = 3");
    CHECK_THAT(opening(host.handle()), Contains("damaged") || Contains("schema version 3"));
}

TEST_CASE("tables of the host's live in the file of a store under names of their own, and nothing else does",
          "[store]") {
    folder const place;
    auto const path = place / "shop.db";
    store::open_sqlite({.path = path});
    hosts_connection const host{path};
    auto const opening = [&] { return refusal_of([&] { store::open_sqlite({.path = path}); }); };
    host("CREATE TABLE host_orders (number INTEGER PRIMARY KEY AUTOINCREMENT, buyer TEXT UNIQUE)");
    host("CREATE INDEX host_orders_by_buyer ON host_orders (buyer)");
    host("CREATE TRIGGER host_orders_kept BEFORE DELETE ON host_orders BEGIN SELECT raise(ABORT, 'kept'); END");
    host("INSERT INTO host_orders (buyer) VALUES ('anna')");
    auto at = store::open_sqlite({.path = path});
    CHECK(append_one(*at, sample(key("D-1"), 0, "open")) == store::outcome{committed{1}});
    CHECK(at->damages().empty());
    store::back_up({.path = path}, place / "copy.db");
    CHECK(hosts_connection{place / "copy.db"}.count("host_orders") == 1);
    store::back_up({.path = path}, place / "compact.db", store::backup_form::compact);
    CHECK(hosts_connection{place / "compact.db"}.count("host_orders") == 1);

    for (auto const* const not_allowed :
         {"CREATE TRIGGER host_spy AFTER INSERT ON disputes BEGIN DELETE FROM disputes; END",
          "CREATE INDEX host_index ON disputes (version)", "CREATE VIEW host_view AS SELECT * FROM disputes",
          "CREATE TABLE orders (number)", "CREATE VIRTUAL TABLE host_words USING fts5(text)"}) {
        INFO(not_allowed);
        host("SAVEPOINT before");
        host(not_allowed);
        host("RELEASE before");
        CHECK_THAT(opening(), Contains("an object") && Contains("that this library does not make"));
        std::string const text{not_allowed};
        for (auto const* const type : {"TRIGGER host_spy", "INDEX host_index", "VIEW host_view", "TABLE orders"})
            if (text.find(type) != std::string::npos) host(std::string{"DROP "} + type);
    }
}

TEST_CASE("commands are decided inside the host's transaction, and are sent again when it was rolled back", "[store]") {
    folder const place;
    auto const path = place / "shop.db";
    auto const beside = store::open_sqlite({.path = path});
    hosts_connection const host{path};
    host("CREATE TABLE host_orders (number INTEGER PRIMARY KEY, disputed INTEGER)");
    host("INSERT INTO host_orders VALUES (1, 0)");
    auto const hosts_store = store::open_sqlite(host.handle());
    dispute_engine disputes{*hosts_store};
    auto const euro = *currency::find("EUR");
    actor const anna{role::buyer, actor_id{"anna"}};
    dispute::open_dispute opening;
    opening.policy = policy_id{"aliexpress"};
    opening.reason = reason{"not_received"};
    opening.order = {.order = order_id{"O-1"},
                     .payment = payment_id{"P-1"},
                     .captured = {4590, euro},
                     .buyer = {anna.id, "Europe/Brussels", "BE"},
                     .seller = {actor_id{"shop"}, "Asia/Shanghai", "CN"},
                     .lines = {{line_id{"lamp"}, 1, {4590, euro}}},
                     .paid_at = {},
                     .shipped_at = parse_instant("2026-02-01T08:00:00+08:00").value(),
                     .delivered_at = {}};
    opening.lines = {{line_id{"lamp"}, 1}};
    opening.award = {remedy::full_refund, {4590, euro}};
    command const asked{command_id{"c-1"}, key("D-1"), anna, {}, opening};
    auto const at = parse_instant("2026-03-02T09:00:00+01:00").value();

    for (auto const* const end : {"ROLLBACK", "COMMIT"}) {
        host("BEGIN IMMEDIATE");
        host("UPDATE host_orders SET disputed = 1");
        auto const answer = disputes.submit(asked, at);
        REQUIRE(answer.accepted());
        CHECK(disputes.find(key("D-1")));
        host(end);
        CHECK(beside->load(key("D-1")).has_value() == (std::string{end} == "COMMIT"));
    }
    CHECK(host.count("host_orders WHERE disputed = 1") == 1);
    CHECK(verify(*beside).sound());
}
