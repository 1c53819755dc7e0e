#pragma once
#include "usecase/context.hpp"
#include "usecase/views.hpp"

/// The one search box.
namespace aftercare::usecase {

struct SearchFound {
    static constexpr std::string_view kSchema = "SearchFound";
    std::vector<Customer> customers;  ///< masked
    std::vector<OrderRow> orders;
    std::vector<CaseRow> cases;
    std::vector<Product> products;
};
template <class Io>
void fields(Io& io, SearchFound& f) {
    io("customers", f.customers);
    io("orders", f.orders);
    io("cases", f.cases);
    io("products", f.products);
}
struct Search {
    std::string q;
    std::optional<ShopId> shop_id;
};
template <class Io>
void fields(Io& io, Search& in) {
    io("q", in.q, length(1, 100));
    io("shop_id", in.shop_id);
}
/// By tail of a phone, name (two Han characters anywhere, or its start), order, case and customer numbers, waybill, nick, SKU and
/// product name; at most eight of each.
Result<SearchFound> search(Context&, const Actor&, const Search&);

}  // namespace aftercare::usecase
