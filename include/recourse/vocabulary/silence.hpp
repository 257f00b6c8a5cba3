// What happens when somebody who owes an answer stays silent until the deadline: a policy chooses, a lifecycle obeys.
#pragma once

#include <cstdint>

#include "recourse/vocabulary/wire_name.hpp"

namespace recourse {

enum class silence : std::uint8_t {
    opens_escalation,  // the dispute stays where it is; the buyer may escalate
    escalates,         // the dispute goes to mediation by itself
    grants_claim,      // the buyer gets what she asked for
    closes,            // the dispute ends, nobody pays
    upholds,           // of an appeal: the decision stands
    by_label,          // of a parcel: the buyer's claim is granted if she sent it with a label that she was given
};
template <>
inline constexpr std::array<std::string_view, 6> wire_names<silence>{"opens_escalation", "escalates", "grants_claim",
                                                                     "closes",           "upholds",   "by_label"};

}  // namespace recourse
