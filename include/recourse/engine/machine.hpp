// The adapter: runs a transition table on Boost.MSM. The only file that names Boost.MSM; include it in one .cpp per
// lifecycle, since each machine costs seconds to compile.
//
// A step is stateless: the machine is made on the stack, told its state through MSM's own `serialize`, given the
// command, and thrown away. Actions record the row and its event; nothing changes state here.
#pragma once

#include <array>
#include <boost/mp11/algorithm.hpp>
#include <boost/mp11/list.hpp>
#include <boost/mp11/mpl.hpp>
#include <boost/msm/back/state_machine.hpp>
#include <boost/msm/front/functor_row.hpp>
#include <boost/msm/front/state_machine_def.hpp>

#include "recourse/engine/step.hpp"

namespace recourse::engine {

template <class State>
struct machine_state : boost::msm::front::state<> {
    using of = State;
};

template <class Lifecycle>
struct step_context {
    typename Lifecycle::facts const& facts;
    step_result<Lifecycle>& answer;
};

// What MSM sees of a row is named by its place, not by all that it consists of: MSM nests the names of rows, and what is
// kept of them for debuggers would take hundreds of megabytes.
template <class Lifecycle, std::size_t Index>
using row_at = boost::mp11::mp_at_c<typename Lifecycle::table, Index>;

template <class Lifecycle, std::size_t Index>
struct machine_guard {
    template <class Command, class Machine, class From, class To>
    bool operator()(Command const& command, Machine& machine, From&, To&) const {
        return guards_hold<typename row_at<Lifecycle, Index>::guards>::all(machine.context->facts, command);
    }
};

template <class Lifecycle, std::size_t Index>
struct machine_action {
    template <class Command, class Machine, class From, class To>
    void operator()(Command const& command, Machine& machine, From&, To&) const {
        using row = row_at<Lifecycle, Index>;
        machine.context->answer.template emplace<taken<Lifecycle>>(Index, row::to::code,
                                                                   lifecycle::restarts_clock<typename row::event>,
                                                                   row::event::of(machine.context->facts, command));
    }
};

template <class Lifecycle, std::size_t Index>
struct machine_row : boost::msm::front::Row<machine_state<typename row_at<Lifecycle, Index>::from>,
                                            typename row_at<Lifecycle, Index>::command,
                                            machine_state<typename row_at<Lifecycle, Index>::to>,
                                            machine_action<Lifecycle, Index>, machine_guard<Lifecycle, Index>> {};

template <class Lifecycle, class Indices>
struct machine_rows;
template <class Lifecycle, std::size_t... Index>
struct machine_rows<Lifecycle, std::index_sequence<Index...>> {
    // MSM tries the rows of one state and event last first: reversed, they are tried in reading order.
    using type = boost::mp11::mp_reverse<boost::mp11::mp_list<machine_row<Lifecycle, Index>...>>;
};

template <class Lifecycle>
struct front_end : boost::msm::front::state_machine_def<front_end<Lifecycle>> {
    using transition_table =
        typename machine_rows<Lifecycle, std::make_index_sequence<lifecycle::size(typename Lifecycle::table{})>>::type;
    using initial_state = machine_state<typename Lifecycle::initial>;
    using no_message_queue = int;     // the default queue swallows what follows an exception
    using no_exception_thrown = int;  // the default catches it and reports success

    template <class Machine, class Event>
    void no_transition(Event const&, Machine&, int) {}  // the return code says it

    step_context<Lifecycle> const* context = nullptr;
};

// Tells a machine its state: MSM's ids are positions in the table and change with it, our codes never do.
template <class Machine, class States>
struct state_loader;
template <class Machine, class... States>
struct state_loader<Machine, lifecycle::list<States...>> {
    std::uint8_t code;

    state_loader& operator&(int (&ids)[1]) {
        ((States::code == code
              ? void(ids[0] = boost::msm::back::get_state_id<typename Machine::stt, machine_state<States>>::value)
              : void()),
         ...);
        return *this;
    }
    template <class Other>
    state_loader& operator&(Other&) {
        return *this;
    }
};

template <class Lifecycle>
step_result<Lifecycle> run_machine(std::uint8_t state, typename Lifecycle::facts const& facts,
                                   told<Lifecycle> const& command) {
    using machine = boost::msm::back::state_machine<front_end<Lifecycle>>;
    step_result<Lifecycle> answer{no_row{}};
    step_context<Lifecycle> const context{facts, answer};
    machine made;
    state_loader<machine, lifecycle::states_of<Lifecycle>> loader{state};
    made.serialize(loader, 0U);
    made.context = &context;
    auto const handled = std::visit([&](auto const* one) { return made.process_event(*one); }, command);
    if (handled == boost::msm::back::HANDLED_GUARD_REJECT) answer = row_refused{};
    return answer;
}

}  // namespace recourse::engine
