#include "usecase/reviews.hpp"

#include <fstream>

#include "usecase/customers.hpp"
#include "usecase/imports/imports.hpp"
#include "usecase/matters.hpp"
#include "world.hpp"

using namespace aftercare;
using test::ShopWorld;

namespace {

/// A shop whose buyers write.
struct ReviewDesk {
    explicit ReviewDesk(ShopWorld& world) : w(world) {}

    usecase::Review put(const std::string& number, std::int64_t rating, const std::string& words, Duration before = hours(1), const std::string& order = {}) {
        return w.must(usecase::put_review(*w.ctx, w.agent, w.guard(w.agent), {w.shop, number, order, "CUP", "Cup", "taobao", words, rating, w.clock.now() - before}));
    }
    std::vector<std::string> numbers(usecase::ReviewQuery query) {
        std::vector<std::string> found;
        for (const auto& one : w.must(usecase::list_reviews(*w.ctx, w.agent, query)).items) found.push_back(one.number);
        return found;
    }
    Result<usecase::Review> answer(const ReviewId& id, const std::string& words = "Thank you.") {
        return usecase::answer_review(*w.ctx, w.agent, w.guard(w.agent), {id, words});
    }

    ShopWorld& w;
};
using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("reviews are watched newest first: the bad and new ones, yesterday's, by band, words and time, page by page") {
    test::on_each_engine([](ShopWorld& w) {
        ReviewDesk desk(w);
        w.sold("7100");
        const auto one = desk.put("R1", 1, "Broken 100%", hours(1), "7100");
        desk.put("R2", 5, "Fine", hours(2));
        desk.put("R3", 2, "Smells", hours(30));
        desk.put("R4", 3, "Slow", hours(31));
        CHECK(one.band == ReviewBand::bad);
        CHECK(one.order_number == "7100");
        CHECK(one.customer_name == "Li Lei");
        CHECK(desk.numbers({}) == Texts{"R1", "R2", "R3", "R4"});
        usecase::ReviewQuery query;
        query.urgent = true;
        CHECK(desk.numbers(query) == Texts{"R1", "R3"});
        query = {};
        query.band = ReviewBand::middle;
        CHECK(desk.numbers(query) == Texts{"R4"});
        query = {};
        query.q = "7100";
        CHECK(desk.numbers(query) == Texts{"R1"});
        query.q = "0%";
        CHECK(desk.numbers(query) == Texts{"R1"});
        query.q = "SMELLS";
        CHECK(desk.numbers(query) == Texts{"R3"});
        query = {};
        query.written_before = w.clock.now() - hours(20);
        CHECK(desk.numbers(query) == Texts{"R3", "R4"});

        query = {};
        query.page.limit = 3;
        const auto first = w.must(usecase::list_reviews(*w.ctx, w.agent, query));
        CHECK(first.items.size() == 3);
        query.page.after = first.next;
        CHECK(desk.numbers(query) == Texts{"R4"});

        REQUIRE(desk.answer(one.id));
        query = {};
        query.state = ReviewState::answered;
        CHECK(desk.numbers(query) == Texts{"R1"});
        const auto count = w.must(usecase::count_reviews(*w.ctx, w.agent, {}));
        CHECK(count.fresh == 3);
        CHECK(count.urgent == 1);
        const usecase::Actor stranger{StaffId("S"), {Role::lead}, {ShopId("OTHER")}, false, "staff:s"};
        CHECK(w.must(usecase::list_reviews(*w.ctx, stranger, {})).items.empty());
        CHECK(usecase::get_review(*w.ctx, stranger, {one.id}).error().code == "review_not_found");
        CHECK(w.differences().empty());
    });
}

TEST_CASE("the words of a review are found as they stand there, whatever letters a database folds") {
    test::on_each_engine([](ShopWorld& w) {
        ReviewDesk desk(w);
        desk.put("R1", 4, "École, Ａ款", hours(1));
        desk.put("R2", 4, "other", hours(2));
        for (const char* words : {"École", "Ａ款"}) {
            usecase::ReviewQuery query;
            query.q = words;
            CHECK(desk.numbers(query) == Texts{"R1"});
        }
    });
}

TEST_CASE("yesterday is the last whole day of the shop's own zone") {
    test::on_each_engine([](ShopWorld& w) {
        ReviewDesk desk(w);
        const Instant day{w.clock.now().ms - w.clock.now().ms % days(1).ms + days(2).ms};  // midnight UTC, eight in the morning in Shanghai
        w.clock.advance(day - w.clock.now());
        desk.put("today", 5, "x", hours(7));
        desk.put("late", 5, "x", Duration{hours(8).ms + 1});
        desk.put("early", 5, "x", hours(32));
        desk.put("before", 5, "x", Duration{hours(32).ms + 1});
        usecase::ReviewQuery query;
        query.yesterday = true;
        CHECK(desk.numbers(query) == Texts{"late", "early"});
        CHECK(w.must(usecase::count_reviews(*w.ctx, w.agent, {})).yesterday == 2);
    });
}

TEST_CASE("a review is answered once, and the second who answers is told") {
    test::on_each_engine([](ShopWorld& w) {
        ReviewDesk desk(w);
        const auto one = desk.put("R1", 5, "Fine");
        CHECK(desk.answer(one.id, " ").error().code == "words_missing");
        CHECK(desk.answer(one.id, "Change your review for a coupon").error().code == "benefit_for_review");
        auto guard = w.guard(w.agent, "K1");
        guard.expected_version = 7;
        CHECK(usecase::answer_review(*w.ctx, w.agent, guard, {one.id, "Thanks"}).error().code == "stale");
        guard.expected_version = 1;
        const auto answered = w.must(usecase::answer_review(*w.ctx, w.agent, guard, {one.id, "Thanks"}));
        CHECK(answered.state == ReviewState::answered);
        CHECK(answered.reply == "Thanks");
        CHECK(answered.settled_by == w.agent.staff_id);
        CHECK(answered.version == 2);
        CHECK(w.must(usecase::answer_review(*w.ctx, w.agent, guard, {one.id, "Thanks"})).version == 2);  // the same key: the same answer
        CHECK(desk.answer(one.id).error().code == "already_answered");
        CHECK(usecase::answer_review(*w.ctx, w.dock, w.guard(w.dock), {one.id, "x"}).error().code == "permission_missing");
        const auto both = w.must(usecase::follow_up_review(*w.ctx, w.agent, w.guard(w.agent), {one.id}));
        CHECK(both.state == ReviewState::followed_up);
        CHECK(both.reply == "Thanks");
        CHECK(desk.answer(one.id).error().code == "already_answered");
        CHECK(w.differences().empty());
    });
}

TEST_CASE("a review is followed up in a case about its order, which moves no money") {
    test::on_each_engine([](ShopWorld& w) {
        ReviewDesk desk(w);
        const auto order = w.sold("7100");
        const auto one = desk.put("R1", 1, "Broken at once", hours(1), "7100");
        const auto followed = w.must(usecase::follow_up_review(*w.ctx, w.agent, w.guard(w.agent, "K1"), {one.id}));
        CHECK(followed.state == ReviewState::followed_up);
        const auto view = w.view(followed.case_id);
        CHECK(view.c.number == followed.case_number);
        CHECK(view.c.kind == CaseKind::review_followup);
        CHECK(view.c.order_id == order.order.id);
        CHECK(view.c.customer_id == order.order.customer_id);
        CHECK(view.c.topic == "★☆☆☆☆ Broken at once");
        const auto told = w.must(usecase::case_timeline(*w.ctx, w.agent, {followed.case_id}));
        CHECK(std::any_of(told.items.begin(), told.items.end(), [](const auto& e) { return e.note == "Broken at once"; }));
        CHECK(w.must(usecase::follow_up_review(*w.ctx, w.agent, w.guard(w.agent, "K1"), {one.id})).case_id == followed.case_id);
        CHECK(usecase::follow_up_review(*w.ctx, w.agent, w.guard(w.agent), {one.id}).error().code == "review_has_case");
        const auto answered = w.must(desk.answer(one.id, "We are sorry, and have written to you."));
        CHECK(answered.state == ReviewState::followed_up);
        CHECK(answered.case_id == followed.case_id);
        CHECK(answered.reply == "We are sorry, and have written to you.");
        usecase::ReviewQuery query;
        query.case_id = followed.case_id;
        CHECK(desk.numbers(query) == Texts{"R1"});
        CHECK(usecase::request_operation(*w.ctx, w.agent, w.guard(w.agent), {followed.case_id, *w.opening(order, 1).request}).error().code == "no_money_under_review");
        CHECK(w.differences().empty());
    });
}

TEST_CASE("a review without an order is followed up, too") {
    test::on_each_engine([](ShopWorld& w) {
        ReviewDesk desk(w);
        const auto followed = w.must(usecase::follow_up_review(*w.ctx, w.agent, w.guard(w.agent), {desk.put("R1", 2, "").id}));
        CHECK(w.view(followed.case_id).c.topic == "★★☆☆☆ Cup");
        CHECK(w.differences().empty());
    });
}

TEST_CASE("what was set aside is taken up again, and nothing else is") {
    test::on_each_engine([](ShopWorld& w) {
        ReviewDesk desk(w);
        const auto one = desk.put("R1", 5, "");
        CHECK(usecase::take_review_up(*w.ctx, w.agent, w.guard(w.agent), {one.id}).error().code == "review_is_new");
        const auto aside = w.must(usecase::set_review_aside(*w.ctx, w.agent, w.guard(w.agent), {one.id, "no words"}));
        CHECK(aside.reason == "no words");
        CHECK(desk.answer(one.id).error().code == "review_set_aside");
        const auto fresh = w.must(usecase::take_review_up(*w.ctx, w.agent, w.guard(w.agent), {one.id}));
        CHECK(fresh.state == ReviewState::fresh);
        CHECK(fresh.reason.empty());
        CHECK(fresh.settled_by.empty());
        REQUIRE(desk.answer(one.id));
        CHECK(w.differences().empty());
    });
}

TEST_CASE("a program that tells of a review twice changes nothing, and the person's timeline tells it once") {
    test::on_each_engine([](ShopWorld& w) {
        ReviewDesk desk(w);
        const auto order = w.sold("7100");
        const auto one = desk.put("R1", 1, "Broken", hours(1), "7100");
        CHECK(desk.put("R1", 5, "Other words", hours(2), "7100").id == one.id);
        CHECK(desk.numbers({}) == Texts{"R1"});
        const auto notes = w.must(usecase::get_customer(*w.ctx, w.agent, {order.order.customer_id})).notes;
        REQUIRE(notes.size() == 1);
        CHECK(notes[0].kind == CustomerNoteKind::review);
        CHECK(notes[0].body == "★☆☆☆☆\nCup\nBroken");
        const usecase::PutReview empty{w.shop, "R2", "", "", "", "", "", 0, w.clock.now()}, early{w.shop, "R3", "", "", "", "", "x", 0, w.clock.now() + hours(1)};
        CHECK(usecase::put_review(*w.ctx, w.agent, w.guard(w.agent), empty).error().fields == std::vector<FieldError>{{"/body", "required"}});
        CHECK(usecase::put_review(*w.ctx, w.agent, w.guard(w.agent), early).error().fields == std::vector<FieldError>{{"/written_at", "in_the_future"}});
        const usecase::PutReview lost{w.shop, "R4", "NO-SUCH-ORDER", "", "", "", "x", 1, w.clock.now()};
        CHECK(usecase::put_review(*w.ctx, w.agent, w.guard(w.agent), lost).error().fields == std::vector<FieldError>{{"/order_number", "unknown_order"}});
    });
}

TEST_CASE("a file of reviews lands once however often it comes; taken back, what somebody answered or opened a case about stays") {
    test::on_each_engine([](ShopWorld& w) {
        ReviewDesk desk(w);
        const auto order = w.sold("7100");
        const auto bring = [&](const std::string& text) {
            const auto file = w.folder.path() / "reviews.csv";
            std::ofstream(file, std::ios::binary) << text;
            w.clock.advance(minutes(5));
            return w.must(usecase::import_now(*w.ctx, w.admin, {w.shop, ImportKind::reviews, file, {}, false, w.folder.path() / "errors.csv"}));
        };
        const std::string text = "订单编号,商品名称,评价内容,评价等级,评价时间,评价编号\n7100,Cup,用了就坏,差评,2026-01-05 10:00:00,A1\n7100,Cup,一般,3,2026-01-05 11:00:00,\n"
                                 "7100,Tea,很香,★★★★★,2026-01-05 12:00:00,A3\n7100,Tea,,满意,2026-01-05 13:00:00,A4\n";
        const auto first = bring(text);
        CHECK(first.summary.records_added == 4);
        CHECK(bring(text).summary.skipped == 4);
        const auto items = w.must(usecase::list_reviews(*w.ctx, w.agent, {})).items;
        REQUIRE(items.size() == 4);
        const auto is = [&](std::size_t i, std::int64_t rating, ReviewBand band) { return items[i].rating == rating && items[i].band == band; };
        CHECK(is(0, 0, ReviewBand::unrated));
        CHECK(is(1, 5, ReviewBand::good));
        CHECK(is(2, 3, ReviewBand::middle));
        CHECK(is(3, 1, ReviewBand::bad));
        CHECK(items[3].number == "A1");
        CHECK(items[3].body == "用了就坏");
        CHECK(items[3].product == "Cup");
        CHECK(items[3].customer_name == "Li Lei");
        const auto notes = [&] { return w.must(usecase::get_customer(*w.ctx, w.agent, {order.order.customer_id})).notes.size(); };
        CHECK(notes() == 4);

        REQUIRE(desk.answer(items[1].id));
        w.must(usecase::follow_up_review(*w.ctx, w.agent, w.guard(w.agent), {items[3].id}));
        w.must(usecase::set_review_aside(*w.ctx, w.agent, w.guard(w.agent), {items[2].id, ""}));
        w.ctx->imports_folder = w.folder.path();
        w.must(usecase::revert_import(*w.ctx, w.admin, w.guard(w.admin), {first.id}));
        usecase::work_on_imports(*w.ctx, [] { return false; });
        CHECK(w.must(usecase::get_import(*w.ctx, w.admin, {first.id})).kept == 2);
        CHECK(desk.numbers({}) == Texts{"A3", "A1"});
        CHECK(notes() == 2);
        CHECK(w.differences().empty());
    });
}
