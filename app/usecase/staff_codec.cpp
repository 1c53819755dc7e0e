// The answers of staff, shop, policy and connector changes: kept under idempotency keys as JSON.
#include <aftercare/codec/json.hpp>

#include "usecase/connectors.hpp"
#include "usecase/policies.hpp"
#include "usecase/receipts.hpp"
#include "usecase/saved_views.hpp"
#include "usecase/staff.hpp"
#include "usecase/webhooks.hpp"

namespace aftercare {

#define AC_CODEC(T)                         \
    template std::string encode(const T&);  \
    template Result<T> decode<T>(std::string_view)

AC_CODEC(usecase::Done);
AC_CODEC(usecase::StaffView);
AC_CODEC(usecase::ShopView);
AC_CODEC(usecase::TokenView);
AC_CODEC(usecase::PolicyView);
AC_CODEC(usecase::ConnectorView);
AC_CODEC(usecase::EndpointView);
AC_CODEC(usecase::ReceiptTaken);
AC_CODEC(usecase::SavedViewView);
AC_CODEC(usecase::ViewFilter);

}  // namespace aftercare
