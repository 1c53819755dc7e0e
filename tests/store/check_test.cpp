#include <algorithm>

#include "usecase/approvals.hpp"
#include "usecase/errands.hpp"
#include "usecase/handovers.hpp"
#include "usecase/hours.hpp"
#include "usecase/incidents.hpp"
#include "usecase/matters.hpp"
#include "usecase/reviews.hpp"
#include "usecase/ties.hpp"
#include "usecase/trainings.hpp"
#include "world.hpp"

using namespace aftercare;
using test::ShopWorld;

namespace {

CaseId a_case(ShopWorld& w, const std::string& number) {
    const auto order = w.sold(number);
    const auto opened = w.must(usecase::open_case(*w.ctx, w.agent, w.guard(w.agent), w.opening(order, 2)));
    w.must(usecase::approve(*w.ctx, w.agent, w.guard(w.agent), {opened.case_id, {opened.operation_id}}));
    return opened.case_id;
}

bool names(const std::vector<store::Difference>& found, std::string_view table, std::string_view column) {
    return std::any_of(found.begin(), found.end(), [&](const auto& d) { return d.table == table && d.column == column; });
}

/// Done by hand, the harm is named; undone, nothing is.
void breaks(ShopWorld& w, std::string_view table, std::string_view column, const std::string& harm, const std::string& mend) {
    INFO(harm);
    w.sql(harm);
    const auto found = w.differences();
    CHECK(names(found, table, column));
    w.sql(mend);
    CHECK(w.differences().empty());
}

void sets(ShopWorld& w, std::string_view table, std::string_view column, const std::string& name, const std::string& bad, const std::string& good) {
    const std::string update = "UPDATE " + std::string(table) + " SET " + name + " = ";
    breaks(w, table, column, update + bad, update + good);
}

}  // namespace

TEST_CASE("check names the row and column that somebody edited by hand, and rebuild mends it") {
    test::on_each_engine([](ShopWorld& w) {
        const CaseId id = a_case(w, "A-1");
        a_case(w, "A-2");
        REQUIRE(w.differences().empty());
        w.sql("UPDATE operation SET decision = 'settled', quote_net_minor = 1 WHERE case_id = '" + id.value + "'");
        w.sql("UPDATE unit_ledger SET held_by = NULL");
        w.sql("UPDATE money_ledger SET refunded_minor = 7");
        w.sql("DELETE FROM clock WHERE case_id = '" + id.value + "'");
        const auto found = w.differences();
        CHECK(names(found, "operation", "decision"));
        CHECK(names(found, "operation", "quote_net_minor"));
        CHECK(names(found, "unit_ledger", "held_by"));
        CHECK(names(found, "money_ledger", "refunded_minor"));
        CHECK(names(found, "clock", "rows"));
        CHECK(w.must(store::rebuild(*w.store)) == 2);
        CHECK(w.differences().empty());
    });
}

TEST_CASE("check sees an event that was changed, and one that is gone") {
    test::on_each_engine([](ShopWorld& w) {
        const CaseId id = a_case(w, "B-1");
        w.sql("UPDATE event SET at = at + 1 WHERE stream = '" + id.value + "' AND seq = 1");
        CHECK(names(w.differences(), "event", "hash"));
        w.sql("DELETE FROM event WHERE stream = '" + id.value + "' AND seq = 1");
        CHECK(names(w.differences(), "event", "seq"));
    });
}

