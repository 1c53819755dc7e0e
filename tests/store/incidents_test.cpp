#include <algorithm>
#include <thread>

#include "usecase/incidents.hpp"
#include "usecase/ties.hpp"
#include "world.hpp"

namespace aftercare::test {
namespace {

/// An outage that customers write about.
struct Outage {
    explicit Outage(ShopWorld& world) : w(world), incident(a_case(CaseKind::incident, Channel::console, {})) {}

    CaseId a_case(CaseKind kind, Channel channel, const CustomerId& customer, const std::string& note = {}) {
        usecase::OpenCaseIn in;
        in.shop_id = w.shop;
        in.open = {kind, channel, {}, customer, "the site is down"};
        in.note = note;
        return w.must(usecase::open_case(*w.ctx, w.agent, w.guard(w.agent), in)).case_id;
    }
    /// A customer with a number asks by phone.
    CaseId asked(const std::string& number) {
        const CustomerId customer = w.sold(number).order.customer_id;
        return a_case(CaseKind::consultation, Channel::phone, customer, "is it down?");
    }
    CaseId linked(const CaseId& id) {
        w.must(usecase::link_case(*w.ctx, w.agent, w.guard(w.agent), {incident, id, Relation::related}));
        return id;
    }
    usecase::Guard read(const std::string& key = {}) {
        auto guard = w.guard(w.agent, key);
        guard.expected_version = w.view(incident).c.version;
        return guard;
    }
    usecase::UnifiedReplySent send(const std::string& body) { return w.must(usecase::send_unified_reply(*w.ctx, w.agent, read(), {incident, body})); }
    usecase::UnifiedReplySent send_on(const UnifiedReplyId& id, bool again = false) {
        return w.must(usecase::send_unified_reply_on(*w.ctx, w.agent, w.guard(w.agent), {incident, id, again}));
    }
    std::int64_t work() { return w.must(usecase::work_on_replies(*w.ctx, [] { return false; })); }
    usecase::UnifiedReplies all() { return w.must(usecase::unified_replies(*w.ctx, w.agent, {incident})); }
    std::string in(const CaseId& id) {
        const auto now = all();
        for (const auto& each : now.items.at(0).cases)
            if (each.case_id == id) return std::string(word(each.state)) + (each.code.empty() ? "" : " ") + each.code;
        return "not there";
    }
    /// What the customer was told in the case.
    std::vector<std::string> told(const CaseId& id) {
        std::vector<std::string> words;
        const auto line = w.must(usecase::case_timeline(*w.ctx, w.agent, {id}));
        for (const auto& event : line.items)
            if (event.type.starts_with("note_added") && event.data.text.find("to_customer") != std::string::npos) words.push_back(event.note);
        return words;
    }
    ClockState reply_clock(const CaseId& id) {
        for (const auto& clock : w.view(id).clocks)
            if (clock.kind == ClockKind::first_reply || clock.kind == ClockKind::next_reply) return clock.state;
        return ClockState::cancelled;
    }

