#pragma once
#include <aftercare/codec/fields.hpp>
#include <functional>
#include <string>
#include <vector>

#include "domain/decision.hpp"
#include "store/calendar.hpp"
#include "store/photos.hpp"
#include "store/store.hpp"

/// The change of section 16 for cases: hold, key, load, version, decide, save.
namespace aftercare::store {

/// The answer of every change of a case.
struct CaseChanged {
    static constexpr std::string_view kSchema = "CaseChanged";
    CaseId case_id;
    std::string number;
    CaseStatus status{};
    std::int64_t version = 0;
    OperationId operation_id;         ///< made or changed by this act
    std::vector<std::string> events;  ///< types of the events, in order
    bool operator==(const CaseChanged&) const = default;
};
template <class Io>
void fields(Io& io, CaseChanged& c) {
    io("case_id", c.case_id);
    io("number", c.number);
    io("status", c.status);
    io("version", c.version);
    io("operation_id", c.operation_id, maybe);
    io("events", c.events);
}

/// What a decision may look at besides the state.
struct CaseSurroundings {
    std::vector<domain::Policy> policies;  ///< the version in force for the order's channel, then those that the operations were made under
    ShopCalendar calendar;
    std::string tracking_used_by;          ///< Facts::tracking_used_by, of the number that was asked for
    domain::Known known;                   ///< as far as the policies ask for it
    std::vector<domain::Shift> shifts;     ///< Facts::shifts, when they were asked for
    /// The version an operation keeps; without an operation the one in force.
    [[nodiscard]] const domain::Policy& policy_for(const domain::CaseState& state, const OperationId& operation) const;
};

/// A decision with the notes that its events name.
struct CaseDecision {
    domain::Decision decision;
    std::vector<Note> notes;
    const domain::Calendar* calendar = nullptr;  ///< plans revisits when the case closes; without it none are (history of files)
    NamedPhotos photos{};                        ///< that its events name; each must be of the case's shop
};
using Decide = std::function<Result<CaseDecision>(const domain::CaseState&, const CaseSurroundings&)>;
/// What a command wants to know of other cases of the shop.
struct Wanted {
    std::string tracking;  ///< who has a parcel with this number on its way; the number is held until the change ends
    bool shifts = false;   ///< who is on duty
};

/// Loads the whole state; `not_found` when there is none. `holds`: take the locks first (inside a change).
Result<domain::CaseState> load_case(Tx& tx, const CaseId& id, bool holds);
/// An order with its ledgers, as every case of it sees it. `not_found` "order_not_found".
Result<domain::OrderState> load_order(Tx& tx, const OrderId& id, bool holds);
/// What its customer was let keep in the longest time that a policy looks back, into `known`.
void load_kept(Tx& tx, const domain::CaseState& state, Instant now, domain::Known& known);
/// What the other cases of its order send again, into `known` (I32).
void load_again(Tx& tx, const domain::CaseState& state, domain::Known& known);
/// Compensation promised in the last weeks, in the scope of the policy: its channel, or the whole shop.
void load_given(Tx& tx, const ShopId& shop, const domain::Policy& policy, Instant now, domain::Known& known);
/// The order of one of its lines; `not_found` "order_not_found".
Result<domain::OrderState> order_of_line(Tx& tx, const OrderLineId& line);
CaseSurroundings load_surroundings(Tx& tx, const domain::CaseState& state, Instant now);

/// Changes one case. `actor` must see its shop, else `not_found`.
Result<CaseChanged> change_case(Store& store, const CaseId& id, const domain::Actor& actor, const Guard& guard, const Decide& decide,
                                const Wanted& wanted = {});
/// Makes a new case: `decide` gets a state with only the order (held) when `order_id` is given, and c.shop_id, id and number set.
Result<CaseChanged> new_case(Store& store, const CaseId& id, const std::string& number, const ShopId& shop, const OrderId& order_id, const Guard& guard,
                             const Decide& decide);

/// The same inside a change that does more (outbox answers, imports). Adds its hints to `hints`, which must live
/// until the change has ended (PostgreSQL fills some with COMMIT); the caller sends them then.
Result<CaseChanged> change_case_in(Tx& tx, const CaseId& id, const domain::Actor& actor, const Guard& guard,
                                   const Decide& decide, std::vector<Hint>& hints, const Wanted& wanted = {});
/// A new case inside a change that does more; its order, if any, is held by the caller.
Result<CaseChanged> new_case_in(Tx& tx, const CaseId& id, const std::string& number, const ShopId& shop,
                                const OrderId& order_id, const Guard& guard, const Decide& decide, std::vector<Hint>& hints);
/// Writes what `decision` says on top of `before`: events, rows, outbox. Returns the state after.
domain::CaseState save_decision(Tx& tx, const domain::CaseState& before, const CaseDecision& decision, bool is_new);
/// Drops the derived rows of a case and of its order and writes `derived` in their place (`check --rebuild`).
void rewrite_case(Tx& tx, const Case& stored, const domain::CaseState& derived);

}  // namespace aftercare::store
