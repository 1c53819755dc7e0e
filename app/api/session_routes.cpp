#include "api/api.hpp"
#include "api/routes.hpp"
#include "usecase/setup.hpp"

namespace aftercare::api {

namespace {

using usecase::Done;
using usecase::SessionView;

std::string cookie(std::string_view secret, const ApiOptions& options, std::string_view more) {
    std::string text = "ac_session=";
    text.append(secret).append("; Path=/; HttpOnly; SameSite=Strict").append(options.secure_cookie ? "; Secure" : "").append(more);
    return text;
}

HttpResponse welcome(const Call& call, const usecase::SignedIn& signed_in) {
    HttpResponse response = answer(signed_in.view, call.route.status);
    response.headers.emplace_back("Set-Cookie", cookie(signed_in.cookie_secret, call.options, ""));
    return response;
}

Result<HttpResponse> sign_in(const Call& call) {
    AC_TRY(const auto in, read_body<usecase::SignIn>(call));
    AC_TRY(const auto signed_in, usecase::sign_in(call.context, in, call.request.client));
    return welcome(call, signed_in);
}

Result<HttpResponse> set_up(const Call& call) {
    AC_TRY(const auto in, read_body<usecase::SetUp>(call));
    AC_TRY(const auto signed_in, usecase::set_up(call.context, in));
    return welcome(call, signed_in);
}

Result<HttpResponse> setup_state(const Call& call) {
    AC_TRY(const auto state, usecase::setup_state(call.context));
    return answer(state, 200);
}

Result<HttpResponse> change_my_password(const Call& call) {
    AC_TRY(const auto in, read_body<usecase::ChangeMyPassword>(call));
    AC_TRY(const auto done, usecase::change_my_password(call.context, call.session.actor, call.guard, in, call.secret));
    return answer(done, 200);
}

Result<HttpResponse> sign_out(const Call& call) {
    AC_TRY(const auto done, usecase::sign_out(call.context, call.secret));
    HttpResponse response = answer(done, 200);
    response.headers.emplace_back("Set-Cookie", cookie("", call.options, "; Max-Age=0"));
    return response;
}

Result<HttpResponse> my_session(const Call& call) {
    AC_TRY(const auto view, usecase::my_session(call.context, call.session.actor, call.session.csrf_token));
    return answer(view, 200);
}

Result<HttpResponse> live(const Call& call) {
    HttpResponse response;
    response.content_type = "text/event-stream";
    response.live = LiveStart{call.session.actor.shops, call.session.actor.all_shops, std::string(call.request.header("Last-Event-ID"))};
    return response;
}

Result<HttpResponse> alive(const Call&) {
    HttpResponse response;
    response.body = R"({"status":"ok"})";
    return response;
}

Result<HttpResponse> ready(const Call& call) {
    if (call.options.ready) AC_CHECK(call.options.ready());
    return alive(call);
}

}  // namespace

void add_session_routes(Routes& routes) {
    Route& in = routes.add("POST", "/api/v1/session", "signIn", "Sign in: sets the session cookie", sign_in);
    in.in = describe<usecase::SignIn>, in.out = describe<SessionView>, in.open = true;
    routes.add("GET", "/api/v1/session", "mySession", "Who you are and what you may do", my_session).out = describe<SessionView>;
    routes.add("DELETE", "/api/v1/session", "signOut", "End the session", sign_out).out = describe<Done>;
    Route& mine = routes.add("POST", "/api/v1/session/password", "changeMyPassword", "Change your own password; ends your other sessions", change_my_password);
    mine.in = describe<usecase::ChangeMyPassword>, mine.out = describe<Done>;
    Route& state = routes.add("GET", "/api/v1/setup", "setupState", "Whether nobody is there yet", setup_state);
    state.out = describe<usecase::SetupState>, state.open = true;
    Route& setup = routes.add("POST", "/api/v1/setup", "setUp", "The first administrator and the first shop; needs the code that the service said", set_up);
    setup.in = describe<usecase::SetUp>, setup.out = describe<SessionView>, setup.open = true, setup.creates();
    routes.add("GET", "/api/v1/live", "live", "Hints of what changed, as server-sent events: hint {topic, id, version}, resync", live).out_type =
        "text/event-stream";
    for (Route* route : {&routes.add("GET", "/healthz", "", "", alive), &routes.add("GET", "/readyz", "", "", ready)})
        route->open = true, route->listed = false;
}

}  // namespace aftercare::api
