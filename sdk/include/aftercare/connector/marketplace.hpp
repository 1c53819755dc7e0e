#pragma once
#include <aftercare/base/instant.hpp>
#include <aftercare/base/money.hpp>
#include <aftercare/connector/pull.hpp>
#include <aftercare/model/words.hpp>
#include <optional>

/// Requests and replies of the kind `marketplace` (plugin-sdk.md, section 5.3): its orders and after-sales are read, and what the
/// shop decides is told there. An after-sale is named by the marketplace's own number.
namespace aftercare {

inline constexpr std::string_view kMarketplacePullOp = "marketplace.pull/1";
inline constexpr std::string_view kAgreeReturnOp = "marketplace.agree_return/1";
inline constexpr std::string_view kRefuseOp = "marketplace.refuse/1";
inline constexpr std::string_view kAgreeRefundOp = "marketplace.agree_refund/1";  ///< answers a RefundReply (payment.hpp)

AC_WORDS(MarketplaceStream, orders, after_sales);

struct SoldLine {
    static constexpr std::string_view kSchema = "SoldLine";
    std::string sku, name;
    std::int64_t qty = 1, unit_price_minor = 0, discount_minor = 0;
};
template <class Io>
void fields(Io& io, SoldLine& l) {
    io("sku", l.sku, length(1, 128));
    io("name", l.name, maybe, length(0, 500));
    io("qty", l.qty, between(1, 1'000'000));
    io("unit_price_minor", l.unit_price_minor, between(0, 1'000'000'000'000));
    io("discount_minor", l.discount_minor, maybe, between(0, 1'000'000'000'000));
}
/// A paid order, in the shop's currency. `id`: its number, cut to what an id may be.
struct SoldOrder {
    static constexpr std::string_view kSchema = "SoldOrder";
    std::string id, number, channel, buyer_ref, buyer_name, buyer_phone;
    std::vector<SoldLine> lines;
    std::int64_t discount_minor = 0, shipping_minor = 0;
    Instant placed_at, delivered_at;  ///< delivered_at 0: not yet
};
template <class Io>
void fields(Io& io, SoldOrder& o) {
    io("id", o.id, length(1, 60));
    io("number", o.number, length(1, 128));
    io("channel", o.channel, maybe, length(0, 60));
    io("buyer_ref", o.buyer_ref, maybe, length(0, 128));
    io("buyer_name", o.buyer_name, maybe, length(0, 200));
    io("buyer_phone", o.buyer_phone, maybe, length(0, 40));
    io("lines", o.lines, length(1, 1'000));
    io("discount_minor", o.discount_minor, maybe, between(0, 1'000'000'000'000));
    io("shipping_minor", o.shipping_minor, maybe, between(0, 1'000'000'000'000));
    io("placed_at", o.placed_at);
    io("delivered_at", o.delivered_at, maybe);
}

struct AfterSaleLine {
    static constexpr std::string_view kSchema = "AfterSaleLine";
    std::string sku;
    std::int64_t qty = 1;
    std::string new_sku;  ///< what the buyer wants instead (exchange); empty: the same again
};
template <class Io>
void fields(Io& io, AfterSaleLine& l) {
    io("sku", l.sku, length(1, 128));
    io("qty", l.qty, between(1, 1'000'000));
    io("new_sku", l.new_sku, maybe, length(0, 128));
}
/// An after-sale as it stands there now. `id`: its number. `version` rises with each change; an older one is ignored. `raw_state`:
/// what was said there, when `state` is `unknown`. No lines: all of the order.
struct AfterSale {
    static constexpr std::string_view kSchema = "AfterSale";
    std::string id, order_number;
    std::int64_t version = 1;
    OperationKind kind{};
    AfterSaleState state{};
    std::string raw_state;
    std::vector<AfterSaleLine> lines;
    std::int64_t amount_minor = 0;
    Reason reason = Reason::other;
    std::string words, carrier, tracking;  ///< what the buyer wrote; how the goods come back
    Intervention intervention{};
    std::int64_t ruled_minor = 0;
    Instant deadline_at;
    bool cannot_refuse = false;
};
template <class Io>
void fields(Io& io, AfterSale& a) {
    io("id", a.id, length(1, 60));
    io("order_number", a.order_number, length(1, 128));
    io("version", a.version, between(1, 9'000'000'000'000'000));
    io("kind", a.kind);
    io("state", a.state);
    io("raw_state", a.raw_state, maybe, length(0, 200));
    io("lines", a.lines, maybe, length(0, 200));
    io("amount_minor", a.amount_minor, maybe, between(0, 1'000'000'000'000));
    io("reason", a.reason, maybe);
    io("words", a.words, maybe, length(0, 2'000));
    io("carrier", a.carrier, maybe, length(0, 60));
    io("tracking", a.tracking, maybe, length(0, 60));
    io("intervention", a.intervention, maybe);
    io("ruled_minor", a.ruled_minor, maybe, between(0, 1'000'000'000'000));
    io("deadline_at", a.deadline_at, maybe);
    io("cannot_refuse", a.cannot_refuse, maybe);
}

/// agree_return, refuse (with `code`, a word of RejectCode) and agree_refund (with `amount`). `version`: the last one heard;
/// `conflict` when the marketplace has gone on. The same `key` again changes nothing.
struct PlatformDecision {
    static constexpr std::string_view kSchema = "PlatformDecision";
    std::string key, external_ref, order_number, case_number;
    std::int64_t version = 0;
    std::string code;
    std::optional<Money> amount;
};
template <class Io>
void fields(Io& io, PlatformDecision& d) {
    io("key", d.key, length(1, 128));
    io("external_ref", d.external_ref, length(1, 64));
    io("order_number", d.order_number, maybe, length(0, 128));
    io("case_number", d.case_number, maybe, length(0, 100));
    io("version", d.version, between(0, 9'000'000'000'000'000));
    io("code", d.code, maybe, length(0, 60));
    io("amount", d.amount);
}
struct PlatformTook {
    static constexpr std::string_view kSchema = "PlatformTook";
    std::string external_id;
};
template <class Io>
void fields(Io& io, PlatformTook& t) {
    io("external_id", t.external_id, length(1, 200));
}

}  // namespace aftercare
