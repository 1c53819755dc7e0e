#pragma once
#include <filesystem>
#include <string>

namespace aftercare::test {

/// A fresh empty folder, removed with all it holds when the object goes.
class TempFolder {
   public:
    TempFolder();
    ~TempFolder();
    TempFolder(const TempFolder&) = delete;
    TempFolder& operator=(const TempFolder&) = delete;

    const std::filesystem::path& path() const { return path_; }
    /// Writes a file of the given name and returns its path.
    std::filesystem::path write(const std::string& name, const std::string& content) const;

   private:
    std::filesystem::path path_;
};

}  // namespace aftercare::test
