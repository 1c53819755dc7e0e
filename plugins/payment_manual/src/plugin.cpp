#include <aftercare/plugin.hpp>

namespace payment_manual {

using namespace aftercare;
using namespace aftercare::plugin;

struct Settings {};
template <class Io>
void fields(Io&, Settings&) {}

/// People pay; this remembers what it was asked, so that a repeated request is one refund (README.md).
class PaymentManual final : public Payment<Settings> {
    Answer<CheckReply> check(Ctx&) override { return CheckReply{"refunds wait for finance to mark them paid"}; }

    Answer<RefundReply> refund(const RefundRequest& request, Ctx& ctx) override {
        if (request.amount.minor <= 0) return wrong("/amount/minor", "out_of_range");
        if (request.amount.currency.size() != 3) return wrong("/amount/currency", "bad_currency");
        auto store = ctx.store();
        const auto known = store.get(request.key);
        if (known) return again(request, *known);
        if (known.error().error_class != ErrorClass::not_found) return tl::unexpected<PluginError>(known.error());
        AC_CHECK(store.put(request.key, encode(request)));
        return RefundReply{RefundState::pending, request.key, {}};
    }

    Answer<RefundReply> get_refund(const GetRefundRequest& request, Ctx& ctx) override {
        AC_CHECK(ctx.store().get(request.key));
        return RefundReply{RefundState::pending, request.key, {}};
    }

    static Answer<RefundReply> again(const RefundRequest& request, const std::string& stored) {
        const auto first = decode<RefundRequest>(stored);
        if (!first) return refuse(ErrorClass::internal, "stored_refund_unreadable");
        if (first->amount != request.amount || first->payment_reference != request.payment_reference)
            return refuse(ErrorClass::conflict, "key_reused");
        return RefundReply{RefundState::pending, request.key, {}};
    }
    static tl::unexpected<PluginError> wrong(std::string pointer, std::string code) {
        return tl::unexpected<PluginError>(
            PluginError{ErrorClass::invalid, "invalid_fields", {}, {}, 0, {{std::move(pointer), std::move(code)}}});
    }
};

}  // namespace payment_manual

AC_PLUGIN(payment_manual::PaymentManual)
