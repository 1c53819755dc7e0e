#pragma once
#include <aftercare/base/instant.hpp>
#include <aftercare/codec/fields.hpp>
#include <optional>
#include <string>
#include <vector>

#include "domain/reviews.hpp"
#include "store/cases.hpp"
#include "store/store.hpp"

/// Reviews of buyers, and what was done about each.
namespace aftercare::store {

struct Review {
    static constexpr std::string_view kSchema = "BuyerReview";
    ReviewId id;
    ShopId shop_id;
    std::string number;  ///< the marketplace's; once in a shop
    CustomerId customer_id;
    OrderId order_id;
    std::string sku, product;  ///< what it is about, as it was told
    std::int64_t rating = 0;   ///< stars, 1 to 5; 0: not said
    ReviewBand band = ReviewBand::unrated;
    std::string body, source;
    Instant written_at, recorded_at;
    ReviewState state{};
    std::string reply;  ///< what stands under it
    CaseId case_id;     ///< followed_up: where
    std::string reason; ///< set_aside: why, or empty
    StaffId settled_by; ///< who did that, and when
    Instant settled_at;
    std::int64_t version = 1;
    std::string order_number{}, case_number{}, customer_name{}, settled_name{};  ///< only read
};
template <class Io>
void fields(Io& io, Review& r) {
    io("id", r.id);
    io("shop_id", r.shop_id);
    io("number", r.number);
    io("customer_id", r.customer_id, maybe);
    io("order_id", r.order_id, maybe);
    io("sku", r.sku, maybe);
    io("product", r.product, maybe);
    io("rating", r.rating, maybe, doc("stars, 1 to 5; absent: not said"));
    io("band", r.band);
    io("body", r.body, maybe, length(0, 3'000));
    io("source", r.source, maybe);
    io("written_at", r.written_at);
    io("recorded_at", r.recorded_at);
    io("state", r.state);
    io("reply", r.reply, maybe, length(0, 6'000), doc("what was written under it; it is put there by a person"));
    io("case_id", r.case_id, maybe);
    io("reason", r.reason, maybe);
    io("settled_by", r.settled_by, maybe);
    io("settled_at", r.settled_at, maybe);
    io("version", r.version);
    io("order_number", r.order_number, maybe);
    io("case_number", r.case_number, maybe);
    io("customer_name", r.customer_name, maybe);
    io("settled_name", r.settled_name, maybe);
}

/// Its number must not be there yet.
void insert_review(Tx&, const Review&);
/// `not_found` "review_not_found".
Result<Review> find_review(Tx&, const ReviewId&);
/// Nobody else settles it until this change is over; its order is held, too, when it has one.
void hold_review(Tx&, const ReviewId&);
ReviewId review_of_number(Tx&, const ShopId&, const std::string& number);  ///< empty: not here
std::vector<Review> reviews_of_case(Tx&, const CaseId&, std::int64_t limit);

struct ReviewFilter {
    std::optional<ReviewState> state;
    std::optional<ReviewBand> band;
    Instant from, before = kLatest;  ///< written then
    std::string q;                   ///< a piece of its words, product, SKU or order number; letters in either case
};
/// Newest first, of one shop: lists over several ask each alone.
std::vector<Review> reviews(Tx&, const ShopId&, const ReviewFilter&, const Cursor& after, std::int64_t limit);

struct ReviewCount {
    static constexpr std::string_view kSchema = "ReviewCount";
    std::int64_t fresh = 0, urgent = 0, yesterday = 0;
};
template <class Io>
void fields(Io& io, ReviewCount& c) {
    io("new", c.fresh);
    io("urgent", c.urgent, doc("of the new ones, the bad"));
    io("yesterday", c.yesterday, doc("written on the shop's last whole day"));
}
/// `from` to `before`: the shop's yesterday.
ReviewCount count_reviews(Tx&, const ShopId&, Instant from, Instant before);

/// Writes how it was settled, or that it is new again, on top of the version it was read in.
void settle_review(Tx&, const Review&);
/// With what the timeline tells of it; false when somebody's answer or case keeps it.
bool erase_review(Tx&, const ReviewId&);

}  // namespace aftercare::store
