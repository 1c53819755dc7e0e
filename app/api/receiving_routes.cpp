#include "api/routes.hpp"
#include "usecase/receiving.hpp"
#include "usecase/unknown_parcels.hpp"

namespace aftercare::api {

void add_receiving_routes(Routes& routes) {
    const std::string all = "/api/v1/unidentified_parcels", one = all + "/{parcel_id}";
    routes.get("/api/v1/receiving", "findReceiving", "Returns that wait for a parcel, by what stands on it", usecase::find_receiving);
    routes.get(all, "listParcels", "Parcels that nobody announced, newest first", usecase::list_parcels);
    routes.post(all, "recordParcel", "Write down a parcel that nobody announced", usecase::record_parcel).creates();
    routes.get(one, "getParcel", "A parcel that nobody announced, and where it may belong", usecase::get_parcel);
    routes.post(one + "/match", "matchParcel", "It belongs to this return, and arrives there", usecase::match_parcel).needs_key();
    routes.post(one + "/dispose", "disposeParcel", "It belongs to no return: say what became of it", usecase::dispose_parcel).needs_key();
}

}  // namespace aftercare::api
