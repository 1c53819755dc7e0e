#pragma once
#include "domain/kinds.hpp"
#include "usecase/staff.hpp"

/// What may be asked for: the kinds and ways of operations with their reasons, so that forms need no table of their own.
namespace aftercare::usecase {

struct KindReason {
    static constexpr std::string_view kSchema = "KindReason";
    Reason reason{};
    Fault fault{};  ///< whose it is, unless staff say otherwise
    bool needs_photo = false, needs_lines = false;
};
template <class Io>
void fields(Io& io, KindReason& r) {
    io("reason", r.reason);
    io("fault", r.fault);
    io("needs_photo", r.needs_photo);
    io("needs_lines", r.needs_lines);
}
/// `home`: buckets in which the units asked for must be; none: it takes no units, and lines are those that were sent.
struct KindView {
    static constexpr std::string_view kSchema = "Kind";
    OperationKind kind{};
    SubKind sub_kind{};
    std::vector<Bucket> home;
    std::vector<KindReason> reasons;
    AmountAsked amount{};
    bool window = false;      ///< the return window counts
    bool comes_back = false;  ///< the goods come back to us
    bool ships_back = false;  ///< the customer ships them
    bool chooses = false;     ///< the customer may get other goods instead
};
template <class Io>
void fields(Io& io, KindView& k) {
    io("kind", k.kind);
    io("sub_kind", k.sub_kind);
    io("home", k.home);
    io("reasons", k.reasons);
    io("amount", k.amount);
    io("window", k.window);
    io("comes_back", k.comes_back);
    io("ships_back", k.ships_back);
    io("chooses", k.chooses);
}
struct KindList {
    static constexpr std::string_view kSchema = "KindList";
    std::vector<KindView> items;
};
template <class Io>
void fields(Io& io, KindList& l) {
    io("items", l.items);
}
/// The first way of each kind is its usual one. For whoever is signed in.
Result<KindList> list_kinds(Context&, const Actor&, const Nothing&);

}  // namespace aftercare::usecase
