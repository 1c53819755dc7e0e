#include "usecase/plugin_requests.hpp"

#include <aftercare/codec/codec.hpp>
#include <aftercare/connector/channel.hpp>
#include <aftercare/connector/courier.hpp>
#include <aftercare/connector/marketplace.hpp>
#include <aftercare/connector/payment.hpp>
#include <aftercare/connector/warehouse.hpp>
#include <algorithm>

#include "domain/operations.hpp"
#include "domain/work.hpp"

namespace aftercare::usecase {
namespace {

template <class T, class I>
const T* find(const std::vector<T>& rows, const I& id) {
    const auto at = std::find_if(rows.begin(), rows.end(), [&](const T& row) { return row.id == id; });
    return at == rows.end() ? nullptr : &*at;
}

/// Builds the request of one effect; an effect that names nothing of the case has nothing to ask.
struct Builder {
    const domain::CaseState& state;
    const Setting& setting;

    PluginRequest operator()(const domain::AnnounceReturn& e) const {
        ReturnNotice notice = notice_of(e.operation_id);
        for (const OperationLine& line : state.lines)
            if (line.operation_id == e.operation_id) add(notice, e.operation_id, line, line.qty - line.released);
        return sent(kAnnounceReturnOp, notice, notice.lines.empty() ? "nothing_left" : "");
    }

    PluginRequest operator()(const domain::UpdateReturn& e) const {
        ReturnNotice notice = notice_of(e.operation_id);
        const InboundLeg* leg = find(state.inbound, e.inbound_leg_id);
        if (!leg) return skip("nothing_left");
        notice.carrier = leg->carrier;
        notice.tracking = leg->tracking;
        for (const InboundLine& parcel : state.inbound_lines)
            if (parcel.inbound_leg_id == leg->id)
                if (const auto* line = find(state.lines, parcel.operation_line_id)) add(notice, e.operation_id, *line, parcel.qty);
        return sent(kUpdateReturnOp, notice, "");
    }

    PluginRequest operator()(const domain::CancelReturn& e) const {
        const Operation* operation = find(state.operations, e.operation_id);
        const std::string reason(operation ? word(operation->decision) : "");
        return sent(kCancelReturnOp, CancelReturnRequest{e.operation_id.value, state.c.number, reason}, "");
    }

    PluginRequest operator()(const domain::SubmitRefund& e) const {
        const MoneyAttempt* attempt = find(state.attempts, e.attempt_id);
        const MoneyLeg* leg = find(state.money, e.money_leg_id);
        const Operation* operation = find(state.operations, e.operation_id);
        if (!attempt || !leg || !operation) return skip("nothing_left");
        // Finance may have settled it meanwhile; from `unknown` only asking leads on (I6).
        if (attempt->state != MoneyState::submitted) return skip("already_answered");
        if (setting.asks_first && !setting.at_platform) return asked(*attempt);
        const Money amount{leg->amount_minor, leg->currency};
        if (setting.at_platform) {
            PlatformDecision decision = decision_of(attempt->id.value);
            decision.amount = amount;
            return {kAgreeRefundOp, encode(decision), attempt->id.value, true, {}};
        }
        const Payment* payment = find(state.order.payments, leg->payment_id);
        const RefundRequest request{attempt->id.value, state.order.order.number, payment ? payment->reference : "",
                                    amount, std::string(word(operation->reason))};
        return {kRefundOp, encode(request), attempt->id.value, true, {}};
    }

    PluginRequest operator()(const domain::ReconcileRefund& e) const {
        const MoneyAttempt* attempt = find(state.attempts, e.attempt_id);
        if (!attempt) return skip("nothing_left");
        if (attempt->state != MoneyState::submitted && attempt->state != MoneyState::unknown) return skip("already_answered");
        if (setting.at_platform) return skip("platform_tells");  // its after-sale says when it has paid
        return asked(*attempt);
    }

    PluginRequest operator()(const domain::SendMessage& e) const {
        const Operation* operation = find(state.operations, e.operation_id);
        if (!operation) return skip("nothing_left");
        const auto c = domain::counts(state, operation->id);
        const bool waits = e.message == MessageTemplate::info_reminder ? operation->decision == DecisionState::need_info : c.to_ship > 0;
        return sent(kSendOp, SendRequest{setting.key, state.c.customer_id.value, state.c.number, state.order.order.number, e.message, e.not_after},
                    waits ? "" : "nothing_left");
    }

    PluginRequest operator()(const domain::BookReturn& e) const {
        const Operation* operation = find(state.operations, e.operation_id);
        if (!operation || domain::counts(state, e.operation_id).to_ship == 0) return skip("nothing_left");
        if (!operation->booking_ref.empty()) return skip("already_answered");
        BookRequest request{e.operation_id.value, state.c.number, state.order.order.number, setting.shop, {}, {}};
        for (const OperationLine& line : state.lines) {
            const OrderLine* bought = find(state.order.lines, line.order_line_id);
            const auto qty = domain::counts(line).to_ship;
            if (line.operation_id == e.operation_id && bought && qty > 0) request.items.push_back({bought->sku, bought->name, qty});
        }
        return {kBookOp, encode(request), e.operation_id.value, true, {}};
    }

