// What must hold of a store after something went wrong under it.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "store/faults/script.hpp"
#include "store/faults/trials.hpp"

namespace recourse::test {

// The store has what stands after `least` steps, or after one of those up to `most`, and nothing in it is damaged. Gives
// which.
std::optional<std::size_t> judge(session& here, script const& told, std::size_t least, std::size_t most,
                                 std::string const& when, verdict& found);

// The files before each step and after the last, as a process that is killed there leaves them.
std::vector<disk_image> files_before_steps(simulated_disk& disk, script const& told, std::string const& path,
                                           verdict& found);

// All but settling, and a refused command that may be counted again.
bool can_be_repeated(step const& one);

enum class ended : unsigned char { well, refused };
enum class trouble : unsigned char { disk, memory };

// Runs what may meet a fault: step 0 is the opening. Throws nothing. Whatever else is thrown than what belongs to the
// trouble is wrong.
ended run_step(session& here, script const& told, std::size_t which, bool first_time, trouble expected,
               std::string const& when, verdict& found);

// Everything after the fault: what was promised is there, the same call again does it once; also after the power went,
// if `before` are the files that were mounted.
void judge_after_fault(session& here, script const& told, std::size_t which, ended how, disk_image const* before,
                       std::string const& when, verdict& found);

}  // namespace recourse::test
