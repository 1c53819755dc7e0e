#include <algorithm>

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
