// Which disputes are over, from what is stored of them.
#include "recourse/engine/archiving.hpp"

#include <algorithm>

#include "recourse/engine/account.hpp"
#include "recourse/engine/json.hpp"
#include "recourse/lifecycle/record.hpp"
#include "recourse/vocabulary/failure.hpp"

namespace recourse {
namespace {

constexpr std::size_t page_size = 1000;

struct dispute_over {
    std::uint32_t version = 0;
    instant since;
};

std::optional<dispute_over> look_at(store::contract& store, dispute_key const& dispute) {
    if (is_payment_file(dispute)) return std::nullopt;
    auto const stored = store.load(dispute);
    if (!stored || stored->next_due) return std::nullopt;
    auto const all = read_record(stored->state);
    if (!all.dispute().in<dispute::closed>() || next_due(all)) return std::nullopt;
    if (auto const money = store.ledger(dispute.group, subject_of(all).payment);
        money && !read_account(money->lines).open.empty())
        return std::nullopt;
    return dispute_over{stored->version, std::max(all.last_at, all.recontact_until.value_or(first_instant))};
}

}  // namespace

std::optional<instant> over_since(store::contract& store, dispute_key const& dispute) {
    auto const found = look_at(store, dispute);
    return found ? std::optional{found->since} : std::nullopt;
}

archived_disputes archive_closed(store::contract& store, store::archive& into, instant by, std::size_t batch,
                                 std::function<void(archived_disputes const&)> const& heard) {
    archived_disputes done;
    std::vector<store::resting_dispute> over;
    auto const move = [&] {
        done.archived += into.move(over).size();
        over.clear();
    };
    std::optional<dispute_key> last;
    for (;;) {
        auto const page = into.resting(last, page_size);
        for (auto const& dispute : page) {
            ++done.looked_at;
            try {
                auto const found = look_at(store, dispute);
                if (!found || found->since > by) continue;
                ++done.over;
                over.push_back({dispute, found->version, found->since});
            } catch (failure const& broken) {
                if (broken.kind() == failure_kind::store_unavailable) throw;
                done.unreadable.push_back(dispute);
            }
            if (over.size() >= std::max<std::size_t>(batch, 1)) move();
        }
        if (heard) heard(done);
        if (page.size() < page_size) break;
        last = page.back();
    }
    move();
    if (heard) heard(done);
    return done;
}

}  // namespace recourse
