// All lifecycles, one line each; commands and events of the library are derived from their tables.
#pragma once

#include "recourse/lifecycle/appeal.hpp"
#include "recourse/lifecycle/chargeback.hpp"
#include "recourse/lifecycle/conversation.hpp"
#include "recourse/lifecycle/dispute.hpp"
#include "recourse/lifecycle/mediation.hpp"
#include "recourse/lifecycle/migration.hpp"
#include "recourse/lifecycle/negotiation.hpp"
#include "recourse/lifecycle/offer.hpp"
#include "recourse/lifecycle/payment.hpp"
#include "recourse/lifecycle/protection.hpp"
#include "recourse/lifecycle/refund.hpp"
#include "recourse/lifecycle/replacement.hpp"
#include "recourse/lifecycle/return_request.hpp"
#include "recourse/lifecycle/suspension.hpp"

namespace recourse::lifecycle {

// In the order in which deadlines that fall on the same instant are applied.
using all = list<refund::lifecycle_type,          //
                 return_request::lifecycle_type,  //
                 replacement::lifecycle_type,     //
                 mediation::lifecycle_type,       //
                 appeal::lifecycle_type,          //
                 offer::lifecycle_type,           //
                 negotiation::lifecycle_type,     //
                 dispute::lifecycle_type,         //
                 conversation::lifecycle_type,    // has no deadlines
                 suspension::lifecycle_type,      //
                 payment::lifecycle_type,         // from here on of a payment's file, not of a dispute
                 chargeback::lifecycle_type,      //
                 buyer_protection::lifecycle_type,
                 migration::lifecycle_type>;  // of a dispute again, and has no deadlines

// Whether a lifecycle is of a payment's file.
template <class Lifecycle>
constexpr bool is_of_payment() {
    if constexpr (requires { Lifecycle::of_payment; }) return Lifecycle::of_payment;
    return false;
}

template <class Lifecycles>
struct words_of;
template <class... L>
struct words_of<list<L...>> {
    template <class List>
    struct asked;
    template <class... C>
    struct asked<list<C...>> {
        using type = join<std::conditional_t<is_internal<C>(), list<>, list<C>>...>;
    };
    using events = join<events_of<L>...>;
    using commands = join<typename asked<commands_of<L>>::type...>;
};

}  // namespace recourse::lifecycle

namespace recourse {

// The next two are variants whose copies, moves and comparisons are compiled once, each in a .cpp of its name: instantiated
// over so many alternatives in each file that keeps an event, they would take longer than all the rest of it.

// What a person or the host may ask for; commands that machines tell each other are not among them.
class command_body : public lifecycle::as_variant<lifecycle::words_of<lifecycle::all>::commands>::type {
  public:
    using alternatives = lifecycle::words_of<lifecycle::all>::commands;

    command_body();
    template <class Command>
        requires lifecycle::contains<alternatives, Command> command_body(Command&& one)
            : command_body{lifecycle::position<alternatives, Command>, &one} {}
        template <class Command>
            requires lifecycle::contains<alternatives, Command> command_body(Command const& one)
                : command_body{Command{one}} {}
            command_body(command_body const&);
            command_body(command_body&&) noexcept;
            command_body& operator=(command_body const&);
            command_body& operator=(command_body&&) noexcept;
            ~command_body();
            bool operator==(command_body const&) const;

          private:
            command_body(std::size_t position, void* one);  // moves from what is there
};

// What may have happened.
class event_body : public lifecycle::as_variant<lifecycle::words_of<lifecycle::all>::events>::type {
  public:
    using alternatives = lifecycle::words_of<lifecycle::all>::events;

    event_body();
    template <class Event>
        requires lifecycle::contains<alternatives, Event> event_body(Event&& one)
            : event_body{lifecycle::position<alternatives, Event>, &one} {}
        template <class Event>
            requires lifecycle::contains<alternatives, Event> event_body(Event const& one) : event_body{Event{one}} {}
            event_body(event_body const&);
            event_body(event_body&&) noexcept;
            event_body& operator=(event_body const&);
            event_body& operator=(event_body&&) noexcept;
            template <class Event>
            requires lifecycle::contains<alternatives, Event> event_body& operator=(Event&& one) {
                hold(lifecycle::position<alternatives, Event>, &one);
                return *this;
            }
            ~event_body();
            bool operator==(event_body const&) const;

          private:
            event_body(std::size_t position, void* one);  // moves from what is there
            void hold(std::size_t position, void* one);
};

}  // namespace recourse
