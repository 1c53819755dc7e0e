#include "store/revisits.hpp"

#include <aftercare/codec/json.hpp>

#include "db/row.hpp"
#include "sql/revisits.hpp"

namespace aftercare::store {
namespace {

Plan read_plan(const db::Row& row) {
    auto terms = decode<domain::PlanTerms>(row.text(6));
    if (!terms) throw db::DbError(db::DbErrorKind::corrupt, "the terms of plan " + std::string(row.text(0)) + " cannot be read");
    return {PlanId(std::string(row.text(0))),  ShopId(std::string(row.text(1))), row.integer(2), row.integer(3) != 0, std::move(*terms),
            StaffId(std::string(row.text(4))), {row.integer(5)}};
}

std::vector<Plan> plans(Tx& tx, const db::Query& query, db::Args args) {
    std::vector<Plan> found;
    tx.run(query, args, [&](const db::Row& row) { found.push_back(read_plan(row)); });
    return found;
}

void write_plan(Tx& tx, const db::Query& query, const Plan& plan) {
    tx.write(query,
             {{"id", plan.id.value},
              {"shop_id", plan.shop_id.value},
              {"version", plan.version},
              {"enabled", std::int64_t{plan.enabled}},
              {"changed_by", plan.changed_by.empty() ? db::Value(nullptr) : db::Value(std::string_view(plan.changed_by.value))},
              {"changed_at", plan.changed_at.ms}},
             1);
}

void write_terms(Tx& tx, const Plan& plan) {
    const std::string terms = encode(plan.terms);
    tx.write(sql::revisits::insert_terms, {{"plan_id", plan.id.value}, {"version", plan.version}, {"terms", terms}}, 1);
}

}  // namespace

void insert_plan(Tx& tx, const Plan& plan) {
    write_plan(tx, sql::revisits::insert_plan, plan);
    write_terms(tx, plan);
}

void update_plan(Tx& tx, const Plan& plan, bool changed_terms) {
    write_plan(tx, sql::revisits::update_plan, plan);
    if (changed_terms) write_terms(tx, plan);
}

std::vector<Plan> plans_of(Tx& tx, const std::vector<std::string>& shops) {
    return plans(tx, sql::revisits::plans, {{"shops", std::span(shops)}});
}
std::vector<Plan> enabled_plans(Tx& tx) { return plans(tx, sql::revisits::enabled_plans, {}); }

std::optional<Plan> find_plan(Tx& tx, const PlanId& id, bool holds) {
    if (holds) tx.run(sql::revisits::hold_plan, {{"id", id.value}});
    auto found = plans(tx, sql::revisits::find_plan, {{"id", id.value}});
    return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

void cancel_planned(Tx& tx, const PlanId& id, Instant now) { tx.write(sql::revisits::cancel_of_plan, {{"plan_id", id.value}, {"now", now.ms}}); }
void revive_cancelled(Tx& tx, const Plan& plan, Instant now) {
    const std::int64_t greets = plan.terms.trigger == PlanTrigger::holiday;
    tx.write(sql::revisits::revive_of_plan, {{"plan_id", plan.id.value}, {"greets", greets}, {"now", now.ms}});
}
void revive_tagged(Tx& tx, const Plan& plan, const std::string& occasion, Instant now) {
    tx.write(sql::revisits::revive_tagged, {{"plan_id", plan.id.value}, {"occasion", occasion}, {"tag", plan.terms.tag}, {"now", now.ms}});
}
bool has_tag(Tx& tx, const CustomerId& customer, const std::string& tag) {
    bool found = false;
    tx.run(sql::revisits::has_tag, {{"customer_id", customer.value}, {"tag", tag}}, [&](const db::Row&) { found = true; });
    return found;
}

Watermark find_watermark(Tx& tx, const PlanId& id, const std::string& occasion) {
    Watermark mark;
    tx.run(sql::revisits::find_watermark, {{"plan_id", id.value}, {"occasion", occasion}},
           [&](const db::Row& row) { mark = {std::string(row.text(0)), std::string(row.text(1)), row.integer(2) != 0}; });
    return mark;
}

void put_watermark(Tx& tx, const PlanId& id, const std::string& occasion, const Watermark& mark) {
    tx.write(sql::revisits::put_watermark,
             {{"plan_id", id.value}, {"occasion", occasion}, {"pass", mark.pass}, {"after_id", mark.after_id}, {"done", std::int64_t{mark.done}}}, 1);
}

std::vector<Tagged> tagged(Tx& tx, const Plan& plan, const std::string& occasion, const std::string& after_id, std::int64_t limit) {
    std::vector<Tagged> found;
    tx.run(sql::revisits::tagged,
           {{"plan_id", plan.id.value}, {"occasion", occasion}, {"tag", plan.terms.tag}, {"shop_id", plan.shop_id.value}, {"after_id", after_id}, {"limit", limit}},
           [&](const db::Row& row) {
               found.push_back({CustomerId(std::string(row.text(0))), row.integer(1) != 0, row.text(2) == "denied" || row.text(2) == "withdrawn"});
           });
    return found;
}

std::int64_t count_tagged(Tx& tx, const ShopId& shop, const std::string& tag) {
    std::int64_t count = 0;
    tx.run(sql::revisits::count_tagged, {{"shop_id", shop.value}, {"tag", tag}}, [&](const db::Row& row) { count = row.integer(0); });
    return count;
}

}  // namespace aftercare::store

namespace aftercare {
template std::string encode(const domain::PlanTerms&);
template Result<domain::PlanTerms> decode(std::string_view);
}  // namespace aftercare
