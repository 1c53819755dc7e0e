#pragma once
#include <aftercare/codec/fields.hpp>
#include <optional>
#include <string>
#include <vector>

#include "store/store.hpp"

/// Questions to the queue that somebody keeps under a name.
namespace aftercare::store {

struct SavedView {
    std::string id;
    StaffId owner_id;
    ShopId shop_id;  ///< everybody in that shop has it; empty: its owner alone
    std::string name;
    RawJson filter{"{}"};
    std::int64_t version = 1;
    Instant created_at;
};
template <class Io>
void fields(Io& io, SavedView& v) {
    io("id", v.id);
    io("owner_id", v.owner_id);
    io("shop_id", v.shop_id, maybe);
    io("name", v.name);
    io("filter", v.filter);
    io("version", v.version);
    io("created_at", v.created_at);
}
void insert_view(Tx&, const SavedView&);
/// One's own and those of one's shops, oldest first, at most 200.
std::vector<SavedView> views_seen_by(Tx&, const StaffId&, const std::vector<std::string>& shops);
std::optional<SavedView> find_view(Tx&, std::string_view id);
void change_view(Tx&, const SavedView&);  ///< shop, name and filter of the row with this version
void drop_view(Tx&, std::string_view id);

}  // namespace aftercare::store
