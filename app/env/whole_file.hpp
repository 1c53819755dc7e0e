#pragma once
#include <filesystem>
#include <string>
#include <string_view>

namespace aftercare::env {

/// Writes a file so that nobody ever sees half of it and it is there after a power cut; an older one is replaced. For the owner
/// alone. Empty when it went well, else what the system said.
std::string write_whole(const std::filesystem::path& file, std::string_view bytes);

}  // namespace aftercare::env
