#include <aftercare/connector/check.hpp>

#include "plugins/world.hpp"

using namespace aftercare;

TEST_CASE("the template that integrators copy builds, loads and answers") {
    test::ConnectWorld world("template_plugins");
    world.supervisor.configure({world.instance("T", "warehouse_demo", R"({"prefix":"WH-"})")});
    CHECK(world.call("T", kCheckOp).ok);
    ReturnNotice notice{"OP1", "C-1", "489434", "Shop", "", "", {{OrderLineId("L1"), "85048", "Mug", 3, "quality"}}};
    const auto taken = world.call("T", kAnnounceReturnOp, encode(notice), true);
    REQUIRE(taken.ok);
    CHECK(decode<ReturnAccepted>(taken.reply_json)->external_id == "WH-OP1");
    notice.lines.clear();
    const auto refused = world.call("T", kAnnounceReturnOp, encode(notice), true);
    CHECK(refused.error_class == ErrorClass::invalid);
    CHECK(refused.code == "no_lines");
}
