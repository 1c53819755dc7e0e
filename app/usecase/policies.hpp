#pragma once
#include "domain/policies.hpp"
#include "domain/simulation.hpp"
#include "usecase/context.hpp"
#include "usecase/staff.hpp"
#include "usecase/views.hpp"

/// Policies of shops and of their channels: versions, shipped defaults, what a change would mean, and the rules that leads let pass.
namespace aftercare::usecase {

struct PolicyView {
    static constexpr std::string_view kSchema = "Policy";
    PolicyId id;
    ShopId shop_id;
    std::int64_t version = 1;
    std::string channel;
    Instant valid_from, valid_to;
    bool in_force = false;
    std::string source, source_url, made_by_name;
    domain::PolicyTerms terms;
};
template <class Io>
void fields(Io& io, PolicyView& p) {
    io("id", p.id);
    io("shop_id", p.shop_id);
    io("version", p.version);
    io("channel", p.channel, maybe);
    io("valid_from", p.valid_from);
    io("valid_to", p.valid_to, maybe);
    io("in_force", p.in_force, maybe);
    io("source", p.source, maybe);
    io("source_url", p.source_url, maybe);
    io("made_by_name", p.made_by_name, maybe);
    io("terms", p.terms);
}
struct PolicyList {
    static constexpr std::string_view kSchema = "PolicyList";
    std::vector<PolicyView> items;        ///< newest first, of every scope
    std::vector<std::string> channels;    ///< that the shop's newest orders came by
    std::vector<std::string> categories;  ///< of its products
};
template <class Io>
void fields(Io& io, PolicyList& l) {
    io("items", l.items);
    io("channels", l.channels);
    io("categories", l.categories);
}
Result<PolicyList> list_policies(Context&, const Actor&, const OneShop&);

/// A new version of the shop's policy, or of one of its channels'. It ends whatever that scope has from then on; running operations keep theirs.
/// Guard::expected_version: the newest version of the scope, 0 where it has none. No `valid_from`: from now, or from the newest one's on.
/// `valid_to`: only of a channel; then the shop's is in force again. `invalid` "not_of_shop", "before_start", and as check_terms says.
struct PutPolicy {
    ShopId shop_id;
    domain::PolicyTerms terms;
    std::string channel{};
    Instant valid_from{}, valid_to{};
    std::string source{}, source_url{};
};
template <class Io>
void fields(Io& io, PutPolicy& in) {
    io("shop_id", in.shop_id);
    io("terms", in.terms);
    io("channel", in.channel, maybe, length(0, 60));
    io("valid_from", in.valid_from, maybe);
    io("valid_to", in.valid_to, maybe);
    io("source", in.source, maybe, length(0, 300));
    io("source_url", in.source_url, maybe, length(0, 300));
}
Result<PolicyView> put_policy(Context&, const Actor&, const Guard&, const PutPolicy&);

/// A default that comes with the program: a start to be checked by the shop's counsel. Its terms are whole: what it does not speak of
/// is as the shop's newest version says.
struct PolicyDefault {
    static constexpr std::string_view kSchema = "PolicyDefault";
    std::string code;  ///< "cn", "eu"
    bool suggested = false;  ///< by the shop's zone
    std::string source, source_url;
    domain::PolicyTerms terms;
};
template <class Io>
void fields(Io& io, PolicyDefault& d) {
    io("code", d.code);
    io("suggested", d.suggested, maybe);
    io("source", d.source);
    io("source_url", d.source_url, maybe);
    io("terms", d.terms);
}
struct PolicyDefaults {
    static constexpr std::string_view kSchema = "PolicyDefaults";
    std::vector<PolicyDefault> items;
};
template <class Io>
void fields(Io& io, PolicyDefaults& l) {
    io("items", l.items);
}
Result<PolicyDefaults> policy_defaults(Context&, const Actor&, const OneShop&);
/// The first policy of a shop, valid from the beginning, since imported history is judged by what the shop started with.
domain::Policy first_policy(const PolicyId& id, const ShopId& shop, const std::string& zone, FirstPolicy choice);

/// What a request for some units of one order line would meet, under the policy in force and under `terms`. Writes nothing.
struct SimulatePolicy {
    OrderLineId order_line_id;
    OperationKind kind = OperationKind::return_refund;
    SubKind sub_kind = SubKind::none;
    Reason reason{};
    std::int64_t qty = 1;
    bool photo = false;  ///< one is shown
    std::optional<std::int64_t> amount_minor;
    std::string new_sku;
    std::optional<domain::PolicyTerms> terms;
};
template <class Io>
void fields(Io& io, SimulatePolicy& in) {
    io("order_line_id", in.order_line_id);
    io("kind", in.kind, maybe);
    io("sub_kind", in.sub_kind, maybe);
    io("reason", in.reason);
    io("qty", in.qty, maybe, between(1, 1'000'000));
    io("photo", in.photo, maybe);
    io("amount_minor", in.amount_minor, between(1, domain::kMaxMinor));
    io("new_sku", in.new_sku, maybe, length(0, 128));
    io("terms", in.terms);
}
struct PolicySimulated {
    static constexpr std::string_view kSchema = "PolicySimulated";
    std::int64_t version = 0;  ///< in force
    std::string channel;       ///< of that policy
    std::string sku, category, currency;
    domain::Simulation in_force;
    std::optional<domain::Simulation> edited;
};
template <class Io>
void fields(Io& io, PolicySimulated& s) {
    io("policy_version", s.version);
    io("channel", s.channel, maybe);
    io("sku", s.sku);
    io("category", s.category, maybe);
    io("currency", s.currency);
    io("in_force", s.in_force);
    io("edited", s.edited);
}
Result<PolicySimulated> simulate_policy(Context&, const Actor&, const Guard&, const SimulatePolicy&);

/// Rules that leads let pass.
struct OverrideQuery {
    ShopId shop_id;
    std::int64_t days = 30;
};
template <class Io>
void fields(Io& io, OverrideQuery& in) {
    io("shop_id", in.shop_id);
    io("days", in.days, maybe, between(1, 3650));
}
struct OverrideCountView {
    static constexpr std::string_view kSchema = "OverrideCount";
    PolicyId policy_id;
    OverriddenRule rule{};
    StaffId staff_id;
    std::string staff_name;
    std::int64_t count = 0;
};
template <class Io>
void fields(Io& io, OverrideCountView& c) {
    io("policy_id", c.policy_id);
    io("rule", c.rule);
    io("staff_id", c.staff_id, maybe);
    io("staff_name", c.staff_name, maybe);
    io("count", c.count);
}
struct OverrideView {
    static constexpr std::string_view kSchema = "Override";
    OperationId operation_id;
    CaseId case_id;
    std::string case_number;
    PolicyId policy_id;
    OverriddenRule rule{};
    StaffId staff_id;
    std::string staff_name;
    Instant at;
};
template <class Io>
void fields(Io& io, OverrideView& o) {
    io("operation_id", o.operation_id);
    io("case_id", o.case_id);
    io("case_number", o.case_number);
    io("policy_id", o.policy_id);
    io("rule", o.rule);
    io("staff_id", o.staff_id, maybe);
    io("staff_name", o.staff_name, maybe);
    io("at", o.at);
}
struct Overrides {
    static constexpr std::string_view kSchema = "Overrides";
    std::int64_t total = 0;
    std::vector<OverrideCountView> counts;  ///< by version, rule and lead, most first
    std::vector<OverrideView> items;        ///< newest first, at most 200
};
template <class Io>
void fields(Io& io, Overrides& o) {
    io("total", o.total);
    io("counts", o.counts);
    io("items", o.items);
}
Result<Overrides> list_overrides(Context&, const Actor&, const OverrideQuery&);

}  // namespace aftercare::usecase
