#include "usecase/receipts.hpp"

#include "world.hpp"

namespace aftercare::test {
namespace {

struct Reported : JobsWorld {
    usecase::Actor wms{StaffId("TOKEN"), {Role::warehouse}, {shop}, false, "token:TOKEN"};

    usecase::ReceiptTaken put(const usecase::PutReceipt& receipt) { return usecase::put_receipt(ctx, wms, guard(wms), receipt).value(); }
    static usecase::PutReceipt parcel(const std::string& id, const std::string& number, std::int64_t qty) {
        return {{}, id, number, {}, {{{}, "SKU-A", qty}}, {}};
    }
    static usecase::ReportedInspection good(const std::string& id, std::int64_t qty) {
        return {id, {}, "SKU-A", qty, Grade::pass, Disposition::restock, {}, {}, "Han"};
    }
    std::size_t kept() { return usecase::list_receipt_problems(ctx, agent, {}).value().items.size(); }
};

TEST_CASE("a reported parcel with its inspection takes the return on, named by key, case number or tracking") {
    Reported w;
    const auto r = w.shipped("R1");
    auto receipt = Reported::parcel("P1", w.state(r).c.number, 2);
    receipt.inspections = {Reported::good("I1", 2)};
    const auto taken = w.put(receipt);
    CHECK(taken.taken == 2);
    CHECK(taken.problems.empty());
    CHECK(taken.case_id == r.case_id);
    CHECK(taken.operation_id == r.operation_id);
    CHECK(w.state(r).inbound.at(0).state == InboundState::inspected);
    CHECK(w.state(r).inspections.at(0).inspector == "Han");
    const auto version = w.state(r).c.version;
    CHECK(w.put(receipt).taken == 2);  // the same once more
    CHECK(w.state(r).c.version == version);

    const auto by_key = w.shipped("R2");
    CHECK(w.put(Reported::parcel("P2", by_key.operation_id.value, 2)).taken == 1);
    w.shipped("R3");
    auto by_tracking = Reported::parcel("P3", "", 2);
    by_tracking.tracking = "SFR3";
    CHECK(w.put(by_tracking).taken == 1);
    CHECK(w.kept() == 0);
}

TEST_CASE("what fits nothing is kept, listed and taken when it fits later") {
    Reported w;
    const auto unknown = w.put(Reported::parcel("P1", "99999", 1));
    CHECK(unknown.taken == 0);
    CHECK(unknown.problems.at(0).code == "unknown_return");
    CHECK(unknown.case_id.empty());
    const auto listed = usecase::list_receipt_problems(w.ctx, w.agent, {}).value().items;
    REQUIRE(listed.size() == 1);
    CHECK(listed[0].problem.external_id == "P1");
    CHECK(listed[0].problem.stream == "receipts");
    CHECK(listed[0].shop_id == w.shop);

    const auto r = w.shipped("R1");
    const auto too_many = w.put(Reported::parcel("P2", r.operation_id.value, 3));
    CHECK(too_many.problems.at(0).code == "more_than_announced");
    CHECK(w.has_task(r, "announce_failed"));
    CHECK(w.kept() == 2);
    CHECK(w.put(Reported::parcel("P2", r.operation_id.value, 2)).taken == 1);
    CHECK(w.put(Reported::parcel("P2", r.operation_id.value, 1)).problems.at(0).code == "receipt_changed");
    CHECK(w.put(Reported::parcel("P2", r.operation_id.value, 2)).taken == 1);
    CHECK(w.kept() == 1);
    CHECK(w.put(Reported::parcel("A\nB", r.operation_id.value, 0)).problems.at(0).code == "bad_receipt_id");
}

TEST_CASE("a report is checked: who, which shop, what about") {
    Reported w;
    const auto refused = [&](const usecase::Actor& who, const usecase::PutReceipt& receipt) {
        const auto done = usecase::put_receipt(w.ctx, who, w.guard(who), receipt);
        return done ? std::string() : done.error().fields.empty() ? done.error().code : done.error().fields[0].pointer;
    };
    CHECK(refused(w.finance, Reported::parcel("P", "1", 1)) == "permission_missing");
    CHECK(refused(w.wms, {{}, "P", "1", {}, {}, {}}) == "/lines");
    CHECK(refused(w.wms, {{}, "P", "", {}, {{{}, "A", 1}}, {}}) == "/return");
    CHECK(refused(w.wms, {{}, "P", "1", {}, {{{}, "", 1}}, {}}) == "/lines/0/sku");
    auto elsewhere = Reported::parcel("P", "1", 1);
    elsewhere.shop_id = ShopId("OTHER");
    CHECK(refused(w.wms, elsewhere) == "not_found");
    usecase::Actor two = w.wms;
    two.shops.emplace_back("SECOND");
    CHECK(refused(two, Reported::parcel("P", "1", 1)) == "/shop_id");
    CHECK(w.kept() == 0);
}

TEST_CASE("another shop's return cannot be reached by its number") {
    Reported w;
    const auto r = w.shipped("R1");
    const ShopId other = usecase::add_shop(w.ctx, an_admin(), w.guard(an_admin()), {"other", "Other", "CNY", "Asia/Shanghai"})->id;
    const usecase::Actor stranger{StaffId("S"), {Role::warehouse}, {other}, false, "token:S"};
    const auto taken = usecase::put_receipt(w.ctx, stranger, w.guard(stranger), Reported::parcel("P1", w.state(r).c.number, 2)).value();
    CHECK(taken.problems.at(0).code == "unknown_return");
    CHECK(w.state(r).inbound.at(0).state == InboundState::in_transit);
}

}  // namespace
}  // namespace aftercare::test
