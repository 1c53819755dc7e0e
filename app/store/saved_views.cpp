#include "store/saved_views.hpp"

#include "db/row.hpp"
#include "sql/saved_views.hpp"

namespace aftercare::store {

void insert_view(Tx& tx, const SavedView& view) { tx.write(sql::saved_views::insert, db::bind_row(view)); }

std::vector<SavedView> views_seen_by(Tx& tx, const StaffId& owner, const std::vector<std::string>& shops) {
    std::vector<SavedView> views;
    tx.run(sql::saved_views::seen_by, {{"owner_id", owner.value}, {"shops", std::span(shops)}},
           [&](const db::Row& row) { views.push_back(db::read_row<SavedView>(row)); });
    return views;
}

std::optional<SavedView> find_view(Tx& tx, std::string_view id) {
    std::optional<SavedView> found;
    tx.run(sql::saved_views::find, {{"id", id}}, [&](const db::Row& row) { found = db::read_row<SavedView>(row); });
    return found;
}

void change_view(Tx& tx, const SavedView& view) { tx.write(sql::saved_views::change, db::bind_row(view), 1); }
void drop_view(Tx& tx, std::string_view id) { tx.write(sql::saved_views::drop, {{"id", id}}); }

}  // namespace aftercare::store
