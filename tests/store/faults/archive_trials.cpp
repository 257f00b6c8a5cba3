// Disputes that go to the second file of a store, and one that comes back, on a real file: what is read must not change.
#include "recourse/store/archive.hpp"
#include "recourse/store/sqlite.hpp"
#include "store/faults/trials.hpp"
#include "store/samples.hpp"

namespace recourse::test {

namespace {

using store_samples::append_one;
using store_samples::key;
using store_samples::sample;

constexpr instant in_april{1'776'000'000'000'000};

struct seen {
    std::vector<std::vector<store::stored_event>> events{};
    std::vector<std::string> states{};
    std::vector<store::fed_event> feed{};
    bool operator==(seen const&) const = default;
};

seen everything(store::contract& at) {
    seen all;
    for (auto const& dispute : at.disputes(std::nullopt, 100)) {
        all.events.push_back(at.events(dispute));
        auto const found = at.load(dispute);
        all.states.push_back(found ? found->state : "");
    }
    all.feed = at.feed(0, 1000);
    return all;
}

}  // namespace

verdict try_archive() {
    verdict done;
    auto const expect = [&](bool holds, char const* what) {
        ++done.tried;
        if (!holds) done.fault(what);
    };
    store_samples::folder const place;
    store::sqlite_options const options{.path = place / "store.db"};
    auto const at = store::open_sqlite(options);
    auto waiting = sample(key("D-2"), 0, "open 2", 2);
    waiting.outbox = {{"notification", "x"}};
    auto due = sample(key("D-3"), 0, "open 3", 2);
    due.next_due = instant{5000};
    append_one(*at, sample(key("D-1"), 0, "open 1", 3));
    append_one(*at, waiting);
    append_one(*at, due);
    append_one(*at, sample(key("D-4"), 0, "open 4", 2));
    append_one(*at, sample(key("D-5"), 0, "open 5", 2));  // its event is the last of the file
    auto const before = everything(*at);

    auto const archive = store::open_archive(options);
    std::vector<store::resting_dispute> batch;
    for (auto const& [name, version] : {std::pair{"D-1", 3U}, {"D-2", 2U}, {"D-3", 2U}, {"D-4", 1U}, {"D-5", 2U}})
        batch.push_back({key(name), version, in_april});
    expect(archive->move(batch) == std::vector{key("D-1")}, "others are archived than those that rest");
    expect(everything(*at) == before, "what is archived is not read as before");
    expect(at->damages().empty(), "the archive is damaged");
    expect(append_one(*at, sample(key("D-1"), 0, "open 1", 3)) == store::outcome{store::duplicate{1}},
           "the key of an archived dispute is not known");
    append_one(*at, sample(key("D-6"), 0, "open 6"));
    auto feed = at->feed(before.feed.back().position, 10);
    expect(feed.size() == 1 && feed[0].dispute == key("D-6"), "a reader of all events misses one");
    auto const later = everything(*at);
    expect(archive->restore(key("D-1")), "an archived dispute does not come back");
    expect(everything(*at) == later, "what came back is not what it was");
    expect(append_one(*at, sample(key("D-1"), 3, "goes on")) == store::outcome{store::committed{4}},
           "what came back does not go on");
    expect(at->damages().empty(), "what came back is damaged");
    return done;
}

}  // namespace recourse::test
