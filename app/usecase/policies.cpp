#include "usecase/policies.hpp"

#include <aftercare/codec/json.hpp>
#include <algorithm>

#include "domain/guards.hpp"
#include "domain/operations.hpp"
#include "store/orders.hpp"
#include "store/policies.hpp"
#include "store/products.hpp"
#include "store/staff.hpp"
#include "usecase/facts.hpp"
#include "usecase/policy_defaults.hpp"
#include "usecase/staff_parts.hpp"

namespace aftercare::usecase {
namespace {

constexpr std::int64_t kMostOverrides = 200, kMostCategories = 500;

PolicyView view_of(domain::Policy p, const domain::Policy* in_force, std::string made_by) {
    return {p.id, p.shop_id, p.version, p.channel, p.valid_from, p.valid_to, in_force && in_force->id == p.id, p.source, p.source_url, std::move(made_by), std::move(p.terms)};
}

/// A shipped default as its file says it: only the terms that its law speaks of.
struct Shipped {
    std::string code, source, source_url;
    std::vector<std::string> zones;
    RawJson terms;
};
template <class Io>
void fields(Io& io, Shipped& s) {
    io("code", s.code);
    io("zones", s.zones);
    io("source", s.source);
    io("source_url", s.source_url);
    io("terms", s.terms);
}
const std::vector<Shipped>& shipped() {
    static const std::vector<Shipped> all{decode<Shipped>(kPolicyCn).value(), decode<Shipped>(kPolicyEu).value()};
    return all;
}
bool is_for(const Shipped& each, const std::string& zone) { return std::find(each.zones.begin(), each.zones.end(), zone) != each.zones.end(); }

/// The default's terms in place of the base's.
domain::PolicyTerms laid_over(const domain::PolicyTerms& base, const Shipped& each) {
    auto whole = nlohmann::json::parse(encode(base));
    whole.merge_patch(nlohmann::json::parse(each.terms.text));
    return from_json<domain::PolicyTerms>(whole, true).value();
}

Result<void> check_validity(const PutPolicy& in, Instant from) {
    if (in.valid_to.ms == 0) return {};
    if (in.channel.empty()) return fail_field("/valid_to", "not_of_shop");
    if (in.valid_to <= from) return fail_field("/valid_to", "before_start");
    return {};
}

}  // namespace

Result<PolicyList> list_policies(Context& ctx, const Actor& actor, const OneShop& in) {
    AC_CHECK(domain::require(actor, Permission::read_cases));
    AC_CHECK(domain::require_shop(actor, in.shop_id));
    const Instant now = ctx.clock.now();
    return ctx.store.read([&](store::Tx& tx) -> Result<PolicyList> {
        const auto made = store::policies_of_shop(tx, in.shop_id);
        if (made.empty()) return fail(ErrorKind::not_found, "not_found");  // every shop has its first version
        std::vector<domain::Policy> policies;
        for (const auto& each : made) policies.push_back(each.policy);
        PolicyList list{{}, store::channels_of_shop(tx, in.shop_id), store::categories_of_shop(tx, in.shop_id, kMostCategories)};
        for (const auto& each : made) {
            const domain::Policy* current = domain::in_force(policies, each.policy.channel, now);
            list.items.push_back(view_of(each.policy, current, each.made_by_name));
        }
        return list;
    });
}

Result<PolicyView> put_policy(Context& ctx, const Actor& actor, const Guard& guard, const PutPolicy& in) {
    AC_CHECK(domain::require(actor, Permission::manage_policies));
    AC_CHECK(domain::require_shop(actor, in.shop_id));
    AC_CHECK(domain::check_terms(in.terms));
    const PolicyId id = ctx.ids.make<PolicyId>();
    return ctx.store.change(guard, [&](store::Tx& tx) -> Result<PolicyView> {
        const auto newest = store::last_policy(tx, in.shop_id);
        if (!newest) return fail(ErrorKind::not_found, "not_found");
        const auto last = store::last_policy(tx, in.shop_id, in.channel);
        const std::int64_t version = last ? last->version : 0;
        if (guard.expected_version && *guard.expected_version != version) return stale(version);
        Instant from = std::max(guard.now, in.valid_from);
        if (in.valid_from.ms == 0 && last) from = std::max(from, last->valid_from);
        AC_CHECK(check_validity(in, from));
        const domain::Policy next{id, in.shop_id, newest->version + 1, from, in.terms, in.valid_to, in.channel, in.source, in.source_url};
        store::insert_policy(tx, next, actor.staff_id);
        return view_of(next, next.valid_at(guard.now) ? &next : nullptr, store::staff_name(tx, actor.staff_id));
    });
}

Result<PolicyDefaults> policy_defaults(Context& ctx, const Actor& actor, const OneShop& in) {
    AC_CHECK(domain::require(actor, Permission::read_cases));
    AC_CHECK(domain::require_shop(actor, in.shop_id));
    return ctx.store.read([&](store::Tx& tx) -> Result<PolicyDefaults> {
        const auto shop = store::find_shop(tx, in.shop_id);
        const auto base = store::last_policy(tx, in.shop_id, "");
        if (!shop || !base) return fail(ErrorKind::not_found, "not_found");
        PolicyDefaults list;
        for (const auto& each : shipped())
            list.items.push_back({each.code, is_for(each, shop->zone), each.source, each.source_url, laid_over(base->terms, each)});
        return list;
    });
}

domain::Policy first_policy(const PolicyId& id, const ShopId& shop, const std::string& zone, FirstPolicy choice) {
    domain::Policy policy{id, shop, 1, kEarliest, {}};
    for (const auto& each : shipped())
        if (choice == FirstPolicy::by_zone ? is_for(each, zone) : each.code == word(choice)) {
            policy.terms = laid_over(policy.terms, each);
            policy.source = each.source;
            policy.source_url = each.source_url;
        }
    return policy;
}

Result<PolicySimulated> simulate_policy(Context& ctx, const Actor& actor, const Guard& guard, const SimulatePolicy& in) {
    AC_CHECK(domain::require(actor, Permission::read_cases));
    if (in.terms) AC_CHECK(domain::check_terms(*in.terms));
    const std::function<std::string()> next_id = [&ctx] { return ctx.ids.next(); };
    return ctx.store.read([&](store::Tx& tx) -> Result<PolicySimulated> {
        domain::CaseState state;
        AC_TRY(state.order, store::order_of_line(tx, in.order_line_id));
        if (!actor.may_see(state.order.order.shop_id)) return fail(ErrorKind::not_found, "order_not_found");
        state.c.shop_id = state.order.order.shop_id;
        state.c.customer_id = state.order.order.customer_id;
        state.c.order_id = state.order.order.id;
        const auto around = store::load_surroundings(tx, state, guard.now);
        const domain::Policy& policy = around.policies.front();
        domain::Known known = around.known;
        if (in.sub_kind == SubKind::keep_goods) store::load_kept(tx, state, guard.now, known);
        if (in.kind == OperationKind::reissue) store::load_again(tx, state, known);
        if (in.sub_kind == SubKind::goodwill) store::load_given(tx, state.c.shop_id, policy, guard.now, known);
        domain::RequestOperation request;
        request.kind = in.kind;
        request.sub_kind = in.sub_kind;
        request.reason = in.reason;
        request.amount_minor = in.amount_minor;
        const domain::KindRule* kind = domain::find_kind(in.kind, in.sub_kind);
        if (!kind || domain::needs_lines(*kind, in.reason)) request.lines.push_back({in.order_line_id, in.qty, in.new_sku, {}, {}});
        if (in.photo) request.photo_ref = "shown";
        const auto judge = [&](const domain::Policy& by) {
            return domain::simulate(state, request, {guard.now, actor, by, calendar_of(around.calendar), next_id, {}, known});
        };
        PolicySimulated made{policy.version, policy.channel, domain::find_order_line(state.order, in.order_line_id)->sku, {}, state.order.order.currency, {}, {}};
        made.category = known.category_of(made.sku);
        AC_TRY(made.in_force, judge(policy));
        if (!in.terms) return made;
        domain::Policy edited = policy;
        edited.terms = *in.terms;
        AC_TRY(made.edited, judge(edited));
        return made;
    });
}

Result<Overrides> list_overrides(Context& ctx, const Actor& actor, const OverrideQuery& in) {
    AC_CHECK(domain::require(actor, Permission::read_cases));
    AC_CHECK(domain::require_shop(actor, in.shop_id));
    const Instant since = ctx.clock.now() - days(in.days);
    return ctx.store.read([&](store::Tx& tx) -> Result<Overrides> {
        Overrides found;
        for (const auto& each : store::override_counts(tx, in.shop_id, since)) {
            found.total += each.count;
            found.counts.push_back({each.policy_id, each.rule, each.staff_id, each.staff_name, each.count});
        }
        for (const auto& each : store::overrides(tx, in.shop_id, since, kMostOverrides))
            found.items.push_back({each.operation_id, each.case_id, each.case_number, each.policy_id, each.rule, each.staff_id, each.staff_name, each.at});
        return found;
    });
}

}  // namespace aftercare::usecase
