// Effects: what the host must do because of what happened. Rows of the outbox, written with the events.
//
// Each carries a key that stays the same however often it is handed out; a refund order keeps its key over retries, so
// a payment provider that honours keys pays once.
#pragma once

#include "recourse/engine/decide.hpp"
#include "recourse/store/store.hpp"

namespace recourse {

// refund_order    {"key","amount","lines","attempt","payment"}
// notification    {"key","to":[actors],"about":[event types],"version"}
// recoup          {"key","payment","buyer","amount"}: the buyer has it twice, or it is not due after an appeal
// recoup_reduction  likewise: so much of what was asked for is not due any more
// charge_order    {"key","payment","what","from","to","buyer","seller","amount"}: a penalty or costs of shipping
// operator_alert  {"key","about"}
// host            {"key","name","event","version","payload"}: an effect of the host's own, see engine/host_rules.hpp
std::vector<store::outbox_entry> effects_of(dispute_key const& key, recorded const& done,
                                            host_rules const* host = nullptr);

}  // namespace recourse
