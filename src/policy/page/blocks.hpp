// What a page consists of, whatever it is written as: headings, paragraphs, tables, bars and diagrams.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "recourse/policy/policy_page.hpp"

namespace recourse::page {

enum class mark : unsigned char { plain, strong, code, soft, documented, secondary, assumed };

struct span {
    mark as = mark::plain;
    std::string words;
};
using text = std::vector<span>;

inline text plain(std::string_view words) { return {{mark::plain, std::string{words}}}; }
inline text& add(text& to, text const& more) {
    to.insert(to.end(), more.begin(), more.end());
    return to;
}
inline text joined(text first, text const& second) { return std::move(add(first, second)); }
inline text& add(text& to, std::string_view words, mark as = mark::plain) {
    to.push_back({as, std::string{words}});
    return to;
}

struct heading {
    int level = 2;  // 1 is the title
    text words;
};
struct paragraph {
    text words;
};
struct bullets {
    std::vector<text> items;
};
struct table {
    std::vector<std::string> head;
    std::vector<std::vector<text>> rows;
    bool is_plain = false;  // a row is understood without its heads
};

// A stretch of days on a common scale.
struct bar {
    std::string section;  // what it is part of: bars of one section stand together
    std::string label;
    std::string length;
    std::string dates;  // "Thu 2 Apr 2026 to Fri 17 Apr 2026 24:00"
    date first;
    date last;
};
struct bars {
    std::string title;
    std::vector<bar> all;
};

using block = std::variant<heading, paragraph, bullets, table, bars, page_diagram>;
using blocks = std::vector<block>;

// The page, before it is written.
blocks page_of(policy const& of, page_setting const& on);

std::string as_markdown(blocks const& all);
std::string as_html(blocks const& all, std::string_view title);

}  // namespace recourse::page
