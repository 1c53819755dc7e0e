#include <aftercare/codec/json.hpp>

#include "usecase/connectors.hpp"
#include "usecase/orders.hpp"
#include "usecase/staff.hpp"

// The answers that are kept under idempotency keys.
namespace aftercare {
template std::string encode(const usecase::OrderView&);
template Result<usecase::OrderView> decode(std::string_view);
template std::string encode(const usecase::Done&);
template Result<usecase::Done> decode(std::string_view);
}  // namespace aftercare
