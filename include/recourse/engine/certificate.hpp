// Certificates: that a policy was proved, kept, so that it need not be proved each time it is loaded.
//
//     auto const made = certify(text, calendars);              // seconds: it proves
//     to_json(made.value())                                    // a document of twenty lines
//     verify(read_certificate(document).value(), reference)    // microseconds; empty: it speaks for this policy, here
//
// A certificate speaks for one document, by its hash, under the transition tables, reactions and search that this library
// was built with. A change of any of them makes it speak for nothing.
#pragma once

#include "recourse/engine/proof.hpp"

namespace recourse {

// What a policy is proved for. The proof holds for every order of deadlines; the calendars matter for how long it takes,
// for windows and for data.
struct proof_basis {
    party_facts buyer{actor_id{"buyer"}, "Europe/Brussels", "BE"};
    party_facts seller{actor_id{"seller"}, "Asia/Shanghai", "CN"};
    instant start{
        1'798'758'000'000'000};  // 2027-01-01 in Brussels: the same for everybody, so that proofs are repeatable
    std::size_t nodes_max = 100'000;
    std::size_t compare_every = 0;  // as of the proof
    bool operator==(proof_basis const&) const = default;
};

enum class certified_verdict : std::uint8_t { sound, unsound, not_decided };
template <>
inline constexpr std::array<std::string_view, 3> wire_names<certified_verdict>{"sound", "unsound", "not_decided"};

struct certificate {
    std::uint32_t format = 1;
    policy_id policy;
    std::uint32_t version = 0;
    digest policy_hash;   // of the document's bytes
    digest tables_hash;   // of everything that decides and of the search: recourse::tables_hash()
    std::string library;  // the version that searched
    certified_verdict verdict{};
    std::uint64_t combinations = 0;  // that were searched, with so many steps between them, closed in so many
    std::uint64_t steps = 0;
    std::uint64_t closed = 0;
    std::int64_t longest_seconds = 0;  // as in policy_proof; zeros unless it is sound
    std::int64_t bound_seconds = 0;
    std::int64_t silence_seconds = 0;
    instant start;
    std::string buyer_calendar;
    std::string buyer_zone;
    std::string seller_calendar;
    std::string seller_zone;
    std::optional<instant> covered_until{};
    bool operator==(certificate const&) const = default;
};

enum class certificate_flaw : std::uint8_t {
    other_policy,    // of another id or version
    other_document,  // the document has changed since
    other_tables,    // the library decides, or searches, otherwise than when it was made
    other_library,   // another version of the library has searched
    not_sound,       // it says that the policy is unsound, or that it was not decided
};
template <>
inline constexpr std::array<std::string_view, 5> wire_names<certificate_flaw>{
    "other_policy", "other_document", "other_tables", "other_library", "not_sound"};

struct certificate_problem {
    certificate_flaw flaw{};
    std::string because;  // a sentence: what the certificate says and what would be right
    bool operator==(certificate_problem const&) const = default;
};

// All reasons why a certificate does not speak for the policy; none: it does.
std::vector<certificate_problem> verify(certificate const& given, policy_reference const& of);

// Proves by the basis. Throws std::invalid_argument if the calendars do not have the basis's.
policy_proof prove(policy const& rules, policy_reference const& reference, calendar_set const& calendars,
                   proof_basis const& basis);
certificate certificate_of(policy_proof const& found, proof_basis const& basis);
// Reads, proves, certifies.
result<certificate, input_problems> certify(std::string_view text, calendar_set const& calendars = {},
                                            proof_basis const& basis = {});

result<certificate, input_problems> read_certificate(std::string_view text);
std::string to_json(certificate const& one);  // a member a line, ended by a newline

// What the library ships: the document of src/policy/certificates for a preset; empty if there is none.
std::string_view preset_certificate(std::string_view preset);

// All tables and reactions with the names of their guards and conditions, and the version of the search, as text; and the
// SHA-256 of it.
std::string tables_in_full();
digest tables_hash();
std::string_view library_version() noexcept;

// The story to the first of the flaws that people can come to, for `recourse play`; empty if there is none.
std::string first_story(std::vector<policy_flaw> const& flaws, std::string_view document);

}  // namespace recourse
