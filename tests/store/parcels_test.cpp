#include "store/unknown_parcels.hpp"

#include "store/world.hpp"
#include "usecase/receipts.hpp"
#include "usecase/receiving.hpp"
#include "usecase/unknown_parcels.hpp"

namespace aftercare::test {
namespace {

/// A return of two cups that is approved, and sent under `tracking` when it is given.
struct Dock {
    explicit Dock(ShopWorld& world) : w(world) {}
    CaseId returning(const std::string& number, const std::string& tracking = {}) {
        const auto opened = w.must(usecase::open_case(*w.ctx, w.agent, w.guard(w.agent), w.opening(w.sold(number), 2)));
        operation = opened.operation_id;
        w.must(usecase::approve(*w.ctx, w.lead, w.guard(w.lead), {opened.case_id, {operation}}));
        if (!tracking.empty()) w.must(usecase::ship_back(*w.ctx, w.agent, w.guard(w.agent), {opened.case_id, {operation, "SF", tracking, {}}}));
        return opened.case_id;
    }
    usecase::UnknownParcelView record(const std::string& tracking, const std::string& order = {}, const std::string& phone = {}) {
        return w.must(usecase::record_parcel(*w.ctx, w.dock, w.guard(w.dock), {w.shop, "SF", tracking, order, phone, "two cups", {}}));
    }
    usecase::Receiving find(const std::string& code) { return w.must(usecase::find_receiving(*w.ctx, w.dock, {code, {}})); }
    std::vector<usecase::UnknownParcelView> open() { return w.must(usecase::list_parcels(*w.ctx, w.dock, {{}, {}, ParcelState::open})).items; }
    std::string refused(const usecase::MatchParcel& in) {
        const auto matched = usecase::match_parcel(*w.ctx, w.dock, w.guard(w.dock), in);
        return matched ? "" : matched.error().code;
    }
    ShopWorld& w;
    OperationId operation;
};

TEST_CASE("an unknown parcel is written down with its guesses and arrives in the case it is matched to, once") {
    on_each_engine([](ShopWorld& w) {
        Dock dock(w);
        const CaseId id = dock.returning("A-1");
        const auto parcel = dock.record("YT1", "A-1", "138 0013 8000");
        CHECK(parcel.parcel.phone_last4 == "8000");
        REQUIRE(parcel.guesses.size() == 1);
        CHECK(parcel.guesses[0].by == GuessedBy::order_number);
        CHECK(parcel.guesses[0].row.c.id == id);
        CHECK(dock.record("YT2", {}, "138****8000").guesses.at(0).by == GuessedBy::phone);

        CHECK(usecase::match_parcel(*w.ctx, w.agent, w.guard(w.agent), {parcel.parcel.id, id, dock.operation, {}, {}}).error().code == "permission_missing");
        CHECK(dock.refused({parcel.parcel.id, id, OperationId("X"), {}, {}}) == "operation_not_found");
        CHECK(dock.open().size() == 2);  // a refusal left it as it was
        const auto matched = w.must(usecase::match_parcel(*w.ctx, w.dock, w.guard(w.dock, "key"), {parcel.parcel.id, id, dock.operation, {}, {}}));
        const auto view = w.view(id);
        REQUIRE(view.inbound.size() == 1);
        CHECK(view.inbound[0].state == InboundState::arrived);
        CHECK(view.inbound[0].tracking == "YT1");
        CHECK(matched.parcel.state == ParcelState::matched);
        CHECK(matched.parcel.inbound_leg_id == view.inbound[0].id);
        CHECK(matched.parcel.case_number == view.c.number);
        CHECK(matched.parcel.ended_by == w.dock.staff_id);
        CHECK(matched.guesses.empty());
        CHECK(w.must(usecase::match_parcel(*w.ctx, w.dock, w.guard(w.dock, "key"), {parcel.parcel.id, id, dock.operation, {}, {}})).parcel.id == parcel.parcel.id);
        CHECK(dock.refused({parcel.parcel.id, id, dock.operation, {}, {}}) == "parcel_not_open");
        CHECK(dock.open().size() == 1);
        CHECK(w.view(id).c.version == view.c.version);
        CHECK(w.differences().empty());
    });
}

TEST_CASE("a parcel whose number was typed wrong is matched to the leg that waits; one that fits none is disposed of") {
    on_each_engine([](ShopWorld& w) {
        Dock dock(w);
        const CaseId id = dock.returning("A-1", "SF-TYPED-WRONG");
        const auto parcel = dock.record("SF1");
        CHECK(dock.refused({parcel.parcel.id, id, dock.operation, {}, {}}) == "parcel_unknown");
        const InboundLegId leg = w.view(id).inbound[0].id;
        CHECK(w.must(usecase::match_parcel(*w.ctx, w.dock, w.guard(w.dock), {parcel.parcel.id, id, dock.operation, leg, {}})).parcel.inbound_leg_id == leg);

        const auto other = dock.record("SF2");
        const auto gone = w.must(usecase::dispose_parcel(*w.ctx, w.dock, w.guard(w.dock), {other.parcel.id, Disposal::returned_to_sender, "not ours"}));
        CHECK(gone.parcel.state == ParcelState::disposed);
        CHECK(gone.parcel.disposal == "returned_to_sender");
        CHECK(usecase::dispose_parcel(*w.ctx, w.dock, w.guard(w.dock), {other.parcel.id, Disposal::scrapped, {}}).error().code == "parcel_not_open");
        auto stale = w.guard(w.dock);
        stale.expected_version = 7;
        CHECK(usecase::dispose_parcel(*w.ctx, w.dock, stale, {dock.record("SF3").parcel.id, Disposal::scrapped, {}}).error().code == "stale");
        CHECK(usecase::record_parcel(*w.ctx, w.dock, w.guard(w.dock), {w.shop, "SF", {}, {}, {}, {}, {}}).error().fields == std::vector<FieldError>{{"/tracking", "required"}});
    });
}

TEST_CASE("a warehouse's receipt that fits no return is an unknown parcel, once, until it fits or somebody matches it") {
    on_each_engine([](ShopWorld& w) {
        Dock dock(w);
        const auto put = [&](const std::string& id, const std::string& number) {
            return w.must(usecase::put_receipt(*w.ctx, w.dock, w.guard(w.dock), {w.shop, id, number, "SF" + id, {{{}, "CUP", 2}}, {}}));
        };
        put("R1", "99999");
        put("R1", "99998");
        put("R2", "99999");
        auto open = dock.open();
        REQUIRE(open.size() == 2);
        CHECK(open[1].parcel.external_id == "R1");
        CHECK(open[1].parcel.tracking == "SFR1");
        CHECK(open[1].parcel.contents == "2 × CUP");

        const CaseId first = dock.returning("A-1");
        CHECK(put("R1", w.view(first).c.number).taken == 1);  // told again with the right number
        open = dock.open();
        REQUIRE(open.size() == 1);
        const auto matched = w.must(usecase::list_parcels(*w.ctx, w.dock, {{}, {}, ParcelState::matched})).items;
        CHECK(matched.at(0).parcel.case_id == first);
        CHECK(matched.at(0).parcel.inbound_leg_id == w.view(first).inbound.at(0).id);

        const CaseId second = dock.returning("A-2");
        const OrderLineId line = w.view(second).order[0].lines[0].id;
        w.must(usecase::match_parcel(*w.ctx, w.dock, w.guard(w.dock), {open[0].parcel.id, second, dock.operation, {}, std::vector<domain::LineQty>{{line, 2}}}));
        const auto version = w.view(second).c.version;
        CHECK(put("R2", w.view(second).c.number).taken == 1);  // counted already
        CHECK(w.view(second).c.version == version);
        CHECK(w.must(usecase::list_receipt_problems(*w.ctx, w.dock, {})).items.empty());
    });
}

TEST_CASE("a receipt that is told again belongs where it was counted, whatever return is under way now") {
    on_each_engine([](ShopWorld& w) {
        Dock dock(w);
        const auto order = w.sold("A-1");
        auto in = w.opening(order, 1);
        const auto first = w.must(usecase::open_case(*w.ctx, w.agent, w.guard(w.agent), in));
        w.must(usecase::approve(*w.ctx, w.lead, w.guard(w.lead), {first.case_id, {first.operation_id}}));
        const std::string number = w.view(first.case_id).c.number;
        const auto put = [&] {
            return w.must(usecase::put_receipt(*w.ctx, w.dock, w.guard(w.dock), {w.shop, "P1", number, "", {{{}, "CUP", 1}}, {{"I1", {}, "CUP", 1, Grade::pass, Disposition::restock, {}, {}, {}}}}));
        };
        CHECK(put().taken == 2);
        const auto second = w.must(usecase::request_operation(*w.ctx, w.agent, w.guard(w.agent), {first.case_id, *in.request}));
        w.must(usecase::approve(*w.ctx, w.lead, w.guard(w.lead), {first.case_id, {second.operation_id}}));
        const auto before = w.view(first.case_id);
        const auto again = put();
        CHECK(again.taken == 2);
        CHECK(again.operation_id == first.operation_id);
        const auto after = w.view(first.case_id);
        CHECK(after.c.version == before.c.version);
        CHECK(after.inbound.size() == 1);
        CHECK(dock.open().empty());
    });
}

TEST_CASE("a receipt whose parcel somebody has dealt with by hand troubles nobody when it is told again") {
    on_each_engine([](ShopWorld& w) {
        Dock dock(w);
        const auto put = [&] { return w.must(usecase::put_receipt(*w.ctx, w.dock, w.guard(w.dock), {w.shop, "R1", "99999", "SF1", {{{}, "CUP", 2}}, {}})); };
        put();
        w.must(usecase::dispose_parcel(*w.ctx, w.dock, w.guard(w.dock), {dock.open().at(0).parcel.id, Disposal::returned_to_sender, "not ours"}));
        put();
        CHECK(dock.open().empty());
        CHECK(w.must(usecase::list_receipt_problems(*w.ctx, w.dock, {})).items.empty());
    });
}

TEST_CASE("what stands on a parcel finds the return that waits for it") {
    on_each_engine([](ShopWorld& w) {
        Dock dock(w);
        const CaseId id = dock.returning("A-1", "SF1");
        const auto view = w.view(id);
        const std::vector<std::pair<std::string, FoundBy>> ways{
            {"SF1", FoundBy::tracking}, {dock.operation.value, FoundBy::reference}, {view.c.number, FoundBy::case_number},
            {"#" + view.c.number, FoundBy::case_number}, {"A-1", FoundBy::order_number}, {"CUP", FoundBy::sku}};
        for (const auto& [code, by] : ways) {
            CAPTURE(code);
            const auto found = dock.find(code);
            REQUIRE(found.items.size() == 1);
            CHECK(found.by == by);
            CHECK(found.items[0].case_id == id);
        }
        const auto item = dock.find("SF1").items.at(0);
        CHECK(item.version == view.c.version);
        CHECK(item.lines.at(0).announced == 2);
        REQUIRE(item.parcels.size() == 1);
        CHECK(item.parcels[0].inbound_leg_id == view.inbound[0].id);
        CHECK(item.parcels[0].lines.at(0).qty == 2);

        CHECK(dock.find("TEA").items.empty());  // bought, not returned
        CHECK_FALSE(dock.find("NOTHING").by);
        dock.record("NOTHING");
        CHECK(dock.find("NOTHING").unknown.size() == 1);
        const CaseId other = dock.returning("A-2");
        CHECK(dock.find("A-2").items.at(0).parcels.at(0).inbound_leg_id.empty());  // nobody announced it
        CHECK(usecase::find_receiving(*w.ctx, w.agent, {"SF1", {}}).error().code == "permission_missing");
        const usecase::Actor away{StaffId("AWAY"), {Role::warehouse}, {ShopId("OTHER")}, false, "staff:AWAY"};
        CHECK(w.must(usecase::find_receiving(*w.ctx, away, {"SF1", {}})).items.empty());
    });
}

}  // namespace
}  // namespace aftercare::test
