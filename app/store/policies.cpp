#include "store/policies.hpp"

#include <aftercare/codec/json.hpp>
#include <map>
#include <memory>
#include <mutex>
#include <shared_mutex>

#include "sql/policies.hpp"

namespace aftercare::store {
namespace {

std::optional<domain::Policy> read_first(Tx& tx, const db::Query& query, db::Args args) {
    std::optional<domain::Policy> found;
    tx.run(query, args, [&](const db::Row& row) { found = read_policy(row); });
    return found;
}

/// Terms written before rules of goods named the SKUs that are not taken back in a list.
struct ListedSkus {
    std::vector<std::string> excluded_skus;
};
template <class Io>
void fields(Io& io, ListedSkus& t) {
    io("excluded_skus", t.excluded_skus, maybe);
}

domain::PolicyTerms decode_terms(std::string_view id, std::string_view text) {
    auto terms = decode<domain::PolicyTerms>(text);
    const auto listed = decode<ListedSkus>(text);
    if (!terms || !listed) throw db::DbError(db::DbErrorKind::corrupt, "the terms of policy " + std::string(id) + " cannot be read");
    for (const auto& sku : listed->excluded_skus) {
        auto& rule = terms->goods.emplace_back();
        rule.sku = sku;
        rule.excluded = Exclusion::by_policy;
    }
    return std::move(*terms);
}

/// Each text is parsed once: every load of a case reads its policies, inside the transaction that others wait for.
domain::PolicyTerms read_terms(std::string_view id, std::string_view text) {
    constexpr std::size_t kMostKnown = 256;
    static std::shared_mutex lock;
    static std::map<std::string, std::shared_ptr<const domain::PolicyTerms>, std::less<>> known;
    {
        const std::shared_lock held(lock);
        if (const auto at = known.find(text); at != known.end()) return *at->second;
    }
    auto terms = std::make_shared<const domain::PolicyTerms>(decode_terms(id, text));
    const std::unique_lock held(lock);
    if (known.size() >= kMostKnown) known.clear();
    known.insert_or_assign(std::string(text), terms);
    return *terms;
}

OverriddenRule rule_in(std::string_view text) { return from_word<OverriddenRule>(text).value_or(OverriddenRule::none); }
std::string text_or_empty(const db::Row& row, int at) { return row.is_null(at) ? std::string() : std::string(row.text(at)); }

}  // namespace

domain::Policy read_policy(const db::Row& row) {
    return {PolicyId(std::string(row.text(0))), ShopId(std::string(row.text(1))), row.integer(2), {row.integer(3)}, read_terms(row.text(0), row.text(4)),
            {row.integer(5)}, std::string(row.text(6)), std::string(row.text(7)), std::string(row.text(8))};
}

void insert_policy(Tx& tx, const domain::Policy& policy, const StaffId& made_by) {
    const std::string terms = encode(policy.terms);
    tx.write(sql::policies::end_policies, {{"shop_id", policy.shop_id.value}, {"channel", policy.channel}, {"at", policy.valid_from.ms}});
    tx.write(sql::policies::insert_policy,
             {{"id", policy.id.value},
              {"shop_id", policy.shop_id.value},
              {"version", policy.version},
              {"valid_from", policy.valid_from.ms},
              {"terms", terms},
              {"made_by", made_by.empty() ? db::Value(nullptr) : db::Value(std::string_view(made_by.value))},
              {"valid_to", policy.valid_to.ms},
              {"channel", policy.channel},
              {"source", policy.source},
              {"source_url", policy.source_url}});
}

std::vector<MadePolicy> policies_of_shop(Tx& tx, const ShopId& shop) {
    std::vector<MadePolicy> found;
    tx.run(sql::policies::policies_of_shop, {{"shop_id", shop.value}}, [&](const db::Row& row) {
        found.push_back({read_policy(row), StaffId(text_or_empty(row, 9)), text_or_empty(row, 10)});
    });
    return found;
}

std::vector<std::string> channels_of_shop(Tx& tx, const ShopId& shop) {
    std::vector<std::string> found;
    tx.run(sql::policies::channels_of_shop, {{"shop_id", shop.value}}, [&](const db::Row& row) { found.emplace_back(row.text(0)); });
    return found;
}

std::optional<domain::Policy> find_policy(Tx& tx, const PolicyId& id) {
    return read_first(tx, sql::policies::find_policy, {{"id", id.value}});
}
std::optional<domain::Policy> policy_at(Tx& tx, const ShopId& shop, const std::string& channel, Instant at) {
    std::vector<domain::Policy> valid;
    tx.run(sql::policies::policies_at, {{"shop_id", shop.value}, {"at", at.ms}}, [&](const db::Row& row) { valid.push_back(read_policy(row)); });
    const domain::Policy* policy = domain::in_force(valid, channel, at);
    return policy ? std::optional(*policy) : std::nullopt;
}
std::optional<domain::Policy> last_policy(Tx& tx, const ShopId& shop) {
    return read_first(tx, sql::policies::last_policy, {{"shop_id", shop.value}});
}
std::optional<domain::Policy> last_policy(Tx& tx, const ShopId& shop, const std::string& channel) {
    return read_first(tx, sql::policies::last_of_channel, {{"shop_id", shop.value}, {"channel", channel}});
}

std::vector<OverrideCount> override_counts(Tx& tx, const ShopId& shop, Instant since) {
    std::vector<OverrideCount> found;
    tx.run(sql::policies::override_counts, {{"shop_id", shop.value}, {"since", since.ms}}, [&](const db::Row& row) {
        found.push_back({PolicyId(std::string(row.text(0))), rule_in(row.text(1)), StaffId(text_or_empty(row, 2)), text_or_empty(row, 3), row.integer(4)});
    });
    return found;
}

std::vector<Override> overrides(Tx& tx, const ShopId& shop, Instant since, std::int64_t limit) {
    std::vector<Override> found;
    tx.run(sql::policies::overrides, {{"shop_id", shop.value}, {"since", since.ms}, {"limit", limit}}, [&](const db::Row& row) {
        found.push_back({OperationId(std::string(row.text(0))), CaseId(std::string(row.text(1))), std::string(row.text(2)), PolicyId(std::string(row.text(3))),
                         rule_in(row.text(4)), StaffId(text_or_empty(row, 5)), text_or_empty(row, 6), {row.integer(7)}});
    });
    return found;
}

}  // namespace aftercare::store