TEST_CASE("check finds what cannot be beside the streams: hours, rosters, policies, ties, approvals and handovers, each broken once") {
    test::on_each_engine([](ShopWorld& w) {
        const auto talk = [&] {
            usecase::OpenCaseIn in;
            in.shop_id = w.shop;
            in.open.kind = CaseKind::complaint;
            return w.must(usecase::open_case(*w.ctx, w.agent, w.guard(w.agent), in)).case_id;
        };
        const auto ann = w.must(usecase::add_staff(*w.ctx, w.admin, w.guard(w.admin), {"ann", "Ann", "a good password", {Role::agent}, {w.shop}})).id;
        const Instant now = w.clock.now();
        w.must(usecase::put_hours(*w.ctx, w.lead, w.guard(w.lead), {w.shop, domain::usual_hours()}));
        w.must(usecase::put_roster(*w.ctx, w.lead, w.guard(w.lead), {w.shop, now, now + days(7), {{ann, Department::service, now, now + hours(8)}}}));
        const CaseId kept = a_case(w, "D-1"), from = talk(), into = talk(), third = talk();
        w.must(usecase::matter_step<MatterWord::acknowledge>(*w.ctx, w.agent, w.guard(w.agent), {third, {}, "sorry"}));
        w.must(usecase::merge_case(*w.ctx, w.lead, w.guard(w.lead), {from, into, ""}));
        w.must(usecase::link_case(*w.ctx, w.agent, w.guard(w.agent), {into, third, Relation::related}));
        const auto dear = w.must(usecase::open_case(*w.ctx, w.agent, w.guard(w.agent), w.opening(w.sold("D-2", 3, 40'000), 3)));
        domain::Asked what;
        what.command = AskedWord::approve;
        what.operation_id = dear.operation_id;
        w.must(usecase::ask_approval(*w.ctx, w.agent, w.guard(w.agent), {dear.case_id, what, "", "a good customer"}));
        w.must(usecase::hand_over(*w.ctx, w.agent, w.guard(w.agent), {{w.shop, {}}, {}, "call first"}));
        usecase::OpenCaseIn outage;
        outage.shop_id = w.shop;
        outage.open.kind = CaseKind::incident;
        const CaseId incident = w.must(usecase::open_case(*w.ctx, w.agent, w.guard(w.agent), outage)).case_id;
        w.must(usecase::link_case(*w.ctx, w.agent, w.guard(w.agent), {kept, incident, Relation::related}));
        auto read = w.guard(w.agent);
        read.expected_version = 1;
        w.must(usecase::send_unified_reply(*w.ctx, w.agent, read, {incident, "we know"}));
        REQUIRE(w.must(usecase::work_on_replies(*w.ctx, [] { return false; })) == 1);
        REQUIRE(w.differences().empty());

        const auto broken = [&](auto&&... said) { breaks(w, said...); };
        const auto set = [&](auto&&... said) { sets(w, said...); };
        set("work_hours", "version", "version", "3", "1");
        broken("work_hours", "hours", "UPDATE work_hours SET hours = '{\"week\":[]}' || hours", "UPDATE work_hours SET hours = SUBSTR(hours, 12)");
        set("roster_shift", "to_at", "to_at", "from_at", "from_at + 28800000");
        broken("roster_shift", "from_at", "INSERT INTO roster_shift SELECT 'AGAIN', shop_id, staff_id, team, from_at, to_at FROM roster_shift",
               "DELETE FROM roster_shift WHERE id = 'AGAIN'");
        set("policy", "valid_to", "valid_to", "5", "0");
        set("policy", "version", "version", "2", "1");
        broken("policy", "terms", "UPDATE policy SET terms = 'x' || terms", "UPDATE policy SET terms = SUBSTR(terms, 2)");
        const auto policy = w.view(kept).operations.at(0).policy_id.value;
        broken("operation", "policy_id", "UPDATE operation SET policy_id = 'NONE'", "UPDATE operation SET policy_id = '" + policy + "'");
        broken("clock", "policy_id", "UPDATE clock SET policy_id = 'NONE'", "UPDATE clock SET policy_id = '" + policy + "'");
        set("case_link", "other_id", "other_id", "'NONE'", "'" + third.value + "'");
        broken("case_link", "other_id", "INSERT INTO case_link SELECT other_id, case_id, shop_id, relation, linked_by, linked_at FROM case_link",
               "DELETE FROM case_link WHERE case_id = '" + third.value + "'");
        set("case_merge", "into_id", "into_id", "'NONE'", "'" + into.value + "'");
        set("case_merge", "summary", "into_id", "'" + third.value + "'", "'" + into.value + "'");
        const auto merged = w.view(from).c.version;
        set("case_merge", "version", "version", "99", std::to_string(merged));
        broken("case_merge", "was", "UPDATE case_merge SET was = 'x' || was", "UPDATE case_merge SET was = SUBSTR(was, 2)");
        broken("case_merge", "into_id",
               "INSERT INTO case_merge SELECT into_id, case_id, shop_id, was, 1, 1, merged_by, merged_at FROM case_merge",
               "DELETE FROM case_merge WHERE case_id = '" + into.value + "'");
        broken("case_merge", "rows", "UPDATE case_merge SET case_id = '" + third.value + "'", "UPDATE case_merge SET case_id = '" + from.value + "'");
        set("approval", "task_id", "case_id", "'NONE'", "'" + dear.case_id.value + "'");
        broken("approval", "rows", "UPDATE approval SET task_id = 'LOST-' || task_id", "UPDATE approval SET task_id = SUBSTR(task_id, 6)");
        set("approval", "asked_at", "asked_at", "asked_at + 1", "asked_at - 1");
        set("approval", "amount_minor", "amount_minor", "-1 - amount_minor", "-1 - amount_minor");
        broken("approval", "asked", "UPDATE approval SET asked = 'x' || asked", "UPDATE approval SET asked = SUBSTR(asked, 2)");
        set("unified_reply", "note_id", "case_id", "'" + kept.value + "'", "'" + incident.value + "'");
        set("unified_reply_case", "state", "state", "'waiting'", "'sent'");
        set("unified_reply_case", "state", "code", "'no_customer'", "''");
        set("handover", "acknowledged_at", "acknowledged_at", "1", "0");
        set("handover", "acknowledged_at", "version", "2", "1");
        set("handover", "owner_id", "to_id", "'NONE'", "NULL");
        broken("handover", "team", "UPDATE handover SET team = 'service', owner_id = '" + ann.value + "'", "UPDATE handover SET team = '', owner_id = NULL");
        broken("handover_item", "case_id", "UPDATE handover_item SET case_id = 'LOST-' || case_id, reply_id = NULL",
               "UPDATE handover_item SET case_id = SUBSTR(case_id, 6)");
        set("handover_item", "reply_id", "reply_id", "'NONE'", "NULL");
        broken("handover_item", "risk", "UPDATE handover_item SET due_at = 1", "UPDATE handover_item SET due_at = 0");
    });
}

TEST_CASE("check finds what cannot be of reviews, errands and trainings, each broken once") {
    test::on_each_engine([](ShopWorld& w) {
        const auto ann = w.must(usecase::add_staff(*w.ctx, w.admin, w.guard(w.admin), {"ann", "Ann", "a good password", {Role::agent}, {w.shop}})).id;
        const auto lee = w.must(usecase::add_staff(*w.ctx, w.admin, w.guard(w.admin), {"lee", "Lee", "a good password", {Role::lead}, {w.shop}})).id;
        const usecase::Actor lead{lee, {Role::lead}, {w.shop}, false, "staff:lee"};
        w.must(usecase::put_review(*w.ctx, w.agent, w.guard(w.agent),
                                   {w.shop, "R1", "", "CUP", "Cup", "taobao", "Broken", 1, w.clock.now() - hours(1)}));
        const auto training = w.must(usecase::add_training(*w.ctx, lead, w.guard(lead), {w.shop, {"New at the desk", {{"listen in", {}, 2}, {"ten alone", {}, 9}}}}));
        w.must(usecase::start_training(*w.ctx, lead, w.guard(lead), {training.id, ann}));
        const std::string own = w.must(usecase::give_errand(*w.ctx, lead, w.guard(lead), {w.shop, "call", {}, ann, {}, {}, {}})).id.value;
        REQUIRE(w.differences().empty());

        const auto review = [&](auto&&... said) { sets(w, "review", said...); };
        review("state", "state", "'answered'", "'new'");
        review("state", "reason", "'old'", "''");
        review("state", "settled_at", "5", "0");
        review("band", "rating", "5", "1");
        review("names", "case_id", "'NONE'", "NULL");
        const auto errand = [&](std::string_view column, const std::string& name, const std::string& bad, const std::string& good) {
            const std::string update = "UPDATE errand SET " + name + " = ", where = " WHERE id = '" + own + "'";
            breaks(w, "errand", column, update + bad + where, update + good + where);
        };
        errand("owner_id", "department", "'service'", "''");
        errand("owner_id", "owner_id", "NULL", "'" + ann.value + "'");
        errand("owner_id", "asked_by", "'NOBODY'", "'" + lee.value + "'");
        errand("finished_at", "state", "'done'", "'open'");
        errand("finished_at", "result", "'told'", "''");
        errand("training_id", "run_id", "'RUN'", "''");
        errand("training_id", "training_id", "'NONE'", "NULL");
        const std::string other = "' WHERE run_id <> '' AND step = 1";
        breaks(w, "errand", "step", "UPDATE errand SET owner_id = '" + lee.value + other, "UPDATE errand SET owner_id = '" + ann.value + other);
        breaks(w, "errand", "step", "UPDATE errand SET step = 0 WHERE run_id <> ''",
               "UPDATE errand SET step = CASE WHEN title = 'listen in' THEN 0 ELSE 1 END WHERE run_id <> ''");
        breaks(w, "training", "steps", "UPDATE training SET steps = 'x' || steps", "UPDATE training SET steps = SUBSTR(steps, 2)");
    });
}

TEST_CASE("an outbox row and a stream without their case are named") {
    test::on_each_engine([](ShopWorld& w) {
        a_case(w, "C-1");
        w.sql("UPDATE outbox SET case_id = 'NOBODY'");
        w.sql("INSERT INTO event (stream, seq, type, at, actor_role, payload, prev_hash, hash) "
              "VALUES ('LOST', 1, 'case_opened/1', 1, 'system', '{}', '', '')");
        const auto found = w.differences();
        CHECK(names(found, "outbox", "case_id"));
        CHECK(names(found, "support_case", "rows"));
    });
}
