// The worklist: what must I do, until when, and what happens if I do not; across disputes, the most urgent first.
//
//     for (auto const& one : disputes.worklist({role::seller, actor_id{"shop"}}, now, 50).tasks)
//         one.dispute, one.what          // G-1/D-1, awaiting_sellers_answer
//         one.owed.until                 // 2026-03-19T16:00:00Z: before that instant
//         one.answers                    // {"make_offer"}, {"accept_offer", 1}, {"decline_offer", 1}
//         to_text(*one.owed.otherwise)   // "the buyer may escalate"
#pragma once

#include "recourse/engine/actions.hpp"
#include "recourse/engine/status.hpp"

namespace recourse {

// Whose work: one person's, or that of everybody in a role. A mediator with an id sees the disputes that he has taken;
// all mediators see the queue as well.
struct worker {
    recourse::role role = role::mediator;
    std::optional<actor_id> id{};
    bool operator==(worker const&) const = default;
};

// A command that would do what is owed.
struct task_answer {
    std::string_view command;
    std::optional<std::uint32_t> number{};
    bool operator==(task_answer const&) const = default;
};

struct task {
    dispute_key dispute;
    std::uint32_t version = 0;  // of the dispute as of now
    actor who;                  // whom it is asked of
    status_code what = status_code::not_opened;
    wait owed;
    std::vector<task_answer> answers;
    std::optional<instant> remind_at{};  // the next reminder of it, if the policy has one
    bool operator==(task const&) const = default;
};

// Where a page ended: tasks are ordered by instant, then by dispute, then by machine.
struct work_position {
    instant until;
    dispute_key dispute;
    std::uint8_t lifecycle = 0;
    std::uint32_t number = 0;
    auto operator<=>(work_position const&) const = default;
};
work_position position_of(task const& one);

// What is owed in one dispute, without the answers; and with them.
std::vector<task> tasks_of(dispute_key const& key, record const& before, std::optional<account> const& money,
                           terms const& known, worker const& whose, instant now);
void find_answers(task& one, record const& before, std::optional<account> const& money, terms const& known,
                  instant now);

}  // namespace recourse
