// The copies, moves and comparisons of what consists of all lifecycles' parts.
#include "recourse/lifecycle/all.hpp"

#include "recourse/lifecycle/record.hpp"

namespace recourse {
namespace {

// Makes a variant hold the alternative at that position, moved from where `one` is.
template <class... T>
void move_in(lifecycle::list<T...>, std::variant<T...>& into, std::size_t position, void* one) {
    using mover = void (*)(std::variant<T...>&, void*);
    static constexpr mover movers[] = {
        [](std::variant<T...>& held, void* from) { held.template emplace<T>(std::move(*static_cast<T*>(from))); }...};
    movers[position](into, one);
}

template <class... T>
bool are_equal(std::variant<T...> const& one, std::variant<T...> const& other) {
    return one == other;
}

}  // namespace

command_body::command_body() = default;
command_body::command_body(std::size_t position, void* one) { move_in(alternatives{}, *this, position, one); }
command_body::command_body(command_body const&) = default;
command_body::command_body(command_body&&) noexcept = default;
command_body& command_body::operator=(command_body const&) = default;
command_body& command_body::operator=(command_body&&) noexcept = default;
command_body::~command_body() = default;
bool command_body::operator==(command_body const& other) const { return are_equal(*this, other); }

event_body::event_body() = default;
event_body::event_body(std::size_t position, void* one) { hold(position, one); }
void event_body::hold(std::size_t position, void* one) { move_in(alternatives{}, *this, position, one); }
event_body::event_body(event_body const&) = default;
event_body::event_body(event_body&&) noexcept = default;
event_body& event_body::operator=(event_body const&) = default;
event_body& event_body::operator=(event_body&&) noexcept = default;
event_body::~event_body() = default;
bool event_body::operator==(event_body const& other) const { return are_equal(*this, other); }

record::record() = default;
record::record(record const&) = default;
record::record(record&&) noexcept = default;
record& record::operator=(record const&) = default;
record& record::operator=(record&&) noexcept = default;
record::~record() = default;
bool record::operator==(record const& other) const {
    return version == other.version && last_at == other.last_at && recontact_until == other.recontact_until &&
           machines == other.machines;
}

}  // namespace recourse
