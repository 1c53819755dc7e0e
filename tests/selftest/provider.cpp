#include "selftest/provider.hpp"

#include <aftercare/connector/courier.hpp>
#include <aftercare/connector/payment.hpp>
#include <aftercare/connector/warehouse.hpp>

namespace aftercare::selftest {
namespace {

usecase::CallOutcome yes(std::string json) { return {true, std::move(json), {}, {}, {}}; }
usecase::CallOutcome no(ErrorClass error) { return {false, {}, error, "said_no", {}}; }

usecase::CallOutcome other(const std::string& op, Chance& chance) {
    switch (chance.below(8)) {
        case 0: return no(ErrorClass::unavailable);
        case 1: return no(ErrorClass::rejected);
        case 2: return no(ErrorClass::unknown);
        case 3: return yes("{}");
        default: break;
    }
    if (op == kHoldOrderOp) return yes(chance.below(2) == 0 ? R"({"state":"held"})" : R"({"state":"already_shipped"})");
    if (op == kInterceptOp) return yes(chance.below(2) == 0 ? R"({"state":"accepted","carrier":"SF","tracking":""})" : R"({"state":"refused"})");
    if (op == kBookOp) return yes(R"({"booking_id":"B-1","carrier":"SF","tracking":""})");
    return yes(R"({"external_id":"W-1"})");
}

}  // namespace

std::optional<usecase::CallOutcome> Provider::ask(const usecase::PluginCall& call, Chance& chance) {
    if (call.op == kRefundOp) return pay(call, chance);
    if (call.op == kGetRefundOp) return look_up(call, chance);
    return other(call.op, chance);
}

std::optional<usecase::CallOutcome> Provider::pay(const usecase::PluginCall& call, Chance& chance) {
    const auto n = chance.below(12);
    if (n == 0) return no(ErrorClass::unavailable);
    if (n == 1) return no(ErrorClass::rejected);
    if (n == 2) return no(ErrorClass::unknown);  // lost on the way there
    if (n == 3) return std::nullopt;             // died before the call
    ++by_key_[call.idempotency_key];
    if (const auto* refund = std::get_if<domain::SubmitRefund>(&call.effect)) ++by_leg_[refund->money_leg_id];
    if (n == 4) return std::nullopt;  // died after it
    if (n == 5) return no(ErrorClass::unknown);
    if (n == 6) return no(ErrorClass::crashed);
    return yes(n == 7 ? R"({"state":"pending","external_id":"P-1"})" : R"({"state":"succeeded","external_id":"P-1"})");
}

std::optional<usecase::CallOutcome> Provider::look_up(const usecase::PluginCall& call, Chance& chance) const {
    const auto n = chance.below(5);
    if (n == 0) return no(ErrorClass::unavailable);
    if (n == 1) return std::nullopt;
    const auto found = by_key_.find(call.idempotency_key);
    if (found != by_key_.end() && found->second > 0) return yes(R"({"state":"succeeded","external_id":"P-1"})");
    return n == 2 ? no(ErrorClass::not_found) : yes(R"({"state":"failed","code":"never_came"})");
}

int Provider::paid(const MoneyLegId& leg) const {
    const auto found = by_leg_.find(leg);
    return found == by_leg_.end() ? 0 : found->second;
}

tl::expected<usecase::CallLimits, usecase::Lack> Provider::offers(const std::string& plugin, std::string_view op) {
    if (op.starts_with(plugin + ".")) return usecase::CallLimits{seconds(15), seconds(17)};
    return tl::unexpected(usecase::Lack::operation);
}

}  // namespace aftercare::selftest
