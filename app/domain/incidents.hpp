#pragma once
#include <aftercare/model/matter.hpp>
#include <aftercare/model/words.hpp>
#include <string_view>

namespace aftercare {
/// What became of a unified reply in one linked case.
AC_WORDS(Reached, waiting, sent, refused);
}  // namespace aftercare

/// One cause behind many cases, and one reply to all of them.
namespace aftercare::domain {

/// Cases of these kinds gather others by links.
constexpr bool gathers(CaseKind kind) { return kind == CaseKind::incident || kind == CaseKind::product_defect; }

/// What of a linked case says whether a reply comes to somebody.
struct Recipient {
    CaseKind kind{};
    Channel channel{};
    bool closed = false;
    bool customer = false;         ///< it has one
    bool contact = false;          ///< a number, a mail or an account of the customer is known
    bool contact_refused = false;  ///< the customer wants to hear nothing more
};
/// Why a unified reply does not go there; empty: it does. "gathers_itself", "case_already_closed", "contact_refused", "no_customer", "no_way_to_reach".
std::string_view unreachable(const Recipient&);

}  // namespace aftercare::domain
