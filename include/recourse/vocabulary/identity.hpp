// Strong identifiers. Each is the host's own text, kept as given: 1 to 64 printable ASCII characters without
// space, quote, backslash or slash, so that it can stand in a path, a key and a log line as it is.
//
//     dispute_id{"D-1"} == dispute_id{"D-1"}     // true
//     dispute_id{"D-1"} == order_id{"D-1"}       // does not compile
//     dispute_id::parse("")                      // error: "an identifier has 1 to 64 characters; this one has 0"
#pragma once

#include <compare>
#include <string>
#include <string_view>
#include <utility>

#include "recourse/vocabulary/failure.hpp"
#include "recourse/vocabulary/result.hpp"
#include "recourse/vocabulary/short_text.hpp"

namespace recourse {

inline constexpr std::size_t identifier_length_max = 64;

// The sentence that says what is wrong with an identifier; empty when nothing is.
std::string identifier_problem(std::string_view text);

template <class Tag>
class id {
  public:
    id() = default;  // "no identifier yet"; never written
    explicit id(std::string_view text) : text_{text} {
        if (auto problem = identifier_problem(text); !problem.empty())
            throw failure{failure_kind::out_of_range, problem};
    }
    static result<id, std::string> parse(std::string_view text) {
        if (auto problem = identifier_problem(text); !problem.empty()) return failed{std::move(problem)};
        id made;
        made.text_ = short_text{text};
        return made;
    }

    [[nodiscard]] std::string_view text() const noexcept { return text_.view(); }
    [[nodiscard]] bool empty() const noexcept { return text_.empty(); }
    friend auto operator<=>(id const&, id const&) = default;

  private:
    short_text text_;
};

using dispute_id = id<struct dispute_tag>;
using settlement_group = id<struct settlement_group_tag>;  // all orders and payments captured together; the shard key
using order_id = id<struct order_tag>;
using line_id = id<struct line_tag>;
using payment_id = id<struct payment_tag>;
using actor_id = id<struct actor_tag>;
using command_id = id<struct command_tag>;
using policy_id = id<struct policy_tag>;
using reason = id<struct reason_tag>;             // why the buyer complains; each policy lists its own
using ground = id<struct ground_tag>;             // why a decision is appealed, likewise
using tender_id = id<struct tender_tag>;          // a means of payment within one payment
using chargeback_id = id<struct chargeback_tag>;  // the network's or the provider's number
using outside_id = id<struct outside_tag>;        // a refund that no dispute ordered: the host's number of it
using rule_id = id<struct rule_tag>;              // a rule of the marketplace that a decision cites, likewise

// Where a dispute lives: the group first, because it is the shard key in every store. Text form "GROUP/DISPUTE".
struct dispute_key {
    settlement_group group;
    dispute_id dispute;
    auto operator<=>(dispute_key const&) const = default;
};

std::string to_text(dispute_key const&);
result<dispute_key, std::string> parse_dispute_key(std::string_view text);

}  // namespace recourse
