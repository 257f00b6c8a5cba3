// A page as Markdown, as the common hosts show it: tables, and diagrams as Mermaid.
#include <fmt/format.h>

#include "policy/page/blocks.hpp"

namespace recourse::page {
namespace {

// Foreign text must neither be markup nor end the row that it stands in.
std::string escaped(std::string_view words) {
    std::string out;
    for (auto const letter : words) {
        switch (letter) {
            case '&': out += "&amp;"; break;
            case '<': out += "&lt;"; break;
            case '>': out += "&gt;"; break;
            case '\\':
            case '`':
            case '*':
            case '_':
            case '[':
            case ']':
            case '|':
            case '~':
            case '#': out += '\\'; [[fallthrough]];
            default: out += static_cast<unsigned char>(letter) < 0x20 ? ' ' : letter;
        }
    }
    return out;
}

// Nothing is escaped between backticks, so what would end them, or the row, stays outside.
std::string as_code(std::string_view words) {
    if (words.find_first_of("`|\\\n\r<&") != std::string_view::npos) return escaped(words);
    return fmt::format("`{}`", words);
}

std::string written(text const& words) {
    std::string out;
    for (auto const& one : words) {
        switch (one.as) {
            case mark::plain: out += escaped(one.words); break;
            case mark::strong: out += fmt::format("**{}**", escaped(one.words)); break;
            case mark::code: out += as_code(one.words); break;
            case mark::soft: out += fmt::format("*{}*", escaped(one.words)); break;
            case mark::documented: out += "● documented"; break;
            case mark::secondary: out += "◐ secondary"; break;
            case mark::assumed: out += "○ **assumed**"; break;
        }
    }
    return out;
}

struct writer {
    std::string out;

    void operator()(heading const& one) {
        out += fmt::format("{} {}\n\n", std::string(static_cast<std::size_t>(one.level), '#'), written(one.words));
    }
    void operator()(paragraph const& one) { out += written(one.words) + "\n\n"; }
    void operator()(bullets const& one) {
        for (auto const& item : one.items) out += fmt::format("- {}\n", written(item));
        out += '\n';
    }
    void operator()(table const& one) {
        std::string line = "|";
        for (auto const& cell : one.head) {
            out += fmt::format("| {} ", escaped(cell));
            line += "---|";
        }
        out += fmt::format("|\n{}\n", line);
        for (auto const& row : one.rows) {
            for (auto const& cell : row) out += fmt::format("| {} ", written(cell));
            out += "|\n";
        }
        out += '\n';
    }
    void operator()(bars const& one) {
        // The words of a chart are the library's own; a colon would end a label.
        out += "```mermaid\ngantt\n    dateFormat YYYY-MM-DD\n    axisFormat %d %b\n";
        std::string_view section;
        for (auto const& bar : one.all) {
            if (bar.section != section) out += fmt::format("    section {}\n", bar.section);
            section = bar.section;
            out += fmt::format("    {} ({}) :{}, {}\n", bar.label, bar.length, to_text(bar.first),
                               to_text(plus_days(bar.last, 1)));
        }
        out += "```\n\n";
        table rows{{"What", "How long", "From, to"}, {}};
        for (auto const& bar : one.all) rows.rows.push_back({plain(bar.label), plain(bar.length), plain(bar.dates)});
        (*this)(rows);
    }
    void operator()(page_diagram const& one) { out += fmt::format("```mermaid\n{}```\n\n", one.mermaid); }
};

}  // namespace

std::string as_markdown(blocks const& all) {
    writer to;
    for (auto const& one : all) std::visit(to, one);
    while (to.out.ends_with("\n\n")) to.out.pop_back();
    return to.out;
}

}  // namespace recourse::page
