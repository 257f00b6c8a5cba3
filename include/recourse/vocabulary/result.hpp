// A value, or the reason why there is none. Reading the wrong side is a bug and asserts.
//
//     result<money, refusal> sum = add(a, b);
//     if (!sum) return sum.error();
#pragma once

#include <cassert>
#include <type_traits>
#include <utility>
#include <variant>

namespace recourse {

template <class E>
struct failed {  // marks an error, so that result<T, T> is never ambiguous
    E error;
};
template <class E>
failed(E) -> failed<E>;

template <class T, class E>
class [[nodiscard]] result {
  public:
    using value_type = T;
    using error_type = E;

    template <class U = T>
        requires(std::is_convertible_v<U&&, T> && !std::is_same_v<std::remove_cvref_t<U>, result>)
    constexpr result(U&& value) : side_{std::in_place_index<0>, std::forward<U>(value)} {}
    template <class F>
        requires std::is_convertible_v<F&&, E>
    constexpr result(failed<F> why) : side_{std::in_place_index<1>, std::move(why.error)} {}

    [[nodiscard]] constexpr bool has_value() const noexcept { return side_.index() == 0; }
    constexpr explicit operator bool() const noexcept { return has_value(); }

    [[nodiscard]] constexpr T& value() & { return *checked<0>(side_); }
    [[nodiscard]] constexpr T const& value() const& { return *checked<0>(side_); }
    // By value: `for (auto& one : *list_of(x))` keeps what it walks.
    [[nodiscard]] constexpr T value() && { return std::move(*checked<0>(side_)); }
    constexpr T& operator*() & { return value(); }
    constexpr T const& operator*() const& { return value(); }
    constexpr T operator*() && { return std::move(*this).value(); }
    constexpr T* operator->() { return checked<0>(side_); }
    constexpr T const* operator->() const { return checked<0>(side_); }

    [[nodiscard]] constexpr E& error() & { return *checked<1>(side_); }
    [[nodiscard]] constexpr E const& error() const& { return *checked<1>(side_); }
    [[nodiscard]] constexpr E&& error() && { return std::move(*checked<1>(side_)); }

    friend constexpr bool operator==(result const&, result const&) = default;
    friend constexpr bool operator==(result const& left, T const& right) {
        return left.has_value() && left.value() == right;
    }

  private:
    template <std::size_t Side, class V>
    static constexpr auto* checked(V& side) {
        auto* found = std::get_if<Side>(&side);
        assert(found != nullptr && "read the side of a result that is not there");
        return found;
    }

    std::variant<T, E> side_;
};

}  // namespace recourse
