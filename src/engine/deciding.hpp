// One decision as it is made: a command is told to a machine, what it records is applied, and told to the others.
#pragma once

#include <algorithm>

#include "engine/workings.hpp"

namespace recourse::engine {

// Few commands record more; the lists grow when one does.
inline constexpr std::size_t events_expected = 6;

// What a decision starts from, put in its place: moving a record costs nearly as much as copying it.
inline void begin(recorded& done, record const& from) {
    done.after = from;
    done.events.reserve(events_expected);
    done.rows.reserve(events_expected);
}

class deciding {
  public:
    // `done` starts from the state and the money before, and is what was recorded if nothing is refused. Guards see whose
    // rights count: those of `by`, or of whom he acts for.
    deciding(recorded& done, dispute_key const& key, terms const& known, actor const& by,
             std::optional<actor> const& on_behalf_of, instant at)
        : done_{done},
          key_{key},
          known_{known},
          by_{by},
          on_behalf_of_{on_behalf_of},
          acting_{on_behalf_of ? *on_behalf_of : by},
          at_{std::max(at, done.after.last_at)} {}

    // The same from a state and money that stay where they are: the state is copied into `done` when something is recorded,
    // and the money when it may move, so that a refusal costs no copy, and most commands none of the money.
    deciding(recorded& done, record const& from, std::optional<account> const& money, dispute_key const& key,
             terms const& known, actor const& by, std::optional<actor> const& on_behalf_of, instant at)
        : done_{done},
          from_{&from},
          money_from_{&money},
          key_{key},
          known_{known},
          by_{by},
          on_behalf_of_{on_behalf_of},
          acting_{on_behalf_of ? *on_behalf_of : by},
          at_{std::max(at, from.last_at)} {}

    // The whole effect of one command to one machine; false if anything in it was refused.
    template <class L, class Command>
    bool tell(std::uint32_t number, Command const& command) {
        return workings<L>::tell(*this, number, &command);
    }

    void refuse(refused no) { refused_.push_back(std::move(no)); }
    [[nodiscard]] refusals& refused_so_far() noexcept { return refused_; }

    void hears() noexcept { hears_ = true; }  // of another record
    [[nodiscard]] record const& all() const noexcept { return from_ != nullptr ? *from_ : done_.after; }
    [[nodiscard]] account const& money() const noexcept { return *funds(); }
    [[nodiscard]] bool has_recorded() const noexcept { return !done_.events.empty(); }

    // The account stays only if it changed.
    void finish() {
        if (!money_moved_) return done_.money.reset();
        ++done_.money->version;
        if (hears_ || is_payment_file(key_)) done_.events.front().money_version = done_.money->version;
    }

  private:
    [[nodiscard]] std::optional<account> const& funds() const noexcept {
        return money_from_ != nullptr ? *money_from_ : done_.money;
    }
    void begin_recording() {
        if (from_ == nullptr) return;
        begin(done_, *from_);
        from_ = nullptr;
    }
    void begin_moving_money() {
        if (money_from_ == nullptr) return;
        done_.money = *money_from_;
        money_from_ = nullptr;
    }

    // Defined in engine/telling.hpp, for one lifecycle at a time.
    template <class Lifecycle>
    friend struct workings;
    template <class L>
    bool tell_machine(std::uint32_t number, told<L> const& command);
    template <class L>
    bool refuse_unknown(std::uint32_t number);
    template <class L>
    bool refuse_all(machine<L> const& one, refusals blockers);
    template <class L, class Body>
    bool record_event(machine<L> const& one, taken<L> const& row, Body& body);
    template <class L, class Body>
    void set_clock(event& happened, machine<L> const& one, bool restarts, Body const& body);
    template <class Body>
    bool react(std::size_t event);
    template <class When, class Body, class L>
    bool react_once(event const& happened);

    recorded& done_;
    record const* from_ = nullptr;                        // until something is recorded; nullptr: it is in `done_`
    std::optional<account> const* money_from_ = nullptr;  // until it may move
    dispute_key const& key_;
    terms const& known_;
    actor by_;
    std::optional<actor> on_behalf_of_;
    actor acting_;
    instant at_;
    bool money_moved_ = false;
    bool hears_ = false;
    refusals refused_;
};

}  // namespace recourse::engine
