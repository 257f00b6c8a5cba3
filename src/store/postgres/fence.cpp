// A shard that is moved away is fenced by triggers, on what happened and on what was refused. Making one waits for every
// transaction that has written events, and holds back those that come: when it is made, no append to the shard is under
// way, and none comes. Its effects are held, as by a worker that never ends. A store without a fence pays nothing for it.
#include "fence.hpp"

#include <fmt/format.h>

#include <stdexcept>

#include "connection.hpp"
#include "query.hpp"
#include "recourse/store/shards.hpp"

namespace recourse::store {

std::string postgres::name_of_fence(std::uint8_t shard) { return fmt::format("shard_{}_is_elsewhere", shard); }

namespace {

using postgres::name_of_fence;

// Finds the tables, or says that there are none, before anything is changed in them.
void change(postgres_options options, std::uint8_t shard, bool fenced) {
    options.create = false;
    if (options.host != nullptr) throw std::invalid_argument{"a fence needs a connection of its own"};
    static_cast<void>(open_postgres(options));
    postgres::connection at{options};
    at.start_call(options.deadline_ms);
    at.connect();
    postgres::batch all{at};
    all.begin();
    if (fenced) all.add(postgres::sql("refuse_moved"));
    for (auto const* const table : {"events", "refusal_counts"}) {
        all.add_plain(at.text_of(fmt::format("DROP TRIGGER IF EXISTS {} ON recourse.{}", name_of_fence(shard), table)));
        if (fenced)
            all.add_plain(
                at.text_of(fmt::format("CREATE TRIGGER {} BEFORE INSERT ON recourse.{} FOR EACH ROW WHEN "
                                       "(get_byte(sha256(convert_to(NEW.settlement_group, 'UTF8')), 0) = {}) "
                                       "EXECUTE FUNCTION recourse.refuse_moved({})",
                                       name_of_fence(shard), table, shard, shard)));
    }
    all.add(fenced ? postgres::sql("hold_effects") : postgres::sql("free_effects"), std::int64_t{shard}, last_instant);
    all.commit();
    all.run();
}

}  // namespace

void fence_shard(postgres_options const& options, std::uint8_t shard) { change(options, shard, true); }
void open_shard(postgres_options const& options, std::uint8_t shard) { change(options, shard, false); }

}  // namespace recourse::store
