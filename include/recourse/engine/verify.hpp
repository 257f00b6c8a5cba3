// verify: whether a store still holds what was written into it. Everything is read and computed again from the events.
//
//     auto const found = recourse::verify(*store);
//     found.sound()                                  // true
//     found.breaks[0].what                           // "its link is not that of what is stored of it"
//
// Checked are the chain of links over each log and the head stored with the dispute; that each log replays to the stored
// state, deadline and command keys; that pinned policies are there under their hash; that each payment's ledger row is
// what the events of its disputes add up to; and whatever the store itself can compare.
//
// The chain shows that something changed, not who changed it: whoever can write the whole file can compute it anew. A
// host that must rule that out keeps the heads somewhere else.
#pragma once

#include "recourse/store/store.hpp"

namespace recourse {

struct stored_break {
    std::optional<dispute_key> dispute;    // nothing where it is about no single dispute
    std::optional<std::uint32_t> version;  // of the event, where it is about one
    std::string what;                      // what differs, as a sentence without its full stop
    bool operator==(stored_break const&) const = default;
};
// "G-1/D-1 version 3: its link is ..."
std::string to_text(stored_break const&);

struct verification {
    std::size_t disputes = 0;
    std::size_t events = 0;
    std::vector<stored_break> breaks;  // by dispute
    [[nodiscard]] bool sound() const noexcept { return breaks.empty(); }
};

// All disputes, or one: then its payment is checked too, with all disputes of its settlement group. Throws
// failure{store_unavailable} when the store cannot be read at all; damage is never thrown.
verification verify(store::contract& store, std::optional<dispute_key> const& only = {});

}  // namespace recourse
