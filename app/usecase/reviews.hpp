#pragma once
#include "store/reviews.hpp"
#include "usecase/context.hpp"
#include "usecase/views.hpp"

/// Reviews of buyers, watched day by day: answered under the review, followed up in a case, or set aside.
/// No act here moves money, and none asks a buyer to change what they wrote (after-sales.md, section 5).
namespace aftercare::usecase {

using store::Review;
using store::ReviewCount;

struct ReviewQuery {
    Page page;
    std::optional<ShopId> shop_id;
    std::optional<ReviewBand> band;
    std::optional<ReviewState> state;
    std::optional<bool> urgent;     ///< true: bad and new, whatever the two above say
    std::optional<bool> yesterday;  ///< true: written on the shop's last whole day, whatever the two below say
    std::optional<Instant> written_from, written_before;
    std::optional<std::string> q;
    std::optional<CaseId> case_id;
};
template <class Io>
void fields(Io& io, ReviewQuery& in) {
    fields(io, in.page);
    io("shop_id", in.shop_id);
    io("band", in.band);
    io("state", in.state);
    io("urgent", in.urgent, doc("true: bad and new"));
    io("yesterday", in.yesterday, doc("true: written on the shop's last whole day"));
    io("written_from", in.written_from);
    io("written_before", in.written_before);
    io("q", in.q, length(0, 100), doc("a piece of the words, product, SKU or order number"));
    io("case_id", in.case_id, doc("those that this case follows up; all else is then ignored"));
}
struct ReviewList {
    static constexpr std::string_view kSchema = "ReviewList";
    std::vector<Review> items;
    std::string next;
};
template <class Io>
void fields(Io& io, ReviewList& l) {
    io("items", l.items);
    io("next", l.next, maybe);
}
/// Newest first.
Result<ReviewList> list_reviews(Context&, const Actor&, const ReviewQuery&);

struct ReviewsOfShop {
    std::optional<ShopId> shop_id;
};
template <class Io>
void fields(Io& io, ReviewsOfShop& in) {
    io("shop_id", in.shop_id);
}
Result<ReviewCount> count_reviews(Context&, const Actor&, const ReviewsOfShop&);

struct OneReview {
    ReviewId review_id;
};
template <class Io>
void fields(Io& io, OneReview& in) {
    io("review_id", in.review_id);
}
Result<Review> get_review(Context&, const Actor&, const OneReview&);

/// `order_number`: of an order that is here, whose customer then wrote it; another number is passed over.
struct PutReview {
    ShopId shop_id;
    std::string number, order_number, sku, product, source, body;
    std::int64_t rating = 0;
    Instant written_at;
};
template <class Io>
void fields(Io& io, PutReview& in) {
    io("shop_id", in.shop_id);
    io("number", in.number, length(1, 128), doc("the marketplace's number of the review; a second time changes nothing"));
    io("order_number", in.order_number, maybe, length(0, 128));
    io("sku", in.sku, maybe, length(0, 128));
    io("product", in.product, maybe, length(0, 500));
    io("source", in.source, maybe, length(0, 40), doc("where it was written, such as taobao"));
    io("body", in.body, maybe, length(0, 3'000));
    io("rating", in.rating, maybe, between(0, 5), doc("stars; 0: not said"));
    io("written_at", in.written_at);
}
/// The one that is there when the shop knows the number. `invalid` "/body" required without words and stars, "/written_at" in_the_future,
/// "/order_number" unknown_order: without a number the review stands for itself.
Result<Review> put_review(Context&, const Actor&, const Guard&, const PutReview&);

struct AnswerReview {
    ReviewId review_id;
    std::string words;
};
template <class Io>
void fields(Io& io, AnswerReview& in) {
    io("review_id", in.review_id);
    io("words", in.words, length(1, 6'000), doc("what everybody reads under the review; a person puts it there"));
}
/// Keeps the reply; nothing leaves the house by itself. Refuses what domain::review_after and domain::check_reply refuse.
Result<Review> answer_review(Context&, const Actor&, const Guard&, const AnswerReview&);

/// The case in which it is followed up, opened in the same change: its topic are the stars and the first words, its first note the words.
Result<Review> follow_up_review(Context&, const Actor&, const Guard&, const OneReview&);

struct SetReviewAside {
    ReviewId review_id;
    std::string reason;
};
template <class Io>
void fields(Io& io, SetReviewAside& in) {
    io("review_id", in.review_id);
    io("reason", in.reason, maybe, length(0, 500));
}
Result<Review> set_review_aside(Context&, const Actor&, const Guard&, const SetReviewAside&);
/// One that was set aside is new again.
Result<Review> take_review_up(Context&, const Actor&, const Guard&, const OneReview&);

/// Inside a change: writes a review and what the timeline of its customer tells of it. Its number must be new to the shop.
void write_review(store::Tx&, const Review&);

}  // namespace aftercare::usecase
