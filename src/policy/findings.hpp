// Problems of what the members of a policy mean together.
#pragma once

#include <algorithm>
#include <initializer_list>
#include <string>
#include <vector>

#include "vocabulary/json.hpp"

namespace recourse {

// What members mean together is told only where all of them were read: what is not there, or is not what was meant, is no
// ground for a second problem.
class findings {
  public:
    explicit findings(json::problems& into) : into_{into} {
        for (auto const& one : into.all()) {
            unread_.push_back(one.pointer);
            // A misspelt member that may be left out is missed under its right name.
            if (!one.nearest.empty())
                unread_.push_back(one.pointer.substr(0, one.pointer.rfind('/') + 1) + one.nearest);
        }
    }
    // `beside`: what was looked at besides the place of the problem.
    void report(json::place const& where, std::string because, std::initializer_list<json::place> beside = {}) {
        if (!was_read(where)) return;
        for (auto const& one : beside) {
            if (!was_read(one)) return;
        }
        into_.report(where, std::move(because));
    }

  private:
    [[nodiscard]] bool was_read(json::place const& where) const {
        if (unread_.empty()) return true;
        auto const pointer = where.pointer() + "/";
        return std::none_of(unread_.begin(), unread_.end(), [&](std::string const& one) {
            return pointer.starts_with(one + "/") || (one + "/").starts_with(pointer);
        });
    }

    json::problems& into_;
    std::vector<std::string> unread_;
};

}  // namespace recourse
