// JSON: parsing within limits, and the messages of the reader.
#include "vocabulary/json.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/json/basic_parser_impl.hpp>
#include <set>

#include "recourse/vocabulary/quoted.hpp"
#include "vocabulary/edit_distance.hpp"
#include "vocabulary/json_positions.hpp"

namespace recourse {

std::string to_text(input_problems const& problems) {
    std::string text;
    for (auto const& one : problems)
        text += fmt::format("{}{}: {}", text.empty() ? "" : "\n", one.pointer.empty() ? "/" : one.pointer, one.reason);
    return text;
}

std::string to_text(input_problems const& problems, std::string_view document) {
    std::string text;
    for (auto const& one : problems) {
        text += fmt::format("{}{}", text.empty() ? "" : "\n", document);
        if (one.line > 0) text += fmt::format(":{}:{}", one.line, one.column);
        text += fmt::format(": {}: {}", one.pointer.empty() ? "/" : one.pointer, one.reason);
    }
    return text;
}

}  // namespace recourse

namespace recourse::json {
namespace {

// A handler that finds the member that is named twice in one object.
struct repeated_members {
    [[maybe_unused]] static constexpr std::size_t max_object_size = std::size_t(-1);
    [[maybe_unused]] static constexpr std::size_t max_array_size = std::size_t(-1);
    [[maybe_unused]] static constexpr std::size_t max_key_size = std::size_t(-1);
    [[maybe_unused]] static constexpr std::size_t max_string_size = std::size_t(-1);

    std::vector<std::set<std::string>> open;
    std::string key;
    std::optional<std::string> repeated;

    using error_code = boost::json::error_code;
    using text = boost::json::string_view;
    bool on_document_begin(error_code&) { return true; }
    bool on_document_end(error_code&) { return true; }
    bool on_object_begin(error_code&) { return open.emplace_back(), true; }
    bool on_object_end(std::size_t, error_code&) { return open.pop_back(), true; }
    bool on_array_begin(error_code&) { return true; }
    bool on_array_end(std::size_t, error_code&) { return true; }
    bool on_key_part(text part, std::size_t, error_code&) { return key.append(part.data(), part.size()), true; }
    bool on_key(text part, std::size_t, error_code&) {
        key.append(part.data(), part.size());
        if (!open.back().insert(key).second && !repeated) repeated = key;
        return key.clear(), true;
    }
    bool on_string_part(text, std::size_t, error_code&) { return true; }
    bool on_string(text, std::size_t, error_code&) { return true; }
    bool on_number_part(text, error_code&) { return true; }
    bool on_int64(std::int64_t, text, error_code&) { return true; }
    bool on_uint64(std::uint64_t, text, error_code&) { return true; }
    bool on_double(double, text, error_code&) { return true; }
    bool on_bool(bool, error_code&) { return true; }
    bool on_null(error_code&) { return true; }
    bool on_comment_part(text, error_code&) { return true; }
    bool on_comment(text, error_code&) { return true; }
};

boost::json::parse_options options() {
    boost::json::parse_options limits;
    limits.max_depth = depth_max;
    return limits;
}

// The library's own parser keeps the last of several members of one name. So what it has kept is fewer than were named.
std::size_t members_in(value const& content) {
    std::size_t count = 0;
    if (auto const* members = content.if_object()) {
        count = members->size();
        for (auto const& one : *members) count += members_in(one.value());
    } else if (auto const* elements = content.if_array()) {
        for (auto const& one : *elements) count += members_in(one);
    }
    return count;
}
// In JSON that is valid a colon outside of texts follows each name, and stands nowhere else.
std::size_t names_in(std::string_view text) {
    std::size_t count = 0;
    bool in_text = false;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] == '"')
            in_text = !in_text;
        else if (in_text && text[at] == '\\')
            ++at;
        else if (!in_text && text[at] == ':')
            ++count;
    }
    return count;
}

constexpr std::size_t step_bytes_max = 80;

// How many bytes of a text in UTF-8 fit into a limit without cutting a letter in two.
std::size_t whole_letters(std::string_view text, std::size_t bytes_max) {
    if (text.size() <= bytes_max) return text.size();
    auto const continues = [&](std::size_t at) { return (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U; };
    while (bytes_max > 0 && continues(bytes_max)) --bytes_max;
    return bytes_max;
}

}  // namespace

std::string pointer_step(std::string_view name) {
    std::string step;
    for (char const letter : name.substr(0, whole_letters(name, step_bytes_max))) {
        if (letter == '~')
            step += "~0";
        else if (letter == '/')
            step += "~1";
        else if (static_cast<unsigned char>(letter) < 0x20)
            step += '?';
        else
            step += letter;
    }
    return step;
}

std::string place::pointer() const {
    if (parent == nullptr) return {};
    return parent->pointer() + "/" + (name.data() == nullptr ? std::to_string(index) : pointer_step(name));
}

