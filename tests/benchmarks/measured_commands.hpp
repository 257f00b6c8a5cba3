// The commands that are measured, each with the dispute that it meets: typed values in memory.
//
//     for (auto const& one : measured_commands()) one.decided();   // the decision; one.is_right(it) says whether it is right
#pragma once

#include "engine/stage.hpp"

namespace recourse::test {

struct measured_command {
    std::string_view name;
    stage play;
    command asked;
    instant now;
    bool accepted = true;
    std::size_t lapses = 0;  // deadlines that are due before it

    [[nodiscard]] decision decided() const {
        return decide(play.disputes[0].key, play.all(), play.money, play.known, asked, now);
    }
    [[nodiscard]] bool is_right(decision const& made) const noexcept {
        return made.accepted.has_value() == accepted && made.lapses.size() == lapses;
    }
};

inline dispute::open_dispute whole_claim(stage const& play) {
    return play.claim(full(5489), {{line_id{"cups"}, 3}, {line_id{"pot"}, 1}, {line_id{"shipping"}, 1}});
}

inline std::vector<measured_command> measured_commands() {
    auto const in_time = plus_seconds(opening, 3 * hour);
    stage const empty;
    auto const talking = negotiating();
    auto settling = talking;
    settling.ask(anna, offer::accept_offer{2}, plus_seconds(opening, 2 * hour));
    using dispute::escalate_dispute;
    return {
        {"open_dispute", empty, empty.asked(anna, whole_claim(empty)), opening},
        {"make_offer", talking, talking.asked(anna, offer::make_offer{partial(4000)}), in_time},
        {"decline_offer", talking, talking.asked(anna, offer::decline_offer{2}), in_time},
        {"accept_offer", talking, talking.asked(anna, offer::accept_offer{2}), in_time},
        {"escalate_dispute", talking, talking.asked(anna, escalate_dispute{}), in_time},
        {"withdraw_dispute", talking, talking.asked(anna, dispute::withdraw_dispute{}), in_time},
        {"submit_evidence", talking, talking.asked(anna, dispute::submit_evidence{{piece("more")}}), in_time},
        {"confirm_refund", settling, settling.asked(bank, refund::confirm_refund{1, euro(1000), "R-1"}), in_time},
        {"a command that is refused", talking, talking.asked(shop, offer::accept_offer{2}), in_time, false},
        {"a command after a deadline", talking, talking.asked(anna, escalate_dispute{}), plus_seconds(opening, 6 * day),
         true, 1},
    };
}

}  // namespace recourse::test
