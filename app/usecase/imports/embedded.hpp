#pragma once
#include <string_view>

/// Files built into the program (ac_embed_texts).
namespace aftercare::usecase::imports {

extern const std::string_view kSpellings;  ///< schema/imports/spellings.json
extern const std::string_view kPresets;    ///< schema/imports/presets.json

}  // namespace aftercare::usecase::imports
