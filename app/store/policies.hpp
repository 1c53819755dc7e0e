#pragma once
#include <optional>
#include <vector>

#include "domain/policies.hpp"
#include "store/store.hpp"

/// Versions of a shop's policy. Rows are never changed: a change is the next version. Functions may throw DbError.
namespace aftercare::store {

/// A row of id, shop_id, version, valid_from, terms.
domain::Policy read_policy(const db::Row& row);

/// `made_by` is empty for the first one, which comes with the shop.
void insert_policy(Tx&, const domain::Policy&, const StaffId& made_by);
std::vector<domain::Policy> policies_of_shop(Tx&, const ShopId&);  ///< newest first
std::optional<domain::Policy> find_policy(Tx&, const PolicyId&);
/// The version in force at an instant: the newest one valid by then.
std::optional<domain::Policy> policy_at(Tx&, const ShopId&, Instant at);
std::optional<domain::Policy> last_policy(Tx&, const ShopId&);

}  // namespace aftercare::store
