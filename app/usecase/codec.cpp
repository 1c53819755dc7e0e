#include <aftercare/codec/json.hpp>

#include "usecase/customers.hpp"
#include "usecase/demo.hpp"
#include "usecase/demo_data.hpp"
#include "usecase/erasure.hpp"
#include "usecase/imports/imports.hpp"
#include "usecase/orders.hpp"
#include "usecase/photos.hpp"
#include "usecase/unknown_parcels.hpp"

// The answers that are kept under idempotency keys.
namespace aftercare {
template std::string encode(const usecase::OrderView&);
template Result<usecase::OrderView> decode(std::string_view);
template std::string encode(const usecase::ImportSummary&);
template Result<usecase::ImportSummary> decode(std::string_view);
template std::string encode(const usecase::ImportMapping&);
template Result<usecase::ImportMapping> decode(std::string_view);
template std::string encode(const usecase::ImportRun&);
template Result<usecase::ImportRun> decode(std::string_view);
template std::string encode(const usecase::CustomerView&);
template Result<usecase::CustomerView> decode(std::string_view);
template std::string encode(const CustomerNote&);
template Result<CustomerNote> decode(std::string_view);
template std::string encode(const usecase::ErasedCustomer&);
template Result<usecase::ErasedCustomer> decode(std::string_view);
template std::string encode(const usecase::Revealed&);
template Result<usecase::Revealed> decode(std::string_view);
template std::string encode(const usecase::DemoMade&);
template Result<usecase::DemoMade> decode(std::string_view);
template std::string encode(const usecase::DemoContents&);
template Result<usecase::DemoContents> decode(std::string_view);
template std::string encode(const usecase::demo::Folder&);
template std::string encode(const usecase::demo::CourierSettings&);
template std::string encode(const usecase::demo::MarketplaceSettings&);
template std::string encode(const usecase::PhotoView&);
template Result<usecase::PhotoView> decode(std::string_view);
template std::string encode(const usecase::UnknownParcelView&);
template Result<usecase::UnknownParcelView> decode(std::string_view);
template std::string encode(const usecase::Done&);
template Result<usecase::Done> decode(std::string_view);
}  // namespace aftercare
