#pragma once
#include "store/staff.hpp"

/// Takes everything of one shop out of the database, slice by slice: each slice leaves whole orders, whole cases and whole
/// customers behind, so that whoever is cut off has lost nothing by halves and may begin again. No permission is asked here.
namespace aftercare::store {

struct ShopContents {
    std::int64_t orders = 0, cases = 0, customers = 0;
};
ShopContents contents(Tx&, const ShopId&);

/// A handover, a roster or a case of another shop says who it is.
bool named_elsewhere(Tx& tx, const StaffId& staff, const ShopId& shop);

/// Switches the shop's connectors off; the ids of those that ran.
std::vector<ConnectorId> stop_connectors(Tx&, const ShopId&);
/// Deletes some orders with their cases, then cases without an order, then customers, then other rows. False: nothing was left.
bool remove_slice(Tx&, const ShopId&, std::int64_t limit);
/// The connectors, the policy and the shop itself; what still hangs on it makes a DbError `foreign_key`.
void remove_shop(Tx&, const ShopId&);
/// A person, or a token, with sessions, saved views and kept answers.
void remove_staff(Tx&, const Staff&);
void remove_token(Tx&, const Token&);

}  // namespace aftercare::store
