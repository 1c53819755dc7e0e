#include <catch2/catch.hpp>

#include "story.hpp"

/// Every decision state × every command: refused by state exactly where the table of after-sales.md section 2 has no row.
using namespace story;

namespace {

using S = DecisionState;

/// A case with one operation forced into `decision`; the rest of it is as after an approval.
CaseState forced(DecisionState decision) {
    Story s;
    s.approved({a(2)});
    s.as(agent, ship_back, ShipBack{s.op().id, "SF", "T1", {a(1)}});
    s.state.operations[0].decision = decision;
    return s.state;
}

struct Row {
    std::string name;
    std::vector<S> legal;
    std::function<Result<Decision>(const CaseState&, const OperationId&, const Facts&)> ask;
    const Actor* who;
};

const std::vector<S> under_way{S::approved, S::disputed, S::settling};

std::vector<Row> rows() {
    const auto row = [](std::string name, std::vector<S> legal, const Actor& who, auto decide, auto make) {
        return Row{std::move(name), std::move(legal),
                   [=](const CaseState& s, const OperationId& id, const Facts& f) { return decide(s, make(id, s), f); }, &who};
    };
    using St = const CaseState&;
    using Id = const OperationId&;
    return {
        row("approve", {S::requested}, lead, approve, [](Id id, St) { return Approve{id}; }),
        row("ask_info", {S::requested}, agent, ask_info, [](Id id, St) { return AskInfo{id, {}}; }),
        row("give_info", {S::need_info}, agent, give_info, [](Id id, St) { return GiveInfo{id, {}}; }),
        row("reject", {S::requested}, agent, reject, [](Id id, St) { return Reject{id, RejectCode::other}; }),
        row("appeal", {S::rejected}, lead, appeal, [](Id id, St) { return Appeal{id}; }),
        row("change_kind", {S::requested, S::need_info, S::verifying, S::approved, S::disputed, S::settling}, agent, change_kind,
            [](Id id, St) { return ChangeKind{id, OperationKind::exchange, SubKind::none, true, {}}; }),
        row("withdraw", {S::requested, S::need_info, S::verifying, S::approved, S::disputed, S::settling}, agent, withdraw, [](Id id, St) { return Withdraw{id, {}}; }),
        row("ship_back", under_way, agent, ship_back, [](Id id, St) { return ShipBack{id, "SF", "T2", {}}; }),
        row("arrive", under_way, warehouse, arrive, [](Id id, St s) { return Arrive{id, s.inbound[0].id, "", {}, ""}; }),
        row("carrier_lost", under_way, agent, carrier_lost, [](Id id, St s) { return CarrierLost{id, s.inbound[0].id}; }),
        row("inspect", under_way, warehouse, inspect, [](Id id, St) { return Inspect{id, OrderLineId("A"), 1, {}, {}, {}, {}, {}}; }),
        row("accept", under_way, agent, accept, [](Id id, St) { return Accept{id, 0}; }),
        row("agree", {S::disputed}, agent, agree, [](Id id, St) { return Agree{id, 0, true, false, 0}; }),
        row("send_back", {S::disputed}, agent, send_back, [](Id id, St) { return SendBack{id, true}; }),
        row("outbound_lost", under_way, agent, outbound_lost, [](Id id, St) { return OutboundLost{id, OutboundLegId("none")}; }),
        row("resend", {S::disputed}, lead, resend, [](Id id, St) { return Resend{id, true}; }),
        row("rule", {S::disputed}, lead, rule, [](Id id, St) { return Rule{id, 1, "x"}; }),
        row("submit_refund", under_way, agent, submit_refund, [](Id id, St) { return SubmitRefundNow{id, {}}; }),
        row("answer_check", {S::verifying}, agent, answer_check, [](Id id, St) { return AnswerCheck{id, CheckResult::refuted, {}, {}}; }),
        row("reserve", under_way, warehouse, reserve, [](Id id, St) { return Reserve{id, StockState::reserved, {}}; }),
        row("swap", {S::requested, S::need_info, S::approved, S::disputed, S::settling}, agent, swap, [](Id id, St) { return Swap{id, {want("A", 1)}, true}; }),
        row("diagnose", under_way, technician, diagnose, [](Id id, St) { return Diagnose{id, true, true, 0, 0}; }),
        row("quote_repair", under_way, agent, quote_repair, [](Id id, St) { return QuoteRepair{id, 1, {}}; }),
        row("answer_quote", under_way, agent, answer_quote, [](Id id, St) { return AnswerQuote{id, true}; }),
        row("repair_step", under_way, technician, repair_step, [](Id id, St) { return StepRepair{id, RepairStep::repaired}; }),
        row("recover", under_way, agent, recover, [](Id id, St) { return Recover{id}; }),
        row("write_off", {S::disputed}, lead, write_off, [](Id id, St) { return WriteOff{id, 0}; }),
    };
}

}  // namespace

TEST_CASE("every state × every command") {
    Story world;
    int refused = 0, passed = 0;
    for (const auto& [state, name] : Words<S>::all) {
        const CaseState given = forced(state);
        for (const auto& row : rows()) {
            INFO(row.name << " in " << name);
            const auto decision = row.ask(given, given.operations[0].id, world.facts(*row.who));
            const bool legal = std::find(row.legal.begin(), row.legal.end(), state) != row.legal.end();
            const bool by_state = !decision && decision.error().code == "wrong_state";
            CHECK(by_state == !legal);
            ++(by_state ? refused : passed);
        }
    }
    CHECK(refused + passed == 12 * 27);
}

TEST_CASE("every command refuses strangers before it looks at anything, and unknown operations") {
    Story world;
    const CaseState given = forced(S::requested);
    for (const auto& row : rows()) {
        INFO(row.name);
        const auto stranger = row.ask(given, given.operations[0].id, world.facts(marketer));
        REQUIRE_FALSE(stranger);
        CHECK(stranger.error().kind == ErrorKind::forbidden);
        CHECK(stranger.error().code == "permission_missing");
        const auto unknown = row.ask(given, OperationId("none"), world.facts(*row.who));
        REQUIRE_FALSE(unknown);
        CHECK(unknown.error().kind == ErrorKind::not_found);
    }
}

TEST_CASE("one list of permissions") {
    CHECK(allowed(agent, Permission::open_cases));
    CHECK_FALSE(allowed(agent, Permission::override_rules));
    CHECK_FALSE(allowed(warehouse, Permission::submit_refunds));
    CHECK(allowed(timer, Permission::manage_staff));
    CHECK(require(marketer, Permission::import_data).error().params == Params{{"permission", "import_data"}});
    CHECK(require_shop(agent, ShopId("SHOP")));
    CHECK(require_shop(agent, ShopId("OTHER")).error().kind == ErrorKind::not_found);
    CHECK(plugin.may_see(ShopId("OTHER")));
}
