// The copies, moves and comparison of a record.
#include "recourse/lifecycle/record.hpp"

namespace recourse {

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
