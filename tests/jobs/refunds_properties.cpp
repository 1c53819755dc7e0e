#include <rapidcheck/catch.h>

#include <map>

#include "world.hpp"

namespace aftercare::test {
namespace {

/// A provider that pays whenever it is asked to pay: nothing protects it from being asked twice but ourselves.
struct Provider {
    std::map<std::string, int> paid;
    connect::Outcome asked(const Seen& call, int chance) {
        if (call.op == kGetRefundOp) return found(call.key, chance);
        switch (chance % 10) {
            case 0: return failed(ErrorClass::unavailable);
            case 1: return failed(ErrorClass::rate_limited, "quota", 1'000);
            case 2: return failed(ErrorClass::rejected);
            case 3: return failed(ErrorClass::unknown);  // lost on the way there
            case 4: throw std::runtime_error("died before the call");
            case 5: ++paid[call.key]; throw std::runtime_error("died after the call");
            case 6: ++paid[call.key]; return failed(ErrorClass::unknown);
            case 7: ++paid[call.key]; return failed(ErrorClass::crashed);
            case 8: ++paid[call.key]; return accepted("{}");
            default: ++paid[call.key]; return accepted(R"({"state":"succeeded","external_id":"P"})");
        }
    }
    connect::Outcome found(const std::string& key, int chance) {
        switch (chance % 5) {
            case 0: return failed(ErrorClass::unavailable);
            case 1: return failed(ErrorClass::unknown);
            case 2: throw std::runtime_error("died while asking");
            default: break;
        }
        if (paid[key] > 0) return accepted(R"({"state":"succeeded","external_id":"P"})");
        return chance % 2 == 0 ? failed(ErrorClass::not_found) : accepted(R"({"state":"failed","code":"never_came"})");
    }
};

TEST_CASE("whatever plugins answer and wherever we crash, money goes out at most once (I5, I6)") {
    rc::prop("never twice", [] {
        JobsWorld w;
        Provider provider;
        const auto r = w.refunding("1");
        w.answer = [&](const Seen& call) { return provider.asked(call, *rc::gen::inRange(0, 1'000)); };
        auto second = w.a_dispatcher("two");
        std::vector<usecase::PluginCall> abandoned;  // claimed by one that stopped, and answers much later
        const int steps = *rc::gen::inRange(1, 40);
        for (int i = 0; i < steps; ++i) {
            switch (*rc::gen::inRange(0, 8)) {
                case 0: w.clock.advance(seconds(*rc::gen::inRange(1, 90))); break;
                case 1: w.clock.advance(minutes(*rc::gen::inRange(1, 200))); break;
                case 2: w.timers.tick(w.clock.now()); break;
                case 3: w.tick(); break;
                case 4: second.tick(w.clock.now()); break;
                case 5: {
                    const auto claimed = usecase::claim_messages(w.ctx, "gone", 20, JobsWorld::offers);
                    if (!claimed) break;
                    abandoned.insert(abandoned.end(), claimed->calls.begin(), claimed->calls.end());
                    break;
                }
                case 6: {
                    // The provider's answer to an abandoned claim arrives after all, if it was asked within its lease.
                    if (abandoned.empty()) break;
                    const auto call = abandoned.back();
                    abandoned.pop_back();
                    if (w.clock.now() + call.limits.hard > call.lease_until) break;
                    try {
                        const auto said = provider.asked({call.connector_id, call.op, call.request_json, call.idempotency_key, 1}, *rc::gen::inRange(0, 1'000));
                        w.clock.advance(seconds(*rc::gen::inRange(0, 100)));
                        const auto recorded = usecase::record_outcome(
                            w.ctx, call, {said.ok, said.reply_json, said.error_class, said.code, {}},
                            [](ErrorClass c, std::int64_t n, Duration d) { return jobs::retry_after(c, n, d, 0); });
                        RC_ASSERT(recorded.has_value());
                    } catch (const std::runtime_error&) {
                    }
                    break;
                }
                default: {
                    const auto state = w.leg(r);
                    const auto again = usecase::submit_refund(w.ctx, w.finance, w.guard(w.finance), {r.case_id, {r.operation_id, {}}});
                    RC_ASSERT(again.has_value() == (state == MoneyState::failed));
                }
            }
            int out = 0;
            for (const auto& [key, times] : provider.paid) out += times;
            RC_ASSERT(out <= 1);
            const auto now = w.state(r);
            RC_ASSERT(now.order.money.at(0).refunded_minor <= 2'000);
            if (now.money.at(0).state == MoneyState::succeeded) RC_ASSERT(out == 1);
        }
    });
}

TEST_CASE("receipts and inspections in any order, repeated, end in the same goods") {
    rc::prop("same end", [] {
        JobsWorld w;
        const auto r = w.shipped("1", 5);
        const usecase::PulledConnector warehouse{w.warehouse, w.shop};
        const std::string key = R"(","key":")" + r.operation_id.value + R"(",)";
        const std::string receipt = R"({"id":"R)" + key + R"("lines":[{"sku":"SKU-A","qty":5}]})";
        const auto inspection = [&](int n) {
            return R"({"id":"I)" + std::to_string(n) + key + R"("sku":"SKU-A","qty":1,"grade":"pass","disposition":"restock"})";
        };
        const auto deliver = [&](int item) {
            const auto stream = item == 0 ? PullStream::receipts : PullStream::inspections;
            const std::string page = R"({"items":[)" + (item == 0 ? receipt : inspection(item)) + "]}";
            const auto taken = usecase::take_page(w.ctx, warehouse, stream, page);
            RC_ASSERT(taken.has_value());
        };
        // Inspections that come too early are problems; a warehouse that repeats its stream delivers them in the end.
        const auto items = *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 6));
        for (const int item : items) deliver(item);
        for (int item = 0; item <= 5; ++item) deliver(item);
        const auto end = w.state(r);
        RC_ASSERT(end.lines.at(0).arrived == 5);
        RC_ASSERT(end.lines.at(0).inspected == 5);
        RC_ASSERT(end.inspections.size() == 5U);
        RC_ASSERT(w.problems().empty());
    });
}

}  // namespace
}  // namespace aftercare::test