    PluginRequest operator()(const domain::HoldOrder& e) const {
        const Operation* operation = find(state.operations, e.operation_id);
        if (!operation || operation->decision != DecisionState::verifying) return skip("nothing_left");
        HoldRequest request{e.operation_id.value, state.c.number, state.order.order.number, setting.shop, std::string(word(operation->reason)), {}};
        for (const OperationLine& line : state.lines) {
            const OrderLine* bought = find(state.order.lines, line.order_line_id);
            const auto qty = domain::counts(line).to_ship;
            if (line.operation_id == e.operation_id && bought && qty > 0) request.lines.push_back({line.order_line_id, bought->sku, bought->name, qty, {}});
        }
        return sent(kHoldOrderOp, request, request.lines.empty() ? "nothing_left" : "");
    }

    PluginRequest operator()(const domain::ReleaseOrder& e) const {
        HoldRequest request{e.operation_id.value, state.c.number, state.order.order.number, setting.shop, {}, {}};
        const Operation* operation = find(state.operations, e.operation_id);
        if (!operation) return skip("nothing_left");
        const bool holds_on = operation->decision == DecisionState::verifying || domain::in(domain::table::kUnderWay, operation->decision);
        for (const OperationLine& line : state.lines) {
            const OrderLine* bought = find(state.order.lines, line.order_line_id);
            if (holds_on && line.operation_id == e.operation_id && bought && line.released > 0)
                request.lines.push_back({line.order_line_id, bought->sku, bought->name, line.released, {}});
        }
        return sent(kReleaseOrderOp, request, "");
    }

    PluginRequest operator()(const domain::ShipReplacement& e) const {
        const Operation* operation = find(state.operations, e.operation_id);
        const OutboundLeg* leg = find(state.outbound, e.outbound_leg_id);
        if (!operation || !leg || leg->state != OutboundState::planned || !domain::may_leave(state, *operation, *leg)) return skip("nothing_left");
        ShipRequest request{leg->id.value, domain::kind_of(*operation).comes_back ? operation->id.value : "", state.c.number, state.order.order.number, setting.shop, std::string(word(operation->kind)), {}};
        for (const OutboundLine& parcel : domain::lines_of_parcel(state, leg->id)) {
            const OperationLine* line = find(state.lines, parcel.operation_line_id);
            const OrderLine* bought = line ? find(state.order.lines, line->order_line_id) : nullptr;
            if (!bought) continue;
            const bool other = leg->purpose == OutboundPurpose::replacement && !line->new_sku.empty();
            request.lines.push_back({bought->id, other ? line->new_sku : bought->sku, other ? line->new_name : bought->name, parcel.qty, std::string(word(operation->reason))});
        }
        return {kShipReplacementOp, encode(request), leg->id.value, true, request.lines.empty() ? "nothing_left" : ""};
    }

    PluginRequest operator()(const domain::CancelShipment& e) const {
        return sent(kCancelOrderOp, CancelReturnRequest{e.outbound_leg_id.value, state.c.number, "voided"}, "");
    }

    PluginRequest operator()(const domain::InterceptParcel& e) const {
        const Operation* operation = find(state.operations, e.operation_id);
        if (!operation || operation->decision != DecisionState::verifying) return skip("nothing_left");
        return sent(kInterceptOp, InterceptRequest{e.operation_id.value, state.c.number, state.order.order.number, setting.shop}, "");
    }

    PluginRequest operator()(const domain::TellPlatform& e) const {
        const Operation* operation = find(state.operations, e.operation_id);
        if (!operation || state.c.platform.empty()) return skip("nothing_left");
        PlatformDecision decision = decision_of(setting.key);
        if (e.verdict == PlatformVerdict::refuse) decision.code = operation->reject_code;
        return sent(e.verdict == PlatformVerdict::refuse ? kRefuseOp : kAgreeReturnOp, decision, "");
    }

   private:
    [[nodiscard]] PlatformDecision decision_of(const std::string& key) const {
        const Platform& platform = state.c.platform;
        return {key, platform.external_ref, state.order.order.number, state.c.number, platform.version, {}, {}};
    }
    static PluginRequest asked(const MoneyAttempt& attempt) {
        return {kGetRefundOp, encode(GetRefundRequest{attempt.id.value}), attempt.id.value, false, {}};
    }
    template <class T>
    PluginRequest sent(std::string_view op, const T& request, std::string why_not) const {
        return {op, encode(request), setting.key, true, std::move(why_not)};
    }
    static PluginRequest skip(std::string why) { return {{}, {}, {}, true, std::move(why)}; }

    ReturnNotice notice_of(const OperationId& operation) const {
        return {operation.value, state.c.number, state.order.order.number, setting.shop, {}, {}, {}};
    }
    void add(ReturnNotice& notice, const OperationId& operation, const OperationLine& line, std::int64_t qty) const {
        const OrderLine* bought = find(state.order.lines, line.order_line_id);
        const Operation* wanted = find(state.operations, operation);
        if (qty < 1 || !bought || !wanted) return;
        notice.lines.push_back({line.order_line_id, bought->sku, bought->name, qty, std::string(word(wanted->reason))});
    }
};

}  // namespace

PluginRequest build_request(const domain::CaseState& state, const domain::Effect& effect, const Setting& setting) {
    return std::visit(Builder{state, setting}, effect);
}

}  // namespace aftercare::usecase
