// One worker: fires deadlines, and hands effects to the host, as many at a time as it has carriers. It keeps nothing but its
// leases in the store, so any number of them work on one store, on any number of machines.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

#include "recourse/engine/engine.hpp"
#include "tools/simulate/chance.hpp"
#include "tools/worker/carrier.hpp"
#include "tools/worker/figures.hpp"

namespace recourse::tools {

struct worker_options {
    std::string name{};            // no two workers have the same
    std::optional<instant> now{};  // time stands still there; the system's clock if left out
    std::uint64_t seed = 0;        // of the jitter
    std::uint32_t attempts = 8;    // an effect that failed at this one or a later one is parked
    std::int64_t lease_seconds = 60;
    std::int64_t timeout_ms = 30'000;  // of carrying out one effect; less than the lease
    std::int64_t backoff_seconds = 1;  // before the second attempt; twice as long before each later one
    std::int64_t backoff_seconds_max = 3600;
    std::int64_t poll_ms = 1000;  // between two looks where there was nothing to do
    std::size_t batch = 16;       // claimed at once
    bool once = false;            // end when there is nothing to do
    std::string figures_path{};   // empty: nowhere
    std::int64_t figures_interval_ms = 10'000;
};

struct worked {
    bool whole = true;  // no dispute failed and nothing was parked
    worker_figures figures;
};

class store_worker {
  public:
    // Waits so many milliseconds at most, or until there may be something to do; true: there may be.
    using bell = std::function<bool(std::int64_t)>;

    // Without carriers effects are left alone; each is used by one thread at a time. `is_over` is asked between two things
    // that are done, and by the threads too. Without a bell the store is asked again after each pause.
    store_worker(worker_options options, store::contract& store, calendar_set calendars,
                 std::vector<std::unique_ptr<carrier>> hosts, std::function<bool()> is_over, std::ostream& log,
                 bell woken = {});

    worked work();

  private:
    enum class level : unsigned char { info, warning, error };
    struct field {
        std::string_view name;
        std::string value;
    };

    [[nodiscard]] instant now() const;
    bool round();  // true: there was something to do
    bool fire_deadlines();
    void fire(store::due_dispute const& one);
    bool hand_out();
    void carry_out_one_by_one(std::vector<store::claimed_effect> const& mine, std::int64_t claimed_ms);
    void carry_out_at_once(std::vector<store::claimed_effect> const& mine, std::int64_t claimed_ms);
    // Nothing: it would end after its lease, or the worker is told to stop. No member is changed: threads call it.
    [[nodiscard]] std::optional<carried> carry_out(carrier& host, store::claimed_effect const& one,
                                                   std::int64_t claimed_ms) const;
    void judge(store::claimed_effect const& one, std::optional<carried> const& answer, double seconds);
    void settle(store::claimed_effect const& one, store::delivery const& what, char const* word);
    [[nodiscard]] std::int64_t pause_seconds(std::uint32_t attempt);
    void rest(std::int64_t ms) const;
    void wait_for_work();
    void write_figures(bool at_once);
    void tell(level how, std::string_view what, std::initializer_list<field> fields);

    worker_options options_;
    store::contract& store_;
    dispute_engine disputes_;
    std::vector<std::unique_ptr<carrier>> hosts_;
    std::function<bool()> is_over_;
    bell woken_;
    std::ostream& log_;
    chance luck_;
    worked done_;
    std::int64_t figures_written_ms_ = 0;
};

}  // namespace recourse::tools
