// The copies, moves and comparisons of what may have happened.
#include "lifecycle/hold.hpp"
#include "recourse/lifecycle/all.hpp"

namespace recourse {

event_body::event_body() = default;
event_body::event_body(std::size_t position, void* one) { hold(position, one); }
void event_body::hold(std::size_t position, void* one) { lifecycle::hold_in(alternatives{}, *this, position, one); }
event_body::event_body(event_body const&) = default;
event_body::event_body(event_body&&) noexcept = default;
event_body& event_body::operator=(event_body const& other) {
    lifecycle::replace(*this, event_body{other});
    return *this;
}
event_body& event_body::operator=(event_body&& other) noexcept {
    lifecycle::replace(*this, std::move(other));
    return *this;
}
event_body::~event_body() = default;
bool event_body::operator==(event_body const& other) const { return lifecycle::hold_the_same(*this, other); }

}  // namespace recourse
