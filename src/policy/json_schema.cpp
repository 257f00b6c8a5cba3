// Laying out JSON for people.
#include "policy/json_schema.hpp"

namespace recourse::json {
namespace {

constexpr std::size_t line_bytes_max = 120;

void lay_out(std::string& out, value const& one, std::size_t indent, std::size_t taken) {
    auto const flat = boost::json::serialize(one);
    bool const is_short = indent + taken + flat.size() <= line_bytes_max;
    auto const* members = one.if_object();
    auto const* elements = one.if_array();
    if (is_short || (members == nullptr && elements == nullptr)) {
        out += flat;
        return;
    }
    std::string const inner(indent + 2, ' ');
    out += members != nullptr ? "{\n" : "[\n";
    bool first = true;
    auto const begin_line = [&] {
        if (!first) out += ",\n";
        first = false;
        out += inner;
    };
    if (members != nullptr) {
        for (auto const& member : *members) {
            begin_line();
            auto const before = out.size();
            write_string(out, member.key());
            out += ": ";
            lay_out(out, member.value(), indent + 2, out.size() - before + 1);
        }
    } else {
        for (auto const& element : *elements) {
            begin_line();
            lay_out(out, element, indent + 2, 1);
        }
    }
    out += '\n';
    out.append(indent, ' ');
    out += members != nullptr ? '}' : ']';
}

}  // namespace

std::string laid_out(value const& one) {
    std::string out;
    lay_out(out, one, 0, 0);
    out += '\n';
    return out;
}

}  // namespace recourse::json
