// Effects: derived from events, never decided.
#include "recourse/engine/effects.hpp"

#include "engine/situation.hpp"
#include "recourse/engine/host_rules.hpp"
#include "recourse/engine/json.hpp"
#include "vocabulary/described.hpp"

namespace recourse {
namespace {

struct refund_order {
    std::string key;
    payment_id payment;
    money amount;
    std::vector<line_amount> lines;
    std::uint32_t attempt = 1;
    std::vector<tender_amount> tenders;
    std::optional<std::string> route;  // to pay by instead, once the tender has failed
};
BOOST_DESCRIBE_STRUCT(refund_order, (), (key, payment, amount, lines, attempt, tenders, route))

struct notification {
    std::string key;
    std::vector<actor> to;
    std::vector<std::string> about;
    std::uint32_t version = 0;
};
BOOST_DESCRIBE_STRUCT(notification, (), (key, to, about, version))

// What the buyer has twice, or was paid before an appeal and is not due, and pays back; of a reduction, what she keeps after
// all of what was asked for before.
struct recoup {
    std::string key;
    payment_id payment;
    actor_id buyer;
    money amount;
};
BOOST_DESCRIBE_STRUCT(recoup, (), (key, payment, buyer, amount))

// A penalty, or the costs of shipping, that a decision names: once, when it is final.
struct charge_order {
    std::string key;
    payment_id payment;
    side_cost_kind what{};
    cost_party from{};
    cost_party to{};
    actor_id buyer;
    actor_id seller;
    money amount;
};
BOOST_DESCRIBE_STRUCT(charge_order, (), (key, payment, what, from, to, buyer, seller, amount))

struct operator_alert {
    std::string key;
    std::string about;
};
BOOST_DESCRIBE_STRUCT(operator_alert, (), (key, about))

// The costs of a decision that is final from this event on.
std::vector<side_cost> const* costs_ordered(event const& happened) {
    if (auto const* reached = std::get_if<dispute::decision_reached>(&happened.body))
        return reached->standing == dispute::standing::final ? &reached->terms.costs : nullptr;
    if (auto const* restored = std::get_if<dispute::decision_restored>(&happened.body))
        return restored->standing == dispute::standing::final ? &restored->terms.costs : nullptr;
    auto const* lapsed = std::get_if<dispute::decision_became_final>(&happened.body);
    return lapsed != nullptr ? &lapsed->terms.costs : nullptr;
}

// A message is told to those whom it is written to, and to nobody else.
bool is_written_to(role one, conversation::recipient to) {
    switch (to) {
        case conversation::recipient::buyer: return one == role::buyer;
        case conversation::recipient::seller: return one == role::seller;
        case conversation::recipient::mediator: return one == role::mediator;
        case conversation::recipient::both: return one == role::buyer || one == role::seller;
    }
    return false;
}

}  // namespace

std::vector<store::outbox_entry> effects_of(dispute_key const& key, recorded const& done, host_rules const* host) {
    std::vector<store::outbox_entry> effects;
    auto const disputed = subject_of(done.after);
    notification told{to_text(key) + "/notification/" + std::to_string(done.after.version), {}, {}, done.after.version};
    for (auto const& happened : done.events) {
        told.about.push_back(type_of(happened));
        bool const is_order = std::holds_alternative<refund::refund_instructed>(happened.body) ||
                              std::holds_alternative<refund::refund_retried>(happened.body) ||
                              std::holds_alternative<refund::refund_released>(happened.body) ||
                              std::holds_alternative<refund::refund_rerouted>(happened.body);
        if (is_order) {
            auto const& paid = done.after.refunds()[happened.number - 1].kept;
            refund_order ordered{paid.key, disputed.payment, paid.amount, paid.lines, paid.attempts, paid.tenders, {}};
            if (!paid.routes.empty()) ordered.route = paid.routes.back();
            effects.push_back({"refund_order", json::to_json(ordered)});
        }
        if (auto const* costs = costs_ordered(happened)) {
            auto const& kept = done.after.dispute().kept;
            auto number = kept.bill->costs_ordered - costs->size();  // those of a decision before keep theirs
            for (auto const& one : *costs)
                effects.push_back(
                    {"charge_order", json::to_json(charge_order{to_text(key) + "/charge/" + std::to_string(++number),
                                                                kept.payment,
                                                                one.kind,
                                                                one.from,
                                                                one.to,
                                                                kept.buyer.id,
                                                                kept.seller.id,
                                                                {one.minor, kept.refundable.currency}})});
        }
        if (auto const* due = std::get_if<dispute::recoup_ordered>(&happened.body))
            effects.push_back(
                {"recoup", json::to_json(recoup{due->key, disputed.payment, disputed.buyer.id, due->amount})});
        if (auto const* due = std::get_if<payment::recoup_ordered>(&happened.body))
            effects.push_back(
                {"recoup", json::to_json(recoup{due->key, disputed.payment, disputed.buyer.id, due->amount})});
        if (auto const* less = std::get_if<payment::recoup_reduced>(&happened.body))
            effects.push_back({"recoup_reduction",
                               json::to_json(recoup{less->key, disputed.payment, disputed.buyer.id, less->amount})});
        if (std::holds_alternative<refund::refund_given_up>(happened.body))
            effects.push_back({"operator_alert",
                               json::to_json(operator_alert{to_text(key) + "/alert/" + std::to_string(happened.version),
                                                            type_of(happened)})});
    }
    std::vector<actor> everybody{{role::buyer, disputed.buyer.id}, {role::seller, disputed.seller.id}};
    if (auto const& mediator = engine::who_decides(done.after); !mediator.empty())
        everybody.push_back({role::mediator, mediator});
    auto const* message = std::get_if<conversation::message_sent>(&done.events.front().body);
    for (auto& one : everybody) {
        if (message == nullptr || is_written_to(one.role, message->to)) told.to.push_back(std::move(one));
    }
    effects.push_back({"notification", json::to_json(told)});
    if (host != nullptr) {
        for (auto& body : host->effects(key, done)) effects.push_back({"host", std::move(body)});
    }
    return effects;
}

}  // namespace recourse
