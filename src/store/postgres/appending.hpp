// One try at a group of appends: read what it rests on, judge each append, write all that may be written.
#pragma once

#include <span>
#include <vector>

#include "connection.hpp"
#include "recourse/store/store.hpp"

namespace recourse::store::postgres {

// Two round trips. Throws lost_race when somebody was faster, with nothing written. With `locking` the rows are locked while
// they are read, in one order, so that nobody can be faster a second time; without, no lock is held between the two, and a
// client that stands still stops nobody.
std::vector<outcome> try_to_append(connection& at, std::span<store::append const> group, bool locking);

}  // namespace recourse::store::postgres
