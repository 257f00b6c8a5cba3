// The words of a calendar's holidays, each said once.
//
//     word_list words;
//     words.number({.name = "Noël"});   // 0
//     words.number({.name = "Noël"});   // 0 again
//     words.number({.name = "Pâques"}); // 1; nothing when all 65536 numbers are taken
#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <tuple>
#include <vector>

#include "recourse/calendar/holiday.hpp"

namespace recourse {

class word_list {
  public:
    std::optional<std::uint16_t> number(holiday_words words) {
        auto const key = [](holiday_words const& of) {
            return std::tie(of.name, of.english, of.source, of.closed.from, of.closed.until);
        };
        auto const place = std::lower_bound(
            sorted_.begin(), sorted_.end(), words,
            [&](std::uint16_t one, holiday_words const& wanted) { return key((*words_)[one]) < key(wanted); });
        if (place != sorted_.end() && (*words_)[*place] == words) return *place;
        if (words_->size() > UINT16_MAX) return std::nullopt;
        auto const next = static_cast<std::uint16_t>(words_->size());
        sorted_.insert(place, next);
        words_->push_back(std::move(words));
        return next;
    }
    [[nodiscard]] shared_words taken() { return std::move(words_); }

  private:
    std::shared_ptr<std::vector<holiday_words>> words_ = std::make_shared<std::vector<holiday_words>>();
    std::vector<std::uint16_t> sorted_;  // the numbers, in the order of their words
};

}  // namespace recourse
