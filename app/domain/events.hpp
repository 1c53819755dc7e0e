#pragma once
#include <aftercare/base/instant.hpp>
#include <aftercare/codec/fields.hpp>
#include <aftercare/model/case.hpp>
#include <aftercare/model/ledger.hpp>
#include <aftercare/model/operation.hpp>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "domain/state.hpp"

namespace aftercare::domain {

struct CaseOpened {
    static constexpr std::string_view kType = "case_opened/1";
    Case c;  // version, due_at, header, amount are derived by apply
};
template <class Io>
void fields(Io& io, CaseOpened& e) { io("case", e.c); }

/// The bodies of all events; each has kType and fields.
using EventBody = std::variant<CaseOpened>;

/// One event of a case's stream. Time and actor are in it; apply needs nothing else.
struct Event {
    Instant at;
    StaffId actor_id;  // empty: system or plugin
    Role actor_role = Role::system;
    EventBody body;
};

/// The only code that changes domain state. Cannot fail. Each event raises c.version by 1, and order.seq by 1 when
/// moves_order(event). Derived fields (status, header, due_at, amount) are recomputed.
void apply(CaseState& state, const Event& event);
/// True when the event moves units or money of the order (it then carries an order_seq).
bool moves_order(const Event& event);
std::string_view type_of(const Event& event);

}  // namespace aftercare::domain
