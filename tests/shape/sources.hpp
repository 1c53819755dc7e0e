#pragma once
#include <filesystem>
#include <string>
#include <vector>

namespace aftercare::shape {

/// One line of a file of the tree. `path` is relative to the root ("app/store/cases.cpp").
struct Line {
    std::string path;
    int number;
    std::string text;
};

/// The lines of all text files below these folders of the tree, generated and fetched ones (build, dist, node_modules) left out.
std::vector<Line> lines_below(const std::vector<std::filesystem::path>& folders);

/// "app/store/cases.cpp:12: text", for the failure's message.
std::string where(const Line& line);

}  // namespace aftercare::shape
