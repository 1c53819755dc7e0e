#include "api/static_files.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>

#include "api/url.hpp"
#include "env/password.hpp"

namespace aftercare::api {

namespace {

namespace fs = std::filesystem;

constexpr std::pair<std::string_view, std::string_view> kTypes[] = {
    {".html", "text/html; charset=utf-8"},      {".js", "text/javascript; charset=utf-8"}, {".css", "text/css; charset=utf-8"},
    {".json", "application/json"},              {".svg", "image/svg+xml"},                 {".png", "image/png"},
    {".ico", "image/x-icon"},                   {".woff2", "font/woff2"},                  {".txt", "text/plain; charset=utf-8"},
    {".webmanifest", "application/manifest+json"}, {".wasm", "application/wasm"},
};

std::string_view type_of(const fs::path& file) {
    const std::string ending = file.extension().string();
    for (const auto& [each, type] : kTypes)
        if (each == ending) return type;
    return "application/octet-stream";
}

std::string read(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(in), {}};
    if (!in) throw fs::filesystem_error("cannot be read", file, std::make_error_code(std::errc::io_error));
    return text;
}

bool takes_gzip(const HttpRequest& request) {
    const auto header = request.header("Accept-Encoding");
    const auto at = header.find("gzip");
    return at != std::string_view::npos && !header.substr(at + 4).starts_with(";q=0");
}

bool same_etag(std::string_view if_none_match, std::string_view etag) {
    return !if_none_match.empty() && (if_none_match == "*" || if_none_match.find(etag) != std::string_view::npos);
}

}  // namespace

void add_page_headers(HttpResponse& response) {
    response.headers.emplace_back("Content-Security-Policy",
                                  "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; frame-ancestors 'none'");
    response.headers.emplace_back("X-Frame-Options", "DENY");
    response.headers.emplace_back("Referrer-Policy", "same-origin");
    response.headers.emplace_back("Cross-Origin-Opener-Policy", "same-origin");
    response.headers.emplace_back("Permissions-Policy", "geolocation=(), microphone=(), payment=()");
}

StaticFiles::StaticFiles(const std::string& folder) {
    if (folder.empty()) return;
    const fs::path root(folder);
    for (const auto& entry : fs::recursive_directory_iterator(root)) {
        if (!entry.is_regular_file()) continue;
        const fs::path path = entry.path();
        std::string name = "/" + path.lexically_relative(root).generic_string();
        auto content = std::make_shared<const std::string>(read(path));
        if (path.extension() == ".gz") {
            files_[name.substr(0, name.size() - 3)].gzip = std::move(content);
            continue;
        }
        File& file = files_[name];
        file.etag = '"' + env::hash_secret(*content).substr(0, 32) + '"';
        file.plain = std::move(content);
        file.type = type_of(path);
        file.hashed = name.starts_with("/assets/");  // the bundler puts a hash of the content into these names
    }
    std::erase_if(files_, [](const auto& each) { return !each.second.plain; });
}

HttpResponse StaticFiles::find(const HttpRequest& request) const {
    HttpResponse response;
    std::string path;
    if (!percent_decode(request.path, false, path)) return response;
    auto found = files_.find(path);
    const bool page = path.find('.', path.rfind('/') + 1) == std::string::npos;
    if (found == files_.end() && page) found = files_.find("/index.html");
    if (found == files_.end()) return response;
    const File& file = found->second;
    const bool gzip = file.gzip && takes_gzip(request);
    response.file = gzip ? file.gzip : file.plain;
    response.content_type = file.type;
    std::string etag = file.etag;
    if (gzip) etag.insert(etag.size() - 1, "-gz");
    if (gzip) response.headers.emplace_back("Content-Encoding", "gzip");
    if (file.gzip) response.headers.emplace_back("Vary", "Accept-Encoding");
    response.headers.emplace_back("Cache-Control", file.hashed ? "public, max-age=31536000, immutable" : "no-cache");
    add_page_headers(response);
    if (same_etag(request.header("If-None-Match"), etag)) {
        response.status = 304;
        response.file = std::make_shared<const std::string>();
    }
    response.headers.emplace_back("ETag", std::move(etag));
    return response;
}

}  // namespace aftercare::api
