#pragma once
#include <functional>

#include "store/orders.hpp"
#include "usecase/context.hpp"
#include "usecase/demo_data.hpp"

namespace aftercare::usecase::demo {

/// Whom and what the demo's stories speak of.
struct House {
    Context& ctx;
    Instant now;
    ShopId shop;
    std::function<const Actor&(Person)> actor;
    const std::vector<store::NewOrder>& orders;
};

/// A change that was made so many hours ago.
inline Guard ago(const House& house, std::int64_t n) { return {"demo", {}, {}, {}, house.now - hours(n)}; }

/// Complaints, consultations, a review and a lost parcel, each at another stage.
Result<void> tell_matters(const House&);

}  // namespace aftercare::usecase::demo
