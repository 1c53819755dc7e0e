#include "usecase/reviews.hpp"

#include "domain/cases.hpp"
#include "env/zone.hpp"
#include "store/case_state.hpp"
#include "store/customers.hpp"
#include "store/orders.hpp"
#include "usecase/facts.hpp"
#include "usecase/staff_parts.hpp"

namespace aftercare::usecase {
namespace {

constexpr std::int64_t kMostOfCase = 20;
constexpr Duration kAhead = minutes(10);  ///< by which another machine's clock may be fast

struct Day {
    Instant from, before;
};
/// The shop's last whole day.
Day yesterday(store::Tx& tx, const ShopId& shop, Instant now) {
    const auto found = store::find_shop(tx, shop);
    const auto zone = env::Zone::find(found ? found->zone : "UTC");
    const auto midnight = [&](Instant at) {
        if (!zone) return Instant{at.ms - at.ms % days(1).ms};
        const auto local = zone->to_local(at);
        return zone->to_instant({local.year, local.month, local.day});
    };
    const Instant today = midnight(now);
    return {midnight(today - Duration{1}), today};
}

Result<Review> visible(store::Tx& tx, const Actor& actor, const ReviewId& id) {
    AC_TRY(auto review, store::find_review(tx, id));
    if (!actor.may_see(review.shop_id)) return fail(ErrorKind::not_found, "review_not_found");
    return review;
}

store::Hint hint_of(const Review& review) { return {"review", review.id.value, review.shop_id, review.version}; }

/// Settles one, or makes it new again: `fn(tx, review, hints) → Result<void>` says the rest.
template <class Fn>
Result<Review> settle(Context& ctx, const Actor& actor, const Guard& guard, const ReviewId& id, ReviewAct act, Fn&& fn) {
    AC_CHECK(require(actor, Permission::open_cases));
    std::vector<store::Hint> hints;
    auto settled = ctx.store.change(
        guard,
        [&](store::Tx& tx) -> Result<Review> {
            hints.clear();
            AC_TRY(auto review, visible(tx, actor, id));
            AC_TRY(review.state, domain::review_after(review.state, !review.reply.empty(), act));
            if (guard.expected_version.value_or(review.version) != review.version) return stale(review.version);
            review.reason.clear();
            review.settled_by = act == ReviewAct::take_up ? StaffId{} : actor.staff_id;
            review.settled_at = act == ReviewAct::take_up ? Instant{} : guard.now;
            AC_CHECK(fn(tx, review, hints));
            store::settle_review(tx, review);
            AC_TRY(auto after, store::find_review(tx, id));  // with the names
            hints.push_back(hint_of(after));
            return after;
        },
        [&](store::Tx& tx) { store::hold_review(tx, id); });
    if (settled)
        for (const store::Hint& hint : hints) ctx.store.hint(hint);
    return settled;
}

/// A case about it, in the same change.
Result<CaseId> open_follow_up(Context& ctx, store::Tx& tx, const Actor& actor, const Guard& guard, const Review& review, const std::string& number,
                              std::vector<store::Hint>& hints) {
    const auto id = ctx.ids.make<CaseId>();
    const std::function<std::string()> next_id = [&ctx] { return ctx.ids.next(); };
    const domain::OpenCase open{CaseKind::review_followup, Channel::marketplace, review.order_id, review.customer_id,
                                domain::topic_of(review.rating, review.body, review.product)};
    std::vector<Note> notes;
    if (!review.body.empty()) notes.push_back({ctx.ids.make<MessageId>(), id, NoteKind::from_customer, actor.staff_id, review.body, guard.now});
    const Guard of_case{guard.principal, {}, {}, {}, guard.now};
    AC_CHECK(store::new_case_in(
        tx, id, number, review.shop_id, review.order_id, of_case,
        [&](const domain::CaseState& state, const store::CaseSurroundings& around) -> Result<store::CaseDecision> {
            const domain::Facts facts{guard.now, actor, around.policy_for(state, {}), calendar_of(around.calendar), next_id};
            AC_TRY(auto decision, domain::open_case(state, open, facts));
            for (const Note& note : notes) {
                AC_TRY(auto noted, domain::add_note(domain::after(state, decision), {note.id, note.kind}, facts));
                domain::append(decision, std::move(noted));
            }
            return store::CaseDecision{std::move(decision), notes, &facts.calendar};
        },
        hints));
    return id;
}

Result<void> check(const PutReview& in, Instant now) {
    if (!printable(in.number, true)) return fail_field("/number", "bad_format");
    if (in.body.empty() && in.rating == 0) return fail_field("/body", "required");
    if (in.written_at > now + kAhead) return fail_field("/written_at", "in_the_future");
    return {};
}

}  // namespace

Result<ReviewList> list_reviews(Context& ctx, const Actor& actor, const ReviewQuery& in) {
    AC_CHECK(require(actor, Permission::read_cases));
    AC_TRY(const auto after, store::parse_cursor(in.page.after));
    const bool urgent = in.urgent.value_or(false);
    const store::ReviewFilter all{urgent ? ReviewState::fresh : in.state, urgent ? ReviewBand::bad : in.band, in.written_from.value_or(Instant{}),
                                  in.written_before.value_or(kLatest), in.q.value_or("")};
    return ctx.store.read([&](store::Tx& tx) -> Result<ReviewList> {
        ReviewList list;
        if (in.case_id) {
            list.items = store::reviews_of_case(tx, *in.case_id, kMostOfCase);
            std::erase_if(list.items, [&](const Review& review) { return !actor.may_see(review.shop_id); });
            return list;
        }
        const Instant now = ctx.clock.now();
        const auto of_shop = [&](const std::vector<std::string>& shop) {
            store::ReviewFilter filter = all;
            if (in.yesterday.value_or(false)) {
                const Day day = yesterday(tx, ShopId(shop.front()), now);
                filter.from = day.from;
                filter.before = day.before;
            }
            return store::reviews(tx, ShopId(shop.front()), filter, after.value_or(store::Cursor{kLatest.ms, {}}), in.page.limit + 1);
        };
        const auto newer = [](const Review& a, const Review& b) { return std::pair(a.written_at, a.id) > std::pair(b.written_at, b.id); };
        list.items = store::merged<Review>(shops_for(tx, actor, in.shop_id), in.page.limit + 1, of_shop, newer);
        if (std::ssize(list.items) > in.page.limit) {
            list.items.pop_back();
            list.next = store::print_cursor({list.items.back().written_at.ms, list.items.back().id.value});
        }
        return list;
    });
}

Result<ReviewCount> count_reviews(Context& ctx, const Actor& actor, const ReviewsOfShop& in) {
    AC_CHECK(require(actor, Permission::read_cases));
    return ctx.store.read([&](store::Tx& tx) -> Result<ReviewCount> {
        ReviewCount sum;
        for (const std::string& shop : shops_for(tx, actor, in.shop_id)) {
            const Day day = yesterday(tx, ShopId(shop), ctx.clock.now());
            const ReviewCount one = store::count_reviews(tx, ShopId(shop), day.from, day.before);
            sum = {sum.fresh + one.fresh, sum.urgent + one.urgent, sum.yesterday + one.yesterday};
        }
        return sum;
    });
}

Result<Review> get_review(Context& ctx, const Actor& actor, const OneReview& in) {
    AC_CHECK(require(actor, Permission::read_cases));
    return ctx.store.read([&](store::Tx& tx) -> Result<Review> { return visible(tx, actor, in.review_id); });
}

void write_review(store::Tx& tx, const Review& review) {
    store::insert_review(tx, review);
    if (review.customer_id.empty()) return;
    std::string words;
    for (std::int64_t i = 0; review.rating > 0 && i < 5; ++i) words += i < review.rating ? "★" : "☆";
    for (const std::string* each : {&review.product, &review.body})
        if (!each->empty()) words += (words.empty() ? "" : "\n") + *each;
    store::insert_note(tx, {CustomerNoteId(review.id.value), review.customer_id, CustomerNoteKind::review, CustomerNoteState::standing, words, review.order_id,
                            {}, review.written_at, 1});
}

Result<Review> put_review(Context& ctx, const Actor& actor, const Guard& guard, const PutReview& in) {
    AC_CHECK(require(actor, Permission::open_cases));
    AC_CHECK(require_shop(actor, in.shop_id));
    AC_CHECK(check(in, guard.now));
    bool made = false;
    auto put = ctx.store.change(guard, [&](store::Tx& tx) -> Result<Review> {
        const ReviewId known = store::review_of_number(tx, in.shop_id, in.number);
        made = known.empty();
        if (!made) return store::find_review(tx, known);
        Review review;
        review.id = ctx.ids.make<ReviewId>();
        review.shop_id = in.shop_id;
        review.number = in.number;
        if (!in.order_number.empty()) review.order_id = store::order_by_number(tx, in.shop_id, in.order_number);
        if (!in.order_number.empty() && review.order_id.empty()) return fail_field("/order_number", "unknown_order");
        if (!review.order_id.empty()) {
            AC_TRY(const auto of, store::load_order(tx, review.order_id, false));
            review.customer_id = of.order.customer_id;
        }
        review.sku = in.sku;
        review.product = in.product;
        review.rating = in.rating;
        review.band = domain::band_of(in.rating);
        review.body = in.body;
        review.source = in.source;
        review.written_at = in.written_at;
        review.recorded_at = guard.now;
        write_review(tx, review);
        return store::find_review(tx, review.id);
    });
    if (put && made) {
        ctx.store.hint(hint_of(*put));
        if (!put->customer_id.empty()) ctx.store.hint({"customer", put->customer_id.value, put->shop_id, 0});
    }
    return put;
}

Result<Review> answer_review(Context& ctx, const Actor& actor, const Guard& guard, const AnswerReview& in) {
    AC_CHECK(require(actor, Permission::open_cases));
    AC_CHECK(domain::check_reply(in.words));
    return settle(ctx, actor, guard, in.review_id, ReviewAct::answer, [&](store::Tx&, Review& review, std::vector<store::Hint>&) -> Result<void> {
        review.reply = in.words;
        return {};
    });
}

Result<Review> follow_up_review(Context& ctx, const Actor& actor, const Guard& guard, const OneReview& in) {
    AC_CHECK(require(actor, Permission::open_cases));
    AC_TRY(const std::string number, ctx.store.next_case_number());
    return settle(ctx, actor, guard, in.review_id, ReviewAct::follow_up, [&](store::Tx& tx, Review& review, std::vector<store::Hint>& hints) -> Result<void> {
        AC_TRY(review.case_id, open_follow_up(ctx, tx, actor, guard, review, number, hints));
        return {};
    });
}

Result<Review> set_review_aside(Context& ctx, const Actor& actor, const Guard& guard, const SetReviewAside& in) {
    return settle(ctx, actor, guard, in.review_id, ReviewAct::set_aside, [&](store::Tx&, Review& review, std::vector<store::Hint>&) -> Result<void> {
        review.reason = in.reason;
        return {};
    });
}

Result<Review> take_review_up(Context& ctx, const Actor& actor, const Guard& guard, const OneReview& in) {
    return settle(ctx, actor, guard, in.review_id, ReviewAct::take_up, [](store::Tx&, Review&, std::vector<store::Hint>&) -> Result<void> { return {}; });
}

}  // namespace aftercare::usecase
