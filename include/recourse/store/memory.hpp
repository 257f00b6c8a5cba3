// A store in memory, for tests, simulations and trying things out: the whole contract, nothing durable.
//
//     auto disputes = recourse::store::open_memory();
//     disputes->load(key)                             // nullopt
//
// One thread at a time. Each append is all or nothing even when memory runs out in the middle of it.
#pragma once

#include <memory>

#include "recourse/store/store.hpp"

namespace recourse::store {

std::unique_ptr<contract> open_memory();

}  // namespace recourse::store
