// A file system of SQLite in memory.
#include "simulated_disk.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstring>
#include <new>
#include <thread>

#include "store/faults/failing_memory.hpp"

namespace recourse::test {

struct open_file;

struct simulated_file {
    std::string name;
    std::size_t number = 0;
    std::string bytes;
    bool is_log = false;
    bool syncs_directory = false;  // with its first sync, as "unix" does for journals
    std::vector<open_file*> open;
    std::vector<std::unique_ptr<char[]>> shared_memory;
    int mapped = 0;  // how many have the shared memory
};

struct open_file {
    sqlite3_file base;  // what SQLite sees of it
    simulated_disk* disk;
    std::shared_ptr<simulated_file>* file;
    int lock;
    unsigned shared_slots;
    unsigned own_slots;
    bool mapped;
    bool remove_at_close;
};

namespace {

bool ends_with(std::string_view text, std::string_view end) { return text.ends_with(end); }

void put(std::string& bytes, std::uint64_t at, std::string_view written) {
    auto const where = static_cast<std::size_t>(at);
    if (bytes.size() < where + written.size()) bytes.resize(where + written.size());
    std::memcpy(bytes.data() + where, written.data(), written.size());
}

constexpr std::size_t sector_bytes = 512;
constexpr std::size_t frame_header_bytes = 24;

}  // namespace

// The functions of one open file and of the file system, as SQLite wants them. None of them throws: memory is not short
// where these tests run, but for the allocations that are failed on purpose, and those are not made here.
class simulated_disk::calls {
  public:
    static open_file& opened(sqlite3_file* at) { return *reinterpret_cast<open_file*>(at); }
    static simulated_file& file(sqlite3_file* at) { return **opened(at).file; }
    static simulated_disk& disk(sqlite3_file* at) { return *opened(at).disk; }
    static simulated_disk& disk(sqlite3_vfs* at) { return *static_cast<simulated_disk*>(at->pAppData); }
    // While one of these functions runs. Its allocations are the test's own.
    struct lock_guard {
        explicit lock_guard(std::mutex& guard) : held{guard} {}
        std::lock_guard<std::mutex> held;
        memory_of_test own{};
    };

    static int open(sqlite3_vfs* system, char const* name, sqlite3_file* into, int flags, int* given) {
        auto& here = disk(system);
        lock_guard const held{here.guard_};
        into->pMethods = nullptr;
        std::string const path = name == nullptr ? "unnamed " + std::to_string(here.files_made_) : std::string{name};
        auto known = here.files_.find(path);
        if (here.fails(known == here.files_.end() ? call::make : call::look)) return SQLITE_CANTOPEN;
        if (known == here.files_.end()) {
            if ((flags & SQLITE_OPEN_CREATE) == 0) return SQLITE_CANTOPEN;
            auto made = std::make_shared<simulated_file>();
            made->name = path;
            made->number = here.files_made_++;
            made->is_log = ends_with(path, "-wal");
            made->syncs_directory = (flags & (SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL)) != 0;
            known = here.files_.emplace(path, std::move(made)).first;
            here.record({disk_change::kind::made, known->second->number, 0, path});
        }
        auto& one = *new (into) open_file{};
        one.base.pMethods = &methods;
        one.disk = &here;
        one.file = new std::shared_ptr<simulated_file>{known->second};
        one.remove_at_close = (flags & SQLITE_OPEN_DELETEONCLOSE) != 0;
        known->second->open.push_back(&one);
        if (given != nullptr) *given = flags;
        return SQLITE_OK;
    }

    static int close(sqlite3_file* at) {
        auto& one = opened(at);
        auto& here = disk(at);
        if (one.mapped) unmap(at, 0);
        lock_guard const held{here.guard_};
        std::erase(file(at).open, &one);
        if (one.remove_at_close) here.files_.erase(file(at).name);
        delete one.file;
        one.file = nullptr;
        return SQLITE_OK;
    }

