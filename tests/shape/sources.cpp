#include "shape/sources.hpp"

#include <algorithm>
#include <array>
#include <fstream>

namespace aftercare::shape {
namespace {

namespace fs = std::filesystem;

bool is_passed_over(const fs::path& name) {
    constexpr std::array<std::string_view, 5> names{"build", "dist", "node_modules", ".git", "package-lock.json"};
    return std::find(names.begin(), names.end(), name.string()) != names.end();
}

bool is_text(const fs::path& path) {
    constexpr std::array<std::string_view, 5> others{".png", ".gz", ".db", ".ico", ".woff2"};
    return std::find(others.begin(), others.end(), path.extension().string()) == others.end();
}

void read(const fs::path& path, std::vector<Line>& lines) {
    std::ifstream in(path);
    std::string text;
    for (int number = 1; std::getline(in, text); ++number) lines.push_back({path.lexically_normal().string(), number, text});
}

}  // namespace

std::vector<Line> lines_below(const std::vector<fs::path>& folders) {
    std::vector<Line> lines;
    for (const auto& folder : folders) {
        if (fs::is_regular_file(folder)) read(folder, lines);
        if (!fs::is_directory(folder)) continue;
        for (auto at = fs::recursive_directory_iterator(folder); at != fs::recursive_directory_iterator(); ++at) {
            if (is_passed_over(at->path().filename())) at.disable_recursion_pending();
            else if (at->is_regular_file() && is_text(at->path())) read(at->path(), lines);
        }
    }
    return lines;
}

std::string where(const Line& line) { return line.path + ":" + std::to_string(line.number) + ": " + line.text; }

}  // namespace aftercare::shape
