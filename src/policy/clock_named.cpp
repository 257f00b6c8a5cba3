// The clocks of a policy, found among its described members.
#include "policy/clock_named.hpp"

#include "policy/described.hpp"

namespace recourse {

clock_rule const* clock_named(policy const& of, std::string_view name) {
    clock_rule const* found = nullptr;
    boost::mp11::mp_for_each<boost::describe::describe_members<clock_rules, boost::describe::mod_public>>(
        [&](auto member) {
            if (name != member.name) return;
            auto const& one = of.clocks.*member.pointer;
            if constexpr (json::is_optional<std::remove_cvref_t<decltype(one)>>)
                found = one ? &*one : nullptr;
            else
                found = &one;
        });
    return found;
}

}  // namespace recourse
