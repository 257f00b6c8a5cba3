#include "engine/search/who_may.hpp"

#include <array>

namespace recourse::engine {
namespace {

struct only_a_role {
    role by{};
};

// A guard of one role or of several, as those in lifecycle/guards.hpp: it asks the facts for nothing else.
template <class Guard, class Command>
concept of_roles = Guard::otherwise == refusal::not_for_this_role&& requires(only_a_role who, Command const& asked) {
    Guard::selects;
    Guard::holds(who, asked);
};

template <class Guard, class Command>
constexpr bool lets(role who) {
    if constexpr (of_roles<Guard, Command>)
        return Guard::holds(only_a_role{who}, Command{});
    else
        return true;
}

template <class Command, class Row>
constexpr bool lets_by_row(role who) {
    if constexpr (std::is_same_v<typename Row::command, Command>)
        return []<class... Guards>(lifecycle::list<Guards...>, role by) { return (lets<Guards, Command>(by) && ...); }(
                   typename Row::guards{}, who);
    else
        return false;
}

template <class Command>
bool lets_by_some_row(role who) {
    bool found = false;
    lifecycle::for_each(lifecycle::all{}, [&]<class L>() {
        lifecycle::for_each(typename L::table{}, [&]<class Row>() { found = found || lets_by_row<Command, Row>(who); });
    });
    return found;
}

using roles = std::array<bool, wire_names<role>.size()>;
template <class... Commands>
auto roles_by_command(lifecycle::list<Commands...>) {
    auto const roles_of = []<class Command>() {
        roles found{};
        for (std::size_t at = 0; at < found.size(); ++at) found[at] = lets_by_some_row<Command>(static_cast<role>(at));
        return found;
    };
    return std::array<roles, sizeof...(Commands)>{roles_of.template operator()<Commands>()...};
}

}  // namespace

bool may_ever(role who, command_body const& asked) noexcept {
    static auto const known = roles_by_command(command_body::alternatives{});
    return known[asked.index()][static_cast<std::size_t>(who)];
}

}  // namespace recourse::engine
