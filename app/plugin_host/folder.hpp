#pragma once
#include <aftercare/plugin_ext.h>

#include <functional>
#include <map>
#include <string>
#include <string_view>

namespace aftercare::plugin_host {

/// One directory and the directories right inside it, held by a descriptor: nothing outside can be named. Functions return the
/// statuses of plugin_ext.h; on AC_IO `why` says more. Not thread safe.
class Folder {
   public:
    Folder() = default;
    ~Folder();
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    /// AC_OK, or AC_NOT_FOUND when `path` is no directory. `make`: create it (its parent must exist).
    int32_t open(const std::string& path, bool writable, bool make);
    bool is_open() const { return root_ >= 0; }

    /// What cannot be named here is left out; when their number changes, `why` says so.
    int32_t list(std::string_view folder, std::string& json);
    int32_t read(std::string_view folder, std::string_view name, std::string& content);
    int32_t write(std::string_view folder, std::string_view name, std::string_view content);
    int32_t move(std::string_view folder, std::string_view name, std::string_view to, std::string_view to_name);
    int32_t remove(std::string_view folder, std::string_view name);

    std::string why;

   private:
    int32_t enter(std::string_view folder, bool make, int& fd);
    int32_t failed(const char* what);

    int root_ = -1;
    bool writable_ = false;
    unsigned temporary_ = 0;
    std::map<std::string, std::size_t, std::less<>> left_out_;
};

}  // namespace aftercare::plugin_host