    static int read(sqlite3_file* at, void* into, int count, sqlite3_int64 offset) {
        lock_guard const held{disk(at).guard_};
        if (disk(at).fails(call::read)) return SQLITE_IOERR_READ;
        auto const& bytes = file(at).bytes;
        auto const start = std::min(bytes.size(), static_cast<std::size_t>(offset));
        auto const there = std::min(bytes.size() - start, static_cast<std::size_t>(count));
        std::memcpy(into, bytes.data() + start, there);
        if (there == static_cast<std::size_t>(count)) return SQLITE_OK;
        std::memset(static_cast<char*>(into) + there, 0, static_cast<std::size_t>(count) - there);
        return SQLITE_IOERR_SHORT_READ;
    }

    static int write(sqlite3_file* at, void const* from, int count, sqlite3_int64 offset) {
        auto& here = disk(at);
        auto& into = file(at);
        lock_guard const held{here.guard_};
        std::string_view bytes{static_cast<char const*>(from), static_cast<std::size_t>(count)};
        bool const failing = here.fails(call::write);
        // Half of it may have reached the file.
        if (failing) bytes = bytes.substr(0, bytes.size() / 2 / sector_bytes * sector_bytes);
        here.counts_.writes += 1;
        here.counts_.bytes_written += bytes.size();
        if (into.is_log && bytes.size() == frame_header_bytes) here.counts_.log_pages.push_back(page_in(bytes));
        if (!bytes.empty()) {
            put(into.bytes, static_cast<std::uint64_t>(offset), bytes);
            here.record(
                {disk_change::kind::written, into.number, static_cast<std::uint64_t>(offset), std::string{bytes}});
        }
        if (!failing || here.lies_.failed_writes) return SQLITE_OK;
        return here.fault_.error == disk_error::full ? SQLITE_FULL : SQLITE_IOERR_WRITE;
    }

    static int truncate(sqlite3_file* at, sqlite3_int64 size) {
        auto& here = disk(at);
        lock_guard const held{here.guard_};
        if (here.fails(call::cut)) return SQLITE_IOERR_TRUNCATE;
        file(at).bytes.resize(static_cast<std::size_t>(size));
        here.record({disk_change::kind::cut, file(at).number, static_cast<std::uint64_t>(size)});
        return SQLITE_OK;
    }

    static int sync(sqlite3_file* at, int /*flags*/) {
        auto& here = disk(at);
        auto& one = file(at);
        lock_guard const held{here.guard_};
        if (here.fails(call::sync)) return SQLITE_IOERR_FSYNC;
        here.counts_.syncs += 1;
        if (one.is_log ? here.lies_.log_syncs : here.lies_.database_syncs) return SQLITE_OK;
        here.record({disk_change::kind::synced, one.number, 0, {}, one.syncs_directory});
        one.syncs_directory = false;
        return SQLITE_OK;
    }

    static int size(sqlite3_file* at, sqlite3_int64* into) {
        lock_guard const held{disk(at).guard_};
        if (disk(at).fails(call::look)) return SQLITE_IOERR_FSTAT;
        *into = static_cast<sqlite3_int64>(file(at).bytes.size());
        return SQLITE_OK;
    }

    static bool others_have(open_file const& one, int level) {
        auto const& all = (*one.file)->open;
        return std::any_of(all.begin(), all.end(), [&](auto* other) { return other != &one && other->lock >= level; });
    }

    static int lock(sqlite3_file* at, int level) {
        lock_guard const held{disk(at).guard_};
        auto& one = opened(at);
        if (one.lock >= level) return SQLITE_OK;
        if (disk(at).fails(call::lock)) return SQLITE_IOERR_LOCK;
        if (level == SQLITE_LOCK_SHARED && others_have(one, SQLITE_LOCK_PENDING)) return SQLITE_BUSY;
        if (level == SQLITE_LOCK_RESERVED && others_have(one, SQLITE_LOCK_RESERVED)) return SQLITE_BUSY;
        if (level == SQLITE_LOCK_EXCLUSIVE) {
            if (others_have(one, SQLITE_LOCK_RESERVED)) return SQLITE_BUSY;
            one.lock = SQLITE_LOCK_PENDING;
            if (others_have(one, SQLITE_LOCK_SHARED)) return SQLITE_BUSY;
        }
        one.lock = level;
        return SQLITE_OK;
    }

