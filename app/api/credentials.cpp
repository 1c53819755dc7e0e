#include "api/credentials.hpp"

#include "env/password.hpp"

namespace aftercare::api {

namespace {

constexpr std::string_view kCookie = "ac_session";
constexpr std::string_view kBearer = "bearer ";

std::string_view trimmed(std::string_view text) {
    text.remove_prefix(std::min(text.find_first_not_of(" \t"), text.size()));
    return text.substr(0, text.find_last_not_of(" \t") + 1);
}

std::string_view cookie(std::string_view header) {
    while (!header.empty()) {
        const auto end = std::min(header.find(';'), header.size());
        const auto pair = trimmed(header.substr(0, end));
        header.remove_prefix(std::min(end + 1, header.size()));
        if (pair.starts_with(kCookie) && pair.size() > kCookie.size() && pair[kCookie.size()] == '=') return pair.substr(kCookie.size() + 1);
    }
    return {};
}

Result<std::optional<std::int64_t>> version_in(std::string_view header) {
    auto text = trimmed(header);
    if (text.empty()) return std::nullopt;
    if (text.size() > 2 && text.front() == '"' && text.back() == '"') text = text.substr(1, text.size() - 2);
    std::int64_t version = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), version);
    if (failed != std::errc{} || end != text.data() + text.size() || version < 0) return fail(ErrorKind::invalid, "bad_if_match");
    return version;
}

Result<usecase::Session> caller_of(const Call& call, Callers& callers) {
    const Instant now = call.context.clock.now();
    const std::string key = (call.by_cookie ? "cookie " : "token ") + env::hash_secret(call.secret);
    if (auto known = callers.find(key, now)) return std::move(*known);
    const auto turn = callers.turn();
    AC_TRY(auto session, call.by_cookie ? usecase::find_session(call.context, call.secret) : usecase::find_token(call.context, call.secret));
    callers.keep(key, session, now, turn);
    return session;
}

bool visible_ascii(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < 0x7f; });
}

}  // namespace

Result<void> sign_call(Call& call, Callers& callers) {
    const auto authorization = call.request.header("Authorization");
    if (!authorization.empty()) {
        if (!same_name(authorization.substr(0, kBearer.size()), kBearer)) return fail(ErrorKind::unauthenticated, "no_session");
        call.secret = trimmed(authorization.substr(kBearer.size()));
    } else {
        call.secret = cookie(call.request.header("Cookie"));
        call.by_cookie = true;
    }
    if (call.secret.empty() || call.secret.size() > 200) return fail(ErrorKind::unauthenticated, "no_session");
    AC_TRY(call.session, caller_of(call, callers));
    if (!call.route.changes || !call.by_cookie) return {};
    const auto token = call.request.header("X-CSRF-Token");
    if (token.empty() || !env::same_secret(token, call.session.csrf_token)) return fail(ErrorKind::forbidden, "csrf_missing");
    return {};
}

Result<usecase::Guard> guard_of(const Call& call) {
    usecase::Guard guard;
    guard.principal = call.session.actor.principal;
    guard.now = call.context.clock.now();
    AC_TRY(guard.expected_version, version_in(call.request.header("If-Match")));
    if (call.route.version_required && !guard.expected_version) return fail(ErrorKind::invalid, "if_match_required");
    const auto key = trimmed(call.request.header("Idempotency-Key"));
    if (key.empty() && call.route.key_required) return fail(ErrorKind::invalid, "idempotency_key_required");
    if (key.empty()) return guard;
    if (key.size() > 200 || !visible_ascii(key)) return fail(ErrorKind::invalid, "bad_idempotency_key");
    guard.idempotency_key = key;
    std::string asked(call.request.method);
    asked.append(" ").append(call.request.path).append(call.request.query.empty() ? "" : "?").append(call.request.query).append("\n").append(call.request.body);
    guard.body_hash = env::hash_secret(asked);
    return guard;
}

Result<void> check_body(const HttpRequest& request, const Route& route, std::size_t max_body) {
    const std::size_t limit = std::max(max_body, route.max_body);
    if (request.body.size() > limit) return fail(Error{ErrorKind::invalid, "body_too_large", {}, {}, {{"limit_bytes", std::to_string(limit)}}, {}});
    if (route.in_type != "application/json") return {};  // the route looks at the bytes
    if (request.body.empty() || request.method == "GET") return {};
    auto type = request.header("Content-Type");
    type = trimmed(type.substr(0, type.find(';')));
    if (!same_name(type, "application/json")) return fail(ErrorKind::invalid, "unsupported_media_type");
    return {};
}

}  // namespace aftercare::api
