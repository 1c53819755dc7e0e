#pragma once
#include <string_view>
#include <variant>

#include "usecase/imports/order_slice.hpp"

/// Files with one thing a row: customers, products, after-sales, reviews.
namespace aftercare::usecase::imports {

struct RecordRow {
    std::variant<CustomerRow, ProductRow, AfterSaleRow, ReviewRow> record;
    std::int64_t row = 0, line = 0;
    std::string raw;
};

/// One slice inside one transaction. May run twice, so everything it changes is its own.
class RecordSlice {
   public:
    RecordSlice(Context& ctx, store::Tx& tx, const SliceRun& run, const Guard& guard, const std::vector<std::string>& numbers);
    struct Written {
        ImportSummary sum;
        std::vector<std::pair<std::size_t, std::string_view>> rejected;  ///< index and reason: "order_not_found", "customer_not_found",
                                                                         ///< "return_still_open": over in the file, not here
    };
    Result<Written> write(const std::vector<RecordRow>& rows);

   private:
    Result<std::string_view> put(const CustomerRow& row);
    Result<std::string_view> put(const ProductRow& row);
    Result<std::string_view> put(const AfterSaleRow& row);
    Result<std::string_view> put(const ReviewRow& row);
    Result<Returns::Made> write_after_sale(const AfterSaleRow& row, const OrderId& order);
    void remember(std::string kind, const std::string& id, std::int64_t stamp = 0);

    Context& ctx_;
    store::Tx& tx_;
    const SliceRun& run_;
    const Instant now_;
    People people_;
    Returns returns_;
    std::int64_t last_item_ = 0;
    ImportSummary sum_;
};

}  // namespace aftercare::usecase::imports