    static int unlock(sqlite3_file* at, int level) {
        lock_guard const held{disk(at).guard_};
        opened(at).lock = std::min(opened(at).lock, level);
        return SQLITE_OK;
    }

    static int reserved(sqlite3_file* at, int* into) {
        lock_guard const held{disk(at).guard_};
        auto const& all = file(at).open;
        *into =
            std::any_of(all.begin(), all.end(), [](auto* one) { return one->lock >= SQLITE_LOCK_RESERVED; }) ? 1 : 0;
        return SQLITE_OK;
    }

    static int control(sqlite3_file*, int, void*) { return SQLITE_NOTFOUND; }
    static int sector(sqlite3_file*) { return 4096; }
    // What "unix" promises: bytes beside those that are written stay as they are.
    static int characteristics(sqlite3_file*) { return SQLITE_IOCAP_POWERSAFE_OVERWRITE; }

    static int map(sqlite3_file* at, int region, int bytes, int extend, void volatile** into) {
        lock_guard const held{disk(at).guard_};
        auto& one = file(at);
        *into = nullptr;
        if (disk(at).fails(call::map)) return SQLITE_IOERR_SHMSIZE;
        if (!opened(at).mapped) {
            opened(at).mapped = true;
            ++one.mapped;
        }
        auto const wanted = static_cast<std::size_t>(region);
        while (one.shared_memory.size() <= wanted) {
            if (extend == 0) return SQLITE_OK;
            one.shared_memory.push_back(std::make_unique<char[]>(static_cast<std::size_t>(bytes)));
        }
        *into = one.shared_memory[wanted].get();
        return SQLITE_OK;
    }

    static int shared_lock(sqlite3_file* at, int offset, int count, int flags) {
        lock_guard const held{disk(at).guard_};
        auto& one = opened(at);
        unsigned const slots = ((1U << static_cast<unsigned>(count)) - 1U) << static_cast<unsigned>(offset);
        if ((flags & SQLITE_SHM_UNLOCK) != 0) {
            one.shared_slots &= ~slots;
            one.own_slots &= ~slots;
            return SQLITE_OK;
        }
        if (disk(at).fails(call::lock)) return SQLITE_IOERR_SHMLOCK;
        bool const shared = (flags & SQLITE_SHM_SHARED) != 0;
        for (auto const* other : file(at).open) {
            if (other == &one) continue;
            if ((other->own_slots & slots) != 0) return SQLITE_BUSY;
            if (!shared && (other->shared_slots & slots) != 0) return SQLITE_BUSY;
        }
        (shared ? one.shared_slots : one.own_slots) |= slots;
        return SQLITE_OK;
    }

    static void barrier(sqlite3_file* at) { lock_guard const held{disk(at).guard_}; }

    static int unmap(sqlite3_file* at, int /*remove*/) {
        lock_guard const held{disk(at).guard_};
        auto& one = opened(at);
        if (!one.mapped) return SQLITE_OK;
        one.mapped = false;
        one.shared_slots = 0;
        one.own_slots = 0;
        if (--file(at).mapped == 0) file(at).shared_memory.clear();
        return SQLITE_OK;
    }

    static int remove(sqlite3_vfs* system, char const* name, int sync_directory) {
        auto& here = disk(system);
        lock_guard const held{here.guard_};
        if (here.fails(call::remove)) return SQLITE_IOERR_DELETE;
        auto const known = here.files_.find(name);
        if (known == here.files_.end()) return SQLITE_IOERR_DELETE_NOENT;
        here.record({disk_change::kind::removed, known->second->number, 0, {}, sync_directory != 0});
        here.files_.erase(known);
        return SQLITE_OK;
    }

