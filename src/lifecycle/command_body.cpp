// The copies, moves and comparisons of what may be asked.
#include "lifecycle/hold.hpp"
#include "recourse/lifecycle/all.hpp"

namespace recourse {

command_body::command_body() = default;
command_body::command_body(std::size_t position, void* one) {
    lifecycle::hold_in(alternatives{}, *this, position, one);
}
command_body::command_body(command_body const&) = default;
command_body::command_body(command_body&&) noexcept = default;
command_body& command_body::operator=(command_body const& other) {
    lifecycle::replace(*this, command_body{other});
    return *this;
}
command_body& command_body::operator=(command_body&& other) noexcept {
    lifecycle::replace(*this, std::move(other));
    return *this;
}
command_body::~command_body() = default;
bool command_body::operator==(command_body const& other) const { return lifecycle::hold_the_same(*this, other); }

}  // namespace recourse
