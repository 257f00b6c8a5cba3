// A page as one HTML file: no script, no file beside it, light and dark, on a phone and on paper.
#include <fmt/format.h>

#include <algorithm>

#include "policy/page/blocks.hpp"

namespace recourse::page {
namespace {

constexpr std::string_view style = R"css(
:root { color-scheme: light dark; --paper: #fff; --ink: #1c1e21; --soft: #5b6168; --line: #d9dce0; --shade: #f4f5f7;
  --bar: #2f6fb3; --documented: #1d7a46; --secondary: #8a5a00; --assumed: #b3261e; --time: #b3541e; }
@media (prefers-color-scheme: dark) { :root { --paper: #16181b; --ink: #e6e8ea; --soft: #a0a6ad; --line: #363a40;
  --shade: #1f2226; --bar: #6aa5e0; --documented: #6ecb93; --secondary: #e0b252; --assumed: #f28b82; --time: #f0a070; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1.2rem 1rem 4rem; max-width: 62rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
  overflow-wrap: break-word; }
h1 { font-size: 1.7rem; line-height: 1.2; margin: .5rem 0 1rem; }
h2 { font-size: 1.25rem; margin: 2.2rem 0 .6rem; padding-top: .6rem; border-top: 1px solid var(--line); }
h3 { font-size: 1.05rem; margin: 1.4rem 0 .4rem; }
p, ul { margin: .5rem 0; } ul { padding-left: 1.3rem; }
code { font: .88em ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; color: var(--soft); }
small { color: var(--soft); font-size: .88em; }
nav { font-size: .92rem; } nav a { color: inherit; margin-right: .9rem; white-space: nowrap; display: inline-block; }
table { border-collapse: collapse; width: 100%; margin: .6rem 0 1rem; font-size: .94rem; }
th, td { text-align: left; vertical-align: top; padding: .45rem .6rem; border-bottom: 1px solid var(--line); }
th { font-weight: 600; background: var(--shade); }
td:first-child { min-width: 9rem; } td:last-child { min-width: 6.5rem; }
.mark { display: inline-block; padding: 0 .5em; border: 1px solid; border-radius: 1em; font-size: .82em;
  white-space: nowrap; }
.documented { color: var(--documented); } .secondary { color: var(--secondary); border-style: dashed; }
.assumed { color: var(--assumed); border-style: dotted; border-width: 2px; font-weight: 600; }
.bars td { border: 0; padding: .2rem .4rem; } .bars .section td { font-weight: 600; padding-top: .8rem; }
.bars td:last-child { width: 45%; vertical-align: middle; }
.bars svg { display: block; width: 100%; height: .8rem; } .bars rect { fill: var(--bar); }
.bars .rail { fill: var(--line); }
figure { margin: 1rem 0; overflow-x: auto; } figure svg { max-width: 100%; height: auto; display: block; }
figure .node path, figure .node polygon, figure .node ellipse { fill: var(--shade); stroke: var(--soft); }
figure .edge path { stroke: var(--soft); } figure .edge polygon { fill: var(--soft); stroke: var(--soft); }
figure .time path { stroke: var(--time); } figure .time polygon { fill: var(--time); stroke: var(--time); }
figure .time text { fill: var(--time); }
figure text { fill: var(--ink); } pre { overflow-x: auto; background: var(--shade); padding: .8rem; font-size: .8rem; }
@media (max-width: 40rem) {
  table:not(.bars), table:not(.bars) tbody, table:not(.bars) tr, table:not(.bars) td { display: block; width: 100%; }
  table:not(.bars) tr:first-child { display: none; }
  table:not(.bars) tr { border-bottom: 2px solid var(--line); padding: .5rem 0; }
  table:not(.bars) td { border: 0; padding: .12rem 0; }
  table:not(.bars) td:first-child { font-weight: 600; }
  table:not(.bars) td[data-head]:not(:first-child)::before { content: attr(data-head) ": "; color: var(--soft); }
  .bars td { display: block; width: 100% !important; padding: .05rem 0; } .bars tr { display: block; padding: .3rem 0; }
  figure svg { max-width: none; }
}
@media print {
  :root { --paper: #fff; --ink: #000; --soft: #444; --line: #bbb; --shade: #fff; --bar: #555; --documented: #000;
    --secondary: #000; --assumed: #000; --time: #000; }
  body { max-width: none; padding: 0; font-size: 10pt; } nav { display: none; }
  tr, figure { break-inside: avoid; } h2, h3 { break-after: avoid; }
}
)css";

std::string escaped(std::string_view words) {
    std::string out;
    for (auto const letter : words) {
        switch (letter) {
            case '&': out += "&amp;"; break;
            case '<': out += "&lt;"; break;
            case '>': out += "&gt;"; break;
            case '"': out += "&quot;"; break;
            case '\'': out += "&#39;"; break;
            default: out += static_cast<unsigned char>(letter) < 0x20 ? ' ' : letter;
        }
    }
    return out;
}

// A long name may be broken behind an underscore, and nowhere else.
std::string breakable(std::string const& name) {
    std::string out;
    for (auto const letter : name) {
        out += letter;
        if (letter == '_') out += "<wbr>";
    }
    return out;
}

std::string written(text const& words) {
    std::string out;
    for (auto const& one : words) {
        switch (one.as) {
            case mark::plain: out += escaped(one.words); break;
            case mark::strong: out += fmt::format("<strong>{}</strong>", escaped(one.words)); break;
            case mark::code: out += fmt::format("<code>{}</code>", breakable(escaped(one.words))); break;
            case mark::soft: out += fmt::format("<small>{}</small>", escaped(one.words)); break;
            case mark::documented: out += "<span class=\"mark documented\">documented</span>"; break;
            case mark::secondary: out += "<span class=\"mark secondary\">secondary</span>"; break;
            case mark::assumed: out += "<span class=\"mark assumed\">assumed</span>"; break;
        }
    }
    return out;
}

std::string anchor_of(text const& words) {
    std::string out;
    for (auto const& one : words) {
        for (auto const letter : one.words) {
            if (letter >= 'a' && letter <= 'z')
                out += letter;
            else if (letter >= 'A' && letter <= 'Z')
                out += static_cast<char>(letter - 'A' + 'a');
            else if (!out.empty() && out.back() != '-')
                out += '-';
        }
    }
    return out;
}

struct writer {
    std::string out;

    void operator()(heading const& one) {
        if (one.level == 2)
            out += fmt::format("<h2 id=\"{}\">{}</h2>\n", anchor_of(one.words), written(one.words));
        else
            out += fmt::format("<h{0}>{1}</h{0}>\n", one.level, written(one.words));
    }
    void operator()(paragraph const& one) { out += fmt::format("<p>{}</p>\n", written(one.words)); }
    void operator()(bullets const& one) {
        out += "<ul>\n";
        for (auto const& item : one.items) out += fmt::format("<li>{}</li>\n", written(item));
        out += "</ul>\n";
    }
    void operator()(table const& one) {
        out += "<table>\n<tr>";
        for (auto const& cell : one.head) out += fmt::format("<th scope=\"col\">{}</th>", escaped(cell));
        out += "</tr>\n";
        for (auto const& row : one.rows) {
            out += "<tr>";
            for (std::size_t at = 0; at < row.size(); ++at) {
                // Where a narrow screen puts cells below each other, each brings its head along.
                auto const head = one.is_plain || at >= one.head.size() ? std::string{} : escaped(one.head[at]);
                out += head.empty() ? "<td>" : fmt::format("<td data-head=\"{}\">", head);
                out += fmt::format("{}</td>", written(row[at]));
            }
            out += "</tr>\n";
        }
        out += "</table>\n";
    }
    // One bar a row on a common scale; the words stand beside it, so that they keep their size.
    void operator()(bars const& one) {
        if (one.all.empty()) return;
        auto first = one.all.front().first;
        auto last = one.all.front().last;
        for (auto const& bar : one.all) {
            first = std::min(first, bar.first);
            last = std::max(last, bar.last);
        }
        auto const whole = last.days - first.days + 1;
        out += fmt::format("<table class=\"bars\" aria-label=\"{}\">\n", escaped(one.title));
        std::string_view section;
        for (auto const& bar : one.all) {
            if (bar.section != section)
                out += fmt::format("<tr class=\"section\"><td colspan=\"2\">{}</td></tr>\n", escaped(bar.section));
            section = bar.section;
            out += fmt::format(
                "<tr><td>{} <small>{}<br>{}</small></td><td><svg viewBox=\"0 0 {} 10\" preserveAspectRatio=\"none\" "
                "role=\"img\" aria-label=\"{}\"><rect class=\"rail\" x=\"0\" y=\"4\" width=\"{}\" height=\"1\"/>"
                "<rect x=\"{}\" y=\"0\" width=\"{}\" height=\"10\"/></svg></td></tr>\n",
                escaped(bar.label), escaped(bar.length), escaped(bar.dates), whole, escaped(bar.dates), whole,
                bar.first.days - first.days, bar.last.days - bar.first.days + 1);
        }
        out += "</table>\n";
    }
    void operator()(page_diagram const& one) {
        if (one.svg.empty())
            out += fmt::format("<pre aria-label=\"{}\">{}</pre>\n", escaped(one.title), escaped(one.mermaid));
        else
            out += fmt::format("<figure aria-label=\"{}\">{}</figure>\n", escaped(one.title), one.svg);
    }
};

}  // namespace

std::string as_html(blocks const& all, std::string_view title) {
    writer to;
    to.out = fmt::format(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{}</title>\n"
        "<style>{}</style>\n</head>\n<body>\n",
        escaped(title), style);
    std::string contents = "<nav>";
    for (auto const& one : all) {
        if (auto const* words = std::get_if<heading>(&one); words != nullptr && words->level == 2)
            contents += fmt::format("<a href=\"#{}\">{}</a>", anchor_of(words->words), written(words->words));
    }
    contents += "</nav>\n";
    bool listed = false;
    for (auto const& one : all) {
        auto const* words = std::get_if<heading>(&one);
        if (!listed && words != nullptr && words->level == 2) {
            to.out += contents;
            listed = true;
        }
        std::visit(to, one);
    }
    to.out += "</body>\n</html>\n";
    return to.out;
}

}  // namespace recourse::page
