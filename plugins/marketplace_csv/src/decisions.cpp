#include "decisions.hpp"

#include <aftercare/files/csv.hpp>

namespace marketplace_csv {
namespace {

using namespace aftercare;
using namespace aftercare::plugin;

/// What of a number may stand in a file's name.
std::string safe(std::string_view text) {
    std::string out;
    for (const char c : text.substr(0, 60)) {
        const bool good = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' || c == '_';
        out.push_back(good ? c : '_');
    }
    return out;
}

std::string amount_text(const Money& amount) {
    const std::string cents = std::to_string(amount.minor % 100);
    return std::to_string(amount.minor / 100) + (cents.size() < 2 ? ".0" : ".") + cents;
}

}  // namespace

Answer<PlatformTook> write_decision(std::string_view decision, const PlatformDecision& d, Ctx& ctx) {
    auto store = ctx.store();
    const std::string remembered = "decision-" + d.key;
    if (const auto before = store.get(remembered)) return PlatformTook{*before};
    else if (before.error().error_class != ErrorClass::not_found) return tl::unexpected<PluginError>(before.error());
    const std::string name = safe(d.external_ref) + "-" + std::string(decision) + "-" + safe(d.key) + ".csv";
    const std::string text = "\xEF\xBB\xBF" +
        files::csv_line({"after_sale_id", "order_number", "version", "decision", "amount", "currency", "code", "case_number"}) +
        files::csv_line({d.external_ref, d.order_number, std::to_string(d.version), std::string(decision),
                         d.amount ? amount_text(*d.amount) : "", d.amount ? d.amount->currency : "", d.code, d.case_number});
    AC_CHECK(ctx.folder().write("decisions", name, text));
    AC_CHECK(store.put(remembered, name));
    return PlatformTook{name};
}

}  // namespace marketplace_csv
