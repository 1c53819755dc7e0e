#pragma once
#include <aftercare/model/operation.hpp>
#include <aftercare/model/words.hpp>
#include <array>
#include <cstdint>

namespace aftercare {
AC_WORDS(AmountAsked, never, may, must);  ///< may: no amount asked for is all that the goods are worth
}  // namespace aftercare

/// The kinds of operation as one table (after-sales.md sections 2, 3 and 8): what each does with goods.
namespace aftercare::domain {

using WordSet = std::uint32_t;
template <class E, class... Es>
constexpr WordSet set_of(E first, Es... rest) {
    return (1u << static_cast<unsigned>(first)) | (0u | ... | (1u << static_cast<unsigned>(rest)));
}
template <class E>
constexpr bool in(WordSet set, E value) {
    return (set >> static_cast<unsigned>(value)) & 1u;
}

/// What happens to the units at the approval itself, where nothing comes back.
enum class Settles { later, cancelled, consumed, repriced, no_units, sent_again };

struct KindRule {
    OperationKind kind;
    SubKind sub_kind;
    WordSet home;     ///< buckets of the units it may ask for, and in which they wait; 0: it holds none
    bool window;      ///< G-window and exclusions apply
    bool checked;     ///< an approval waits for a check
    bool comes_back;  ///< the goods come back to us
    bool goes_out;    ///< goods go to the customer in the end
    Settles settles;
    AmountAsked amount;
};

// clang-format off
/// The first row of a kind is its usual one.
namespace table {
using O = OperationKind; using U = SubKind; using B = Bucket; using A = AmountAsked;
inline constexpr WordSet kWith = set_of(B::with_customer), kOut = set_of(B::in_transit_out), kIn = set_of(B::unshipped);
inline constexpr std::array kKinds{
    //       kind              sub-kind             home                window checked back   out    settles             amount
    KindRule{O::return_refund, U::none,             kWith,              true,  false,  true,  false, Settles::later,      A::never},
    KindRule{O::refund_only,   U::keep_goods,       kWith,              true,  false,  false, false, Settles::consumed,   A::may},
    KindRule{O::refund_only,   U::unshipped_cancel, kIn,                false, true,   false, false, Settles::cancelled,  A::never},
    KindRule{O::refund_only,   U::intercept,        kOut,               false, true,   true,  false, Settles::later,      A::never},
    KindRule{O::refund_only,   U::not_received,     kOut | kWith,       false, true,   false, false, Settles::consumed,   A::never},
    KindRule{O::refund_only,   U::price_adjust,     kIn | kOut | kWith, false, false,  false, false, Settles::repriced,   A::must},
    KindRule{O::refund_only,   U::goodwill,         0,                  false, false,  false, false, Settles::no_units,   A::must},
    KindRule{O::exchange,      U::after_receipt,    kWith,              true,  false,  true,  true,  Settles::later,      A::never},
    KindRule{O::exchange,      U::advance,          kWith,              true,  false,  true,  true,  Settles::later,      A::never},
    KindRule{O::exchange,      U::cross,            kWith,              true,  false,  true,  true,  Settles::later,      A::never},
    KindRule{O::repair,        U::none,             kWith,              false, false,  true,  true,  Settles::later,      A::never},
    KindRule{O::reissue,       U::unit,             kOut | kWith,       false, true,   false, true,  Settles::sent_again, A::never},
    KindRule{O::reissue,       U::part,             0,                  false, true,   false, true,  Settles::sent_again, A::never},
};
}  // namespace table
// clang-format on

/// Null: the kind has no such sub-kind.
constexpr const KindRule* find_kind(OperationKind kind, SubKind sub_kind) {
    for (const auto& rule : table::kKinds)
        if (rule.kind == kind && rule.sub_kind == sub_kind) return &rule;
    return nullptr;
}
constexpr const KindRule& usual_of(OperationKind kind) {
    for (const auto& rule : table::kKinds)
        if (rule.kind == kind) return rule;
    return table::kKinds.front();
}
constexpr const KindRule& kind_of(const Operation& o) {
    const KindRule* rule = find_kind(o.kind, o.sub_kind);
    return rule ? *rule : table::kKinds.front();
}
/// Goods of the operation come back and stay with us.
constexpr bool is_return(const Operation& o) { return kind_of(o).comes_back && !kind_of(o).goes_out; }
/// The replacement leaves before the old goods are here.
constexpr bool sends_first(const Operation& o) { return o.sub_kind == SubKind::advance || o.sub_kind == SubKind::cross; }

}  // namespace aftercare::domain
