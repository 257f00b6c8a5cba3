// The record of one dispute: the states of all its machines and what they keep. It is what the events add up to.
#pragma once

#include <tuple>

#include "recourse/lifecycle/all.hpp"
#include "recourse/vocabulary/rarely.hpp"

namespace recourse {

// One run of a lifecycle.
template <class Lifecycle>
struct machine {
    std::uint32_t number = 1;
    std::uint8_t state = Lifecycle::initial::code;
    lifecycle::kept_clock clock;
    typename Lifecycle::instance kept;
    bool operator==(machine const&) const = default;
    template <class State>
    [[nodiscard]] constexpr bool in() const noexcept {
        static_assert(lifecycle::contains<lifecycle::states_of<Lifecycle>, State>);
        return state == State::code;
    }
};

// Every dispute has offers; of the others that may be several it mostly has none.
template <class Lifecycle>
using several_machines = std::conditional_t<std::is_same_v<Lifecycle, offer::lifecycle_type>,
                                            std::vector<machine<Lifecycle>>, few<machine<Lifecycle>>>;
template <class Lifecycle>
using machines = std::conditional_t<Lifecycle::many, several_machines<Lifecycle>, machine<Lifecycle>>;

template <class Lifecycles>
struct machines_of;
template <class... L>
struct machines_of<lifecycle::list<L...>> {
    using type = std::tuple<machines<L>...>;
};

struct record {
    std::uint32_t version = 0;  // how many events it adds up
    instant last_at;            // when the last of them happened
    machines_of<lifecycle::all>::type machines;
    // After closing: until when the parties may still write to each other, if the policy lets them.
    std::optional<instant> recontact_until{};

    // Compiled once, in src/lifecycle/record.cpp.
    record();
    record(record const&);
    record(record&&) noexcept;
    record& operator=(record const&);
    record& operator=(record&&) noexcept;
    ~record();
    bool operator==(record const&) const;

    // One machine where the dispute has one, a vector where it may have several.
    template <class Lifecycle>
    [[nodiscard]] auto& of() noexcept {
        return std::get<recourse::machines<Lifecycle>>(machines);
    }
    template <class Lifecycle>
    [[nodiscard]] auto const& of() const noexcept {
        return std::get<recourse::machines<Lifecycle>>(machines);
    }

