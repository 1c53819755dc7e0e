#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <stdexcept>

#include "support/ids.hpp"
#include "support/random.hpp"
#include "support/temp_folder.hpp"

namespace aftercare::test {

std::string CountingIds::next() {
    char text[16];
    std::snprintf(text, sizeof text, "ID-%06u", ++count_);
    return text;
}

void SeededRandom::fill(std::span<std::byte> out) {
    const std::lock_guard lock(mutex_);
    for (std::byte& byte : out) {
        std::uint64_t z = (state_ += 0x9e3779b97f4a7c15U);
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
        byte = std::byte((z ^ (z >> 31)) & 0xffU);
    }
}

TempFolder::TempFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "aftercare-test-XXXXXX").string();
    if (!mkdtemp(name.data())) throw std::runtime_error("cannot make a temporary folder " + name);
    path_ = name;
}

TempFolder::~TempFolder() {
    std::error_code ignored;  // a test that failed to clean its folder should not end the program
    std::filesystem::remove_all(path_, ignored);
}

std::filesystem::path TempFolder::write(const std::string& name, const std::string& content) const {
    const auto file = path_ / name;
    std::ofstream out(file, std::ios::binary);
    out << content;
    if (!out.flush()) throw std::runtime_error("cannot write " + file.string());
    return file;
}

}  // namespace aftercare::test
