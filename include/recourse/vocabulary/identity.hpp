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
#include <type_traits>
#include <utility>

#include "recourse/vocabulary/failure.hpp"
#include "recourse/vocabulary/result.hpp"
#include "recourse/vocabulary/short_text.hpp"

namespace recourse {

inline constexpr std::size_t identifier_length_max = 64;

// The sentence that says what is wrong with an identifier; empty when nothing is.
std::string identifier_problem(std::string_view text);
// The same for what is kept under the key of a dispute: a dispute, or the file of a payment, "/P-1".
std::string dispute_identifier_problem(std::string_view text);

struct dispute_tag;

template <class Tag>
class id {
  public:
    id() = default;  // "no identifier yet"; never written
    explicit id(std::string_view text) : text_{text} {
        if (auto what = problem(text); !what.empty()) throw failure{failure_kind::out_of_range, what};
    }
    static result<id, std::string> parse(std::string_view text) {
        if (auto what = problem(text); !what.empty()) return failed{std::move(what)};
        id made;
        made.text_ = short_text{text};
        return made;
    }

    [[nodiscard]] std::string_view text() const noexcept { return text_.view(); }
    [[nodiscard]] bool empty() const noexcept { return text_.empty(); }
    friend auto operator<=>(id const&, id const&) = default;

  private:
    static std::string problem(std::string_view text) {
        if constexpr (std::is_same_v<Tag, dispute_tag>)
            return dispute_identifier_problem(text);
        else
            return identifier_problem(text);
    }

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
using parcel_id = id<struct parcel_tag>;          // a parcel of an order: the host's number of it
using rule_id = id<struct rule_tag>;              // a rule of the marketplace that a decision cites, likewise

// Where a dispute lives: the group first, because it is the shard key in every store. Text form "GROUP/DISPUTE".
struct dispute_key {
    settlement_group group;
    dispute_id dispute;
    auto operator<=>(dispute_key const&) const = default;
};

// What happens to a payment beside its disputes is kept in a file of its own, under a key that no dispute can have:
// "GROUP//PAYMENT".
dispute_key file_of(settlement_group const& group, payment_id const& payment);
bool is_payment_file(dispute_key const&) noexcept;
payment_id payment_of(dispute_key const& file);

std::string to_text(dispute_key const&);
result<dispute_key, std::string> parse_dispute_key(std::string_view text);

}  // namespace recourse