std::optional<value> parse(std::string_view text, origin from, problems& found, boost::json::storage_ptr memory) {
    place const whole;
    auto const report_at = [&](std::size_t byte, std::string reason) {
        auto const [line, column] = position_of_byte(text, byte);
        found.report({{}, std::move(reason), {}, line, column});
    };
    boost::json::error_code error;
    std::array<unsigned char, 4096>
        beside;  // NOLINT(cppcoreguidelines-pro-type-member-init): written before it is read
    boost::json::parser parser{{}, options(), beside.data(), beside.size()};
    parser.reset(std::move(memory));
    auto const used = parser.write_some(text.data(), text.size(), error);
    if (error) {
        report_at(used, fmt::format("is not JSON: {} at byte {}", error.message(), used));
        return std::nullopt;
    }
    auto const rest = text.substr(used);
    if (rest.find_first_not_of(" \t\r\n") != std::string_view::npos) {
        report_at(used, fmt::format("is not one JSON value: there is more after byte {}", used));
        return std::nullopt;
    }
    auto content = parser.release();
    if (from == origin::foreign && members_in(content) != names_in(text.substr(0, used))) {
        boost::json::basic_parser<repeated_members> again{options()};
        again.write_some(false, text.data(), used, error);
        if (auto const& twice = again.handler().repeated) {
            found.report(whole, fmt::format("names the member {} twice in one object", quoted(*twice)));
            return std::nullopt;
        }
    }
    return content;
}

std::string picture(value const& one) {
    switch (one.kind()) {
        case boost::json::kind::object: return "an object";
        case boost::json::kind::array: return "an array";
        case boost::json::kind::string: return quoted(std::string_view{one.get_string()});
        default: return boost::json::serialize(one);
    }
}

std::string_view nearest_of(std::string_view wrong, std::vector<std::string_view> const& right) {
    if (wrong.size() > 80) return {};
    std::string_view best;
    std::size_t least = std::max<std::size_t>(1, wrong.size() / 3) + 1;
    for (auto const& one : right) {
        if (auto const away = edit_distance(wrong, one); away < least) {
            least = away;
            best = one;
        }
    }
    return best;
}

std::string nearest(std::string_view wrong, std::vector<std::string_view> const& right) {
    auto const best = nearest_of(wrong, right);
    return best.empty() ? std::string{} : fmt::format(" (did you mean \"{}\"?)", best);
}

void write_string(std::string& out, std::string_view text) {
    bool const plain = std::none_of(text.begin(), text.end(), [](char letter) {
        return static_cast<unsigned char>(letter) < 0x20 || letter == '"' || letter == '\\';
    });
    if (plain) {
        out += '"';
        out += text;
        out += '"';
    } else {
        out += boost::json::serialize(boost::json::string_view{text.data(), text.size()});
    }
}

std::optional<std::string_view> read_text(value const& from, place const& where, problems& found) {
    auto const* text = from.if_string();
    if (text == nullptr) {
        found.report(where, "expected a string; found " + picture(from));
        return std::nullopt;
    }
    if (text->size() > text_length_max) {
        found.report(where, fmt::format("is too long: {} bytes, at most {}", text->size(), text_length_max));
        return std::nullopt;
    }
    return std::string_view{*text};
}

std::optional<std::int64_t> read_integer(value const& from, place const& where, problems& found, std::int64_t least,
                                         std::int64_t most) {
    std::optional<std::int64_t> number;
    if (auto const* with_sign = from.if_int64()) number = *with_sign;
    if (!number || *number < least || *number > most) {
        if (least == most) {
            found.report(where, fmt::format("expected {}; found {}", least, picture(from)));
            return std::nullopt;
        }
        found.report(where, fmt::format("expected an integer from {} to {}; found {}", least, most, picture(from)));
        return std::nullopt;
    }
    return number;
}

void read_value(value const& from, std::string& into, place const& where, problems& found) {
    if (auto const text = read_text(from, where, found)) into = *text;
}

void read_value(value const& from, short_text& into, place const& where, problems& found) {
    if (auto const text = read_text(from, where, found)) into = *text;
}

void read_value(value const& from, bool& into, place const& where, problems& found) {
    if (auto const* yes = from.if_bool())
        into = *yes;
    else
        found.report(where, "expected true or false; found " + picture(from));
}

void read_value(value const& from, instant& into, place const& where, problems& found) {
    auto const text = read_text(from, where, found);
    if (!text) return;
    if (auto const parsed = parse_instant(*text))
        into = *parsed;
    else
        found.report(where, parsed.error());
}

void read_value(value const& from, digest& into, place const& where, problems& found) {
    auto const text = read_text(from, where, found);
    if (!text) return;
    if (auto const parsed = parse_digest(*text))
        into = *parsed;
    else
        found.report(where, parsed.error());
}

void read_value(value const& from, salted_text& into, place const& where, problems& found) {
    auto const* members = from.if_object();
    if (members == nullptr) return found.report(where, "expected {\"text\":...,\"salt\":...}; found " + picture(from));
    std::vector<std::string_view> const known{"text", "salt"};
    for (auto const& name : known) {
        if (!members->contains(name)) found.report(where.member(name), "is missing");
    }
    for (auto const& [key, content] : *members) {
        std::string_view const name = key;
        if (name == "text")
            read_value(content, into.text, where.member(name), found);
        else if (name == "salt")
            read_value(content, into.salt, where.member(name), found);
        else
            found.report(where.member(name), "is not known here" + nearest(name, known));
    }
}

void read_value(value const& from, currency& into, place const& where, problems& found) {
    auto const text = read_text(from, where, found);
    if (!text) return;
    if (auto const known = currency::find(*text))
        into = *known;
    else
        found.report(where, "expected an ISO 4217 currency code such as \"EUR\"; found " + picture(from));
}

}  // namespace recourse::json
