// How the fence of a shard is called in the tables.
#pragma once

#include <cstdint>
#include <string>

namespace recourse::store::postgres {

std::string name_of_fence(std::uint8_t shard);

}  // namespace recourse::store::postgres