    ShopWorld& w;
    CaseId incident;
};

TEST_CASE("one reply goes to every open case of an incident, stops its clock, and later to those that came since") {
    on_each_engine([](ShopWorld& w) {
        Outage o(w);
        CHECK(usecase::send_unified_reply(*w.ctx, w.agent, o.read(), {o.incident, "x"}).error().code == "no_linked_cases");
        const CaseId one = o.linked(o.asked("S-1")), two = o.linked(o.asked("S-2"));
        const CaseId nobody = o.linked(o.a_case(CaseKind::consultation, Channel::phone, {}));
        const CaseId chat = o.linked(o.a_case(CaseKind::consultation, Channel::chat, {}));
        CHECK(o.reply_clock(one) == ClockState::running);
        CHECK(o.all().reachable == 3);
        CHECK(o.all().unreachable.size() == 1);
        CHECK(o.all().unreachable.at(0).code == "no_customer");

        const auto sent = o.send("We are on it.");
        CHECK(sent.cases == 4);
        CHECK(o.in(one) == "waiting");
        CHECK(o.all().items.at(0).waiting == 4);
        CHECK(o.told(one).empty());
        CHECK(o.work() == 4);
        for (const CaseId& id : {one, two, chat}) {
            CHECK(o.told(id) == std::vector<std::string>{"We are on it."});
            CHECK(o.in(id) == "sent");
        }
        CHECK(o.reply_clock(one) == ClockState::met);
        CHECK(o.in(nobody) == "refused no_customer");
        CHECK(o.told(nobody).empty());
        CHECK(o.work() == 0);

        const CaseId late = o.linked(o.asked("S-3"));
        CHECK(o.all().items.at(0).fresh == 1);
        CHECK(o.send_on(sent.reply_id).cases == 1);
        CHECK(o.send_on(sent.reply_id).cases == 0);  // it waits there already
        CHECK(o.work() == 1);
        CHECK(o.told(late) == std::vector<std::string>{"We are on it."});
        CHECK(o.told(one).size() == 1);
        const auto reply = o.all().items.at(0);
        CHECK(reply.body == "We are on it.");
        CHECK(std::vector{reply.sent, reply.waiting, reply.refused, reply.fresh} == std::vector<std::int64_t>{4, 0, 1, 0});
        CHECK(reply.cases.at(0).case_id == nobody);
        CHECK(w.differences().empty());
    });
}

TEST_CASE("a unified reply that was refused goes out when the reason is gone, and a closed or merged case is no reason to lose it") {
    on_each_engine([](ShopWorld& w) {
        Outage o(w);
        const CustomerId silent = w.must(usecase::put_order(*w.ctx, w.admin, w.guard(w.admin), [&] {
            usecase::PutOrder order;
            order.shop_id = w.shop;
            order.number = "Q-1";
            order.customer = usecase::PutOrderCustomer{"", "Han Mei", "", "", "CN"};
            order.lines = {{"CUP", "Cup", 1, 100, 0}};
            order.placed_at = w.clock.now() - days(1);
            return order;
        }())).order.customer_id;
        REQUIRE_FALSE(silent.empty());
        w.sql("DELETE FROM identity WHERE customer_id = '" + silent.value + "'");
        const CaseId mute = o.linked(o.a_case(CaseKind::consultation, Channel::phone, silent));
        const CaseId from = o.linked(o.asked("Q-2")), into = o.asked("Q-3"), over = o.linked(o.asked("Q-4"));
        const auto sent = o.send("It works again.");
        CHECK(sent.cases == 3);
        w.must(usecase::merge_case(*w.ctx, w.lead, w.guard(w.lead), {from, into, ""}));
        w.sql("UPDATE support_case SET closed_at = 5 WHERE id = '" + over.value + "'");
        CHECK(o.work() == 3);
        CHECK(o.in(mute) == "refused no_way_to_reach");
        CHECK(o.in(from) == "refused case_already_closed");
        CHECK(o.in(over) == "refused case_already_closed");
        w.sql("UPDATE support_case SET closed_at = 0 WHERE id = '" + over.value + "'");
        CHECK(o.all().items.at(0).fresh == 1);  // the one that the merged case goes on in
        CHECK(o.send_on(sent.reply_id).cases == 1);
        w.sql("UPDATE customer SET phone = '13800138000' WHERE id = '" + silent.value + "'");
        CHECK(o.send_on(sent.reply_id, true).cases == 2);
        CHECK(o.work() == 3);
        for (const CaseId& id : {mute, into, over}) CHECK(o.told(id) == std::vector<std::string>{"It works again."});
        CHECK(w.differences().empty());
    });
}

TEST_CASE("whoever sends a unified reply twice, or at the same time, sends it once") {
    on_each_engine([](ShopWorld& w) {
        Outage o(w);
        std::vector<CaseId> cases;
        for (int i = 0; i < 6; ++i) cases.push_back(o.linked(o.asked("T-" + std::to_string(i))));
        CHECK(usecase::send_unified_reply(*w.ctx, w.agent, w.guard(w.agent), {o.incident, "x"}).error().code == "if_match_required");
        const auto guard = o.read("K");
        const auto first = w.must(usecase::send_unified_reply(*w.ctx, w.agent, guard, {o.incident, "Sorry."}));
        CHECK(w.must(usecase::send_unified_reply(*w.ctx, w.agent, guard, {o.incident, "Sorry."})).reply_id == first.reply_id);
        auto other = guard;
        other.idempotency_key = "L";
        CHECK(usecase::send_unified_reply(*w.ctx, w.agent, other, {o.incident, "Sorry!"}).error().code == "stale");
        CHECK(o.all().items.size() == 1);

        std::int64_t asks = 0;  // a program that ends in the middle
        CHECK(w.must(usecase::work_on_replies(*w.ctx, [&] { return ++asks > 3; })) == 2);
        {
            std::vector<std::jthread> programs;
            for (int i = 0; i < 2; ++i) programs.emplace_back([&] { static_cast<void>(usecase::work_on_replies(*w.ctx, [] { return false; })); });
        }
        for (const CaseId& id : cases) CHECK(o.told(id) == std::vector<std::string>{"Sorry."});
        CHECK(o.all().items.at(0).sent == 6);
        CHECK(w.differences().empty());
    });
}

TEST_CASE("a case that takes no word keeps a unified reply neither from the others nor waiting for ever") {
    on_each_engine([](ShopWorld& w) {
        Outage o(w);
        const CaseId broken = o.linked(o.asked("B-1")), sound = o.linked(o.asked("B-2"));
        o.send("Sorry.");
        w.sql("CREATE UNIQUE INDEX one_note ON note(case_id) WHERE case_id = '" + broken.value + "'");
        CHECK(o.work() == 2);
        CHECK(o.told(sound) == std::vector<std::string>{"Sorry."});
        CHECK(o.told(broken).empty());
        CHECK(o.in(broken) == "refused reply_failed");
        CHECK(o.work() == 0);
    });
}

TEST_CASE("only what gathers cases has a unified reply, and only who decides sends it") {
    on_each_engine([](ShopWorld& w) {
        Outage o(w);
        const CaseId one = o.linked(o.asked("V-1"));
        auto guard = w.guard(w.agent);
        guard.expected_version = w.view(one).c.version;
        CHECK(usecase::send_unified_reply(*w.ctx, w.agent, guard, {one, "x"}).error().code == "not_an_incident");
        CHECK(w.must(usecase::unified_replies(*w.ctx, w.agent, {one})).items.empty());
        CHECK(usecase::send_unified_reply(*w.ctx, w.dock, o.read(), {o.incident, "x"}).error().code == "permission_missing");
        CHECK(usecase::send_unified_reply_on(*w.ctx, w.agent, w.guard(w.agent), {o.incident, UnifiedReplyId("NONE"), false}).error().code == "reply_not_found");
        const usecase::Actor stranger{StaffId("S"), {Role::lead}, {ShopId("OTHER")}, false, "staff:S"};
        CHECK(usecase::unified_replies(*w.ctx, stranger, {o.incident}).error().code == "case_not_found");
        CHECK(usecase::send_unified_reply(*w.ctx, stranger, o.read(), {o.incident, "x"}).error().code == "case_not_found");
    });
}

}  // namespace
}  // namespace aftercare::test
