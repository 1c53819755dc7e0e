#include "usecase/trouble.hpp"

#include "usecase/connectors.hpp"
#include "world.hpp"

namespace aftercare::test {
namespace {

struct Troubled : JobsWorld {
    usecase::Actor lead{StaffId("LEAD"), {Role::lead}, {shop}, false, "staff:LEAD"};
    std::vector<std::string> hints;

    Troubled() {
        store.on_commit = [this](const store::Hint& hint) { hints.push_back(hint.topic); };
    }
    usecase::ConnectorTrouble trouble(const ConnectorId& id) { return usecase::connector_trouble(ctx, lead, {id}).value(); }
    std::string resend(const MessageId& id, const usecase::Actor& who, std::string key = {}) {
        const auto done = usecase::resend_message(ctx, who, guard(who, std::move(key)), {id});
        return done ? "ok" : done.error().code;
    }
};

TEST_CASE("a dead message is listed with its reason and can be sent again") {
    Troubled w;
    const auto r = w.approved("9001");
    w.answer = [](const Seen&) { return failed(ErrorClass::rejected, "sku_unknown"); };
    w.tick();
    const auto dead = w.trouble(w.warehouse).dead;
    REQUIRE(dead.size() == 1);
    CHECK(dead[0].topic == "announce_return");
    CHECK(dead[0].code == "sku_unknown");
    CHECK(dead[0].case_id == r.case_id);
    CHECK(dead[0].case_number == w.state(r).c.number);
    CHECK(dead[0].attempts == 1);
    CHECK(dead[0].at == w.clock.now());
    CHECK(dead[0].can_send_again);
    CHECK(w.trouble(w.payment).dead.empty());

    w.clock.advance(hours(1));
    w.hints.clear();
    w.answer = [](const Seen& call) { return JobsWorld::fine(call.op); };
    CHECK(w.resend(dead[0].id, w.lead, "key") == "ok");
    CHECK(w.hints == std::vector<std::string>{"outbox"});
    const auto waiting = w.last("announce_return");
    CHECK(waiting.state == OutboxState::pending);
    CHECK(waiting.due_at == w.clock.now());
    CHECK(waiting.attempts == 0);
    CHECK(waiting.last_error.empty());
    CHECK(w.trouble(w.warehouse).dead.empty());

    w.tick();
    REQUIRE(w.seen.size() == 2);
    CHECK(w.seen[0].key == w.seen[1].key);
    CHECK(w.seen[1].attempt == 1);
    CHECK(w.state(r).operations.at(0).return_ref == "W-1");
    CHECK(w.last("announce_return").state == OutboxState::done);
    CHECK(w.resend(dead[0].id, w.lead, "key") == "ok");  // the kept answer
    CHECK(w.resend(dead[0].id, w.lead) == "message_not_dead");
    w.tick();
    CHECK(w.seen.size() == 2);
}

TEST_CASE("who may send again: leads and those who manage connectors, of the shop") {
    Troubled w;
    w.approved("9002");
    w.answer = [](const Seen&) { return failed(ErrorClass::rejected, "sku_unknown"); };
    w.tick();
    const MessageId id = w.last("announce_return").id;
    const auto somebody = [&](Role role, bool here) { return usecase::Actor{StaffId("X"), {role}, here ? std::vector{w.shop} : std::vector<ShopId>{}, false, "staff:X"}; };
    CHECK(w.resend(id, somebody(Role::agent, true)) == "permission_missing");
    CHECK(w.resend(id, somebody(Role::warehouse, true)) == "permission_missing");
    CHECK(w.resend(id, somebody(Role::lead, false)) == "not_found");
    CHECK(w.resend(id, somebody(Role::admin, false)) == "not_found");
    CHECK(w.resend(MessageId("none"), w.lead) == "not_found");
    CHECK(usecase::connector_trouble(w.ctx, somebody(Role::lead, false), {w.warehouse}).error().code == "not_found");
    CHECK(w.resend(id, somebody(Role::admin, true)) == "ok");
}

TEST_CASE("a refund that was answered has its own retry; one that needs a person's input may go again") {
    Troubled w;
    const auto r = w.refunding("9003");
    w.answer = [](const Seen&) { return failed(ErrorClass::needs_input, "sms_code"); };
    w.tick();
    REQUIRE(w.last("submit_refund").state == OutboxState::dead);
    REQUIRE(w.leg(r) == MoneyState::submitted);
    const MessageId first = w.last("submit_refund").id;
    CHECK(w.trouble(w.payment).dead.at(0).can_send_again);
    CHECK(w.resend(first, w.lead) == "ok");
    w.answer = [](const Seen&) { return failed(ErrorClass::rejected, "account_closed"); };
    w.tick();
    REQUIRE(w.leg(r) == MoneyState::failed);
    REQUIRE(w.last("submit_refund").state == OutboxState::dead);
    CHECK_FALSE(w.trouble(w.payment).dead.at(0).can_send_again);
    CHECK(w.resend(first, w.lead) == "refund_has_own_retry");
    CHECK(w.last("submit_refund").state == OutboxState::dead);
    CHECK(w.seen.size() == 2);
}

TEST_CASE("what a warehouse brought and nobody could use is listed") {
    Troubled w;
    const auto r = w.approved("9004");
    w.change([&](store::Tx& tx) {
        store::put_problem(tx, {w.warehouse, "receipts", "R1", "unmatched", {"{}"}, {}, w.clock.now()});
        store::put_problem(tx, {w.warehouse, "inspections", "I1", "qty_not_available", {"{}"}, r.case_id, w.clock.now() + seconds(1)});
    });
    const auto problems = w.trouble(w.warehouse).problems;
    REQUIRE(problems.size() == 2);
    CHECK(problems[0].stream == "inspections");
    CHECK(problems[0].external_id == "I1");
    CHECK(problems[0].code == "qty_not_available");
    CHECK(problems[0].case_id == r.case_id);
    CHECK(problems[0].case_number == w.state(r).c.number);
    CHECK(problems[1].case_id.empty());
    CHECK(problems[1].at == w.clock.now());
}

}  // namespace
}  // namespace aftercare::test
