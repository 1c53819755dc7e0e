#pragma once
#include <aftercare/model/customer.hpp>

#include "usecase/context.hpp"

/// A person's data go for good (customers-and-revisits.md, section 8; I33).
namespace aftercare::usecase {

struct EraseCustomer {
    CustomerId customer_id;
    ErasureReason reason{};
};
template <class Io>
void fields(Io& io, EraseCustomer& in) {
    io("customer_id", in.customer_id);
    io("reason", in.reason);
}
struct ErasedCustomer {
    static constexpr std::string_view kSchema = "ErasedCustomer";
    CustomerId customer_id;
    std::int64_t orders = 0, cases = 0;  ///< that stay, without a name
    Instant erased_at;
};
template <class Io>
void fields(Io& io, ErasedCustomer& e) {
    io("customer_id", e.customer_id);
    io("orders", e.orders, doc("that stay, without a name"));
    io("cases", e.cases);
    io("erased_at", e.erased_at);
}
/// Profile, identities, addresses, tags, notes, photos, reviews' words and everything said in cases go; orders, cases, money and who did what
/// stay under the customer's id. No file brings the person back. `refused` "customer_has_open_cases" while a case is not closed,
/// "customer_has_effects" while something of a case is on its way; `conflict` "customer_erased".
Result<ErasedCustomer> erase_customer(Context&, const Actor&, const Guard&, const EraseCustomer&);

/// What tells of a number, account, phone or mail that was erased. `value` as identities keep it.
std::string identity_hash(const Context&, std::string_view value);

}  // namespace aftercare::usecase
