// Whom a change of a policy favours: one row a member. A judgement, not a fact: it says who is better off if everything
// else stays as it is.
#include "recourse/policy/policy_diff.hpp"

namespace recourse {
namespace {

constexpr auto buyer = favoured::buyer;
constexpr auto seller = favoured::seller;
constexpr auto platform = favoured::platform;
constexpr auto neither = favoured::neither;
constexpr auto depends = favoured::depends;
using enum judged;

// clang-format off
constexpr member_rule table[] = {
    // what is said about the document
    { "/format"                        , fixed  , neither , "the format is {}"                                   , "it says how the document is written" },
    { "/id"                            , fixed  , neither , "the policy is called {}"                            , "a name decides nothing" },
    { "/version"                       , fixed  , neither , "the version is {}"                                  , "a number decides nothing" },
    { "/title"                         , fixed  , neither , "the title is {}"                                    , "it is for people" },
    { "/sources/*"                     , fixed  , neither , "{of} is among the sources|{of} is no source any more", "it says where the rules come from" },
    { "/sources/*/document"            , fixed  , neither , "the source is {}"                                   , "it says where the rules come from" },
    { "/sources/*/read"                , fixed  , neither , "{of} was read on {}"                                , "it says where the rules come from" },

    // protection and reasons
    { "/protection/from"               , ordered, buyer   , "protection starts when the order is {}"             , "what starts later ends later, in orders that take the usual course", "paid shipped delivered" },
    { "/protection/length"             , longer , buyer   , "the buyer has {} of protection"                     , "she may open a dispute for longer" },
    { "/protection/extensions/most"    , more   , buyer   , "a seller may extend protection {} times"            , "an extension only adds to her time" },
    { "/protection/extensions/days_in_all", more, buyer   , "a seller may extend protection by {} days in all"   , "an extension only adds to her time" },
    { "/protection/parcels"            , ordered, buyer   , "of a line in several parcels the {} counts"         , "what starts later ends later", "first last" },
    { "/protection/starts"             , fixed  , depends , "protection starts at {}"                            , "which facts come when decides how early it is" },
    { "/reasons/*"                     , listed , buyer   , "disputes may be opened for {of}|disputes may not be opened for {of} any more", "it is one more ground for a claim" },
    { "/reasons/*/reason"              , fixed  , neither , "the reason is {}"                                   , "a name decides nothing" },
    { "/reasons/*/title"               , fixed  , neither , "{of} is titled {}"                                  , "it is for people" },
    { "/reasons/*/remedies/*"          , listed , depends , "{} may be claimed, offered and awarded for {of}|{} may not be claimed, offered or awarded for {of} any more", "it may be claimed by the buyer, offered by the seller and awarded against either" },
    { "/reasons/*/evidence/*"          , listed , seller  , "an opening for {of} needs a {}|an opening for {of} needs no {} any more", "the buyer has to bring it" },
    { "/reasons/*/partial"             , fixed  , depends , "partial refunds for {of} are {}"                    , "it binds what the one may claim and the other may offer" },
    { "/reasons/*/waits_for_delivery"  , on     , seller  , "disputes for {of} wait for the promised delivery|disputes for {of} do not wait for the promised delivery", "the parcel may still arrive before anything is decided" },
    { "/reasons/*/parent"              , fixed  , neither , "{of} is a kind of {}"                               , "it says where the reason stands on a screen" },
    { "/reasons/*/not_before"          , fixed  , depends , "disputes for {of} may be opened from {} on"         , "which facts come when decides how early it is", "", seller },
    { "/reasons/*/not_after"           , fixed  , depends , "disputes for {of} may be opened until {}"           , "which facts come when decides how early it is", "", seller },
    { "/anchors/*"                     , listed , neither , "{of} is the name of an anchor|{of} is no name of an anchor any more", "a name decides nothing" },
    { "/anchors/*/anchor"              , fixed  , neither , "the anchor is called {}"                            , "a name decides nothing" },
    { "/anchors/*/is"                  , fixed  , depends , "{of} is {}"                                         , "which facts come when decides how early it is" },
    { "/rounding"                      , fixed  , depends , "a part of a minor unit is rounded {}"               , "it is at most one minor unit" },

    // clocks
    { "/schedules/*"                   , listed , neither , "there is a schedule {of}|there is no schedule {of} any more", "a name decides nothing" },
    { "/schedules/*/schedule"          , fixed  , neither , "the schedule is called {}"                          , "a name decides nothing" },
    { "/schedules/*/calendar"          , fixed  , depends , "{of} is closed on the holidays of {}"               , "the less it is open, the longer its clocks run" },
    { "/schedules/*/zone"              , fixed  , depends , "the hours of {of} are those of {}"                  , "it moves the ends of its clocks" },
    { "/schedules/*/windows/*"         , fixed  , depends , "{of} is open at {}|{of} is not open any more at {}" , "the less it is open, the longer its clocks run" },
    { "/clocks/negotiation"            , longer , depends , "the parties have {} to agree or escalate"           , "both may use the time, and who wants a decision waits for it" },
    { "/clocks/seller_response"        , longer , seller  , "the seller has {} to answer"                        , "he may answer later, and the buyer waits for it" },
    { "/clocks/buyer_response"         , longer , buyer   , "the buyer has {} to answer"                         , "she may answer later, and the seller waits for it" },
    { "/clocks/decision"               , longer , platform, "the mediator has {} to decide"                      , "both parties wait for the marketplace" },
    { "/clocks/information"            , longer , depends , "whom the mediator asks has {} to answer"            , "it is the time of whoever is asked" },
    { "/clocks/return_terms"           , longer , seller  , "the seller has {} to say where the goods go"        , "the buyer waits for it" },
    { "/clocks/return_shipment"        , longer , buyer   , "the buyer has {} to send the goods back"            , "she may send them later and keeps her claim" },
    { "/clocks/return_transit"         , longer , depends , "the carrier has {} to bring the goods back"         , "whose risk a lost parcel is stands under /silences/lost_return" },
    { "/clocks/return_inspection"      , longer , seller  , "the seller has {} to look at the goods"             , "his silence accepts them, and the buyer waits for her money" },
    { "/clocks/refund_result"          , longer , platform, "the host has {} to say what became of a refund"     , "the buyer waits for her money" },
    { "/clocks/refund_recovery"        , longer , platform, "the host has {} to repair a refund"                 , "the buyer waits for her money" },
    { "/clocks/contact_wait"           , longer , seller  , "the seller has {} to answer before a dispute"       , "the buyer waits before she may open one" , "", seller },
    { "/clocks/contact_opening"        , longer , buyer   , "the buyer has {} to open a dispute after the contact", "she may open later", "", depends },
    { "/clocks/escalation_wait"        , longer , seller  , "escalation opens {} after the opening"              , "the buyer waits before she may ask for a decision", "", depends },
    { "/clocks/mediation_lease"        , longer , neither , "a mediator holds a dispute for {}"                  , "it is between mediators", "", neither },
    { "/clocks/appeal_window"          , longer , depends , "the parties have {} to appeal"                      , "it is the time of whoever lost, and the other waits", "", depends },
    { "/clocks/appeal_window_of_loser" , longer , depends , "who lost all has {} to appeal"                      , "either party may be the one who lost", "", depends },
    { "/clocks/appeal_evidence"        , longer , depends , "the parties have {} to bring evidence to an appeal" , "both may use it", "", depends },
    { "/clocks/appeal_review"          , longer , platform, "the reviewer has {} to decide"                      , "both parties wait for the marketplace", "", depends },
    { "/clocks/replacement_shipment"   , longer , seller  , "the seller has {} to send others"                   , "he owes money only when it has ended", "", depends },
    { "/clocks/replacement_transit"    , longer , seller  , "the carrier has {} to bring the others"             , "the seller owes money only when it has ended", "", depends },
    { "/clocks/replacement_confirmation", longer, buyer   , "the buyer has {} to look at what she was given"     , "her silence accepts it", "", depends },
    { "/clocks/performance"            , longer , seller  , "the seller has {} to do what he promised"           , "he owes money only when it has ended", "", depends },
    { "/clocks/suspension"             , longer , depends , "a dispute waits {} for a chargeback at most"        , "who gains depends on how the chargeback ends", "", depends },

    // silences
    { "/silences/seller"               , ordered, buyer   , "a silent seller: {}"                                , "the further on, the more his silence gives her", "opens_escalation escalates grants_claim" },
    { "/silences/buyer"                , ordered, seller  , "a silent buyer: {}"                                 , "a dispute that closes pays nothing", "opens_escalation escalates closes" },
    { "/silences/negotiation_end"      , ordered, buyer   , "a negotiation that ends: {}"                        , "a dispute that closes pays nothing, a claim that is granted pays all", "closes escalates grants_claim" },
    { "/silences/mediator"             , ordered, buyer   , "a silent mediator: {}"                              , "a dispute that closes pays nothing, a claim that is granted pays all", "closes grants_claim" },
    { "/silences/lost_return"          , ordered, buyer   , "a return that is lost: {}"                          , "it says whose risk the parcel is", "closes by_label grants_claim" },
    { "/silences/appeal"               , ordered, depends , "a silent reviewer: {}"                              , "who appealed may be either party", "closes upholds grants_claim" },

    // limits
    { "/limits/offers_per_party"       , more   , neither , "each party may make {} offers"                      , "it holds for both alike" },
    { "/limits/information_requests"   , more   , neither , "a mediator may ask {} times"                        , "it holds for both alike" },
    { "/limits/refund_attempts"        , more   , buyer   , "a refund may be tried {} times"                     , "each try may bring her money" },
    { "/limits/evidence_pieces"        , more   , neither , "each party may bring {} pieces of evidence"         , "it holds for both alike" },
    { "/limits/evidence_bytes"         , more   , neither , "a piece of evidence may have {} bytes"              , "it holds for both alike" },

    // beyond the plain course
    { "/contact/required"              , on     , seller  , "the buyer writes to the seller before a dispute|a dispute needs no contact before it", "he may answer before there is a dispute" },
    { "/contact/answer_ends_wait"      , on     , buyer   , "the seller's answer lets the buyer open at once|the buyer waits also when the seller has answered", "she waits for less time" },
    { "/amendments/most"               , more   , buyer   , "the buyer may amend her claim {} times"             , "only she amends" },
    { "/amendments/in_mediation"       , on     , buyer   , "claims may be amended in mediation|claims may not be amended in mediation", "only she amends" },
    { "/amendments/restarts_answer"    , ordered, seller  , "an amended claim gives the seller his full time again: {}", "he has more time to answer", "never when_raised always" },
    { "/amendments/voids_offers"       , on     , seller  , "an amended claim ends the seller's offers|the seller's offers outlive an amended claim", "he is not bound by what he offered for another claim" },
    { "/escalation/at_once"            , on     , buyer   , "a dispute goes to mediation when it is opened|a dispute begins with a negotiation", "she need not wait for the seller" },
    { "/escalation/by_seller"          , on     , seller  , "the seller may escalate as well|only the buyer may escalate", "he need not wait for her" },
    { "/mediation/proposals"           , more   , neither , "a mediator may make {} proposals"                   , "both must accept one" },
    { "/mediation/parties_may_settle"  , on     , neither , "the parties may settle in mediation|the parties may not settle in mediation", "both must agree" },
    { "/mediation/holds_for_delivery"  , on     , seller  , "disputes are held until the promised delivery|disputes are not held until the promised delivery", "the parcel may still arrive before anything is decided" },
    { "/mediation/decisions_cite_rules", on     , neither , "decisions cite a rule|decisions need not cite a rule", "it binds the mediator" },
    { "/mediation/merges_disputes"     , on     , neither , "disputes over one payment may be merged|disputes may not be merged", "what they are about stays in dispute" },
    { "/mediation/penalty_cap"         , more   , buyer   , "a penalty is {} at most"                            , "it is mostly the seller who pays one", "", seller },
    { "/appeals/levels"                , more   , depends , "a decision may be appealed {} times"                , "it is for whoever lost" },
    { "/appeals/grounds/*"             , listed , depends , "{} is a ground of appeal|{} is no ground of appeal any more", "it is for whoever lost" },
    { "/appeals/needs_new_evidence"    , on     , depends , "an appeal needs new evidence|an appeal needs no new evidence", "it is harder for whoever lost" },
    { "/appeals/information_requests"  , more   , neither , "a reviewer may ask {} times"                        , "it holds for both alike" },
    { "/appeals/execution"             , ordered, buyer   , "while an appeal is possible execution is {}"        , "what is paid at once is in her hands", "suspensive provisional" },
    { "/returns/refund_at"             , ordered, buyer   , "a return is paid at {}"                             , "the earlier it is paid, the less she risks", "inspection delivery shipment" },
    { "/returns/host_provides_label"   , on     , buyer   , "the host provides the label of a return|the host provides no label", "she need not find a carrier" },
    { "/chargebacks/on_open"           , fixed  , depends , "a dispute in which a chargeback opens: {}"          , "who gains depends on how the chargeback ends" },
    { "/alternatives/*"                , listed , neither , "{of} is an alternative|{of} is no alternative any more", "both must want it, or a mediator chooses it" },
    { "/alternatives/*/alternative"    , fixed  , neither , "the alternative is {}"                              , "a name decides nothing" },
    { "/alternatives/*/title"          , fixed  , neither , "{of} is titled {}"                                  , "it is for people" },
    { "/rules/*"                       , listed , neither , "{of} may be cited|{of} may not be cited any more"   , "it is what a decision says of itself" },
    { "/rules/*/rule"                  , fixed  , neither , "the rule is {}"                                     , "a name decides nothing" },
    { "/rules/*/title"                 , fixed  , neither , "{of} is titled {}"                                  , "it is for people" },
    { "/tenders"                       , fixed  , depends , "tenders are refunded by {}"                         , "it says in which form the buyer gets her money, never how much" },

    // the channel
    { "/channel/negotiation"           , fixed  , neither , "the channel in a negotiation is {}"                 , "it holds for both alike" },
    { "/channel/mediation"             , fixed  , neither , "the channel in mediation is {}"                     , "it holds for both alike" },
    { "/channel/returning"             , fixed  , neither , "the channel while goods go back is {}"              , "it holds for both alike" },
    { "/channel/settlement"            , fixed  , neither , "the channel while money is paid is {}"              , "it holds for both alike" },
    { "/channel/recontact"             , longer , neither , "the parties may write for {} after a dispute"       , "it holds for both alike", "", neither },
    { "/channel/text_bytes"            , more   , neither , "a message may have {} bytes"                        , "it holds for both alike" },
    { "/channel/attachments"           , more   , neither , "a message may have {} attachments"                  , "it holds for both alike" },

    // for whom, and who is told
    { "/applies_to"                    , fixed  , depends , "the policy is meant for {}"                         , "it says which orders get the policy", "", neither },
    { "/reminders/*"                   , fixed  , neither , "there is a reminder {}|there is no reminder {} any more", "it changes no deadline" },

    // money and evidence
    { "/coverage/*"                    , fixed  , depends , "the platform's share is capped for orders from {of} on|the cap for orders from {of} on is gone", "what it does depends on the rows around it" },
    { "/coverage/*/from"               , fixed  , depends , "the cap holds for orders from {} on"                , "what it does depends on the rows around it" },
    { "/coverage/*/cap"                , more   , seller  , "for orders from {of} on the platform bears {} at most", "what it bears the seller does not" },
    { "/conduct/strikes/*"             , fixed  , seller  , "more is asked of buyers with {of}|nothing more is asked of buyers with {of}", "it is harder to open a dispute" },
    { "/conduct/strikes/*/strikes"     , more   , buyer   , "more is asked of buyers with {} strikes"            , "fewer of them reach it" },
    { "/conduct/strikes/*/evidence/*"  , listed , seller  , "a buyer with {of} brings a {}|a buyer with {of} brings no {} any more", "the buyer has to bring it" },
    { "/conduct/strikes/*/remedies/*"  , listed , depends , "a buyer with {of} may claim {}|a buyer with {of} may not claim {} as one of the few", "a list of none leaves all of them" },
    { "/conduct/prompt_answer"         , longer , seller  , "a seller who acts within {} keeps a good name"      , "more of them act in time", "", buyer },
    { "/reopen/most"                   , more   , buyer   , "units may be disputed again {} times"               , "only she opens disputes", "", seller },
    { "/evidence/media_types/*"        , fixed  , depends , "evidence may be {}|evidence may not be {} any more" , "it holds for both; the first type that is listed excludes all others" },
    { "/evidence/required/*"           , fixed  , depends , "evidence is called for: {of}|evidence is not called for any more: {of}", "it burdens whoever does what it is for" },
    { "/evidence/required/*/action"    , fixed  , depends , "the action is {}"                                   , "it burdens whoever does what it is for" },
    { "/evidence/required/*/kinds/*"   , fixed  , depends , "a {} is called for|no {} is called for"             , "it burdens whoever does what it is for" },
    { "/evidence/required/*/reason"    , fixed  , depends , "the reason is {}"                                   , "it burdens whoever does what it is for" },
    { "/evidence/required/*/remedy"    , fixed  , depends , "the remedy is {}"                                   , "it burdens whoever does what it is for" },
    { "/evidence/stages/*"             , fixed  , depends , "who brings evidence while {of} is said|who brings evidence while {of} is not said any more", "a stage that is not listed takes it from both" },
    { "/evidence/stages/*/stage"       , fixed  , neither , "the stage is {}"                                    , "a name decides nothing" },
    { "/evidence/stages/*/by/*"        , fixed  , depends , "the {} may bring evidence while {of}|the {} may not bring evidence while {of} any more", "it is for the party that is named" },
    { "/evidence/frozen_at_ruling"     , on     , depends , "a decision is made on the evidence there was|evidence may be brought after a decision", "it is harder for whoever has more to show" },
    { "/evidence/shown/*"              , fixed  , depends , "who sees the other's evidence while {of} is said|who sees the other's evidence while {of} is not said any more", "a stage that is not listed shows it to both" },
    { "/evidence/shown/*/stage"        , fixed  , neither , "the stage is {}"                                    , "a name decides nothing" },
    { "/evidence/shown/*/to/*"         , fixed  , depends , "the {} sees the other's evidence while {of}|the {} does not see the other's evidence while {of} any more", "it is for the party that is named" },
};
// clang-format on

}  // namespace

std::span<member_rule const> member_rules() { return table; }

}  // namespace recourse
