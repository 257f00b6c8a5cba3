// Which policy a dispute runs under: pinned at opening by id, version and the hash of the document.
#pragma once

#include <cstdint>

#include "recourse/vocabulary/digest.hpp"
#include "recourse/vocabulary/identity.hpp"

namespace recourse {

struct policy_reference {
    policy_id id;
    std::uint32_t version = 0;
    digest hash;
    bool operator==(policy_reference const&) const = default;
};

}  // namespace recourse
