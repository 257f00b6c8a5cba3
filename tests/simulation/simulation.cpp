// The simulation: 50,000 steps over several seeds in which everything holds, the same bytes for the same seed on every
// store, and stores that cheat, each of which it finds.
#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>
#include <sstream>

#include "recourse/store/memory.hpp"
#include "recourse/store/sqlite.hpp"
#include "store/samples.hpp"
#include "store/wrapped_store.hpp"
#include "tools/commands.hpp"
#include "tools/simulate/simulate.hpp"

using namespace recourse;
using test::wrapped_store;
using tools::simulate;

namespace {

std::string last_line(std::string const& text) {
    auto const end = text.find_last_not_of('\n');
    auto const before = text.find_last_of('\n', end);
    return text.substr(before == std::string::npos ? 0 : before + 1, end - before);
}

struct told {
    tools::simulated done;
    std::string text;
};
told simulated_with(tools::simulation_options const& options) {
    std::ostringstream out;
    auto done = simulate(options, out);
    return {std::move(done), out.str()};
}

// A store in memory that does something else than it says; what it keeps lasts over every reopening.
class cheating_store : public wrapped_store {
  public:
    cheating_store() : cheating_store{store::open_memory()} {}

    std::vector<store::outcome> append(std::span<store::append const> group) override {
        std::vector<store::append> changed{group.begin(), group.end()};
        for (auto& one : changed) {
            if (++appends_ > 50) cheat(one);
        }
        return wrapped_store::append(changed);
    }

  protected:
    virtual void cheat(store::append& one) = 0;

  private:
    explicit cheating_store(std::unique_ptr<store::contract> real) : wrapped_store{*real}, real_{std::move(real)} {}
    std::unique_ptr<store::contract> real_;
    std::size_t appends_ = 0;
};

template <class Store>
std::string found_with(std::uint64_t seed) {
    auto const cheat = std::make_shared<Store>();
    auto const told = simulated_with({.seed = seed, .disputes = 60, .open = [&] { return cheat; }});
    return told.done.violation.value_or("nothing");
}

struct sends_effects_twice final : cheating_store {
    void cheat(store::append& one) override { one.outbox.push_back(one.outbox.back()); }
};
struct loses_effects final : cheating_store {
    void cheat(store::append& one) override {
        std::erase_if(one.outbox, [](auto const& effect) { return effect.kind == "refund_order"; });
    }
};
struct forgets_the_deadline final : cheating_store {
    void cheat(store::append& one) override { one.next_due.reset(); }
};
struct keeps_an_old_state final : cheating_store {
    void cheat(store::append& one) override {
        if (auto const before = load(one.dispute)) one.state = before->state;
    }
};
struct miscounts_the_ledger final : cheating_store {
    void cheat(store::append& one) override {
        for (auto& row : one.ledger) row.after.refunded_minor = 0;
    }
};
struct dates_events_back final : cheating_store {
    void cheat(store::append& one) override {
        auto& body = one.events.back().body;
        auto const at = body.find("\"at\":\"20");
        if (at != std::string::npos) body.replace(at + 6, 4, "1999");
    }
};
struct settles_nothing final : cheating_store {
    void cheat(store::append&) override {}
    bool settle(std::uint64_t) override { return true; }
};

}  // namespace

