// What a value rarely has takes 8 bytes while it has none of it: a record is kept in memory for every open dispute.
//
//     rarely<ruling> decided;              // 8 bytes; reads as a ruling{}
//     decided->awarded.has_value()         // false
//     decided.change().awarded = agreed;   // from now on it has a ruling of its own
//
// Both are values: copies are deep, and two are equal if what they read as is.
#pragma once

#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

namespace recourse {

// A T that mostly is T{}. Reading is by * and ->, writing by change().
template <class T>
class rarely {
  public:
    using value_type = T;

    rarely() noexcept = default;
    rarely(rarely const& from) : held_{from.held_ ? std::make_unique<T>(*from.held_) : nullptr} {}
    rarely(rarely&&) noexcept = default;
    rarely& operator=(rarely const& from) {
        if (!from.held_)
            held_.reset();
        else if (this != &from)
            change() = *from.held_;
        return *this;
    }
    rarely& operator=(rarely&&) noexcept = default;
    rarely& operator=(T value) {
        if (value == usual())
            held_.reset();
        else
            change() = std::move(value);
        return *this;
    }
    ~rarely() = default;

    [[nodiscard]] T const& operator*() const noexcept { return held_ ? *held_ : usual(); }
    [[nodiscard]] T const* operator->() const noexcept { return &**this; }
    [[nodiscard]] T& change() {
        if (!held_) held_ = std::make_unique<T>();
        return *held_;
    }
    friend bool operator==(rarely const& left, rarely const& right) {
        return left.held_ == right.held_ || *left == *right;
    }

  private:
    static T const& usual() noexcept {
        static T const one{};
        return one;
    }
    std::unique_ptr<T> held_;
};

// A list that mostly is empty.
template <class T>
class few {
  public:
    using value_type = T;

    few() noexcept = default;
    few(few const& from) : held_{from.empty() ? nullptr : std::make_unique<std::vector<T>>(*from.held_)} {}
    few(few&&) noexcept = default;
    few& operator=(few const& from) {
        if (from.empty())
            held_.reset();
        else if (this != &from)
            list() = *from.held_;
        return *this;
    }
    few& operator=(few&&) noexcept = default;
    ~few() = default;

    [[nodiscard]] std::size_t size() const noexcept { return held_ ? held_->size() : 0; }
    [[nodiscard]] bool empty() const noexcept { return size() == 0; }
    [[nodiscard]] T* begin() noexcept { return held_ ? held_->data() : nullptr; }
    [[nodiscard]] T* end() noexcept { return begin() + size(); }
    [[nodiscard]] T const* begin() const noexcept { return held_ ? held_->data() : nullptr; }
    [[nodiscard]] T const* end() const noexcept { return begin() + size(); }
    // As of a std::vector: not of an empty list, not beyond its end.
    [[nodiscard]] T& operator[](std::size_t at) noexcept { return (*held_)[at]; }
    [[nodiscard]] T const& operator[](std::size_t at) const noexcept { return (*held_)[at]; }
    [[nodiscard]] T& front() noexcept { return held_->front(); }
    [[nodiscard]] T const& front() const noexcept { return held_->front(); }
    [[nodiscard]] T& back() noexcept { return held_->back(); }
    [[nodiscard]] T const& back() const noexcept { return held_->back(); }

    void push_back(T one) { list().push_back(std::move(one)); }
    T& emplace_back() { return list().emplace_back(); }
    void clear() noexcept { held_.reset(); }
    template <class Predicate>
    friend void erase_if(few& from, Predicate gone) {
        if (from.held_) std::erase_if(*from.held_, gone);
    }
    friend bool operator==(few const& left, few const& right) {
        return left.empty() || right.empty() ? left.empty() == right.empty() : *left.held_ == *right.held_;
    }

  private:
    [[nodiscard]] std::vector<T>& list() {
        if (!held_) held_ = std::make_unique<std::vector<T>>();
        return *held_;
    }
    std::unique_ptr<std::vector<T>> held_;
};

}  // namespace recourse
