#pragma once
#include <string>
#include <tl/expected.hpp>
#include <utility>
#include <vector>

namespace aftercare {

/// What sort of "no" it is; decides the HTTP status and what a job does next (architecture.md, section 8).
enum class ErrorKind { invalid, unauthenticated, forbidden, not_found, refused, stale, conflict, limited, unavailable };

/// One field that is wrong: a JSON pointer ("/lines/0/qty") and a stable code ("out_of_range").
struct FieldError {
    std::string pointer;
    std::string code;
    bool operator==(const FieldError&) const = default;
};

/// What would make a refused act legal: a stable code with its values, in the order the sentence uses them.
struct Remedy {
    std::string code;
    std::vector<std::pair<std::string, std::string>> params;
    bool operator==(const Remedy&) const = default;
};

/// An expected failure. `code` is the contract ("return_window_passed"); sentences are made from it at the border.
/// `params` fill the sentence of `code`; `detail` is for logs and operators, never for customers.
struct Error {
    ErrorKind kind = ErrorKind::invalid;
    std::string code;
    std::vector<FieldError> fields{};
    std::vector<Remedy> remedies{};
    std::vector<std::pair<std::string, std::string>> params{};
    std::string detail{};
    bool operator==(const Error&) const = default;
};

template <class T>
struct [[nodiscard]] Result : tl::expected<T, Error> {
    using tl::expected<T, Error>::expected;
};

inline tl::unexpected<Error> fail(Error error) { return tl::unexpected<Error>(std::move(error)); }
inline tl::unexpected<Error> fail(ErrorKind kind, std::string code) {
    return fail(Error{kind, std::move(code), {}, {}, {}, {}});
}
inline tl::unexpected<Error> fail(ErrorKind kind, std::string code, Remedy remedy) {
    return fail(Error{kind, std::move(code), {}, {std::move(remedy)}, {}, {}});
}
/// An `invalid` about one field.
inline tl::unexpected<Error> fail_field(std::string pointer, std::string code) {
    return fail(Error{ErrorKind::invalid, "invalid_fields", {{std::move(pointer), std::move(code)}}, {}, {}, {}});
}

}  // namespace aftercare

#define AC_CAT2(a, b) a##b
#define AC_CAT(a, b) AC_CAT2(a, b)
/// `AC_TRY(Case current, store.find(id));` declares `current`, or returns the error of the expression.
#define AC_TRY(decl, expr)                                                              \
    auto AC_CAT(ac_try_, __LINE__) = (expr);                                            \
    if (!AC_CAT(ac_try_, __LINE__)) return tl::make_unexpected(std::move(AC_CAT(ac_try_, __LINE__).error())); \
    decl = std::move(*AC_CAT(ac_try_, __LINE__))
/// `AC_CHECK(require(actor, p));` returns the error of the expression, if any.
#define AC_CHECK(expr) \
    if (auto ac_check_ = (expr); !ac_check_) return tl::make_unexpected(std::move(ac_check_.error()))
