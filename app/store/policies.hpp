#pragma once
#include <optional>
#include <string>
#include <vector>

#include "domain/policies.hpp"
#include "store/store.hpp"

/// Versions of the policies of a shop and of its channels. Terms are never changed: a change is the next version, and ends the one before it
/// in its scope. Functions may throw DbError.
namespace aftercare::store {

/// A row of id, shop_id, version, valid_from, terms, valid_to, channel, source, source_url.
domain::Policy read_policy(const db::Row& row);

/// Ends what its scope has at its `valid_from` and later, then writes it. `made_by` is empty for the first one, which comes with the shop.
void insert_policy(Tx&, const domain::Policy&, const StaffId& made_by);

struct MadePolicy {
    domain::Policy policy;
    StaffId made_by;
    std::string made_by_name;
};
std::vector<MadePolicy> policies_of_shop(Tx&, const ShopId&);  ///< newest first, of every scope
std::vector<std::string> channels_of_shop(Tx&, const ShopId&);  ///< that its newest orders came by
std::optional<domain::Policy> find_policy(Tx&, const PolicyId&);
/// The version in force at an instant for orders of a channel.
std::optional<domain::Policy> policy_at(Tx&, const ShopId&, const std::string& channel, Instant at);
std::optional<domain::Policy> last_policy(Tx&, const ShopId&);  ///< of any scope: the next number follows it
std::optional<domain::Policy> last_policy(Tx&, const ShopId&, const std::string& channel);

/// Rules that leads let pass, since an instant.
struct OverrideCount {
    PolicyId policy_id;
    OverriddenRule rule{};
    StaffId staff_id;
    std::string staff_name;
    std::int64_t count = 0;
};
struct Override {
    OperationId operation_id;
    CaseId case_id;
    std::string case_number;
    PolicyId policy_id;
    OverriddenRule rule{};
    StaffId staff_id;
    std::string staff_name;
    Instant at;
};
std::vector<OverrideCount> override_counts(Tx&, const ShopId&, Instant since);
std::vector<Override> overrides(Tx&, const ShopId&, Instant since, std::int64_t limit);  ///< newest first

}  // namespace aftercare::store