    static int access(sqlite3_vfs* system, char const* name, int what, int* into) {
        auto& here = disk(system);
        lock_guard const held{here.guard_};
        if (here.fails(call::look)) return SQLITE_IOERR_ACCESS;
        auto const known = here.files_.find(name);
        bool const there = known != here.files_.end();
        *into = there && (what != SQLITE_ACCESS_EXISTS || !known->second->bytes.empty()) ? 1 : 0;
        return SQLITE_OK;
    }

    static int full_name(sqlite3_vfs*, char const* name, int room, char* into) {
        if (std::strlen(name) >= static_cast<std::size_t>(room)) return SQLITE_CANTOPEN;
        std::strcpy(into, name);
        return SQLITE_OK;
    }

    static int randomness(sqlite3_vfs* system, int count, char* into) {
        auto& here = disk(system);
        lock_guard const held{here.guard_};
        for (int at = 0; at < count; ++at) into[at] = static_cast<char>(here.random_() & 0xffU);
        return count;
    }

    // Waiting is for other threads only, and those are quick.
    static int sleep(sqlite3_vfs*, int microseconds) {
        std::this_thread::sleep_for(std::chrono::microseconds{std::min(microseconds, 200)});
        return microseconds;
    }

    static int time(sqlite3_vfs*, double* into) {
        *into = 2460000.5;
        return SQLITE_OK;
    }
    static int last_error(sqlite3_vfs*, int, char*) { return 0; }

    static sqlite3_io_methods const methods;

