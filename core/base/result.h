#pragma once

#include "core/base/error.h"

#include <utility>
#include <variant>

namespace AutoCommit {

/// Either a value or an Error. `[[nodiscard]]` on the class makes a dropped error a warning, and warnings are errors
/// here. (std::expected needs C++23 and clang-tidy 14 cannot parse it; a tl::expected alias is dropped silently.)
template <typename T> class [[nodiscard]] Result
{
public:
    using Value = T;

    Result(T value) // NOLINT(google-explicit-constructor): `return value;` is the point
        : m_state(std::in_place_index<0>, std::move(value))
    { }
    Result(Error error) // NOLINT(google-explicit-constructor)
        : m_state(std::in_place_index<1>, std::move(error))
    { }

    bool ok() const { return m_state.index() == 0; }
    explicit operator bool() const { return ok(); }

    T &value() & { return std::get<0>(m_state); }
    const T &value() const & { return std::get<0>(m_state); }
    T &&value() && { return std::get<0>(std::move(m_state)); }
    T *operator->() { return &value(); }
    const T *operator->() const { return &value(); }
    T &operator*() & { return value(); }
    const T &operator*() const & { return value(); }
    T &&operator*() && { return std::move(*this).value(); }

    const Error &error() const & { return std::get<1>(m_state); }
    Error &&error() && { return std::get<1>(std::move(m_state)); }

private:
    std::variant<T, Error> m_state;
};

template <> class [[nodiscard]] Result<void>
{
public:
    Result() = default;
    Result(Error error) // NOLINT(google-explicit-constructor)
        : m_error(std::move(error))
        , m_ok(false)
    { }

    bool ok() const { return m_ok; }
    explicit operator bool() const { return m_ok; }
    const Error &error() const & { return m_error; }
    Error &&error() && { return std::move(m_error); }

private:
    Error m_error;
    bool m_ok = true;
};

using Status = Result<void>;

} // namespace AutoCommit

#define AC_CONCAT_(a, b) a##b
#define AC_CONCAT(a, b) AC_CONCAT_(a, b)

/// Runs an expression that answers a Result and returns its error from the enclosing function, if it has one.
#define AC_TRY(expression)                                                                                             \
    do {                                                                                                               \
        if (auto acTried = (expression); !acTried)                                                                     \
            return std::move(acTried).error();                                                                         \
    } while (false)

/// `AC_ASSIGN(const auto head, readHead(repo));`: the value, or return the error.
#define AC_ASSIGN(target, expression) AC_ASSIGN_(AC_CONCAT(acResult, __LINE__), target, expression)
#define AC_ASSIGN_(name, target, expression)                                                                           \
    auto name = (expression);                                                                                          \
    if (!name)                                                                                                         \
        return std::move(name).error();                                                                                \
    target = std::move(name).value()
