#include <aftercare/codec/json.hpp>

#include "usecase/demo.hpp"
#include "usecase/demo_data.hpp"
#include "usecase/imports/import_orders.hpp"
#include "usecase/orders.hpp"

// The answers that are kept under idempotency keys.
namespace aftercare {
template std::string encode(const usecase::OrderView&);
template Result<usecase::OrderView> decode(std::string_view);
template std::string encode(const usecase::ImportSummary&);
template Result<usecase::ImportSummary> decode(std::string_view);
template std::string encode(const usecase::DemoMade&);
template std::string encode(const usecase::demo::Folder&);
template std::string encode(const usecase::Done&);
template Result<usecase::Done> decode(std::string_view);
}  // namespace aftercare