TEST_CASE("fifty thousand steps by chance, with crashes, duplicates and late timers, break nothing", "[simulation]") {
    for (std::uint64_t const seed : {1U, 2U, 3U, 4U, 5U}) {
        auto const told = simulated_with({.seed = seed, .disputes = 250, .steps = 10'000});
        INFO("seed " << seed << ", step " << told.done.step);
        CHECK(told.done.violation.value_or("nothing") == "nothing");
        CHECK(told.done.step == 10'000);
        WARN(last_line(told.text));
    }
}

TEST_CASE("chargebacks and refunds by other routes, told twice, late and out of order, come to the same end",
          "[simulation]") {
    // The preset closes disputes over them; these let disputes wait, or go on.
    for (auto const* name : {"chargebacks_suspend", "chargebacks_continue"}) {
        std::ifstream file{std::string{RECOURSE_TEST_DIR "/scenarios/policies/"} + name + ".json", std::ios::binary};
        std::string const policy{std::istreambuf_iterator<char>{file}, {}};
        for (std::uint64_t const seed : {11U, 12U}) {
            auto const told = simulated_with({.seed = seed, .disputes = 48, .steps = 2'000, .policy = policy});
            INFO(name << ", seed " << seed << ", step " << told.done.step);
            CHECK(told.done.violation.value_or("nothing") == "nothing");
            CHECK(told.text.find("\"news\":0,") == std::string::npos);
            CHECK(told.text.find("chargeback_told_again") != std::string::npos);
            CHECK(told.text.find("outside_refund_told") != std::string::npos);
            CHECK((told.text.find("dispute_suspended") != std::string::npos) ==
                  (std::string_view{name} == "chargebacks_suspend"));
        }
    }
}

TEST_CASE("the same seed gives the same bytes, in memory and on a file that is opened again and again",
          "[simulation]") {
    store_samples::folder const folder;
    auto const file = [&] {
        return std::shared_ptr<store::contract>{store::open_sqlite({.path = folder / "simulated.db"})};
    };
    auto const first = simulated_with({.seed = 99, .disputes = 24});
    CHECK(first.done.violation.value_or("nothing") == "nothing");
    CHECK(simulated_with({.seed = 99, .disputes = 24}).text == first.text);
    CHECK(simulated_with({.seed = 99, .disputes = 24, .open = file}).text == first.text);
    CHECK(simulated_with({.seed = 98, .disputes = 24}).text != first.text);
    CHECK(first.text.find("\"crashes\":0") == std::string::npos);
}

TEST_CASE("a store that cheats is found out", "[simulation]") {
    auto const says = [](std::string const& found, std::string_view sentence) {
        INFO(found);
        CHECK(found.find(sentence) != std::string::npos);
    };
    says(found_with<sends_effects_twice>(1), "not every command has exactly one notification");
    says(found_with<loses_effects>(1), "the refund orders are not those of the events");
    says(found_with<forgets_the_deadline>(1), "its stored deadline is not that of its state");
    says(found_with<keeps_an_old_state>(1), "its stored state is not what its events add up to");
    says(found_with<miscounts_the_ledger>(1), "the totals of its payment's ledger are not those of its lines");
    says(found_with<dates_events_back>(1), "its time goes back");
    says(found_with<settles_nothing>(1), "is pending after it was settled");
}

TEST_CASE("the command simulates, refuses a file that is there, and tells seed and step of what broke",
          "[simulation]") {
    store_samples::folder const folder;
    auto const run = [](std::vector<char const*> words) {
        std::istringstream in;
        std::ostringstream out;
        std::ostringstream error;
        words.insert(words.begin(), "recourse");
        auto const code = tools::run(static_cast<int>(words.size()), words.data(), {in, out, error});
        return std::pair{code, out.str() + error.str()};
    };
    auto const path = folder / "new.db";
    auto const done = run({"simulate", "--seed", "5", "--disputes", "3", "--steps", "60", "--store", path.c_str()});
    CHECK(done.first == tools::exit_done);
    CHECK(last_line(done.second).find(R"({"seed":5,"steps":60,"disputes":3,)") == 0);
    auto const again = run({"simulate", "--seed", "5", "--disputes", "3", "--store", path.c_str()});
    CHECK(again.first == tools::exit_usage);
    CHECK(again.second.find("a simulation begins with a new file") != std::string::npos);
    CHECK(run({"simulate", "--disputes", "3"}).first == tools::exit_usage);
    CHECK(run({"simulate", "--seed", "5", "--disputes", "0"}).first == tools::exit_usage);
    auto const policy = RECOURSE_TEST_DIR "/scenarios/policies/small.json";
    CHECK(run({"simulate", "--seed", "5", "--disputes", "3", "--policy", policy}).first == tools::exit_done);
    CHECK(run({"simulate", "--seed", "5", "--disputes", "3", "--policy", RECOURSE_TEST_DIR "/main.cpp"}).first ==
          tools::exit_failed);
}
