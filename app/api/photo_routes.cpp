#include "api/routes.hpp"
#include "env/photo.hpp"
#include "usecase/photos.hpp"

namespace aftercare::api {
namespace {

Result<HttpResponse> put(const Call& call) {
    AC_TRY(const auto in, read_query<usecase::PutPhoto>(call));
    AC_TRY(const auto photo, usecase::put_photo(call.context, call.session.actor, call.guard, in, call.request.body));
    return answer(photo, call.route.status);
}

/// A photo never changes under its id.
Result<HttpResponse> send(const Call& call, usecase::PhotoSize size) {
    AC_TRY(const auto in, read_query<usecase::OnePhoto>(call));
    AC_TRY(std::string bytes, usecase::photo_file(call.context, call.session.actor, in, size));
    HttpResponse response;
    response.content_type = "image/jpeg";
    response.headers.emplace_back("Cache-Control", "private, max-age=31536000, immutable");
    response.file = std::make_shared<const std::string>(std::move(bytes));
    return response;
}

}  // namespace

void add_photo_routes(Routes& routes) {
    const std::string all = "/api/v1/photos", one = all + "/{photo_id}";
    Route& made = routes.add("POST", all, "putPhoto", "Keep a photo: a JPEG, PNG or WebP as the body", put).creates();
    made.in = describe<usecase::PutPhoto>;
    made.out = describe<usecase::PhotoView>;
    made.in_type = "image/*";
    made.max_body = env::kMostPhotoBytes;
    const auto whole = [](const Call& call) { return send(call, usecase::PhotoSize::whole); };
    const auto small = [](const Call& call) { return send(call, usecase::PhotoSize::thumbnail); };
    for (Route* route : {&routes.add("GET", one, "getPhoto", "A photo", whole),
                         &routes.add("GET", one + "/thumbnail", "getThumbnail", "A photo, at most 320 pixels long", small)}) {
        route->in = describe<usecase::OnePhoto>;
        route->out_type = "image/jpeg";
    }
}

}  // namespace aftercare::api
