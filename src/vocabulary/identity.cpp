// What an identifier may hold, and the text form of a dispute's key.
#include "recourse/vocabulary/identity.hpp"

#include <array>

namespace recourse {
namespace {

constexpr auto allowed = [] {
    std::array<bool, 256> table{};
    for (std::size_t character = 0x21; character <= 0x7e; ++character) table[character] = true;
    for (char const quoting : {'\'', '"', '`', '\\', '/'}) table[static_cast<unsigned char>(quoting)] = false;
    return table;
}();

// The text may come from a hostile file or request, so a character that could upset a log line is shown as a number.
std::string shown(unsigned char character) {
    if (character > 0x20 && character < 0x7f) return std::string{"'"} + static_cast<char>(character) + "'";
    constexpr std::string_view digits = "0123456789abcdef";
    return std::string{"0x"} + digits[character >> 4U] + digits[character & 15U];
}

}  // namespace

std::string identifier_problem(std::string_view text) {
    if (text.empty() || text.size() > identifier_length_max)
        return "an identifier has 1 to 64 characters; this one has " + std::to_string(text.size());
    for (std::size_t at = 0; at < text.size(); ++at) {
        auto character = static_cast<unsigned char>(text[at]);
        if (allowed[character]) continue;
        return "an identifier is printable ASCII without space, quote, backslash or slash; character " +
               std::to_string(at + 1) + " of this one is " + shown(character);
    }
    return {};
}

std::string dispute_identifier_problem(std::string_view text) {
    return identifier_problem(text.starts_with('/') ? text.substr(1) : text);
}

dispute_key file_of(settlement_group const& group, payment_id const& payment) {
    return {group, dispute_id{std::string{"/"}.append(payment.text())}};
}
bool is_payment_file(dispute_key const& key) noexcept { return key.dispute.text().starts_with('/'); }
payment_id payment_of(dispute_key const& file) { return payment_id{file.dispute.text().substr(1)}; }

std::string to_text(dispute_key const& key) {
    std::string text;
    text.reserve(key.group.text().size() + 1 + key.dispute.text().size());
    text += key.group.text();
    text += '/';
    text += key.dispute.text();
    return text;
}

result<dispute_key, std::string> parse_dispute_key(std::string_view text) {
    auto slash = text.find('/');
    if (slash == std::string_view::npos)
        return failed{std::string{"a dispute key is GROUP/DISPUTE; this one has no slash"}};
    auto group = settlement_group::parse(text.substr(0, slash));
    if (!group) return failed{"the settlement group before the slash: " + group.error()};
    auto dispute = dispute_id::parse(text.substr(slash + 1));
    if (!dispute) return failed{"the dispute after the slash: " + dispute.error()};
    return dispute_key{*std::move(group), *std::move(dispute)};
}

}  // namespace recourse
