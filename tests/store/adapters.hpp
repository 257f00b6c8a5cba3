// The adapters that the conformance suite runs over. Each registers itself, so that one that was not built is not there.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "recourse/store/archive.hpp"
#include "recourse/store/store.hpp"

namespace store_samples {

struct opened {
    std::shared_ptr<void> place;  // outlives the store in it
    std::unique_ptr<recourse::store::contract> contract;
    recourse::store::contract* operator->() const { return contract.get(); }
    recourse::store::contract& operator*() const { return *contract; }
};

struct adapter {
    std::string_view name;
    opened (*open)();                           // a new store with nothing in it
    opened (*open_again)(opened const& first);  // the same one over another connection; nullptr if it has none
    // Its archive, and whether an append brings a dispute back from there; nullptr if it has none.
    std::unique_ptr<recourse::store::archive> (*open_archive)(opened const& first) = nullptr;
    bool appends_bring_back = false;
};

inline std::vector<adapter>& adapters() {
    static std::vector<adapter> all;
    return all;
}

struct registered {
    explicit registered(adapter const& one) { adapters().push_back(one); }
};

}  // namespace store_samples
