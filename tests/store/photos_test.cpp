#include "store/photos.hpp"

#include "store/world.hpp"
#include "support/photo.hpp"
#include "usecase/photos.hpp"
#include "usecase/upkeep.hpp"

namespace aftercare::test {
namespace {

struct Album {
    explicit Album(ShopWorld& world) : w(world) { w.ctx->photos_folder = w.folder.path() / "photos"; }
    std::string photo(int width = 8) { return w.must(usecase::put_photo(*w.ctx, w.agent, w.guard(w.agent), {w.shop}, a_picture("png", width))).id.value; }
    std::string get(const std::string& id) {
        const auto file = usecase::photo_file(*w.ctx, w.agent, {PhotoId(id)}, usecase::PhotoSize::whole);
        return file ? "" : file.error().code;
    }
    std::size_t files() const {
        std::size_t count = 0;
        for (const auto& each : std::filesystem::recursive_directory_iterator(w.ctx->photos_folder)) count += each.is_regular_file() ? 1 : 0;
        return count;
    }
    /// As if every file had been written two days ago.
    void age() const {
        for (const auto& each : std::filesystem::recursive_directory_iterator(w.ctx->photos_folder))
            if (each.is_regular_file()) std::filesystem::last_write_time(each, std::filesystem::file_time_type::clock::now() - std::chrono::hours(48));
    }
    void forget() { while (w.must(usecase::forget_old(*w.ctx))) {} }
    ShopWorld& w;
};

usecase::OpenCaseIn with_photo(ShopWorld& w, const std::string& number, const std::string& ref) {
    auto in = w.opening(w.sold(number), 1);
    in.request->reason = Reason::quality;
    in.request->photo_ref = ref;
    return in;
}

TEST_CASE("a photo that a case names stays; one that nobody names is forgotten after a day, its file when no other photo has it") {
    on_each_engine([](ShopWorld& w) {
        Album album(w);
        const std::string named = album.photo(8), twin = album.photo(8), idle = album.photo(40);
        w.must(usecase::open_case(*w.ctx, w.agent, w.guard(w.agent), with_photo(w, "A", named)));
        w.clock.advance(hours(23));
        album.forget();
        CHECK(album.get(idle).empty());
        w.clock.advance(hours(2));
        const std::string young = album.photo(80);
        album.age();
        album.forget();
        CHECK(album.get(named).empty());
        CHECK(album.get(young).empty());
        CHECK(album.get(twin) == "photo_not_found");
        CHECK(album.get(idle) == "photo_not_found");
        CHECK(album.files() == 4);  // two photos, each with its thumbnail
    });
}

TEST_CASE("what a customer shows with a complaint, and with later words, stands in the case and stays") {
    on_each_engine([](ShopWorld& w) {
        Album album(w);
        const std::string first = album.photo(), second = album.photo(40), other = album.photo(80);
        usecase::OpenCaseIn in;
        in.shop_id = w.shop;
        in.open.kind = CaseKind::complaint;
        in.photo_ref = first + " " + second;
        const auto refused = usecase::open_case(*w.ctx, w.agent, w.guard(w.agent), in);
        REQUIRE_FALSE(refused);  // shown without a word
        CHECK(refused.error().fields == std::vector<FieldError>{{"/note", "required"}});
        in.note = "the lid broke";
        in.intent = Intent::compensation;
        const CaseId id = w.must(usecase::open_case(*w.ctx, w.agent, w.guard(w.agent), in)).case_id;
        CHECK(w.view(id).c.matter.intent == Intent::compensation);
        w.must(usecase::add_note(*w.ctx, w.agent, w.guard(w.agent), {id, NoteKind::from_customer, "and the box", other}));
        const auto unknown = usecase::add_note(*w.ctx, w.agent, w.guard(w.agent), {id, NoteKind::internal, "look", "01ARZ3NDEKTSV4RRFFQ69G5FAV"});
        REQUIRE_FALSE(unknown);
        CHECK(unknown.error().fields == std::vector<FieldError>{{"/photo_ref", "unknown_photo"}});

        std::vector<std::string> shown;
        for (const auto& event : w.must(usecase::case_timeline(*w.ctx, w.agent, {id, 0})).items)
            if (!event.photo_ref.empty()) shown.push_back(event.note + ": " + event.photo_ref);
        CHECK(shown == std::vector<std::string>{"the lid broke: " + first + " " + second, "and the box: " + other});
        w.clock.advance(hours(25));
        album.forget();
        for (const auto& photo : {first, second, other}) CHECK(album.get(photo).empty());
        CHECK(w.differences().empty());
    });
}

TEST_CASE("a case that is refused names nothing, and each step of a return may name photos of its shop") {
    on_each_engine([](ShopWorld& w) {
        Album album(w);
        const std::string photo = album.photo();
        auto in = with_photo(w, "A", photo);
        in.request->lines[0].qty = 100;
        CHECK_FALSE(usecase::open_case(*w.ctx, w.agent, w.guard(w.agent), in));
        w.clock.advance(hours(25));
        album.forget();
        CHECK(album.get(photo) == "photo_not_found");

        const std::string first = album.photo(), more = album.photo(), last = album.photo();
        const auto opened = w.must(usecase::open_case(*w.ctx, w.agent, w.guard(w.agent), with_photo(w, "B", first)));
        const CaseId id = opened.case_id;
        const OperationId op = opened.operation_id;
        const OrderLineId line = w.view(id).order[0].lines[0].id;
        w.must(usecase::ask_info(*w.ctx, w.agent, w.guard(w.agent), {id, op, "More?"}));
        CHECK(usecase::give_info(*w.ctx, w.agent, w.guard(w.agent), {id, {op, "nothing"}}).error().fields == std::vector<FieldError>{{"/photo_ref", "unknown_photo"}});
        w.must(usecase::give_info(*w.ctx, w.agent, w.guard(w.agent), {id, {op, more}}));
        w.must(usecase::approve(*w.ctx, w.lead, w.guard(w.lead), {id, {op}}));
        w.must(usecase::arrive(*w.ctx, w.dock, w.guard(w.dock), {id, {op, {}, "SF1", std::vector<domain::LineQty>{{line, 1}}, {}}}));
        domain::Inspect found{op, line, 1, Grade::used, Disposition::refurbish, "nothing", {}, {}};
        CHECK(usecase::inspect(*w.ctx, w.dock, w.guard(w.dock), {id, found}).error().fields == std::vector<FieldError>{{"/photo_ref", "unknown_photo"}});
        found.photo_ref = last;
        w.must(usecase::inspect(*w.ctx, w.dock, w.guard(w.dock), {id, found}));
        w.clock.advance(hours(25));
        album.forget();
        for (const std::string& each : {first, more, last}) CHECK(album.get(each).empty());
        CHECK(w.differences().empty());
    });
}

}  // namespace
}  // namespace aftercare::test
