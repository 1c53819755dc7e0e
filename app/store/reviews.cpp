#include "store/reviews.hpp"

#include <aftercare/files/cells.hpp>

#include "sql/erase.hpp"
#include "sql/order_state.hpp"
#include "sql/reviews.hpp"
#include "store/answers.hpp"

namespace aftercare::store {
namespace {

/// "%words%", its own signs taken literally; empty for no words.
std::string pattern(std::string_view words) {
    if (words.empty()) return {};
    std::string text = "%";
    for (const char c : words) {
        if (c == '%' || c == '_' || c == '!') text.push_back('!');
        text.push_back(c);
    }
    return text + "%";
}

}  // namespace

void insert_review(Tx& tx, const Review& review) { tx.write(sql::reviews::insert, db::bind_row(review), 1); }

Result<Review> find_review(Tx& tx, const ReviewId& id) {
    auto found = all<Review>(tx, sql::reviews::find, {{"id", id.value}});
    if (found.empty()) return fail(ErrorKind::not_found, "review_not_found");
    return std::move(found.front());
}

void hold_review(Tx& tx, const ReviewId& id) {
    std::string order;
    tx.run(sql::reviews::hold, {{"id", id.value}}, [&](const db::Row& row) { order = row.is_null(0) ? std::string() : std::string(row.text(0)); });
    if (!order.empty()) tx.run(sql::order_state::hold_order, {{"id", order}});
}

ReviewId review_of_number(Tx& tx, const ShopId& shop, const std::string& number) {
    ReviewId id;
    tx.run(sql::reviews::of_number, {{"shop", shop.value}, {"number", number}}, [&](const db::Row& row) { id.value = row.text(0); });
    return id;
}

std::vector<Review> reviews_of_case(Tx& tx, const CaseId& id, std::int64_t limit) {
    std::vector<std::string> ids;
    tx.run(sql::reviews::of_case, {{"case", id.value}, {"limit", limit}}, [&](const db::Row& row) { ids.emplace_back(row.text(0)); });
    std::vector<Review> found;
    for (const std::string& each : ids)
        for (Review& review : all<Review>(tx, sql::reviews::find, {{"id", each}})) found.push_back(std::move(review));
    return found;
}

std::vector<Review> reviews(Tx& tx, const ShopId& shop, const ReviewFilter& filter, const Cursor& after, std::int64_t limit) {
    const std::vector<std::string> shops{shop.value};
    const std::string as_written = pattern(filter.q), words = files::lower(as_written);  // what stands there is found whatever letters lower() knows
    const std::string_view band = filter.band ? word(*filter.band) : std::string_view();
    const std::string_view state = filter.state ? word(*filter.state) : std::string_view();
    return all<Review>(tx, filter.state ? sql::reviews::list_in_state : sql::reviews::list,
                {{"shops", std::span(shops)}, {"state", state}, {"from", filter.from.ms}, {"before", filter.before.ms}, {"after_at", after.at}, {"after_id", after.id},
                 {"band", band}, {"q", words}, {"as_written", as_written}, {"limit", limit}});
}

ReviewCount count_reviews(Tx& tx, const ShopId& shop, Instant from, Instant before) {
    ReviewCount count;
    tx.run(sql::reviews::count_new, {{"shop", shop.value}}, [&](const db::Row& row) { count.fresh = row.integer(0), count.urgent = row.integer(1); });
    tx.run(sql::reviews::count_written, {{"shop", shop.value}, {"from", from.ms}, {"before", before.ms}}, [&](const db::Row& row) { count.yesterday = row.integer(0); });
    return count;
}

void settle_review(Tx& tx, const Review& review) { tx.write(sql::reviews::settle, db::bind_row(review), 1); }

bool erase_review(Tx& tx, const ReviewId& id) {
    if (tx.run(sql::reviews::drop_unsettled, {{"id", id.value}}) == 0) return false;
    tx.write(sql::erase::note, {{"id", id.value}});
    return true;
}

}  // namespace aftercare::store
