#pragma once
#include "usecase/calendar.hpp"
#include "usecase/matters.hpp"
#include "usecase/revisits.hpp"
#include "world.hpp"

namespace aftercare::test {

/// A shop with revisit plans, customers with a tag, and cases that close.
struct RevisitWorld {
    explicit RevisitWorld(ShopWorld& world) : w(world) {}

    static domain::PlanTerms after_closing(std::int64_t offset = 3, std::int64_t expiry = 7) {
        domain::PlanTerms terms;
        terms.title = "回访";
        terms.offset_days = offset;
        terms.expiry_days = expiry;
        return terms;
    }
    static domain::PlanTerms greeting(const std::string& festival, std::int64_t offset = -3) {
        domain::PlanTerms terms = after_closing(offset);
        terms.trigger = PlanTrigger::holiday;
        terms.festival = festival;
        terms.tag = "老客户";
        return terms;
    }
    usecase::PlanView plan(const domain::PlanTerms& terms) { return w.must(usecase::add_plan(*w.ctx, w.lead, w.guard(w.lead), {w.shop, terms})); }
    usecase::PlanView change(const usecase::PlanView& plan, bool enabled, const domain::PlanTerms& terms) {
        return w.must(usecase::change_plan(*w.ctx, w.lead, w.guard(w.lead), {plan.id, enabled, terms}));
    }

    CustomerId customer(const std::string& name) {
        usecase::PutOrder order;
        order.shop_id = w.shop;
        order.number = "O-" + name;
        order.customer = usecase::PutOrderCustomer{name, name, "13800138000", "", "CN"};
        order.lines = {{"CUP", "Cup", 1, 100, 0}};
        order.placed_at = w.clock.now() - days(2);
        order.delivered_at = w.clock.now() - days(1);
        return w.must(usecase::put_order(*w.ctx, w.admin, w.guard(w.admin), order)).order.customer_id;
    }
    void tag(const CustomerId& id, const std::string& tag = "老客户") { w.sql("INSERT INTO customer_tag (customer_id, tag) VALUES ('" + id.value + "', '" + tag + "')"); }

    CaseId open(const CustomerId& customer) {
        usecase::OpenCaseIn in;
        in.shop_id = w.shop;
        in.open = {CaseKind::complaint, Channel::phone, {}, customer, "words"};
        return w.must(usecase::open_case(*w.ctx, w.agent, w.guard(w.agent), in)).case_id;
    }
    void close(const CaseId& id) {
        w.must(usecase::matter_step<MatterWord::retract>(*w.ctx, w.agent, w.guard(w.agent), {id, {}, ""}));
        w.must(usecase::close_case(*w.ctx, w.lead, w.guard(w.lead), {id, {"other", Fault::merchant, "done"}}));
    }
    void reopen(const CaseId& id) { w.must(usecase::add_note(*w.ctx, w.agent, w.guard(w.agent), {id, NoteKind::from_customer, "again"})); }

    void wake() {
        while (w.must(usecase::wake_revisits(*w.ctx, true))) {}
    }
    void plan_ahead() { CHECK_FALSE(w.must(usecase::plan_ahead(*w.ctx, 1'000))); }
    std::vector<usecase::RevisitItem> tasks(usecase::RevisitQuery query = {}) {
        query.page.limit = 200;
        return w.must(usecase::list_revisits(*w.ctx, w.lead, query)).items;
    }
    Result<usecase::RevisitChanged> finish(const RevisitId& id, RevisitResult result, Instant next_at = {}) {
        return usecase::finish_revisit(*w.ctx, w.agent, w.guard(w.agent), {id, result, "", next_at});
    }

    ShopWorld& w;
};

/// Of a ManualClock's Monday, 2026-03-02.
inline constexpr std::int64_t kMonday = 20'514;

}  // namespace aftercare::test
