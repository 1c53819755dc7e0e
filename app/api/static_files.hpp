#pragma once
#include <map>
#include <string>

#include "api/http.hpp"

namespace aftercare::api {

/// The built console, held in memory: a path that is not in the map does not exist, so none can lead out of the folder.
/// Thread safe after construction.
class StaticFiles {
   public:
    /// Reads every regular file under `folder`; an empty name: no files. Throws std::filesystem_error when it cannot be read.
    explicit StaticFiles(const std::string& folder);

    /// The file of a GET, with ETag, cache rules and the content security policy, gzipped when the caller takes it and the
    /// build made it. A path without a dot in its last segment is a page of the console: index.html. `file` is null when
    /// there is none.
    [[nodiscard]] HttpResponse find(const HttpRequest& request) const;
    [[nodiscard]] bool has_console() const { return files_.contains("/index.html"); }

   private:
    struct File {
        std::shared_ptr<const std::string> plain, gzip;
        std::string etag;
        std::string_view type;
        bool hashed = false;
    };
    std::map<std::string, File, std::less<>> files_;
};

/// Headers of every page that a browser shows.
void add_page_headers(HttpResponse& response);

}  // namespace aftercare::api