    [[nodiscard]] auto const& dispute() const noexcept { return of<dispute::lifecycle_type>(); }
    [[nodiscard]] auto const& negotiation() const noexcept { return of<negotiation::lifecycle_type>(); }
    [[nodiscard]] auto const& mediation() const noexcept { return of<mediation::lifecycle_type>(); }
    [[nodiscard]] auto const& offers() const noexcept { return of<offer::lifecycle_type>(); }
    [[nodiscard]] auto const& returns() const noexcept { return of<return_request::lifecycle_type>(); }
    [[nodiscard]] auto const& replacements() const noexcept { return of<replacement::lifecycle_type>(); }
    [[nodiscard]] auto const& appeals() const noexcept { return of<appeal::lifecycle_type>(); }
    [[nodiscard]] auto const& conversation() const noexcept { return of<conversation::lifecycle_type>(); }
    [[nodiscard]] auto const& refunds() const noexcept { return of<refund::lifecycle_type>(); }
    [[nodiscard]] auto const& suspensions() const noexcept { return of<suspension::lifecycle_type>(); }
    [[nodiscard]] auto const& migrations() const noexcept { return of<migration::lifecycle_type>(); }
    [[nodiscard]] auto const& payments() const noexcept { return of<payment::lifecycle_type>(); }  // one in a file
    [[nodiscard]] auto const& chargebacks() const noexcept { return of<chargeback::lifecycle_type>(); }
    [[nodiscard]] auto const& protections() const noexcept { return of<buyer_protection::lifecycle_type>(); }
};

// What was paid while an appeal was possible and is not due after all: known once the dispute is closed. What a bank or
// another route has paid as well, the account of the payment counts.
inline std::int64_t due_back_minor(record const& all) noexcept {
    auto const& whole = all.dispute();
    if (!whole.in<dispute::closed>() || !whole.kept.ruling->outcome) return 0;
    std::int64_t paid = 0;
    for (auto const& one : all.refunds()) {
        if (one.kept.provisional && one.in<refund::confirmed>()) paid += one.kept.amount.minor;
    }
    switch (whole.kept.ruling->outcome->resolution) {
        case resolution::full_refund:
        case resolution::partial_refund:
        case resolution::return_refund:
        case resolution::unpaid: {
            auto const due = whole.kept.ruling->awarded ? whole.kept.ruling->awarded->amount.minor : 0;
            return paid > due ? paid - due : 0;
        }
        case resolution::rejected:
        case resolution::return_not_sent:
        case resolution::return_lost:
        case resolution::exchanged:  // the goods instead
        case resolution::replaced:
        case resolution::remedied: return paid;
        case resolution::withdrawn:
        case resolution::expired:
        case resolution::not_pursued:
        case resolution::charged_back:
        case resolution::refunded_outside:
        case resolution::merged: break;
    }
    return 0;
}

// Whom and what a record is about: a dispute, or the file of a payment.
struct subject {
    policy_reference const& policy;
    order_id const& order;
    payment_id const& payment;
    party_facts const& buyer;
    party_facts const& seller;
};
inline bool is_of_payment(record const& all) noexcept { return !all.payments().empty(); }
inline subject subject_of(record const& all) noexcept {
    if (is_of_payment(all)) {
        auto const& kept = all.payments().front().kept;
        return {kept.policy, kept.order.order, kept.order.payment, kept.order.buyer, kept.order.seller};
    }
    auto const& kept = all.dispute().kept;
    return {kept.policy, kept.order, kept.payment, kept.buyer, kept.seller};
}

// The protection of a line in the file of its payment; one more than there are if it has none.
inline std::uint32_t protection_of(record const& all, line_id const& line) noexcept {
    auto const& several = all.protections();
    for (auto const& one : several) {
        if (one.kept.line == line) return one.number;
    }
    return static_cast<std::uint32_t>(several.size() + 1);
}

// While a dispute is suspended its clocks stand, all but that of the suspension.
inline bool is_suspended(record const& all) noexcept {
    return !all.suspensions().empty() && all.suspensions().back().in<suspension::suspended>();
}
// The clock of a machine that stands.
inline lifecycle::kept_clock paused_clock_of(record const& all, std::uint8_t code, std::uint32_t number) noexcept {
    if (!is_suspended(all)) return {};
    for (auto const& one : all.suspensions().back().kept.paused) {
        if (one.lifecycle == code && one.number == number) return one.clock;
    }
    return {};
}

// Calls visit(machine) for every machine, or for every one of a lifecycle.
template <class Lifecycle, class Record, class Visitor>
void for_each_machine_of(Record& all, Visitor&& visit) {
    auto& found = all.template of<Lifecycle>();
    if constexpr (Lifecycle::many) {
        for (auto& one : found) visit(one);
    } else {
        visit(found);
    }
}
template <class Record, class Visitor>
void for_each_machine(Record& all, Visitor&& visit) {
    lifecycle::for_each(lifecycle::all{}, [&]<class L>() {
        for_each_machine_of<L>(all, [&](auto& one) { visit.template operator()<L>(one); });
    });
}

template <class Lifecycle, class Record>
auto* find_machine(Record& all, std::uint32_t number) {
    auto& found = all.template of<Lifecycle>();
    if constexpr (Lifecycle::many) {
        return number >= 1 && number <= found.size() ? &found[number - 1] : nullptr;
    } else {
        return number == 1 ? &found : nullptr;
    }
}

// The clock that runs out first; ties go to the lifecycle that stands first in the list, then to the lower number.
struct next_deadline {
    std::uint8_t lifecycle = 0;
    std::uint32_t number = 0;
    lifecycle::running_clock clock;
    bool operator==(next_deadline const&) const = default;
};
inline std::optional<next_deadline> next_due(record const& all) {
    std::optional<next_deadline> first;
    for_each_machine(all, [&]<class L>(machine<L> const& one) {
        if (one.clock && (!first || one.clock->due < first->clock.due))
            first = next_deadline{L::code, one.number, *one.clock};
    });
    return first;
}

}  // namespace recourse
