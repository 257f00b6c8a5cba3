// A dispute told once through `decide`; what it recorded says which rows of which tables were taken.
#include "benchmarks/peers/story.hpp"

#include <fmt/format.h>

#include <boost/json.hpp>
#include <fstream>

namespace recourse::peers {

namespace {

void add_steps(recorded const& done, std::vector<machine_step>& steps) {
    for (std::size_t at = 0; at < done.events.size(); ++at) {
        lifecycle::for_each(lifecycle::all{}, [&]<class L>() {
            if (L::code != done.events[at].lifecycle) return;
            steps.push_back({L::name, done.events[at].number, lifecycle::rows<L>[done.rows[at].row],
                             lifecycle::state_name<L>(done.events[at].to)});
        });
    }
}

}  // namespace

story a_dispute() {
    using namespace test;
    story told;
    stage play;
    auto now = opening;
    auto const tell = [&](std::string_view name, actor const& by, command_body body) {
        test::measured_command const one{name, play, play.asked(by, std::move(body)), now};
        auto const made = play.give(one.asked, now);
        if (!one.is_right(made)) throw std::runtime_error{fmt::format("{}: {}", name, to_text(made.refused.at(0)))};
        add_steps(*made.accepted, told.steps);
        told.commands.push_back(one);
        now = plus_seconds(now, hour);
    };
    tell("open_dispute", anna, whole_claim(play));
    tell("make_offer", shop, offer::make_offer{partial(1000)});
    tell("decline_offer", anna, offer::decline_offer{2});
    tell("escalate_dispute", anna, dispute::escalate_dispute{});
    tell("take_mediation", mia, mediation::take_mediation{});
    tell("request_information", mia, mediation::request_information{mediation::asked::buyer});
    tell("provide_information", anna, mediation::provide_information{{piece("more")}});
    tell("award_remedy", mia, mediation::award_remedy{partial(2500)});
    tell("confirm_refund", bank, refund::confirm_refund{1, euro(2500), "R-1"});
    return told;
}

void write_steps(std::string const& folder, story const& told) {
    boost::json::array steps;
    for (auto const& step : told.steps) {
        // Of the rows that a machine tries, those before the one that it takes have a guard that this one has not.
        boost::json::array holds;
        for (auto const& guard : step.row.guards) {
            if (!guard.empty()) holds.emplace_back(guard);
        }
        steps.push_back(boost::json::object{{"lifecycle", step.lifecycle},
                                            {"number", step.number},
                                            {"command", step.row.command},
                                            {"holds", std::move(holds)},
                                            {"to", step.to},
                                            {"records", step.row.event}});
    }
    auto const path = folder + "/story.json";
    std::ofstream file{path};
    file << boost::json::object{{"steps", std::move(steps)}} << '\n';
    if (!file.flush()) throw std::runtime_error{path + " cannot be written"};
}

}  // namespace recourse::peers
