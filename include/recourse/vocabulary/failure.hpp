// A failure: the world broke (a database, bytes, a missing calendar). Thrown inside, a status at the C edge.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

namespace recourse {

enum class failure_kind : unsigned char {
    store_unavailable,     // the file or server cannot be opened, is locked or read-only
    store_corrupt,         // bytes that no version of this library wrote
    store_newer,           // written by a newer version of this library
    calendar_not_covered,  // no holiday data for that year
    time_zone_unknown,     // the zone data does not know the name
    policy_missing,        // a pinned policy document is not where it was stored
    out_of_range,          // an amount or an instant left the range that the library can hold
    host_rule_failed,      // a function of the host's own threw, or gave what is no text
};

constexpr std::string_view name(failure_kind kind) noexcept {
    switch (kind) {
        case failure_kind::store_unavailable: return "store_unavailable";
        case failure_kind::store_corrupt: return "store_corrupt";
        case failure_kind::store_newer: return "store_newer";
        case failure_kind::calendar_not_covered: return "calendar_not_covered";
        case failure_kind::time_zone_unknown: return "time_zone_unknown";
        case failure_kind::policy_missing: return "policy_missing";
        case failure_kind::out_of_range: return "out_of_range";
        case failure_kind::host_rule_failed: return "host_rule_failed";
    }
    return "unknown_failure";
}

class failure : public std::runtime_error {
  public:
    failure(failure_kind kind, std::string const& message) : std::runtime_error{message}, kind_{kind} {}
    [[nodiscard]] failure_kind kind() const noexcept { return kind_; }

  private:
    failure_kind kind_;
};

}  // namespace recourse
