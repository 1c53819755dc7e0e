#include "usecase/closing.hpp"
#include "usecase/matters.hpp"
#include "usecase/operations.hpp"
#include "usecase/reports.hpp"
#include "usecase/ties.hpp"
#include "world.hpp"

using namespace aftercare;
using test::ShopWorld;

namespace {

void closed(ShopWorld& w, const CaseId& id, const std::string& cause, Fault fault, const std::string& prevention = {}) {
    domain::CloseWith with;
    with.close = {cause, fault, "done"};
    w.must(usecase::close_with(*w.ctx, w.lead, w.guard(w.lead), {id, with, prevention}));
}

/// A question that is answered and over.
CaseId answered(ShopWorld& w, const std::string& cause, Fault fault) {
    const CaseId id = w.opened(CaseKind::consultation);
    w.must(usecase::matter_step<MatterWord::answer>(*w.ctx, w.agent, w.guard(w.agent), {id, {}, "so"}));
    closed(w, id, cause, fault);
    return id;
}

}  // namespace

TEST_CASE("causes of closed cases are counted by whose they were, with the goods and what will prevent them") {
    test::on_each_engine([](ShopWorld& w) {
        const Instant from = w.clock.now();
        for (int i = 0; i < 3; ++i) answered(w, "size", Fault::customer);
        answered(w, "product_quality", Fault::merchant);  // without an order: counted with the one of an order
        answered(w, "description", Fault::merchant);
        w.must(usecase::matter_act<MatterWord::classify, domain::Classify, domain::classify>(*w.ctx, w.agent, w.guard(w.agent),
            {w.opened(CaseKind::complaint), {{}, {}, {}, {}, Intent::apology}, ""}));  // it is still open
        const CaseId merged = w.opened(CaseKind::consultation), target = w.opened(CaseKind::consultation);
        w.must(usecase::merge_case(*w.ctx, w.agent, w.guard(w.agent), {merged, target, "the same"}));

        const auto order = w.sold("7001");
        usecase::OpenCaseIn in;
        in.shop_id = w.shop;
        in.open.kind = CaseKind::repair;
        in.open.order_id = order.order.id;
        in.request.emplace();
        in.request->kind = OperationKind::repair;
        in.request->reason = Reason::quality;
        in.request->photo_ref = "photo:test";
        in.request->malfunction = Malfunction::function;
        in.request->lines = {{order.lines.at(0).id, 1, {}, {}, {}}};
        usecase::Actor asks = w.agent;
        asks.principal = "demo:test";  // names photos that lie elsewhere
        const auto repair = w.must(usecase::open_case(*w.ctx, asks, w.guard(asks), in));
        w.must(usecase::withdraw(*w.ctx, w.agent, w.guard(w.agent), {repair.case_id, {repair.operation_id, {}}}));
        closed(w, repair.case_id, "product_quality", Fault::merchant);

        const auto report = [&](Instant a, Instant b, std::optional<std::string> cause = {}) { return w.must(usecase::causes_report(*w.ctx, w.lead, {w.shop, a, b, cause})); };
        const auto all = report(from, from + days(1));
        REQUIRE(all.causes.size() == 3);
        CHECK(all.causes[0].cause_code == "size");
        CHECK(all.causes[0].cases == 3);
        CHECK(all.causes[1].cause_code == "product_quality");
        CHECK(all.causes[1].cases == 2);
        CHECK(all.causes[1].currency == "CNY");
        CHECK(all.causes[0].responsibility == "customer");
        REQUIRE(all.products.size() == 1);
        CHECK(all.products[0].sku == order.lines.at(0).sku);
        REQUIRE(all.malfunctions.size() == 1);
        CHECK(all.malfunctions[0].malfunction == Malfunction::function);
        REQUIRE(all.intents.size() == 1);
        CHECK(all.intents[0].intent == Intent::apology);
        CHECK(report(from, from + days(1), "size").intents.empty());
        CHECK(report(from, from + days(1), "size").products.empty());
        CHECK(report(from - days(2), from).causes.empty());
        CHECK(usecase::causes_report(*w.ctx, w.lead, {w.shop, from, from, {}}).error().fields == std::vector<FieldError>{{"/to", "out_of_range"}});
        CHECK(usecase::causes_report(*w.ctx, w.lead, {w.shop, from, from + days(401), {}}).error().fields == std::vector<FieldError>{{"/to", "out_of_range"}});
        CHECK(w.must(usecase::causes_report(*w.ctx, {StaffId("S"), {Role::lead}, {ShopId("OTHER")}, false, "staff:s"}, {{}, from, from + days(1), {}})).causes.empty());
    });
}

TEST_CASE("what a review says will prevent it stands in the report, newest first") {
    test::on_each_engine([](ShopWorld& w) {
        const Instant from = w.clock.now();
        for (const char* words : {"double box", "photo before packing"}) {
            const CaseId id = w.opened(CaseKind::complaint);
            w.must(usecase::matter_step<MatterWord::acknowledge>(*w.ctx, w.agent, w.guard(w.agent), {id, {}, "sorry"}));
            w.must(usecase::matter_step<MatterWord::verify>(*w.ctx, w.agent, w.guard(w.agent), {id, {}, ""}));
            w.must(usecase::matter_act<MatterWord::propose, domain::Propose, domain::propose>(*w.ctx, w.agent, w.guard(w.agent), {id, {0, {}}, "a new lid"}));
            w.must(usecase::matter_step<MatterWord::accept_proposal>(*w.ctx, w.agent, w.guard(w.agent), {id, {}, ""}));
            w.must(usecase::matter_step<MatterWord::execute>(*w.ctx, w.agent, w.guard(w.agent), {id, {}, ""}));
            w.must(usecase::matter_act<MatterWord::follow_up, domain::FollowUp, domain::follow_up>(*w.ctx, w.agent, w.guard(w.agent), {id, {Satisfied::yes}, ""}));
            closed(w, id, "packing", Fault::merchant, words);
            w.clock.set(w.clock.now() + hours(1));
        }
        const auto all = w.must(usecase::causes_report(*w.ctx, w.lead, {w.shop, from, from + days(1), {}}));
        CHECK(all.causes.at(0).complaints == 2);
        REQUIRE(all.preventions.size() == 2);
        CHECK(all.preventions[0].words == "photo before packing");
        CHECK(all.preventions[0].number == w.view(all.preventions[0].case_id).c.number);
    });
}