  private:
    static std::uint32_t page_in(std::string_view frame_header) {
        std::uint32_t page = 0;
        for (std::size_t at = 0; at < 4; ++at) page = page << 8U | static_cast<unsigned char>(frame_header[at]);
        return page;
    }
};

sqlite3_io_methods const simulated_disk::calls::methods{
    2,      close,           read, write,       truncate, sync,  size,    lock,   unlock, reserved, control,
    sector, characteristics, map,  shared_lock, barrier,  unmap, nullptr, nullptr};

simulated_disk::simulated_disk(unsigned seed) : random_{seed} {
    sqlite3_initialize();
    before_ = sqlite3_vfs_find(nullptr);
    own_.iVersion = 1;
    own_.szOsFile = sizeof(open_file);
    own_.mxPathname = 1024;
    own_.zName = "simulated";
    own_.pAppData = this;
    own_.xOpen = calls::open;
    own_.xDelete = calls::remove;
    own_.xAccess = calls::access;
    own_.xFullPathname = calls::full_name;
    own_.xRandomness = calls::randomness;
    own_.xSleep = calls::sleep;
    own_.xCurrentTime = calls::time;
    own_.xGetLastError = calls::last_error;
    sqlite3_vfs_register(&own_, 1);
}

simulated_disk::~simulated_disk() {
    sqlite3_vfs_unregister(&own_);
    sqlite3_vfs_register(before_, 1);
}

void simulated_disk::mount(disk_image const& image) {
    std::lock_guard const held{guard_};
    files_.clear();
    log_.clear();
    files_made_ = 0;
    armed_ = false;
    for (auto const& [name, bytes] : image) {
        auto made = std::make_shared<simulated_file>();
        made->name = name;
        made->number = files_made_++;
        made->bytes = bytes;
        made->is_log = ends_with(name, "-wal");
        files_.emplace(name, std::move(made));
    }
}

void simulated_disk::remove(std::string const& name) {
    std::lock_guard const held{guard_};
    auto const known = files_.find(name);
    if (known == files_.end()) return;
    record({disk_change::kind::removed, known->second->number, 0, {}, true});
    files_.erase(known);
}

disk_image simulated_disk::files() const {
    std::lock_guard const held{guard_};
    disk_image all;
    for (auto const& [name, file] : files_) all.emplace(name, file->bytes);
    return all;
}

void simulated_disk::fail(disk_fault const& fault) {
    std::lock_guard const held{guard_};
    fault_ = fault;
    armed_ = true;
    seen_ = 0;
    failed_ = false;
}

void simulated_disk::heal() {
    std::lock_guard const held{guard_};
    armed_ = false;
}

bool simulated_disk::has_failed() const {
    std::lock_guard const held{guard_};
    return failed_;
}

void simulated_disk::count_anew() {
    std::lock_guard const held{guard_};
    counts_ = {};
}

disk_counts simulated_disk::counts() const {
    std::lock_guard const held{guard_};
    return counts_;
}

std::size_t simulated_disk::changes() const {
    std::lock_guard const held{guard_};
    return log_.size();
}

bool simulated_disk::fails(call what) {
    if (!armed_) return false;
    bool const takes_space = what == call::write || what == call::sync || what == call::make || what == call::map;
    if (fault_.error == disk_error::full && !takes_space) return false;
    ++seen_;
    if (seen_ != fault_.call && !(fault_.for_good && seen_ > fault_.call)) return false;
    failed_ = true;
    return true;
}

void simulated_disk::record(disk_change change) { log_.push_back(std::move(change)); }

// --- power -------------------------------------------------------------------------------------------------------

power_loss::power_loss(disk_image const& before, std::vector<disk_change> const& log) : log_{log} {
    for (auto const& [name, bytes] : before) {
        auto& one = files_.emplace_back();
        one.name = name;
        one.synced = bytes;
        one.made = true;
    }
}

namespace {

void apply(disk_change const& change, std::string& bytes) {
    if (change.what == disk_change::kind::written) put(bytes, change.at, change.bytes);
    if (change.what == disk_change::kind::cut) bytes.resize(static_cast<std::size_t>(change.at));
}

// Each sector that the write touches is either as before or as written.
void apply_torn(disk_change const& change, std::string& bytes, std::mt19937& random) {
    if (change.what == disk_change::kind::cut) {
        if (random() % 2 == 0) apply(change, bytes);
        return;
    }
    std::size_t done = 0;
    while (done < change.bytes.size()) {
        auto const start = static_cast<std::size_t>(change.at) + done;
        auto const room = sector_bytes - start % sector_bytes;
        auto const piece = std::string_view{change.bytes}.substr(done, room);
        if (random() % 2 == 0) put(bytes, start, piece);
        done += piece.size();
    }
}

}  // namespace

void power_loss::advance_to(std::size_t changes) {
    for (; next_ < changes; ++next_) take(log_[next_]);
}

void power_loss::take(disk_change const& change) {
    if (change.what == disk_change::kind::made) {
        if (files_.size() <= change.file) files_.resize(change.file + 1);
        files_[change.file].name = change.bytes;
        return;
    }
    auto& one = files_[change.file];
    switch (change.what) {
        case disk_change::kind::synced:
            for (auto const* waiting : one.waiting) apply(*waiting, one.synced);
            one.waiting.clear();
            one.made = true;
            break;
        case disk_change::kind::removed: one.removed = true; break;
        default: one.waiting.push_back(&change);
    }
    if (!change.directory) return;
    for (auto& any : files_) {
        any.made = true;
        any.removed_surely = any.removed;
    }
}

disk_image power_loss::image(std::mt19937& random) const { return kept(static_cast<keep>(random() % 5), random); }

disk_image power_loss::least() const {
    std::mt19937 none;
    return kept(keep::nothing, none);
}

disk_image power_loss::kept(keep how, std::mt19937& random) const {
    disk_image left;
    for (auto const& one : files_) {
        if (one.removed_surely) continue;
        auto const perhaps = [&] { return how == keep::all || (how != keep::nothing && random() % 2 == 0); };
        if (!one.made && !perhaps()) continue;
        if (one.removed && perhaps()) {
            left.erase(one.name);
            continue;
        }
        auto bytes = one.synced;
        auto count = one.waiting.size();
        if (how == keep::nothing) count = 0;
        if (how == keep::beginning) count = random() % (count + 1);
        for (std::size_t at = 0; at < count; ++at) {
            bool const whole = how == keep::all || how == keep::beginning || (how == keep::some && random() % 2 == 0);
            if (whole) apply(*one.waiting[at], bytes);
            if (how == keep::sectors) apply_torn(*one.waiting[at], bytes, random);
        }
        left[one.name] = std::move(bytes);
    }
    return left;
}

}  // namespace recourse::test
