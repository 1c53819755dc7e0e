#pragma once
#include <aftercare/codec/fields.hpp>
#include <string>
#include <vector>

#include "usecase/context.hpp"

namespace aftercare::usecase {

/// Who can sign in to the demo shop. `password` is empty when the shop was here before.
struct DemoMade {
    static constexpr std::string_view kSchema = "DemoMade";
    std::string login, password;
    std::int64_t orders = 0, cases = 0;
};
template <class Io>
void fields(Io& io, DemoMade& d) {
    io("login", d.login);
    io("password", d.password, maybe);
    io("orders", d.orders);
    io("cases", d.cases);
}

/// Makes the demo shop 朴物生活旗舰店 with its people, orders and returns in every state, the past acts at their past times; all
/// through the same use cases as the console. All the demo people share one fresh random password. Does nothing when the
/// shop is there already.
Result<DemoMade> make_demo(Context&, const std::string& warehouse_folder);

}  // namespace aftercare::usecase
