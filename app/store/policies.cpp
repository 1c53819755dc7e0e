#include "store/policies.hpp"

#include <aftercare/codec/json.hpp>

#include "sql/policies.hpp"

namespace aftercare::store {
namespace {

std::optional<domain::Policy> first(Tx& tx, const db::Query& query, db::Args args) {
    std::optional<domain::Policy> found;
    tx.run(query, args, [&](const db::Row& row) { found = read_policy(row); });
    return found;
}

}  // namespace

domain::Policy read_policy(const db::Row& row) {
    auto terms = decode<domain::PolicyTerms>(row.text(4));
    if (!terms) throw db::DbError(db::DbErrorKind::corrupt, "the terms of policy " + std::string(row.text(0)) + " cannot be read");
    return {PolicyId(std::string(row.text(0))), ShopId(std::string(row.text(1))), row.integer(2), {row.integer(3)},
            std::move(*terms)};
}

void insert_policy(Tx& tx, const domain::Policy& policy, const StaffId& made_by) {
    const std::string terms = encode(policy.terms);
    tx.write(sql::policies::insert_policy,
             {{"id", policy.id.value},
              {"shop_id", policy.shop_id.value},
              {"version", policy.version},
              {"valid_from", policy.valid_from.ms},
              {"terms", terms},
              {"made_by", made_by.empty() ? db::Value(nullptr) : db::Value(std::string_view(made_by.value))}});
}

std::vector<domain::Policy> policies_of_shop(Tx& tx, const ShopId& shop) {
    std::vector<domain::Policy> found;
    tx.run(sql::policies::policies_of_shop, {{"shop_id", shop.value}},
           [&](const db::Row& row) { found.push_back(read_policy(row)); });
    return found;
}

std::optional<domain::Policy> find_policy(Tx& tx, const PolicyId& id) {
    return first(tx, sql::policies::find_policy, {{"id", id.value}});
}
std::optional<domain::Policy> policy_at(Tx& tx, const ShopId& shop, Instant at) {
    return first(tx, sql::policies::policy_at, {{"shop_id", shop.value}, {"at", at.ms}});
}
std::optional<domain::Policy> last_policy(Tx& tx, const ShopId& shop) {
    return first(tx, sql::policies::last_policy, {{"shop_id", shop.value}});
}

}  // namespace aftercare::store
