// Playing a story: a file of JSON lines with what people do and what is expected of it (docs/commands.md).
#pragma once

#include <boost/json.hpp>
#include <iosfwd>
#include <optional>
#include <string>

#include "recourse/engine/engine.hpp"

namespace recourse::tools {

enum class telling : unsigned char { words, json, nothing };

class player {
  public:
    // A story may be told of any policy: what is wrong with one is played too.
    player(store::contract& store, telling how, std::ostream& out)
        : store_{store}, disputes_{store, {}, {.policies = soundness::trust}}, how_{how}, out_{out} {}

    dispute_engine& disputes() noexcept { return disputes_; }

    // The first difference as a sentence with the line it is on; nullopt if the story went as told.
    std::optional<std::string> play(std::istream& story, std::string const& name);

    // Which rows of which tables all stories together have taken.
    [[nodiscard]] std::vector<taken_row> const& rows() const noexcept { return rows_; }

  private:
    std::optional<std::string> line(boost::json::object const& given);
    std::optional<std::string> step(boost::json::object const& given);
    std::optional<std::string> head(boost::json::object const& given);
    std::optional<std::string> offer(boost::json::value const& paths);
    void observe(answer const& given);
    void tell(answer const& given);

    store::contract& store_;
    dispute_engine disputes_;
    telling how_;
    std::ostream& out_;
    std::string name_;
    std::size_t line_number_ = 0;
    std::string dispute_;  // which one the story is about
    instant now_{};
    std::uint64_t effects_seen_ = 0;  // position in the outbox
    boost::json::object observed_;
    std::vector<taken_row> rows_;
};

// Where `actual` differs from what `expected` names, as a sentence; members that are not named may be anything, arrays
// have the length that is named.
std::optional<std::string> difference(boost::json::value const& expected, boost::json::value const& actual,
                                      std::string const& pointer = {});

}  // namespace recourse::tools
