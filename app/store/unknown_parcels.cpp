#include "store/unknown_parcels.hpp"

#include "sql/unknown_parcels.hpp"
#include "store/answers.hpp"

namespace aftercare::store {
void insert_parcel(Tx& tx, const UnknownParcel& parcel) { tx.write(sql::unknown_parcels::insert, db::bind_row(parcel), 1); }

Result<UnknownParcel> find_parcel(Tx& tx, const ParcelId& id, bool holds) {
    auto found = all<UnknownParcel>(tx, holds ? sql::unknown_parcels::find : sql::unknown_parcels::find_read, {{"id", id.value}});
    if (found.empty()) return fail(ErrorKind::not_found, "parcel_not_found");
    return std::move(found.front());
}

std::optional<UnknownParcel> parcel_of_receipt(Tx& tx, const std::string& source, const std::string& external_id) {
    return first(all<UnknownParcel>(tx, sql::unknown_parcels::of_receipt, {{"source", source}, {"external_id", external_id}}));
}

std::vector<UnknownParcel> parcels_with(Tx& tx, const std::vector<std::string>& shops, const std::string& tracking) {
    return all<UnknownParcel>(tx, sql::unknown_parcels::with_tracking, {{"shops", std::span(shops)}, {"tracking", tracking}});
}

PageOf<UnknownParcel> list_parcels(Tx& tx, const std::vector<std::string>& shops, const std::vector<std::string>& states,
                                   const std::optional<Cursor>& after, std::int64_t limit) {
    const Cursor from = after.value_or(Cursor{kLatest.ms, {}});
    PageOf<UnknownParcel> page{all<UnknownParcel>(tx, sql::unknown_parcels::list,
                                   {{"shops", std::span(shops)}, {"states", std::span(states)}, {"after_at", from.at}, {"after_id", from.id}, {"limit", limit + 1}}),
                               {}};
    if (std::ssize(page.items) > limit) {
        page.items.pop_back();
        page.next = Cursor{page.items.back().recorded_at.ms, page.items.back().id.value};
    }
    return page;
}

void end_parcel(Tx& tx, UnknownParcel& parcel) {
    tx.write(sql::unknown_parcels::end, db::bind_row(parcel), 1);
    ++parcel.version;
}

}  // namespace aftercare::store
