// Our side: the questions about the built-in calendar of the United States, and this library's answers.
//
//     our_side const ours;
//     ours.questions(add).size()                // 200'000, the same on every computer
//     ours.answers_to(add).nanoseconds          // for one of them
//     ours.checksum(add, 20'000)                // of the answers to the first 20'000
#pragma once

#include <map>

#include "benchmarks/peers/asked.hpp"
#include "recourse/calendar/business_calendar.hpp"

namespace recourse::peers {

inline constexpr std::uint64_t add_seed = 20'261'121;
inline constexpr std::uint64_t count_seed = 20'261'122;

class our_side {
  public:
    our_side();
    [[nodiscard]] std::vector<question> const& questions(std::string_view kind) const { return questions_.at(kind); }
    [[nodiscard]] answers answers_to(std::string_view kind) const;
    [[nodiscard]] std::int64_t checksum(std::string_view kind, std::size_t answered) const;

  private:
    business_calendar const& calendar_;
    std::map<std::string_view, std::vector<question>> questions_;
};

}  // namespace recourse::peers
